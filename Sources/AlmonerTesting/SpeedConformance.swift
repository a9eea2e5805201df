import Foundation
import MatchCore

/// How much processor time a scorer takes for each candidate.
///
/// The limit is there to find what was never made ready (a search or a text in the loop), not to choose between good
/// scorers: it is some hundred times what a column takes.
enum SpeedConformance {
    /// Seconds for a million candidates.
    static var limit: Double {
        #if DEBUG
            400
        #else
            4
        #endif
    }

    /// Seconds of processor time that a million candidates would take, by a sample of at most a quarter of a second
    /// beyond the first wish.
    static func secondsPerMillion(_ type: any Scorer.Type) -> Double {
        guard let values = try? ParameterValues(for: type.descriptor) else { return 0 }
        let scorer = type.init(parameters: values)
        let sample = RegistrySample(seed: 2, offers: 150, wishes: 12)
        let offers = sample.registry.offers
        let memory = UnsafeMutablePointer<Int32>.allocate(capacity: offers.count)
        defer { memory.deallocate() }
        memory.initialize(repeating: 0, count: offers.count)
        let start = processorSeconds()
        var candidates = 0
        for row in 0..<sample.registry.wishes.count {
            let filler = scorer.offers(for: sample.registry.wishes[row], in: sample.context)
            // Blocks of the size that a ranking asks for.
            for first in stride(from: 0, to: offers.count, by: OfferSummaries.blockRows) {
                let rows = first..<min(offers.count, first + OfferSummaries.blockRows)
                filler.fill(
                    OfferBlock(columns: offers, rows: rows), ScoreColumn(base: memory + first, count: rows.count))
            }
            candidates += offers.count
            if processorSeconds() - start > 0.25 { break }
        }
        return (processorSeconds() - start) / Double(candidates) * 1e6
    }

    static func faults(of type: any Scorer.Type) -> [String] {
        let seconds = secondsPerMillion(type)
        guard seconds > limit else { return [] }
        return [
            "is slow: a million candidates take \(Int(seconds)) s of processor time, at most \(Int(limit)) are allowed in "
                + "this build. Make ready what depends on one side before the loop, and fill columns"
        ]
    }

    /// Of this thread: what else runs on the machine does not count.
    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
