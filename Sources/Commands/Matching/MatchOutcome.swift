import Casework
import MatchCore
import Operations

/// What a run over all wishes came to, gathered line by line.
struct MatchOutcome {
    private(set) var lines = 0
    private(set) var found = 0
    /// Suggestions kept for all lines together.
    private(set) var stored = 0
    /// By the names of groups; nil for the lines of none.
    private(set) var byCategory: [String?: Tally] = [:]
    private(set) var byTown: [String?: Tally] = [:]
    /// For lines that found nothing: what the offers that came furthest were refused for, and how many lines. Nil stands for
    /// lines to which nothing was offered at all.
    private(set) var causes: [String?: Int] = [:]
    /// The lines with the best pairs of all, best first.
    private(set) var best: [SuggestedLine] = []

    /// How many of the best pairs are kept.
    private static let shownPairs = 20

    struct Tally {
        var lines = 0
        var found = 0
        private var sumOfBest: Int64 = 0

        /// Mean of the best totals of the lines that found something.
        var meanBest: Int32? { found == 0 ? nil : Int32(sumOfBest / Int64(found)) }

        mutating func add(best: Int32?) {
            lines += 1
            if let best {
                found += 1
                sumOfBest += Int64(best)
            }
        }
    }

    mutating func add(_ line: SuggestedLine) {
        let total = line.best.first?.total
        lines += 1
        stored += line.best.count
        byCategory[line.category, default: Tally()].add(best: total)
        byTown[line.town, default: Tally()].add(best: total)
        if let total {
            found += 1
            keep(line, total)
        } else {
            causes[line.nothingBecause?.title, default: 0] += 1
        }
    }

    private mutating func keep(_ line: SuggestedLine, _ total: Int32) {
        func sum(of line: SuggestedLine) -> Int32 { line.best.first?.total ?? 0 }
        guard best.count < Self.shownPairs || total > sum(of: best[best.count - 1]) else { return }
        let place = best.firstIndex { total > sum(of: $0) } ?? best.count
        best.insert(line, at: place)
        if best.count > Self.shownPairs { best.removeLast() }
    }
}
