internal import CaseRecords
public import MatchCore

/// What a claim could not be made on today although the registry has it, and what parties promised lately.
///
/// A plan that is to be applied whole must not contain what the desk would refuse.
public struct AllocationBars: Sendable {
    /// Wishes that wait for an approval.
    public var wishes: Set<RecordID> = []
    /// Lines of funds whose budget does not cover today.
    public var offerLines: Set<LineReference> = []
    /// For each party and unit what it promised within the period of the cap, where that was not taken back.
    public var promised: [PromisedUnits.Key: Int64] = [:]

    /// No bars.
    public init() {}

    /// Reads the bars of a registry.
    public init(
        of registry: Registry, in store: any CaseTransaction, rules: AllocationRules, on today: CivilDate,
        at now: Moment
    )
        throws
    {
        for id in Set((0..<registry.wishes.count).map { registry.wishes[$0].key.id }) {
            if let approval = try store.approval(ofWish: id), !approval.isApproved { wishes.insert(id) }
        }
        for row in 0..<registry.offers.count where registry.offers[row].unit == .fen {
            let line = LineReference(registry.offers[row].key.id, registry.offers[row].lineNumber)
            if let budget = try store.budget(of: line), !budget.days.contains(today) { offerLines.insert(line) }
        }
        guard !rules.partyCaps.isEmpty, rules.capDays > 0 else { return }
        let start = Moment(milliseconds: now.milliseconds - Int64(rules.capDays) * 86_400_000)
        for units in try store.promised(since: start) { promised[units.key] = units.quantity }
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
