internal import Crypto
public import MatchCore

/// The registry's open wish lines and offers as a problem to allocate, and the way back from its numbers.
///
/// Candidates are each line's best offers of the same unit. A line that names no quantity asks for one; an offer that
/// states none has no limit of its own: such pairs are suggestions, for the ledger has nothing to hold. Areas are those
/// right under the root (towns); lines whose place is not known stand together in one more.
public struct RegistryAllocation: Sendable {
    public private(set) var problem: PlanProblem
    /// For each line of the problem its row in the registry's wish columns.
    public let wishRows: [Int]
    /// For each offer of the problem its row in the registry's offer columns.
    public let offerRows: [Int]
    /// For each line and each offer its record and line number, as claims name them.
    public let lines: [LineReference]
    public let offers: [LineReference]
    /// For each area of the problem its number in the area tree; −1 for "not known".
    public let areas: [Int32]
    /// For each guarantee beyond those of the areas: the area of the problem and the unit that it counts.
    public let bulkShares: [(area: Int, unit: Unit)]
    /// Pairs left out because the offer counts in another unit than the line, such as money for a thing.
    public let otherUnits: Int
    /// Lines left out because their wish waits for an approval or nothing is left of what was approved, and offers because
    /// their budget does not cover today or somebody waits for them.
    public let barred: (lines: Int, offers: Int)
    /// Lines left out because they ask for more than a plan can reckon with, ``PlanProblem/greatestQuantity``, by row in
    /// the registry's wish columns: such a number is a slip of the pen more often than a need, and nobody else waits for
    /// it.
    public let tooGreat: [Int]
    /// Changes with everything that the plan depends on: what is open and free, the candidates, their scores, the profile,
    /// the goals and terms.
    public private(set) var fingerprint: String
    /// What a draw decides; nil without a seed.
    public let seed: AllocationSeed?

    /// Ranks the candidates of every open line.
    ///
    /// - Parameters:
    ///   - bars: What a claim could not be made on.
    ///   - leftOut: Lines (by number) that get no candidates, as a plan that was cut left them out.
    ///   - isOverdue: When it says yes, the lines not ranked yet get no candidates and bound nothing.
    /// - Throws: ``AllocationError`` when a quantity is out of range.
    public init(
        run: MatchRun, rules: AllocationRules, bars: AllocationBars = AllocationBars(), seed: AllocationSeed? = nil,
        leftOut: Set<Int> = [], isOverdue: @Sendable () -> Bool = { false }
    ) throws {
        let registry = run.ranker.context.registry
        let (wishes, offers) = (registry.wishes, registry.offers)
        var allWishes = [Int](repeating: 0, count: wishes.count)
        for row in allWishes.indices { allWishes[Int(wishes.tieOrder[row])] = row }
        var allOffers = [Int](repeating: 0, count: offers.count)
        for row in allOffers.indices { allOffers[Int(offers.tieOrder[row])] = row }
        /// What a line asks for, as far as it was approved.
        func asked(_ row: Int) -> Int64? {
            let wish = wishes[row]
            return wish.wanted.map { bars.claimable[LineReference(wish.key.id, wish.lineNumber)] ?? $0 }
        }
        let approvedRows = allWishes.filter {
            !bars.wishes.contains(wishes[$0].key.id)
                && bars.claimable[LineReference(wishes[$0].key.id, wishes[$0].lineNumber)] != 0
        }
        let quantities = 1...PlanProblem.greatestQuantity
        let wishRows = approvedRows.filter { asked($0).map(quantities.contains) ?? true }
        tooGreat = approvedRows.filter { (asked($0) ?? 1) > quantities.upperBound }
        let offerRows = allOffers.filter {
            !bars.offerLines.contains(LineReference(offers[$0].key.id, offers[$0].lineNumber))
        }
        barred = (allWishes.count - approvedRows.count, allOffers.count - offerRows.count)
        lines = wishRows.map { LineReference(wishes[$0].key.id, wishes[$0].lineNumber) }
        self.offers = offerRows.map { LineReference(offers[$0].key.id, offers[$0].lineNumber) }

        var draft = Draft(registry, rules, bars, self.offers, offerRows)
        let order = RankingOrder(
            of: wishRows.map { wishes[$0] }, quantities: wishRows.map { asked($0) ?? 1 }, areas: registry.areas,
            areaShare: rules.areaShare
        ).lines
        let found = run.candidates(for: order.map { wishRows[$0] }, isOverdue: isOverdue)
        var candidates = [[Ranking.Candidate]?](repeating: nil, count: wishRows.count)
        for (place, line) in order.enumerated() where !leftOut.contains(line) { candidates[line] = found[place] }
        var otherUnits = 0
        for (line, row) in wishRows.enumerated() {
            draft.addLine(wishes[row], quantity: asked(row) ?? 1, isRanked: candidates[line] != nil)
            for candidate in candidates[line] ?? [] {
                guard let number = draft.offerNumber[candidate.row] else { continue }
                guard Self.countAlike(offers[candidate.row], wishes[row]) else {
                    otherUnits += 1
                    continue
                }
                draft.pairs.append(
                    Self.pair(line, number, candidate, named: lines[line], self.offers[number], seed: seed))
            }
        }
        problem = try draft.problem(seed: seed, names: lines)
        (areas, bulkShares) = (draft.areas, draft.bulkShares)
        (self.wishRows, self.offerRows, self.otherUnits) = (wishRows, offerRows, otherUnits)
        self.seed = seed
        let making = Self.text(rules, profile: run.ranker.family.plans[0].profile.reference, candidates: run.limit)
        fingerprint = Self.fingerprint(problem, lines, self.offers, making: making, seed: seed)
    }

