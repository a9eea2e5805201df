import MatchCore

/// Every pair of a sample: its facts, its judgement, and the columns that must say the same.
struct PairConformance {
    private let type: any Scorer.Type
    private let scorer: any Scorer
    private let sample: RegistrySample
    private let heading: String

    init(_ type: any Scorer.Type, _ parameters: [String: ParameterValue], _ sample: RegistrySample) {
        self.type = type
        self.sample = sample
        let settings = parameters.map { ", \($0.key) = \($0.value)" }.joined()
        heading = "seed \(sample.seed)\(settings)"
        // `parameterSets` takes values from the descriptor, whose defaults have been checked before.
        guard let values = try? ParameterValues(parameters, for: type.descriptor) else {
            preconditionFailure("\(type.descriptor.id) refuses its own parameters\(settings)")
        }
        scorer = type.init(parameters: values)
    }

    func faults(reasons: inout Set<String>) -> [String] {
        let offers = sample.registry.offers
        let wishes = sample.registry.wishes
        var found: [String] = []
        // Raw scores by way of the facts, wish by wish.
        var expected: [Int32] = []
        expected.reserveCapacity(offers.count * wishes.count)
        for wish in 0..<wishes.count {
            for offer in 0..<offers.count {
                expected.append(judged(wishes[wish], offers[offer], &reasons, &found))
            }
        }
        guard found.isEmpty else { return limited(found) }
        var firstAlike: [UInt64: (wish: Int, scores: [Int32])] = [:]
        for wish in 0..<wishes.count {
            let filler = scorer.offers(for: wishes[wish], in: sample.context)
            let scores = (0..<offers.count).map { expected[wish * offers.count + $0] }
            if let likeness = filler.likeness {
                let first = firstAlike[likeness, default: (wish, scores)]
                firstAlike[likeness] = first
                if first.scores != scores {
                    found.append("wish rows \(first.wish) and \(wish) are said to be alike, and differ in scores")
                }
            }
            found += columnFaults("offers for wish row \(wish)", scores) { rows, column in
                filler.fill(OfferBlock(columns: offers, rows: rows), column)
            }
            for summaries in [offers.summaries, offers.coarseSummaries] {
                let single = (0..<summaries.count).compactMap { filler.bound(summaries, $0) }
                for (block, said) in single.enumerated() {
                    found += faults(in: said, of: summaries.rows(of: block), scores, "wish row \(wish)")
                }
                guard let bounds = filler.bounds else { continue }
                found += boundFaults("wish row \(wish)", single) { bounds(summaries, $0, $1) }
            }
        }
        for offer in 0..<offers.count {
            let filler = scorer.wishes(for: offers[offer], in: sample.context)
            let scores = (0..<wishes.count).map { expected[$0 * offers.count + offer] }
            found += columnFaults("wishes for offer row \(offer)", scores) { rows, column in
                filler.fill(WishBlock(columns: wishes, rows: rows), column)
            }
            for summaries in [wishes.summaries, wishes.coarseSummaries] {
                let single = (0..<summaries.count).compactMap { filler.bound(summaries, $0) }
                for (block, said) in single.enumerated() {
                    found += faults(in: said, of: summaries.rows(of: block), scores, "offer row \(offer)")
                }
                guard let bounds = filler.bounds else { continue }
                found += boundFaults("offer row \(offer)", single) { bounds(summaries, $0, $1) }
            }
        }
        return limited(found)
    }

    private func limited(_ faults: [String]) -> [String] {
        var shown = faults.prefix(ScorerConformance.mostFaultsPerCheck).map { "\(heading): \($0)" }
        if faults.count > shown.count { shown.append("\(heading): and \(faults.count - shown.count) more") }
        return shown
    }

    /// The raw score of a pair by way of its facts, which are held to the contract on the way.
    private func judged(_ wish: WishRow, _ offer: OfferRow, _ reasons: inout Set<String>, _ faults: inout [String])
        -> Int32
    {
        let pair = "wish row \(wish.row), offer row \(offer.row)"
        let inputs = scorer.inputs(wish: wish, offer: offer, in: sample.context)
        let judgement: Judgement
        do {
            judgement = try scorer.judge(inputs)
        } catch {
            faults.append("\(pair): its own inputs do not satisfy it: \(error)")
            return Score.notKnown.raw
        }
        faults += type.descriptor.faults(in: judgement).map { "\(pair): \($0)" }
        if reasons.insert(judgement.reason).inserted || (wish.row + offer.row) % 97 == 0 {
            // The sentences and the altered facts are dear to check: for the first pair of a reason and some more.
            let finding = Finding(inputs: inputs, judgement: judgement)
            faults += scorer.sentenceFaults(for: finding).map { "\(pair): \($0)" }
            faults += ExampleConformance.hostileFaults(scorer, inputs).map { "\(pair): \($0)" }
            faults += sameFactsFaults(wish, offer, inputs, judgement).map { "\(pair): \($0)" }
        }
        return judgement.score.raw
    }

