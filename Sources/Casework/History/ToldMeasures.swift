internal import MatchCore

/// What the figures are made of, as the facts of a history make it: one row a wish, and one more for each time that
/// something known before was replaced. A store keeps the same in a table; public figures are counted from that.
public struct ToldMeasures: Sendable {
    /// What was known of one wish from one moment until another.
    public struct Row: Hashable, Sendable {
        /// Until when it held; nil for what holds now.
        public var until: Moment?
        public var since: Moment
        public var area: Code
        public var lane: Code
        public var channel: Code
        public var receivedAt: Moment
        public var answerDue: Moment?
        public var answeredAt: Moment?
        public var deliveryDue: Moment?
        public var closedAt: Moment?
        public var endedAt: Moment?
        public var rating: Int?
        public var ratedAt: Moment?

        public init(since: Moment, area: Code, lane: Code, channel: Code, receivedAt: Moment) {
            self.since = since
            self.area = area
            self.lane = lane
            self.channel = channel
            self.receivedAt = receivedAt
        }
    }

    /// In order of time; the last one holds now.
    private var rows: [RecordID: [Row]] = [:]
    private var parties: [RecordID: [RecordID: Moment]] = [:]

    init() {}

    mutating func take(_ fact: CaseFact) {
        switch fact.kind {
        case .received(let area, let lane, let channel):
            guard rows[fact.wish] == nil else { return }
            rows[fact.wish] = [Row(since: fact.at, area: area, lane: lane, channel: channel, receivedAt: fact.at)]
        case .moved(let area): replace(fact, isKnown: { _ in true }) { $0.area = area }
        case .joined(let party):
            if parties[fact.wish]?[party] == nil { parties[fact.wish, default: [:]][party] = fact.at }
        case .answered:
            // One that is entered late was known in every row that held since.
            for index in rows[fact.wish]?.indices ?? 0..<0 {
                guard let row = rows[fact.wish]?[index], row.until ?? Moment(milliseconds: .max) > fact.at else {
                    continue
                }
                rows[fact.wish]?[index].answeredAt = min(row.answeredAt ?? fact.at, fact.at)
            }
        case .ended: change(fact.wish) { $0.endedAt = $0.endedAt ?? fact.at }
        case .answerDue(let due): replace(fact, isKnown: { _ in true }) { $0.answerDue = due }
        case .deliveryDue(let due):
            // Once a round was late, the wish was: the due time of another round is no second chance.
            guard !wasLate(fact.wish) else { return }
            replace(fact, isKnown: { _ in true }) { $0.deliveryDue = due }
        case .closed(let isServed):
            replace(fact, isKnown: { $0.closedAt != nil }) { $0.closedAt = fact.at }
            change(fact.wish) { $0.endedAt = isServed ? nil : fact.at }
        case .reopened:
            replace(fact, isKnown: { $0.closedAt != nil }) { $0.closedAt = nil }
            change(fact.wish) { $0.endedAt = nil }
        case .rated(let stars):
            replace(fact, isKnown: { $0.rating != nil }) { $0.rating = stars }
            change(fact.wish) { $0.ratedAt = fact.at }
        }
    }

    /// Whether it was closed late, in whatever round.
    private func wasLate(_ wish: RecordID) -> Bool {
        rows[wish]?.contains { row in
            guard let closed = row.closedAt, let due = row.deliveryDue else { return false }
            return closed > due
        } ?? false
    }

    private mutating func change(_ wish: RecordID, _ body: (inout Row) -> Void) {
        guard let last = rows[wish]?.indices.last else { return }
        body(&rows[wish, default: []][last])
    }

    /// A first value is only noted; another one begins a new row.
    private mutating func replace(_ fact: CaseFact, isKnown: (Row) -> Bool, _ body: (inout Row) -> Void) {
        guard let row = rows[fact.wish]?.last else { return }
        if row.since < fact.at, isKnown(row) {
            var past = row
            past.until = fact.at
            let place = (rows[fact.wish]?.count ?? 1) - 1
            rows[fact.wish]?.insert(past, at: place)
            change(fact.wish) { $0.since = fact.at }
        }
        change(fact.wish, body)
    }

    /// Compares with what a store keeps.
    func compare(with store: any CaseTransaction, _ found: inout DifferenceList) throws {
        func inOrder(_ rows: [Row]) -> [Row] {
            rows.sorted { ($0.until ?? Moment(milliseconds: .max)) < ($1.until ?? Moment(milliseconds: .max)) }
        }
        var missing = rows
        var differing: Set<RecordID> = []
        try store.forEachMeasure { wish, kept in
            if missing.removeValue(forKey: wish).map(inOrder) != inOrder(kept) { differing.insert(wish) }
        }
        var unjoined = parties
        try store.forEachMeasuredParty { wish, party, joined in
            if unjoined[wish]?.removeValue(forKey: party) != joined { differing.insert(wish) }
        }
        differing.formUnion(missing.keys)
        differing.formUnion(unjoined.filter { !$0.value.isEmpty }.keys)
        for wish in differing.sorted() {
            found.add(.init(.figures, wish, kept: "changed", told: rows[wish].map { "\($0.count)" }))
        }
    }
}