    /// The same with more pairs to consider: rows of offers, by row of the wish. Nothing is ranked again.
    public init(
        _ earlier: RegistryAllocation, adding more: [Int: [Ranking.Candidate]], run: MatchRun, rules: AllocationRules,
        bars: AllocationBars
    ) throws {
        self = earlier
        let registry = run.ranker.context.registry
        var draft = Draft(registry, rules, bars, offers, offerRows)
        var pairs = earlier.problem.pairs[...]
        for (line, row) in wishRows.enumerated() {
            let known = earlier.problem.lines[line]
            draft.addLine(registry.wishes[row], quantity: known.quantity, isRanked: known.isRanked)
            let own = pairs.prefix { $0.line == line }
            pairs.removeFirst(own.count)
            draft.pairs += own
            let numbers = Set(own.map(\.offer))
            for candidate in more[row] ?? [] {
                guard let number = draft.offerNumber[candidate.row], !numbers.contains(number),
                    Self.countAlike(registry.offers[candidate.row], registry.wishes[row])
                else { continue }
                draft.pairs.append(Self.pair(line, number, candidate, named: lines[line], offers[number], seed: seed))
            }
        }
        problem = try draft.problem(seed: seed, names: lines)
        let making = Self.text(rules, profile: run.ranker.family.plans[0].profile.reference, candidates: run.limit)
        fingerprint = Self.fingerprint(problem, lines, offers, making: making, seed: seed)
    }

    private static func pair(
        _ line: Int, _ offer: Int, _ candidate: Ranking.Candidate, named lineName: LineReference,
        _ offerName: LineReference, seed: AllocationSeed?
    ) -> PlanProblem.Pair {
        PlanProblem.Pair(
            line: line, offer: offer, score: Int64(candidate.total),
            lot: seed?.lot(line: lineName.description, offer: offerName.description) ?? 0)
    }

    /// Whether a unit of the one is a unit of the other; where either names no quantity, nothing is counted.
    static func countAlike(_ offer: OfferRow, _ wish: WishRow) -> Bool {
        offer.available == nil || wish.wanted == nil || offer.unit == wish.unit
    }

    /// What a guarantee of the problem counts where it is not the lines of quantity 1 of an area.
    public func bulkShare(_ share: Int) -> (area: Int, unit: Unit)? {
        share < areas.count ? nil : bulkShares[share - areas.count]
    }

    /// Whether the ledger can hold a claim of the pair: both sides state how much.
    public func isClaimable(_ pair: PlanProblem.Pair, in registry: Registry) -> Bool {
        registry.wishes[wishRows[pair.line]].wanted != nil && registry.offers[offerRows[pair.offer]].available != nil
    }

    /// How a plan is made: two runs that differ in any of this have no plan in common.
    private static func text(_ rules: AllocationRules, profile: String, candidates: Int) -> String {
        let caps = Unit.allCases.map { unit in rules.partyCaps[unit.code].map(String.init) ?? "-" }
        let goals = rules.goals.map(\.rawValue).joined(separator: ",")
        return [
            profile, goals, rules.split?.rawValue ?? "-", "\(rules.reserve)", caps.joined(separator: ","),
            "\(rules.capDays)", "\(rules.areaShare)", "\(candidates)",
        ].joined(separator: " ")
    }

    private static func fingerprint(
        _ problem: PlanProblem, _ lines: [LineReference], _ offers: [LineReference], making: String,
        seed: AllocationSeed?
    ) -> String {
        var hash = Crypto.SHA256()
        // A zero byte ends each text: none holds one.
        hash.update(data: Array(making.utf8) + [0] + Array((seed?.commitment ?? "-").utf8) + [0])
        func add(_ number: Int64) { withUnsafeBytes(of: number.littleEndian) { hash.update(bufferPointer: $0) } }
        for (line, name) in zip(problem.lines, lines) {
            hash.update(data: Array(name.description.utf8))
            for value in [
                line.quantity, Int64(line.area), line.isCritical ? 1 : 0, line.isWhole ? 1 : 0, line.most,
                Int64(line.share ?? -1), line.isRanked ? 1 : 0,
            ] { add(value) }
        }
        for (offer, name) in zip(problem.offers, offers) {
            hash.update(data: Array(name.description.utf8))
            add(offer.capacity)
            add(Int64(offer.party))
        }
        for value in problem.partyCaps + problem.guarantees { add(value) }
        for pair in problem.pairs {
            for value in [Int64(pair.line), Int64(pair.offer), pair.score, pair.lot] { add(value) }
        }
        return Hexadecimal.text(hash.finalize())
    }
}
