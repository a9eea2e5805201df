public import InputGate
internal import MatchCore

/// Finds the known words nearest to one that is not known, in any script, for "did you mean".
///
/// Nearness is the number of scalars to insert, delete, change or swap, case and surrounding spaces aside. Only the
/// first 48 scalars are compared, so that the work stays bounded whatever is sent.
public struct Suggestion: Sendable {
    private static let longest = 48
    private let words: [(word: String, scalars: [Unicode.Scalar])]

    /// Prepares the known words.
    public init(_ words: some Sequence<String>) {
        self.words = words.map { ($0, Self.scalars(of: $0)) }
    }

    /// Returns up to `limit` known words that are near enough to be meant, the nearest first, equals in given order.
    ///
    /// Near enough: one change in a word of up to four scalars, one in three beyond; or one word contains the other.
    public func closest(to word: String, limit: Int = 3) -> [String] {
        let wanted = Self.scalars(of: word)
        if wanted.isEmpty { return [] }
        var found: [(distance: Int, order: Int)] = []
        for (order, candidate) in words.enumerated() {
            let allowed = max(1, max(wanted.count, candidate.scalars.count) / 3)
            var distance = Int.max
            if abs(wanted.count - candidate.scalars.count) <= allowed {
                distance = Self.distance(wanted, candidate.scalars)
                // One change in a word of one scalar would be any word at all.
                if distance > allowed || distance >= min(wanted.count, candidate.scalars.count) { distance = .max }
            }
            if distance == .max, wanted.count > 1, candidate.scalars.count > 1,
                Self.contains(candidate.scalars, wanted) || Self.contains(wanted, candidate.scalars)
            {
                distance = 10 + abs(wanted.count - candidate.scalars.count)
            }
            if distance < .max { found.append((distance, order)) }
        }
        return found.sorted { ($0.distance, $0.order) < ($1.distance, $1.order) }.prefix(limit).map {
            words[$0.order].word
        }
    }

    /// Returns the known words that are near enough to be `word` misspelt; not those that only contain it.
    public func misspellings(of word: String) -> [String] {
        let length = Self.scalars(of: word).count
        return closest(to: word).filter { near in
            let other = Self.scalars(of: near).count
            return abs(length - other) <= max(1, max(length, other) / 3)
        }
    }

    /// Returns " Closest: 'a', 'b'." in both languages, or empty sentences where nothing is near.
    public func sentence(for word: String) -> Wording {
        let near = closest(to: word)
        if near.isEmpty { return Wording("", "") }
        return Wording(
            " Closest: " + near.map { "'\($0)'" }.joined(separator: ", ") + ".",
            "最接近的是：" + near.map { "“\($0)”" }.joined(separator: "、") + "。")
    }

    private static func scalars(of word: String) -> [Unicode.Scalar] {
        Array(String(String.UnicodeScalarView(word.trimmed.unicodeScalars.prefix(longest))).lowercased().unicodeScalars)
    }

    private static func contains(_ long: [Unicode.Scalar], _ short: [Unicode.Scalar]) -> Bool {
        guard long.count >= short.count else { return false }
        return (0...(long.count - short.count)).contains { long[$0..<$0 + short.count].elementsEqual(short) }
    }

    private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var before = [Int](repeating: 0, count: right.count + 1)
        var above = Array(0...right.count)
        for row in 1...max(1, left.count) where row <= left.count {
            var current = [row]
            for column in 1...max(1, right.count) where column <= right.count {
                var best = min(above[column], current[column - 1]) + 1
                best = min(best, above[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1))
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    best = min(best, before[column - 2] + 1)
                }
                current.append(best)
            }
            before = above
            above = current
        }
        return above[right.count]
    }
}
