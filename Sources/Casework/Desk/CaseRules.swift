public import MatchCore

/// What a program declares for its casework, read from `Data/` and the calendar that was loaded.
public struct CaseRules: Sendable {
    public var calendar: WorkingCalendar
    public var clocks: ClockPolicy
    public var leases: LeaseTerms
    /// By lane; a lane without a path needs no approval.
    public var paths: [Code: ApprovalPath]
    public var duplicates: DuplicateRules
    public var watch: WatchRules
    /// Whether a household may have one open wish in a round only.
    public var onePerRound: Bool
    public var pledges: PledgeRules
    /// Why steps are made, as the program declares it; nil where it declares nothing, and any code will do.
    public var reasons: ReasonBook?
    /// Hardships and benefits, as the program declares them; nil where it declares nothing.
    public var circumstances: CircumstanceBook?
    /// Groups of people, and which of them follow from a household's file; nil where the program declares none, and nothing
    /// follows.
    public var groups: GroupBook?
    /// The catalogue, for what things usually cost.
    public var categories: CategoryTree
    /// What counts as satisfied.
    public var satisfaction: SatisfactionRule
    /// How long ago a request or a file may have begun that is entered now, in days; nil for any time.
    public var enterWithinDays: Int?
    /// What a coordinator may publish although it was found in a wording.
    public var masking: MaskingRules
    /// What people are asked to agree to.
    public var consent: ConsentRules
    /// For how long things are kept.
    public var retention: RetentionRules

    public init(
        calendar: WorkingCalendar, clocks: ClockPolicy, leases: LeaseTerms, paths: [Code: ApprovalPath],
        duplicates: DuplicateRules, watch: WatchRules, onePerRound: Bool = false, pledges: PledgeRules = .careful,
        reasons: ReasonBook? = nil, circumstances: CircumstanceBook? = nil, categories: CategoryTree = .empty,
        satisfaction: SatisfactionRule = .standard, enterWithinDays: Int? = nil, masking: MaskingRules = .standard,
        consent: ConsentRules = .standard, retention: RetentionRules = .standard, groups: GroupBook? = nil
    ) {
        self.calendar = calendar
        self.clocks = clocks
        self.leases = leases
        self.paths = paths
        self.duplicates = duplicates
        self.watch = watch
        self.onePerRound = onePerRound
        self.pledges = pledges
        self.reasons = reasons
        self.circumstances = circumstances
        self.categories = categories
        self.satisfaction = satisfaction
        self.enterWithinDays = enterWithinDays
        self.masking = masking
        self.consent = consent
        self.retention = retention
        self.groups = groups
    }

    /// For what the ways of approval refuse, in the order of their names: whoever reads the list twice reads the same.
    var refusals: [Code] { paths.sorted { $0.key < $1.key }.flatMap { $0.value.refusals.map(\.code) } }
}

extension CaseActor {
    /// The program itself: it ends leases, keeps clocks, and draws the consequences of what people do.
    public static let system = CaseActor(id: RecordID(high: 0, low: 1), role: .admin)
}
