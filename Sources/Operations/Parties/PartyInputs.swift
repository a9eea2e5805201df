internal import Casework
public import MatchCore
public import Wire

/// Registers a party.
public struct PartyRegistration: Described {
    public var name: String
    public var kind: String?
    public var preference: PartyView.Preference?
    public var source: String?
    public var externalID: String?
    public var isIdentityVerified: Bool?

    public init(
        name: String, kind: String? = nil, preference: PartyView.Preference? = nil, source: String? = nil,
        externalID: String? = nil, isIdentityVerified: Bool? = nil
    ) {
        self.name = name
        self.kind = kind
        self.preference = preference
        self.source = source
        self.externalID = externalID
        self.isIdentityVerified = isIdentityVerified
    }

    public static let schema = JSONSchema.object(
        "PartyRegistration",
        [
            .required("name", .text(1...Admission.Limits.name), "Its name.", "名称。"),
            .optional("kind", .partyKind, "What kind of party it is; a donor by default.", "主体类型，默认 donor。"),
            .optional("preference", PartyView.Preference.schema, "Whom it wants to help.", "帮扶意愿。"),
        ] + JSONSchema.Property.origin + [
            .optional("isIdentityVerified", .flag, "Whether its identity was looked at; for staff.", "身份是否核实，仅工作人员填写。")
        ])
    public static let sample = PartyRegistration(name: "示例社区超市 Example Grocer", kind: "enterprise")
}

/// Changes a party; what is left out stays.
public struct PartyChange: Described {
    public var party: RecordID
    public var name: String?
    public var kind: String?
    public var preference: PartyView.Preference?
    public var isIdentityVerified: Patch<Bool>
    public var fatigue: Patch<Int>

    public init(
        party: RecordID, name: String? = nil, kind: String? = nil, preference: PartyView.Preference? = nil,
        isIdentityVerified: Patch<Bool> = .unsaid, fatigue: Patch<Int> = .unsaid
    ) {
        self.party = party
        self.name = name
        self.kind = kind
        self.preference = preference
        self.isIdentityVerified = isIdentityVerified
        self.fatigue = fatigue
    }

    public static let schema = JSONSchema.object(
        "PartyChange",
        [
            .required("party", .id, "The party's id.", "主体编号。"),
            .optional("name", .text(1...Admission.Limits.name), "Its name.", "名称。"),
            .optional("kind", .partyKind, "What kind of party it is.", "主体类型。"),
            .optional("preference", PartyView.Preference.schema, "Whom it wants to help, as a whole.", "帮扶意愿（整体替换）。"),
            .clearable("isIdentityVerified", .flag, "null where nobody has looked.", "身份是否核实；null 为未核查。"),
            .clearable("fatigue", .integer(0...1_000_000), "How much it gave lately.", "近期负担。"),
        ])
    public static let sample = PartyChange(party: .sample(5), isIdentityVerified: .value(true))
}

/// Confirms a party.
public struct PartyConfirmation: Described {
    public var party: RecordID
    public var code: String?
    public var reason: String?
    public var note: String?

    public init(party: RecordID, code: String? = nil, reason: String? = nil, note: String? = nil) {
        self.party = party
        self.code = code
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(
        "PartyConfirmation",
        [
            .required("party", .id, "The party's id.", "主体编号。"),
            .optional(
                "code", .spokenCode, "The code that the coordinator gave out; a coordinator needs none.",
                "协调员发放的确认码；协调员直接确认时不需要。"),
        ] + StepReason.properties)
    public static let sample = PartyConfirmation(party: .sample(5), code: "7K3M-Q9TW-X2HV-5RDA")
}

/// A step of a party, with its reason.
public struct PartyStep: Described {
    public var party: RecordID
    public var reason: String?
    public var note: String?

    public init(party: RecordID, reason: String? = nil, note: String? = nil) {
        self.party = party
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(
        "PartyStep", [.required("party", .id, "The party's id.", "主体编号。")] + StepReason.properties)
    public static let sample = PartyStep(party: .sample(5), reason: "onHoliday")
}

/// Asks what a party did in a stretch of time.
public struct PartyDeedsInput: Described {
    public var party: RecordID
    public var from: Timestamp?
    public var until: Timestamp?

    public init(party: RecordID, from: Timestamp? = nil, until: Timestamp? = nil) {
        self.party = party
        self.from = from
        self.until = until
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            .required("party", .id, "The party's id.", "主体编号。"),
            .optional("from", .moment, "The first moment that counts.", "起始时间。"),
            .optional("until", .moment, "The last moment that counts.", "截止时间。"),
        ])
    public static let sample = PartyDeedsInput(party: .sample(5), from: .sample)
}

extension JSONSchema {
    static let partyKind = JSONSchema.choice(PartyKind.allCases.map(\.code))
    /// A code as it was read out: blanks, hyphens and small letters do no harm.
    static let spokenCode = JSONSchema.text(1...100)
}
