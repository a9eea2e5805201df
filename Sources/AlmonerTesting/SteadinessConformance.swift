import Dispatch
import MatchCore

/// The same question has the same answer: asked again, by another instance, from several threads, and whatever order
/// the records came in.
enum SteadinessConformance {
    static func faults(of type: any Scorer.Type, _ parameters: [String: ParameterValue], seed: UInt64) -> [String] {
        guard let values = try? ParameterValues(parameters, for: type.descriptor) else { return [] }
        let sample = RegistrySample(seed: seed, offers: 40, wishes: 12)
        let scorer = type.init(parameters: values)
        let first = Answers(scorer, sample)
        if let fault = first.difference(from: Answers(scorer, sample, backwards: true)) {
            return ["is not pure: asked again in another order, \(fault)"]
        }
        if let fault = first.difference(from: Answers(type.init(parameters: values), sample)) {
            return ["is not pure: asked of another instance with the same parameters, \(fault)"]
        }
        let shuffled = Answers(
            scorer, RegistrySample(seed: seed, offers: 40, wishes: 12, shuffledBy: seed &+ 9))
        if let fault = first.difference(from: shuffled) {
            return ["depends on the order of the records: with them shuffled, \(fault)"]
        }
        let workers = 4
        var several = [Answers?](repeating: nil, count: workers)
        several.withUnsafeMutableBufferPointer { buffer in
            // Safe: each worker writes the element with its own number, and all have ended before one is read.
            nonisolated(unsafe) let slots = buffer
            DispatchQueue.concurrentPerform(iterations: workers) { slots[$0] = Answers(scorer, sample) }
        }
        for answers in several.compactMap({ $0 }) {
            if let fault = first.difference(from: answers) {
                return ["is not the same on several threads: asked from four at once, \(fault)"]
            }
        }
        return []
    }

    /// What a scorer says of every pair, by the names of the two records, in both layers.
    private struct Answers: Sendable {
        private var scores: [String: [Int32]] = [:]

        init(_ scorer: any Scorer, _ sample: RegistrySample, backwards: Bool = false) {
            let (wishes, offers) = (sample.registry.wishes, sample.registry.offers)
            let memory = UnsafeMutablePointer<Int32>.allocate(capacity: max(1, offers.count))
            defer { memory.deallocate() }
            let rows = backwards ? Array((0..<wishes.count).reversed()) : Array(0..<wishes.count)
            for row in rows {
                let wish = wishes[row]
                let filler = scorer.offers(for: wish, in: sample.context)
                memory.initialize(repeating: 0, count: offers.count)
                filler.fill(
                    OfferBlock(columns: offers, rows: 0..<offers.count), ScoreColumn(base: memory, count: offers.count))
                for offer in 0..<offers.count {
                    let name = "\(wish.key.handle)/\(wish.lineNumber) with \(Self.name(offers[offer]))"
                    let judged = scorer.score(wish: wish, offer: offers[offer], in: sample.context).raw
                    scores[name] = [memory[offer], judged]
                }
            }
        }

        private static func name(_ offer: OfferRow) -> String { "\(offer.key.handle)/\(offer.lineNumber)" }

        func difference(from other: Answers) -> String? {
            for (name, score) in scores.sorted(by: { $0.key < $1.key }) {
                guard let again = other.scores[name], again != score else { continue }
                let place = again[1] == score[1] ? 0 : 1
                return "\(name) has \(RawScore.text(again[place])) instead of \(RawScore.text(score[place]))"
            }
            return nil
        }
    }
}

/// A raw score in words, whatever stands in it.
enum RawScore {
    static func text(_ raw: Int32) -> String {
        switch raw {
        case 0...Score.best, -2 ... -1: "\(Score(raw: raw))"
        case ...(-16): "veto(\(-16 &- raw))"
        default: "\(raw), which is no score"
        }
    }

    /// What is wrong with a number in a column; nil where it is a score that the descriptor allows.
    static func fault(_ raw: Int32, _ descriptor: ScorerDescriptor) -> String? {
        let advice = "Did something overflow, or was divided by 0?"
        switch raw {
        case -2...Score.best: return nil
        case ...(-16) where Int(-16 &- raw) < descriptor.vetoes.count: return nil
        case (Score.best + 1)...: return "writes \(raw), which is outside 0…1,000,000. \(advice)"
        default: return "writes \(raw), which is no value and no veto that the descriptor declares. \(advice)"
        }
    }
}
