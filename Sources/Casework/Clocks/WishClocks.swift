public import MatchCore

/// The clocks of one wish over its life: which start, which end, and what a person who is not satisfied sets going.
public struct WishClocks: Hashable, Sendable {
    public let wish: RecordID
    public let context: ClockContext
    public let area: Code
    public let level: AreaLevel
    /// 1, and one more each time the wish was opened again.
    public private(set) var round = 1
    /// In the order they started.
    public private(set) var clocks: [ServiceClock] = []

    public init(wish: RecordID, context: ClockContext, area: Code, level: AreaLevel) {
        self.wish = wish
        self.context = context
        self.area = area
        self.level = level
    }

    /// The clocks of a wish as a store gives them back.
    public init(wish: RecordID, context: ClockContext, area: Code, level: AreaLevel, round: Int, clocks: [ServiceClock])
    {
        self.init(wish: wish, context: context, area: area, level: level)
        self.round = round
        self.clocks = clocks
    }

    /// What happens to a wish, as far as its clocks are concerned.
    public enum Event: Hashable, Sendable {
        case opened, answered, decided
        /// Delivered, or ended for another reason: a call back is due.
        case closed
        /// Undecided, the person is called back once more; unsatisfied, the wish begins anew.
        case calledBack(SatisfactionRule.Verdict)
    }

    /// Where new clocks come from: the program's limits, its calendar, and fresh ids.
    public struct Source {
        public let policy: ClockPolicy
        public let calendar: WorkingCalendar
        public let newID: () -> RecordID

        public init(policy: ClockPolicy, calendar: WorkingCalendar, newID: @escaping () -> RecordID) {
            self.policy = policy
            self.calendar = calendar
            self.newID = newID
        }
    }

    /// Takes an event in; returns the ids of the clocks that started or ended.
    ///
    /// What a person says again after the call back counts as well, and a clock that somebody cancelled holds nothing up.
    ///
    /// Throws `wrongState` when no clock waits for the event: an answer after the answer, a call back before closing.
    public mutating func take(_ event: Event, by actor: CaseActor, at moment: Moment, from source: Source) throws
        -> [RecordID]
    {
        var next = self
        var touched: [RecordID] = []
        switch event {
        case .opened:
            guard clocks.isEmpty else { throw wrongState() }
            touched = try next.start([.answer, .decision, .delivery], at: moment, from: source)
        case .answered:
            touched = try next.meet(.answer, by: actor, at: moment, source)
        case .decided:
            touched = try next.meet(.decision, by: actor, at: moment, source)
        case .closed:
            touched = try next.meetOnce(.delivery, by: actor, at: moment, source)
            touched += try next.start([.callBack], at: moment, from: source)
        case .calledBack(let verdict):
            let calls = clocks.count { $0.kind == .callBack && $0.round == round }
            touched = try next.meetOnce(.callBack, by: actor, at: moment, source)
            switch verdict {
            case .satisfied: break
            case .undecided:
                // Whoever says the same when called back has said it: nobody is called for ever.
                if calls == 1, !touched.isEmpty { touched += try next.start([.callBack], at: moment, from: source) }
            case .unsatisfied:
                next.round += 1
                touched += try next.start([.answer, .delivery], at: moment, from: source)
            }
        }
        self = next
        return touched
    }

    private mutating func start(_ kinds: [ClockKind], at moment: Moment, from source: Source) throws -> [RecordID] {
        try kinds.map { kind in
            let clock = ServiceClock(
                id: source.newID(), subject: wish, kind: kind, area: area, level: level,
                terms: try source.policy.terms(for: kind, of: context), startedAt: moment, round: round,
                calendar: source.calendar)
            clocks.append(clock)
            return clock.id
        }
    }

    private mutating func meet(_ kind: ClockKind, by actor: CaseActor, at moment: Moment, _ source: Source) throws
        -> [RecordID]
    {
        guard let index = clocks.lastIndex(where: { $0.kind == kind && $0.end == nil }) else { throw wrongState() }
        clocks[index] = try clocks[index].applying(.meet, by: actor, at: moment, calendar: source.calendar)
        return [clocks[index].id]
    }

    /// Ends the clock of this round; one that has ended already stays as it did.
    private mutating func meetOnce(
        _ kind: ClockKind, by actor: CaseActor, at moment: Moment, _ source: Source
    ) throws -> [RecordID] {
        let own = clocks.filter { $0.kind == kind && $0.round == round }
        guard own.isEmpty || own.contains(where: { $0.end == nil }) else { return [] }
        return try meet(kind, by: actor, at: moment, source)
    }

    private func wrongState() -> CaseworkError {
        CaseworkError(
            .wrongState, "No clock of wish \(wish) waits for this. Read the wish again.",
            zhHans: "心愿 \(wish) 没有等待此事项的时限。请刷新后再试。")
    }
}
