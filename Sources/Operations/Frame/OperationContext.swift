public import Casework
public import Exchange
public import MatchCore
internal import Wire

/// What an operation works with: one transaction, one viewer, one moment.
public struct OperationContext {
    public let store: any CaseTransaction
    public let viewer: Viewer
    public let now: Moment
    public let room: OperationRoom
    /// Through which door the request came.
    public var door = RequestDoor()
    /// What was worked out before; nil for an operation that has nothing of the kind.
    public var worked: (any Sendable)?

    public init(store: any CaseTransaction, viewer: Viewer, now: Moment, room: OperationRoom) {
        self.store = store
        self.viewer = viewer
        self.now = now
        self.room = room
    }

    public var actor: CaseActor { viewer.actor }
    public var reference: ReferenceData { room.reference }
    public var registry: RegistryReader { RegistryReader(store) }
    public var admission: Admission { Admission(areas: reference.areas, categories: reference.categories) }
    var random: RoomRandom { RoomRandom(room: room) }

    /// Puts on record that the viewer is shown a sealed field of somebody; nothing where it is the person who looks.
    func note(_ field: SealedField, of holder: RecordID) {
        guard viewer.role != .recipient else { return }
        store.note(SealedRead(at: now, actor: actor.id, role: actor.role, holder: holder, field: field))
    }

    /// A desk for changes. Its rules are read when it is asked for, so that reading operations do without.
    public func desk() throws -> CaseDesk {
        CaseDesk(
            rules: try room.rules(store), store: store, actor: actor, now: now, clock: room.clock(),
            newID: { [room, now] in room.newID(now) })
    }

    /// Whether something that lies in `area` is within the areas that the viewer works in.
    public func isInScope(area: String?) -> Bool {
        if viewer.areas.isEmpty { return true }
        guard let area else { return false }
        return viewer.areas.contains { reference.areas.tree.isCode(area, within: $0) }
    }

    /// Throws `invalidInput` at `place` for an area that the program does not know, or that the viewer does not work in.
    public func requireArea(_ area: Code, at place: String) throws {
        _ = try reference.areas(within: area.text, at: place)
        guard isInScope(area: area.text) else {
            throw Problem(
                .invalidInput, at: place,
                LocalizedText(
                    zhHans: "“\(area)”不在您负责的区划内。请改用您负责的区划。",
                    en: "'\(area)' is not within the areas you work in. Name one that is."))
        }
    }

    /// Throws `notFound` for a wish that is not there, or that the viewer does not work on.
    public func requireWish(_ wish: RecordID) throws {
        guard let record = try registry.wish(wish), isInScope(area: record.features.place.area) else {
            throw Problem.notFound
        }
    }

    /// Whether the viewer works where a wish lies.
    public func isInScope(wish: RecordID) throws -> Bool {
        if viewer.areas.isEmpty { return true }
        return isInScope(area: try registry.wish(wish)?.features.place.area)
    }
}

/// What all operations of a program share, for as long as it runs.
public struct OperationRoom: Sendable {
    /// The rules of casework with the calendar that the transaction sees.
    public let rules: @Sendable (any CaseTransaction) throws -> CaseRules
    public let reference: ReferenceData
    public let matching: any RegistryViewing
    /// What the figures are counted from: a server keeps it in memory.
    public var figures: any FigureCounting = StoredFigures()
    public var office: OfficeMeans
    public let clock: @Sendable () -> Moment
    /// Makes an id for a record made at a moment.
    public let newID: @Sendable (Moment) -> RecordID
    /// Lets one at a time tune.
    let tuning = TuningGate()
    /// Where plans are made before they are applied, and the last of them.
    let planning = PlanningLane()
    let plans = PlanMemory()
    /// What the deadlines of plans are measured by.
    public var stopwatch: @Sendable () -> ContinuousClock.Instant = { .now }
    /// What people sign in with; nil where nobody signs in.
    public var signIn: SignInMeans?
    /// Chance for tokens and codes.
    public let random: @Sendable () -> UInt64

    public init(
        rules: @escaping @Sendable (any CaseTransaction) throws -> CaseRules, reference: ReferenceData,
        matching: any RegistryViewing, office: OfficeMeans, clock: @escaping @Sendable () -> Moment,
        newID: @escaping @Sendable (Moment) -> RecordID,
        random: @escaping @Sendable () -> UInt64 = HostRandom.next
    ) {
        self.rules = rules
        self.reference = reference
        self.matching = matching
        self.office = office
        self.clock = clock
        self.newID = newID
        self.random = random
    }

    /// The context of one operation in one transaction.
    public func context(in store: any CaseTransaction, for viewer: Viewer, at now: Moment? = nil) -> OperationContext {
        OperationContext(store: store, viewer: viewer, now: now ?? clock(), room: self)
    }
}

/// The chance of a room, in the form in which tokens and codes take it.
struct RoomRandom: RandomNumberGenerator {
    let room: OperationRoom

    mutating func next() -> UInt64 { room.random() }
}

