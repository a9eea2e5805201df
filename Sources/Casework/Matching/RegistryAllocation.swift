internal import Crypto
public import MatchCore

/// The registry's open wish lines and offers as a problem to allocate, and the way back from its numbers.
///
/// Candidates are each line's best offers of the same unit. A line that names no quantity asks for one; an offer that
/// states none has no limit of its own. Areas are those right under the root (towns); lines whose place is not known
/// stand together in one more.
public struct RegistryAllocation: Sendable {
    public let problem: PlanProblem
    /// For each line of the problem its row in the registry's wish columns.
    public let wishRows: [Int]
    /// For each offer of the problem its row in the registry's offer columns.
    public let offerRows: [Int]
    /// For each area of the problem its number in the area tree; −1 for "not known".
    public let areas: [Int32]
    /// Pairs left out because the offer counts in another unit than the line, such as money for a thing.
    public let otherUnits: Int
    /// Changes with everything that the plan depends on: what is open and free, the candidates, their scores, the terms.
    public let fingerprint: String

    /// What a run is asked to keep besides quantities and capacities.
    public struct Terms: Sendable, Hashable {
        /// The most units that any one party gives; nil for no cap.
        public var partyCap: Int64?
        /// The per cent of each area's lines of quantity 1 that is guaranteed, 0…100.
        public var areaShare: Int

        public init(partyCap: Int64? = nil, areaShare: Int = 0) {
            self.partyCap = partyCap
            self.areaShare = max(0, min(100, areaShare))
        }
    }

    /// Ranks the candidates of every open line.
    ///
    /// - Parameter more: Pairs to consider besides each line's best: rows of offers, by row of the wish.
    /// - Throws: ``AllocationError`` when a quantity is out of range.
    public init(run: MatchRun, terms: Terms, more: [Int: [Ranking.Candidate]] = [:]) throws {
        let registry = run.ranker.context.registry
        let (wishes, offers) = (registry.wishes, registry.offers)
        var wishRows = [Int](repeating: 0, count: wishes.count)
        for row in wishRows.indices { wishRows[Int(wishes.tieOrder[row])] = row }
        var offerRows = [Int](repeating: 0, count: offers.count)
        for row in offerRows.indices { offerRows[Int(offers.tieOrder[row])] = row }
        var offerNumber = offerRows
        for (number, row) in offerRows.enumerated() { offerNumber[row] = number }

        var areas: [Int32] = []
        var areaNumber: [Int32: Int] = [:]
        var lines: [PlanProblem.Line] = []
        var pairs: [PlanProblem.Pair] = []
        var otherUnits = 0
        let found = run.candidates(for: wishRows)
        for (line, row) in wishRows.enumerated() {
            let wish = wishes[row]
            let town = Self.town(wish.area, registry.areas)
            let area = areaNumber[town] ?? areas.count
            if area == areas.count {
                areas.append(town)
                areaNumber[town] = area
            }
            lines.append(
                PlanProblem.Line(
                    quantity: wish.wanted ?? 1, area: area, isCritical: wish.urgency == .critical,
                    isWhole: wish.isWhole))
            var candidates = found[line]
            let known = Set(candidates.map(\.row))
            candidates += (more[row] ?? []).filter { !known.contains($0.row) }
            for candidate in candidates {
                let offer = offers[candidate.row]
                guard offer.available == nil || wish.wanted == nil || offer.unit == wish.unit else {
                    otherUnits += 1
                    continue
                }
                pairs.append(
                    PlanProblem.Pair(line: line, offer: offerNumber[candidate.row], score: Int64(candidate.total)))
            }
        }
        var singles = areas.map { _ in Int64(0) }
        for line in lines where line.quantity == 1 { singles[line.area] += 1 }
        let share = Int64(terms.areaShare)
        // One more entry, so that offers of a party that is not known have somewhere to belong.
        let parties = registry.parties.count + 1
        problem = try PlanProblem(
            lines: lines,
            offers: offerRows.map { row in
                let party = Int(offers[row].party)
                return PlanProblem.Offer(
                    capacity: min(offers[row].available ?? .max, PlanProblem.greatestQuantity),
                    party: party < 0 ? parties - 1 : party)
            },
            partyCaps: [Int64](repeating: terms.partyCap ?? PlanProblem.greatestQuantity, count: parties),
            guarantees: singles.map { ($0 * share + 99) / 100 }, pairs: pairs)
        self.wishRows = wishRows
        self.offerRows = offerRows
        self.areas = areas
        self.otherUnits = otherUnits
        fingerprint = Self.fingerprint(problem, registry, wishRows, offerRows, run)
    }

