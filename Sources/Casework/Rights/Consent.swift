public import MatchCore

/// That a person agreed to something, or does so no longer: by whom, when, under which text, and who wrote it down.
public struct Consent: Hashable, Sendable {
    /// What one agrees to, each by itself.
    public enum Scope: String, Hashable, Sendable, Codable, CaseIterable {
        /// That offers are compared with the wish.
        case matching
        /// That donors and the public read the approved wording.
        case publication
        /// That the party that helps is told where to come.
        case sharing
        /// That hardships, groups and other sensitive things are looked at.
        case sensitive

        public var title: LocalizedText {
            switch self {
            case .matching: LocalizedText(zhHans: "配对", en: "matching")
            case .publication: LocalizedText(zhHans: "发布", en: "publication")
            case .sharing: LocalizedText(zhHans: "向帮扶方提供", en: "sharing with who helps")
            case .sensitive: LocalizedText(zhHans: "敏感信息", en: "sensitive fields")
            }
        }

        var hold: WishHold {
            switch self {
            case .matching: .matching
            case .publication: .publication
            case .sharing: .sharing
            case .sensitive: .sensitive
            }
        }
    }

    /// Who said it.
    public enum Giver: String, Hashable, Sendable, Codable, CaseIterable {
        case person, guardian
    }

    public let id: RecordID
    /// A wish, a household, a member of one, or an inbound record.
    public let subject: RecordID
    public let scope: Scope
    /// The version of the text that was read to them.
    public let version: Code
    public let giver: Giver
    /// Where a guardian spoke: what they are to the person.
    public let relation: Code?
    public let saidAt: Moment
    public let recordedBy: RecordID
    /// False for a refusal, and for a consent that was taken back.
    public let isGiven: Bool

    public init(
        id: RecordID, subject: RecordID, scope: Scope, version: Code, giver: Giver, relation: Code?, saidAt: Moment,
        recordedBy: RecordID, isGiven: Bool
    ) {
        self.id = id
        self.subject = subject
        self.scope = scope
        self.version = version
        self.giver = giver
        self.relation = relation
        self.saidAt = saidAt
        self.recordedBy = recordedBy
        self.isGiven = isGiven
    }
}

/// What a program asks people to agree to (`Data/casework/consent.yaml`).
public struct ConsentRules: Hashable, Sendable, Codable {
    /// The version of the text that is read to people.
    public let version: Code
    /// What is done only with a recorded consent. Of the rest a refusal counts, and silence is no refusal.
    public let required: [Consent.Scope]
    /// Below this age a guardian speaks, in years.
    public let childUnder: Int
    /// What a guardian may be to a person.
    public let relations: CodeList

    public init(version: Code, required: [Consent.Scope], childUnder: Int, relations: CodeList) {
        self.version = version
        self.required = required
        self.childUnder = childUnder
        self.relations = relations
    }

    /// Nothing has to be agreed to before; below 14 years a guardian speaks.
    public static let standard = ConsentRules(
        version: "unwritten", required: [], childUnder: 14, relations: CodeList([]))

    /// Throws `malformed` for an age that is none.
    public func check() throws {
        guard (0...18).contains(childUnder), Set(required).count == required.count else {
            throw CaseworkError(
                .malformed, "In consent.yaml, childUnder is 0 to 18, and each scope stands in 'required' once.",
                zhHans: "consent.yaml 中 childUnder 须为 0 至 18，required 中每项只写一次。")
        }
    }

    /// Whether somebody is a child by the year they were born: nobody knows the day, so the whole year counts.
    func isChild(bornIn year: Int, on thisYear: Int) -> Bool { thisYear - year <= childUnder && childUnder > 0 }
}