/// The codes that a program speaks in.
public struct ReferenceData: Sendable {
    public let areas: AreaTree
    public let categories: CategoryTree
    /// Groups, skills and languages with their names; one that is not listed is not looked up.
    public let vocabularies: [DataDirectory.Vocabulary: [NamedCode]]
    /// Why steps are made; nil where the program takes any code.
    public let reasons: ReasonBook?
    /// Why approvals are refused.
    public let refusals: [Code]
    /// Further lists of the program by the names that schemas give them; one that is empty takes any code.
    private let declared: [String: [Code]]

    public init(
        areas: AreaTree, categories: CategoryTree, vocabularies: [DataDirectory.Vocabulary: [NamedCode]] = [:],
        reasons: ReasonBook? = nil, refusals: [Code] = [], declared: [String: [Code]] = [:]
    ) {
        self.areas = areas
        self.categories = categories
        self.vocabularies = vocabularies.filter { !$0.value.isEmpty }
        self.reasons = reasons
        self.refusals = refusals
        self.declared = declared.filter { !$0.value.isEmpty }
    }

    /// What a data directory says, and what a program's rules declare.
    public init(_ directory: DataDirectory, declared: CaseRules? = nil) throws {
        var vocabularies: [DataDirectory.Vocabulary: [NamedCode]] = [:]
        for vocabulary in DataDirectory.Vocabulary.allCases {
            vocabularies[vocabulary] = try directory.codes(of: vocabulary)
        }
        // A code may stand in the paths of several lanes.
        let paths = declared.map { Array($0.paths.values) } ?? []
        func sorted(_ codes: [Code]) -> [Code] { Set(codes).sorted { $0.text < $1.text } }
        self.init(
            areas: try directory.areas(), categories: try directory.categories(), vocabularies: vocabularies,
            reasons: declared?.reasons, refusals: sorted(paths.flatMap { $0.refusals.map(\.code) }),
            declared: [
                "AlternativeCode": sorted(paths.flatMap { $0.alternatives.map(\.code) }),
                "HardshipCode": declared?.circumstances?.hardships.codes ?? [],
                "BenefitCode": declared?.circumstances?.benefits.codes ?? [],
                "GuardianRelation": declared?.consent.relations.codes ?? [],
            ])
    }

    /// Against which the codes of a profile are held.
    public var knownCodes: KnownCodes {
        func codes(_ vocabulary: DataDirectory.Vocabulary) -> [String]? { vocabularies[vocabulary]?.map(\.code) }
        return KnownCodes(
            areas: areas.tree, categories: categories.tree, groups: codes(.groups), skills: codes(.skills),
            languages: codes(.languages), nearest: { Suggestion($1).closest(to: $0) })
    }

    /// What a code of a vocabulary is called; the code itself where it has no name.
    public func name(of code: String, in vocabulary: DataDirectory.Vocabulary, _ language: Language) -> String {
        vocabularies[vocabulary]?.first { $0.code == code }?.name[language] ?? code
    }

    /// What groups are called, by their codes.
    var groupNames: [String: LocalizedText] {
        Dictionary((vocabularies[.groups] ?? []).map { ($0.code, $0.name) }) { first, _ in first }
    }

    /// The codes of the lists that schemas name, as far as they are known here.
    public var lists: [String: [String]] {
        var lists = ["AreaCode": areas.tree.codes, "CategoryCode": categories.tree.codes]
        for (name, codes) in declared { lists[name] = codes.map(\.text) }
        guard let reasons else { return lists }
        let declared = reasons.codes
        // A refusal may be a declared reason too.
        lists["ReasonCode"] = (declared + refusals.filter { !declared.contains($0) }).map(\.text)
        lists["ClosingReason"] = reasons.closings.codes.map(\.text)
        lists["RefusalReason"] = refusals.map(\.text)
        return lists
    }

    /// The area and all within it; nil stays nil. Throws `invalidInput` at `place` for a code that is not known.
    public func areas(within code: String?, at place: String) throws -> [String]? {
        try codes(within: code, areas.tree, at: place, LocalizedText(zhHans: "区划", en: "area"))
    }

    /// The category and all under it; nil stays nil. Throws `invalidInput` at `place` for a code that is not known.
    public func categories(within code: String?, at place: String) throws -> [String]? {
        try codes(within: code, categories.tree, at: place, LocalizedText(zhHans: "类目", en: "category"))
    }

    private func codes(within code: String?, _ tree: CodeTree, at place: String, _ kind: LocalizedText) throws
        -> [String]?
    {
        guard let code else { return nil }
        guard let index = tree.index(of: code) else {
            throw Problem(
                .invalidInput, at: place,
                LocalizedText(
                    zhHans: "没有代码为“\(code)”的\(kind.zhHans)。可用代码见 /v1/areas 和 /v1/categories。",
                    en: "There is no \(kind.en) '\(code)'. Look codes up at /v1/areas and /v1/categories."))
        }
        return Array(tree.codes[Int(index)..<Int(tree.ends[Int(index)])])
    }
}

extension CodeTree {
    /// Whether `code` is `other` or lies within it; false where either is not known.
    func isCode(_ code: String, within other: String) -> Bool {
        guard let inner = index(of: code), let outer = index(of: other) else { return false }
        return isNode(inner, within: outer)
    }
}