    /// The area right under the root; −1 where the place is not known.
    private static func town(_ area: Int32, _ areas: AreaTree) -> Int32 {
        guard area >= 0 else { return -1 }
        var node = area
        while areas.tree.depths[Int(node)] > 1 { node = areas.tree.parents[Int(node)] }
        return node
    }

    private static func fingerprint(
        _ problem: PlanProblem, _ registry: Registry, _ wishRows: [Int], _ offerRows: [Int], _ run: MatchRun
    ) -> String {
        var hash = SHA256()
        func add(_ number: Int64) { withUnsafeBytes(of: number.littleEndian) { hash.update(bufferPointer: $0) } }
        func add(_ key: RecordKey, _ line: Int) {
            hash.update(data: Array(key.id.description.utf8))
            add(Int64(line))
        }
        for (number, row) in wishRows.enumerated() {
            add(registry.wishes[row].key, registry.wishes[row].lineNumber)
            let line = problem.lines[number]
            for value in [line.quantity, Int64(line.area), line.isCritical ? 1 : 0, line.isWhole ? 1 : 0] { add(value) }
        }
        for (number, row) in offerRows.enumerated() {
            add(registry.offers[row].key, registry.offers[row].lineNumber)
            add(problem.offers[number].capacity)
        }
        for value in problem.partyCaps + problem.guarantees { add(value) }
        for pair in problem.pairs {
            for value in [Int64(pair.line), Int64(pair.offer), pair.score] { add(value) }
        }
        return hash.finalize().map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}

extension RegistryAllocation {
    /// The pairs of all wishes and offers that the plan's prices do not cover, by row of the wish: what `--complete`
    /// has to consider besides the candidates. Empty when the plan is best over all pairs.
    public func uncovered(by plan: Plan, run: MatchRun) -> [Int: [Ranking.Candidate]] {
        let all = MatchRun(ranker: run.ranker, limit: run.ranker.context.registry.offers.count, threads: run.threads)
        let registry = run.ranker.context.registry
        var lineOfRow = [Int](repeating: 0, count: wishRows.count)
        for (line, row) in wishRows.enumerated() { lineOfRow[row] = line }
        var numberOfRow = [Int](repeating: 0, count: offerRows.count)
        for (number, row) in offerRows.enumerated() { numberOfRow[row] = number }
        var known = Set<[Int]>()
        for pair in problem.pairs { known.insert([pair.line, pair.offer]) }
        let (lines, offers, pairs) = (lineOfRow, numberOfRow, known)
        let reading = PriceReading(plan, of: problem)
        let found = all.candidates(for: wishRows) { row, candidate in
            let pair = PlanProblem.Pair(line: lines[row], offer: offers[candidate.row], score: Int64(candidate.total))
            let (wish, offer) = (registry.wishes[row], registry.offers[candidate.row])
            guard offer.available == nil || wish.wanted == nil || offer.unit == wish.unit,
                !pairs.contains([pair.line, pair.offer])
            else { return false }
            return !reading.covers(pair)
        }
        var more: [Int: [Ranking.Candidate]] = [:]
        for (line, row) in wishRows.enumerated() where !found[line].isEmpty { more[row] = found[line] }
        return more
    }
}
