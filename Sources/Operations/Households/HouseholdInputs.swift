public import Casework
public import MatchCore
public import Wire

/// Which households to list.
public struct HouseholdListInput: Described {
    public var grade: WatchGrade?
    public var area: String?
    public var limit: Int?
    public var cursor: String?

    public init(grade: WatchGrade? = nil, area: String? = nil, limit: Int? = nil, cursor: String? = nil) {
        self.grade = grade
        self.area = area
        self.limit = limit
        self.cursor = cursor
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            .optional("grade", .choice(WatchGrade.self), "Only households of this colour.", "只要此等级的家庭。"),
            .optional("area", .area, "Only households of this area and all within it.", "只要此区划及其下级的家庭。"),
        ] + PageRequest.properties)
    public static let sample = HouseholdListInput(limit: 20)
}

/// One household.
public struct HouseholdInput: Described {
    public var household: RecordID

    public init(household: RecordID) { self.household = household }

    static let householdProperty = JSONSchema.Property.required("household", .id, "The file's id.", "家庭档案编号。")
    public static let schema = JSONSchema.object(nil, [householdProperty])
    public static let sample = HouseholdInput(household: .sample(7))
}

/// Opens the file of a family.
public struct HouseholdOpening: Described {
    public var area: Code

    public init(area: Code) { self.area = area }

    public static let schema = JSONSchema.object(
        "HouseholdOpening", [.required("area", .area, "Code of the area where the family lives.", "所在区划代码。")])
    public static let sample = HouseholdOpening(area: "441900121")
}

/// Somebody came to live in the household.
public struct MemberComing: Described {
    public var household: RecordID
    public var person: RecordID?
    public var name: String?
    public var birthYear: Int?
    public var reason: String?
    public var note: String?

    public init(
        household: RecordID, person: RecordID? = nil, name: String? = nil, birthYear: Int? = nil,
        reason: String? = nil, note: String? = nil
    ) {
        self.household = household
        self.person = person
        self.name = name
        self.birthYear = birthYear
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            HouseholdInput.householdProperty,
            .optional(
                "person", .id, "A person who is known; left out, the person is new and gets an id.",
                "已知人员的编号；不填则为新人员并分配编号。"),
            .optional(
                "name", .text(1...CaseDesk.longestName),
                "What the person is called; kept sealed under the person's key.",
                "姓名，以个人密钥加密保存。"),
            .optional(
                "birthYear", .integer(1_900...2_200), "Year of birth: 1900 to this year.", "出生年份：1900 年至今年。"),
        ] + StepReason.properties)
    public static let sample = MemberComing(
        household: .sample(7), person: .sample(8), name: "陈某", birthYear: 1940)
}

/// Somebody left the household.
public struct MemberLeaving: Described {
    public var household: RecordID
    public var person: RecordID
    public var reason: String?
    public var note: String?

    public init(household: RecordID, person: RecordID, reason: String? = nil, note: String? = nil) {
        self.household = household
        self.person = person
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(
        nil,
        [HouseholdInput.householdProperty, .required("person", .id, "The person.", "人员编号。")] + StepReason.properties)
    public static let sample = MemberLeaving(household: .sample(7), person: .sample(8))
}

/// Which codes an operation on circumstances takes.
public protocol CircumstanceCodes: Sendable {
    static var schema: JSONSchema { get }
}

/// The hardships that the program declares.
public enum DeclaredHardships: CircumstanceCodes {
    public static let schema = JSONSchema.hardship
}

/// The benefits that the program declares.
public enum DeclaredBenefits: CircumstanceCodes {
    public static let schema = JSONSchema.benefit
}

/// Any: what ends may be of an older list.
public enum AnyCircumstances: CircumstanceCodes {
    public static let schema = JSONSchema.code
}

/// A hardship or a benefit begins or ends.
public struct CircumstanceNoting<Codes: CircumstanceCodes>: Described {
    public var household: RecordID
    public var code: Code
    public var reason: String?
    public var note: String?

    public init(household: RecordID, code: Code, reason: String? = nil, note: String? = nil) {
        self.household = household
        self.code = code
        self.reason = reason
        self.note = note
    }

    public static var schema: JSONSchema {
        .object(
            nil,
            [HouseholdInput.householdProperty, .required("code", Codes.schema, "The program's code for it.", "项目代码。")]
                + StepReason.properties)
    }
    public static var sample: CircumstanceNoting { CircumstanceNoting(household: .sample(7), code: "minimumLiving") }
}

/// Somebody came by.
public struct VisitNoting: Described {
    public var household: RecordID
    public var reason: String?
    public var note: String?

    public init(household: RecordID, reason: String? = nil, note: String? = nil) {
        self.household = household
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(nil, [HouseholdInput.householdProperty] + StepReason.properties)
    public static let sample = VisitNoting(household: .sample(7), note: "一切安好")
}

/// Nobody answered.
public struct SilenceNoting: Described {
    public var household: RecordID
    public var calls: Int
    public var reason: String?
    public var note: String?

    public init(household: RecordID, calls: Int, reason: String? = nil, note: String? = nil) {
        self.household = household
        self.calls = calls
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            HouseholdInput.householdProperty,
            .required("calls", .integer(1...1_000), "How many calls running nobody answered.", "连续无人接听的次数。"),
        ] + StepReason.properties)
    public static let sample = SilenceNoting(household: .sample(7), calls: 2)
}

/// Moves a wish from the file it was wrongly put into.
public struct WishRefiling: Described {
    /// Whose wish it is.
    public var household: RecordID
    public var wish: RecordID
    /// Nil for the round that it was filed in.
    public var round: Int?
    /// Nil, without a note, is refused.
    public var reason: String?
    public var note: String?

    public init(household: RecordID, wish: RecordID, round: Int? = nil, reason: String?, note: String? = nil) {
        self.household = household
        self.wish = wish
        self.round = round
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            HouseholdInput.householdProperty,
            .required("wish", .id, "The wish, which is in another household's file.", "心愿编号，现归入其他家庭档案。"),
            .optional(
                "round", .integer(1...100_000), "The round of the program; by default the one it was filed in.",
                "项目轮次，默认为原归档轮次。"),
        ] + StepReason.properties)
    public static let sample = WishRefiling(
        household: .sample(7), wish: .sample(3), reason: "note", note: "同名不同户，归错档案")
}

/// Files a wish under its household.
public struct WishFiling: Described {
    public var household: RecordID
    public var wish: RecordID
    public var round: Int?

    public init(household: RecordID, wish: RecordID, round: Int? = nil) {
        self.household = household
        self.wish = wish
        self.round = round
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            HouseholdInput.householdProperty,
            .required("wish", .id, "The wish.", "心愿编号。"),
            .optional("round", .integer(1...100_000), "The round of the program; 1 by default.", "项目轮次，默认 1。"),
        ])
    public static let sample = WishFiling(household: .sample(7), wish: .sample(3), round: 1)
}
