/// What a person, household or community asks for, as the matcher sees it: no name, phone, address or diagnosis.
///
/// Codes (areas, categories, groups, skills, languages) are those of the data directory.
public struct Wish: Sendable, Hashable {
    public var key: RecordKey
    public var lane: Lane
    public var urgency: UrgencyGrade
    /// From 0 (none known) to 4 (gravest); nil where nobody has graded it.
    public var hardship: Int?
    public var submitted: Timestamp?
    /// When an answer is due.
    public var due: Timestamp?
    public var place: Place
    /// Groups the wish belongs to: `children`, `elders`, `disabled` …
    public var groups: [String]
    public var languages: [String]
    public var window: DayWindow?
    public var hours: WeeklyHours?
    public var skills: [String]
    public var requiredQualifications: [String]
    /// The approved wording.
    public var text: String
    public var lines: [WishLine]

    public init(
        key: RecordKey, lane: Lane = .microWish, urgency: UrgencyGrade = .normal, hardship: Int? = nil,
        submitted: Timestamp? = nil, due: Timestamp? = nil, place: Place = Place(), groups: [String] = [],
        languages: [String] = [], window: DayWindow? = nil, hours: WeeklyHours? = nil, skills: [String] = [],
        requiredQualifications: [String] = [], text: String = "", lines: [WishLine]
    ) {
        self.key = key
        self.lane = lane
        self.urgency = urgency
        self.hardship = hardship
        self.submitted = submitted
        self.due = due
        self.place = place
        self.groups = groups
        self.languages = languages
        self.window = window
        self.hours = hours
        self.skills = skills
        self.requiredQualifications = requiredQualifications
        self.text = text
        self.lines = lines
    }
}

/// One item of a wish.
public struct WishLine: Sendable, Hashable {
    /// 1 for the first line of a wish.
    public var number: Int
    /// Nil where nobody has classified it.
    public var category: String?
    /// What is still open, 1…``Quantity/greatest`` of `unit`; nil where the request names no quantity.
    public var quantity: Int64?
    public var unit: Unit
    /// Estimated price of one piece (or minute), in fen; lets an offer of money fill a line of things.
    public var estimatedPriceFen: Int64?
    /// A whole line goes to one offer; otherwise it may be split.
    public var isWhole: Bool

    public init(
        number: Int = 1, category: String?, quantity: Int64?, unit: Unit = .piece, estimatedPriceFen: Int64? = nil,
        isWhole: Bool = false
    ) {
        self.number = number
        self.category = category
        self.quantity = quantity
        self.unit = unit
        self.estimatedPriceFen = estimatedPriceFen
        self.isWhole = isWhole
    }
}

/// The two lanes of approval and disclosure.
public enum Lane: UInt8, Sendable, Hashable, CaseIterable {
    /// 微心愿: a person or household, about CNY 500.
    case microWish
    /// 微实事: a community, about CNY 250,000.
    case microProject

    public var code: String {
        switch self {
        case .microWish: "microWish"
        case .microProject: "microProject"
        }
    }

    public init?(code: String) {
        guard let lane = Lane.allCases.first(where: { $0.code == code }) else { return nil }
        self = lane
    }
}

/// How soon help is needed.
public enum UrgencyGrade: UInt8, Sendable, Hashable, Comparable, CaseIterable {
    case normal
    case urgent
    /// Life, health or shelter is at stake.
    case critical

    public var code: String {
        switch self {
        case .normal: "normal"
        case .urgent: "urgent"
        case .critical: "critical"
        }
    }

    public init?(code: String) {
        guard let grade = UrgencyGrade.allCases.first(where: { $0.code == code }) else { return nil }
        self = grade
    }

    public static func < (left: UrgencyGrade, right: UrgencyGrade) -> Bool { left.rawValue < right.rawValue }
}
