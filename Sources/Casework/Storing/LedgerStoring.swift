public import MatchCore

/// The two sides of the promise ledger, as a store keeps them.
public protocol LedgerStoring {
    /// Moves a quantity on both lines at once, each only where its part holds enough.
    ///
    /// Throws `insufficient` where a part holds less, `unknown` where a line is not there; then nothing has moved.
    func move(_ quantity: Int64, _ kind: LedgerMove.Kind, offer: LineReference, wish: LineReference) throws
    func balance(ofOffer line: LineReference) throws -> LineState<OfferPart>?
    func balance(ofWish line: LineReference) throws -> LineState<WishPart>?
    /// Takes what is available back, or cancels what is open; throws `insufficient` where that is less.
    func withdraw(_ quantity: Int64, from offer: LineReference) throws
    func cancel(_ quantity: Int64, of wish: LineReference) throws
    /// Opens again what was cancelled; throws `insufficient` where that is less.
    func restore(_ quantity: Int64, of wish: LineReference) throws
    /// Pledges more on a line; throws `unsound` where the total would leave 64 bits.
    func pledge(_ quantity: Int64, on offer: LineReference) throws
    /// Adds a line to an offer that counts the same things as another of its lines, all of it available.
    func addLine(like line: LineReference, pledging quantity: Int64) throws -> LineReference
    func lines(ofOffer offer: RecordID) throws -> [Int]
    func lines(ofWish wish: RecordID) throws -> [Int]

    func save(_ budget: FundBudget) throws
    func budget(of line: LineReference) throws -> FundBudget?
    /// Budgets in order of time, of one offer or of all.
    func budgets(ofOffer offer: RecordID?, behind: FundBudget.Place?, limit: Int) throws -> [FundBudget]
    /// The budgets whose last day lies before `day` and that still have something available.
    func budgets(endedBefore day: CivilDate) throws -> [FundBudget]
}

/// A line's balance with what it counts.
public struct LineState<Part: BalancePart>: Hashable, Sendable {
    public let unit: Unit
    public let category: String?
    /// Nil where no quantity was stated: then there is nothing to reserve.
    public let total: Int64?
    public let parts: [Part: Int64]

    public init(unit: Unit, category: String?, total: Int64?, parts: [Part: Int64]) {
        self.unit = unit
        self.category = category
        self.total = total
        self.parts = parts
    }

    public subscript(part: Part) -> Int64 { parts[part] ?? 0 }

    /// Throws `unsound` when the parts do not add up.
    public func check() throws { _ = try Balance<Part>(total: total ?? 0, parts: parts) }
}

/// One period of a fund: from its first day to its last, both included, it pays from one line of its offer.
public struct FundBudget: Hashable, Sendable {
    public let party: RecordID
    public let line: LineReference
    public let days: ClosedRange<CivilDate>

    public init(party: RecordID, line: LineReference, days: ClosedRange<CivilDate>) {
        self.party = party
        self.line = line
        self.days = days
    }
}

extension LedgerStoring {
    /// The first budgets of an offer, or of all.
    public func budgets(ofOffer offer: RecordID?, limit: Int) throws -> [FundBudget] {
        try budgets(ofOffer: offer, behind: nil, limit: limit)
    }
}

extension FundBudget {
    /// Where a budget stands in a list: by its first day, then by its line.
    public struct Place: Hashable, Sendable {
        public let first: CivilDate
        public let line: LineReference

        public init(first: CivilDate, line: LineReference) {
            self.first = first
            self.line = line
        }
    }

    public var place: Place { Place(first: days.lowerBound, line: line) }
}
