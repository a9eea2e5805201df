internal import CaseRecords
public import MatchCore

/// What a claim could not be made on today although the registry has it, and what parties promised lately.
///
/// A plan that is to be applied whole must not contain what the desk would refuse.
public struct AllocationBars: Sendable {
    /// Wishes that wait for an approval.
    public var wishes: Set<RecordID> = []
    /// Lines of funds whose budget does not cover today, and lines that somebody waits for: what is free of those is too
    /// little for whoever is next, and theirs all the same.
    public var offerLines: Set<LineReference> = []
    /// For each line of money of which less than it wants was approved what may be claimed; 0 for nothing.
    public var claimable: [LineReference: Int64] = [:]
    /// For each line of an offer what its party states in all, given or not; only where a reserve is held back of it.
    public var stated: [LineReference: Int64] = [:]
    /// For each party and unit what it promised within the period of the cap, where that was not taken back.
    public var promised: [PromisedUnits.Key: Int64] = [:]

    /// No bars.
    public init() {}

    /// Reads the bars of a registry.
    public init(
        of registry: Registry, in store: any CaseTransaction, rules: AllocationRules, on today: CivilDate,
        at now: Moment
    ) throws {
        var approved = Set<RecordID>()
        for id in Set((0..<registry.wishes.count).map { registry.wishes[$0].key.id }) {
            guard let approval = try store.approval(ofWish: id) else { continue }
            if approval.isApproved { approved.insert(id) } else { wishes.insert(id) }
        }
        try readMoney(of: approved, registry, store)
        for row in 0..<registry.offers.count {
            let offer = registry.offers[row]
            let line = LineReference(offer.key.id, offer.lineNumber)
            if offer.unit == .fen, let budget = try store.budget(of: line), !budget.days.contains(today) {
                offerLines.insert(line)
            }
            if rules.reserve > 0, offer.available != nil, let balance = try store.balance(ofOffer: line),
                let total = balance.total
            {
                stated[line] = total - balance[.withdrawn]
            }
        }
        let lines = try store.linesWaitedFor(behind: nil, limit: Int(Int32.max))
        for line in lines where try !store.inTurn(for: line).isEmpty {
            offerLines.insert(line)
        }
        guard !rules.partyCaps.isEmpty, rules.capDays > 0 else { return }
        let start = Moment(milliseconds: now.milliseconds - Int64(rules.capDays) * 86_400_000)
        for units in try store.promised(since: start) { promised[units.key] = units.quantity }
    }

    /// Divides what was approved for each wish among its lines of money, in their order: they may not claim it twice.
    private mutating func readMoney(
        of approved: Set<RecordID>, _ registry: Registry, _ store: any CaseTransaction
    ) throws {
        var rows: [RecordID: [Int]] = [:]
        for row in 0..<registry.wishes.count {
            let wish = registry.wishes[row]
            if wish.unit == .fen, wish.wanted != nil, approved.contains(wish.key.id) {
                rows[wish.key.id, default: []].append(row)
            }
        }
        for (id, rows) in rows {
            guard var left = try ApprovedMoney(of: id, in: store)?.left else { continue }
            let lines = rows.map { registry.wishes[$0] }.sorted { $0.lineNumber < $1.lineNumber }
            for line in lines {
                guard let wanted = line.wanted, wanted > left else {
                    left -= line.wanted ?? 0
                    continue
                }
                // A part is of no use to a line that goes to one offer as a whole; the next line may have it.
                let part = line.isWhole ? 0 : left
                claimable[LineReference(id, line.lineNumber)] = part
                left -= part
            }
        }
    }
}

/// What a party promised in one unit, in claims that still hold or were fulfilled.
public struct PromisedUnits: Hashable, Sendable {
    /// A party and what it counts in.
    public struct Key: Hashable, Sendable {
        public let party: RecordID
        public let unit: Unit

        public init(party: RecordID, unit: Unit) {
            self.party = party
            self.unit = unit
        }
    }

    public let key: Key
    public let quantity: Int64

    public init(key: Key, quantity: Int64) {
        self.key = key
        self.quantity = quantity
    }
}
