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

    /// Seconds of processor time that a million candidates take on the slower of the two sides, bounds and making ready
    /// included; by a sample of at most a quarter of a second a side beyond the first row.
    static func secondsPerMillion(_ type: any Scorer.Type) -> Double { max(offerSeconds(type), wishSeconds(type)) }

    /// Offers for a wish.
    static func offerSeconds(_ type: any Scorer.Type) -> Double {
        guard let values = try? ParameterValues(for: type.descriptor) else { return 0 }
        let scorer = type.init(parameters: values)
        let sample = RegistrySample(seed: 2, offers: 150, wishes: 12)
        let offers = sample.registry.offers
        return seconds(sample.registry.wishes.count, offers.count) { row, memory in
            let filler = scorer.offers(for: sample.registry.wishes[row], in: sample.context)
            if let bounds = filler.bounds {
                bounds(
                    offers.summaries, 0..<offers.summaries.count,
                    BoundColumn(base: memory, count: offers.summaries.count))
            }
            // Blocks of the size that a ranking asks for.
            for first in stride(from: 0, to: offers.count, by: OfferSummaries.blockRows) {
                let rows = first..<min(offers.count, first + OfferSummaries.blockRows)
                filler.fill(
                    OfferBlock(columns: offers, rows: rows), ScoreColumn(base: memory + first, count: rows.count))
            }
        }
    }

    /// Wishes for an offer.
    static func wishSeconds(_ type: any Scorer.Type) -> Double {
        guard let values = try? ParameterValues(for: type.descriptor) else { return 0 }
        let scorer = type.init(parameters: values)
        let sample = RegistrySample(seed: 2, offers: 12, wishes: 150)
        let wishes = sample.registry.wishes
        return seconds(sample.registry.offers.count, wishes.count) { row, memory in
            let filler = scorer.wishes(for: sample.registry.offers[row], in: sample.context)
            if let bounds = filler.bounds {
                bounds(
                    wishes.summaries, 0..<wishes.summaries.count,
                    BoundColumn(base: memory, count: wishes.summaries.count))
            }
            for first in stride(from: 0, to: wishes.count, by: OfferSummaries.blockRows) {
                let rows = first..<min(wishes.count, first + OfferSummaries.blockRows)
                filler.fill(
                    WishBlock(columns: wishes, rows: rows), ScoreColumn(base: memory + first, count: rows.count))
            }
        }
    }

    private static func seconds(
        _ rows: Int, _ candidates: Int, _ ask: (Int, UnsafeMutablePointer<Int32>) -> Void
    ) -> Double {
        let memory = UnsafeMutablePointer<Int32>.allocate(capacity: candidates)
        defer { memory.deallocate() }
        memory.initialize(repeating: 0, count: candidates)
        let start = processorSeconds()
        var asked = 0
        for row in 0..<rows {
            ask(row, memory)
            asked += candidates
            if processorSeconds() - start > 0.25 { break }
        }
        return (processorSeconds() - start) / Double(max(1, asked)) * 1e6
    }

    static func faults(of type: any Scorer.Type) -> [String] {
        [(offerSeconds(type), "offers for a wish"), (wishSeconds(type), "wishes for an offer")].filter { $0.0 > limit }
            .prefix(1).map { seconds, side in
                "is slow: a million candidates (\(side)) take \(Int(seconds)) s of processor time, at most \(Int(limit)) are "
                    + "allowed in this build. Make ready what depends on one side before the loop, and fill columns"
            }
    }

    /// Of this thread: what else runs on the machine does not count.
    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