    private func sameFactsFaults(_ wish: WishRow, _ offer: OfferRow, _ inputs: ScoreInputs, _ judgement: Judgement)
        -> [String]
    {
        var faults: [String] = []
        let names = inputs.entries.map(\.name)
        if Set(names).count != names.count { faults.append("two inputs have one name: \(names)") }
        if names.contains(where: \.isBlank) { faults.append("an input has no name") }
        if scorer.inputs(wish: wish, offer: offer, in: sample.context) != inputs {
            faults.append("asked twice, it lists different inputs")
        }
        // A store may keep the inputs in another order.
        let stored = ScoreInputs(entries: inputs.entries.sorted { $0.name < $1.name })
        if (try? scorer.judge(stored)) != judgement { faults.append("the same inputs give another judgement") }
        if scorer.score(wish: wish, offer: offer, in: sample.context) != judgement.score {
            faults.append("`score` differs from `judge(inputs)`")
        }
        return faults
    }

    /// Sizes of the blocks that a column is filled in: all at once, one by one, and odd ones between.
    private static let blockSizes = [Int.max, 1, 7, 64, 129]

    private func columnFaults(_ what: String, _ expected: [Int32], _ fill: (Range<Int>, ScoreColumn) -> Void)
        -> [String]
    {
        let untouched = Int32.min
        var faults: [String] = []
        let memory = UnsafeMutablePointer<Int32>.allocate(capacity: expected.count + 1)
        defer { memory.deallocate() }
        for size in Self.blockSizes where size == .max || size < expected.count {
            memory.initialize(repeating: untouched, count: expected.count + 1)
            var start = 0
            while start < expected.count {
                let end = size == .max ? expected.count : min(expected.count, start + size)
                fill(start..<end, ScoreColumn(base: memory + start, count: end - start))
                if memory[end] != untouched { faults.append("\(what): writes behind the end of rows \(start..<end)") }
                memory[end] = untouched
                start = end
            }
            if let row = expected.indices.first(where: { memory[$0] != expected[$0] }) {
                let blocks = size == .max ? "one block" : "blocks of \(size)"
                if let fault = RawScore.fault(memory[row], type.descriptor) {
                    faults.append("\(what), in \(blocks): for row \(row) the column \(fault)")
                    break
                }
                faults.append(
                    "\(what), in \(blocks): the column says \(Score(raw: memory[row])) for row \(row), "
                        + "judge says \(Score(raw: expected[row]))")
            }
        }
        return faults
    }

    /// A ranking asks for many blocks in one call: each must have the bound that it has alone, and nothing else be
    /// written.
    private func boundFaults(
        _ what: String, _ single: [ScoreBound], _ write: (Range<Int>, BoundColumn) -> Void
    ) -> [String] {
        guard single.count > 1 else { return [] }
        let untouched = Int32.min
        let memory = UnsafeMutablePointer<Int32>.allocate(capacity: single.count + 1)
        defer { memory.deallocate() }
        for first in 0..<min(2, single.count) {
            memory.initialize(repeating: untouched, count: single.count + 1)
            let blocks = first..<single.count
            let column = BoundColumn(base: memory, count: blocks.count)
            write(blocks, column)
            if memory[blocks.count] != untouched {
                return ["\(what): the bounds write past the end of blocks \(blocks)"]
            }
            for block in blocks where memory[block - first] == untouched || column[block - first] != single[block] {
                return [
                    "\(what): asked for blocks \(blocks) in one call, the bound of block \(block) is "
                        + (memory[block - first] == untouched
                            ? "not written"
                            : "\(column[block - first].greatest), alone it is \(single[block].greatest)")
                ]
            }
        }
        return []
    }

    private func faults(in bound: ScoreBound, of rows: Range<Int>, _ scores: [Int32], _ what: String) -> [String] {
        var faults: [String] = []
        for row in rows {
            if bound.isVetoed, scores[row] > -16 {
                faults.append("\(what): the bound of rows \(rows) says all are vetoed, row \(row) is not")
            }
            switch Score(raw: scores[row]) {
            case .value(let value) where value > bound.greatest:
                faults.append("\(what): the bound of rows \(rows) is \(bound.greatest), row \(row) has \(value)")
            case .notKnown where !bound.mayBeNotKnown:
                faults.append("\(what): the bound of rows \(rows) says none is not known, row \(row) is")
            case .notApplicable where !bound.mayBeNotApplicable:
                faults.append("\(what): the bound of rows \(rows) says all apply, row \(row) does not")
            default: break
            }
        }
        return Array(faults.prefix(1))
    }
}
