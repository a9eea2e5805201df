import AlmonerTesting
import Foundation
import MatchCore
import ScorerCatalog
import Testing

/// Prints nanoseconds of processor time per candidate. Worth reading in a release build only:
/// `ALMONER_MEASURE=1 swift test -c release --filter FillerSpeedTests`.
@Suite(.serialized, .enabled(if: ProcessInfo.processInfo.environment["ALMONER_MEASURE"] != nil))
struct FillerSpeedTests {
    @Test func nanosecondsPerCandidate() throws {
        let many = try TownData(seed: 1, offers: 100_000, wishes: 20)
        let mirrored = try TownData(seed: 2, offers: 20, wishes: 100_000)
        let mixed = RegistrySample(seed: 2, offers: 70_000, wishes: 20)
        for type in ScorerCatalog.all {
            let scorer = type.init(parameters: try ParameterValues(for: type.descriptor))
            let offers = time(many.registry.offers.count, many.registry.wishes.count) { wish, column in
                let filler = scorer.offers(for: many.registry.wishes[wish], in: many.context)
                fill(column) { filler.fill(OfferBlock(columns: many.registry.offers, rows: $0), $1) }
            }
            let wishes = time(mirrored.registry.wishes.count, mirrored.registry.offers.count) { offer, column in
                let filler = scorer.wishes(for: mirrored.registry.offers[offer], in: mirrored.context)
                fill(column) { filler.fill(WishBlock(columns: mirrored.registry.wishes, rows: $0), $1) }
            }
            let mixedOffers = time(mixed.registry.offers.count, mixed.registry.wishes.count) { wish, column in
                let filler = scorer.offers(for: mixed.registry.wishes[wish], in: mixed.context)
                fill(column) { filler.fill(OfferBlock(columns: mixed.registry.offers, rows: $0), $1) }
            }
            let figures = [offers, wishes, mixedOffers].map { String(format: "%.2f", $0) }
            print(
                "\(type.descriptor.id): ns per offer \(figures[0]), per wish \(figures[1]), per mixed offer \(figures[2])"
            )
        }
    }

    /// In the blocks in which the ranker asks.
    private func fill(_ column: ScoreColumn, _ fill: (Range<Int>, ScoreColumn) -> Void) {
        let size = OfferSummaries.blockRows
        for start in stride(from: 0, to: column.count, by: size) {
            let end = min(column.count, start + size)
            fill(start..<end, ScoreColumn(base: column.base + start, count: end - start))
        }
    }

    /// The median over the queries, preparation included.
    private func time(_ count: Int, _ queries: Int, _ query: (Int, ScoreColumn) -> Void) -> Double {
        let memory = UnsafeMutablePointer<Int32>.allocate(capacity: count)
        memory.initialize(repeating: 0, count: count)
        defer { memory.deallocate() }
        let column = ScoreColumn(base: memory, count: count)
        query(0, column)
        let times = (0..<queries).map { number in
            let start = clock()
            for _ in 0..<3 { query(number, column) }
            return Double(clock() - start) / Double(CLOCKS_PER_SEC) / 3
        }
        return times.sorted()[queries / 2] * 1e9 / Double(count)
    }
}
