/// What is to be allocated: wish lines of any quantity, offers with capacities, parties with caps, areas with
/// guaranteed shares, and the pairs that may be claimed.
public struct PlanProblem: Sendable, Hashable {
    /// The greatest score of a pair.
    public static let greatestScore: Int64 = 1_000_000
    /// The greatest quantity of a line and capacity of an offer or party: sums of a million of them fit 64 bits.
    public static let greatestQuantity: Int64 = 1_000_000_000_000
    /// The most lines, offers, parties and areas together, so that prices fit 64 bits.
    public static let greatestCount = 1_000_000

    /// A wish line.
    public struct Line: Sendable, Hashable {
        /// What is still open, 1 or more.
        public var quantity: Int64
        /// 0 ..< number of areas.
        public var area: Int
        public var isCritical: Bool
        /// All of it comes from one offer, or nothing.
        public var isWhole: Bool
        /// The most it is given, 0 ... `quantity`: its part of a supply that is short. A whole line has its quantity here.
        public var most: Int64
        /// For a line of more than one unit the guarantee that its units count in; nil for none. Lines of one unit count
        /// in that of their area.
        public var share: Int?
        /// Whether its candidates were looked for; a line that a deadline left out bounds nothing.
        public var isRanked: Bool

        public init(
            quantity: Int64 = 1, area: Int = 0, isCritical: Bool = false, isWhole: Bool = false, most: Int64? = nil,
            share: Int? = nil, isRanked: Bool = true
        ) {
            self.quantity = quantity
            self.most = most ?? quantity
            self.share = share
            self.isRanked = isRanked
            self.area = area
            self.isCritical = isCritical
            self.isWhole = isWhole
        }
    }

    /// An offer line.
    public struct Offer: Sendable, Hashable {
        /// What is still free, 0 or more.
        public var capacity: Int64
        /// 0 ..< number of parties.
        public var party: Int

        public init(capacity: Int64, party: Int = 0) {
            self.capacity = capacity
            self.party = party
        }
    }

    /// An offer that could serve a line, and what serving all of the line with it is worth.
    public struct Pair: Sendable, Hashable {
        public var line: Int
        public var offer: Int
        /// 0 ... ``greatestScore``.
        public var score: Int64
        /// What the draw gave the pair, 0 ..< ``PlanGoal/whole``; decides only between plans that are equally good.
        public var lot: Int64

        public init(line: Int, offer: Int, score: Int64, lot: Int64 = 0) {
            self.lot = lot
            self.line = line
            self.offer = offer
            self.score = score
        }
    }

    public var lines: [Line]
    public var offers: [Offer]
    /// The most units that each party gives in all.
    public var partyCaps: [Int64]
    /// For each area how many of its lines of quantity 1 have to be served; then how many units of the lines that name
    /// such a guarantee as their share.
    public var guarantees: [Int64]
    public var pairs: [Pair]

    /// Makes a problem.
    ///
    /// - Throws: ``AllocationError`` when a number is out of range, names what does not exist, or a pair stands twice.
    public init(lines: [Line], offers: [Offer], partyCaps: [Int64], guarantees: [Int64], pairs: [Pair]) throws {
        self.lines = lines
        self.offers = offers
        self.partyCaps = partyCaps
        self.guarantees = guarantees
        self.pairs = pairs
        func refuse(_ message: String) -> AllocationError { AllocationError(.outOfRange, message: message) }
        let quantities = 0...Self.greatestQuantity
        guard lines.count + offers.count + partyCaps.count + guarantees.count <= Self.greatestCount else {
            throw refuse(
                "There are more than \(Self.greatestCount) lines, offers, parties and areas. Allocate by parts.")
        }
        for (index, line) in lines.enumerated() {
            guard line.quantity >= 1, quantities.contains(line.quantity), guarantees.indices.contains(line.area) else {
                throw refuse("Line \(index) has quantity \(line.quantity) and area \(line.area), out of range.")
            }
            guard (0...line.quantity).contains(line.most), !line.isWhole || line.most == line.quantity,
                line.share.map(guarantees.indices.contains) ?? true
            else { throw refuse("Line \(index) is given at most \(line.most), or counts in no guarantee there is.") }
        }
        for (index, offer) in offers.enumerated() {
            guard quantities.contains(offer.capacity), partyCaps.indices.contains(offer.party) else {
                throw refuse("Offer \(index) has capacity \(offer.capacity) and party \(offer.party), out of range.")
            }
        }
        guard partyCaps.allSatisfy(quantities.contains), guarantees.allSatisfy({ $0 >= 0 }) else {
            throw refuse("A cap or guarantee is out of range. Give 0 or more.")
        }
        var seen: Set<[Int]> = []
        for pair in pairs {
            guard lines.indices.contains(pair.line), offers.indices.contains(pair.offer),
                (0...Self.greatestScore).contains(pair.score), (0..<PlanGoal.whole).contains(pair.lot)
            else { throw refuse("The pair of line \(pair.line) and offer \(pair.offer) is out of range.") }
            guard seen.insert([pair.line, pair.offer]).inserted else {
                throw AllocationError(
                    .badCandidate, message: "Line \(pair.line) names offer \(pair.offer) twice. Name each pair once.")
            }
        }
    }

    /// Whether no line asks for more than one unit, so that rates of areas are counts.
    public var isOfSingleUnits: Bool { lines.allSatisfy { $0.quantity == 1 } }

    /// The guarantee that the units of a line count in; nil for none.
    func node(of line: Line) -> Int? { line.quantity == 1 ? line.area : line.share }

    /// Whether a pair may be used at all: a whole line takes nothing from an offer that cannot give all of it.
    func isUsable(_ pair: Pair) -> Bool {
        !lines[pair.line].isWhole || offers[pair.offer].capacity >= lines[pair.line].quantity
    }
}

/// What a plan is to be best in. Goals stand in an order; a later one never costs an earlier one anything.
public enum PlanGoal: String, Sendable, CaseIterable, Codable {
    /// Critical lines served, each as the part of its quantity that is given.
    case critical
    /// The served rate of the least served area, then of the next (leximin).
    case areas
    /// Lines served, each as the part of its quantity that is given.
    case served
    /// The score of every pair, times the part of the line's quantity that it gives.
    case score
    /// What a published seed drew for each pair, times the part of the line's quantity: decides between equal plans.
    case lottery

    /// The order where none is given.
    public static let usual: [PlanGoal] = [.critical, .areas, .served, .score]

    /// The goals that a profile or a run may name.
    public static let declarable: [PlanGoal] = [.critical, .areas, .served, .score]

    /// What a line that is wholly served counts, and what a score of a millionth does: parts are whole numbers.
    public static let whole: Int64 = 1_000_000_000_000

    /// What one unit of a pair counts towards the goal; rounded down for each pair. The rates of areas are no sum.
    public func worth(of pair: PlanProblem.Pair, in problem: PlanProblem) -> Int64 {
        let line = problem.lines[pair.line]
        switch self {
        case .critical: return line.isCritical ? Self.whole / line.quantity : 0
        case .areas: return 0
        case .served: return Self.whole / line.quantity
        case .score: return pair.score * (Self.whole / PlanProblem.greatestScore) / line.quantity
        case .lottery: return pair.lot / line.quantity
        }
    }

    /// The most that one unit of a line can count, whatever the pair; the rates of areas are no sum.
    public func greatestWorth(of line: PlanProblem.Line) -> Int64 {
        switch self {
        case .critical: line.isCritical ? Self.whole / line.quantity : 0
        case .areas: 0
        case .served, .score, .lottery: Self.whole / line.quantity
        }
    }
}
