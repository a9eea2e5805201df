/// A name as it is compared: without case, accents of width, spaces and punctuation, so that `w 12`, `W-12` and
/// `Ｗ－１２` are one.
public struct FoldedName: Hashable, Sendable {
    /// At most 64: what is longer is no name, and the distance between two is quadratic in their length.
    public let scalars: [Unicode.Scalar]

    public static let greatestLength = 64

    public init(_ text: String) {
        var scalars: [Unicode.Scalar] = []
        for scalar in text.unicodeScalars {
            guard scalars.count < FoldedName.greatestLength else { break }
            // Full-width forms stand 0xFEE0 above the plain ones.
            let isFullWidth = (0xFF01...0xFF5E).contains(scalar.value)
            let plain = isFullWidth ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
            guard plain.properties.isAlphabetic || plain.properties.numericType != nil else { continue }
            let lower = plain.properties.lowercaseMapping.unicodeScalars
            scalars.append(lower.count == 1 ? lower[lower.startIndex] : plain)
        }
        self.scalars = scalars
    }

    public var isEmpty: Bool { scalars.isEmpty }

    public func hasPrefix(_ other: FoldedName) -> Bool { scalars.starts(with: other.scalars) }

    public func contains(_ other: FoldedName) -> Bool {
        guard other.scalars.count <= scalars.count else { return false }
        return (0...scalars.count - other.scalars.count).contains { start in
            scalars[start...].starts(with: other.scalars)
        }
    }

    /// The least number of letters put in, taken out, changed, or swapped with their neighbour, to make the one from
    /// the other (optimal string alignment); nil where it is more than `limit`.
    public func distance(to other: FoldedName, limit: Int) -> Int? {
        let left = scalars
        let right = other.scalars
        guard abs(left.count - right.count) <= limit else { return nil }
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in 0..<left.count {
            var current = [row + 1]
            current.reserveCapacity(right.count + 1)
            for column in 0..<right.count {
                let isSame = left[row] == right[column]
                var least = min(last[column] + (isSame ? 0 : 1), last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    least = min(least, beforeLast[column - 1] + 1)
                }
                current.append(least)
            }
            guard current.contains(where: { $0 <= limit }) else { return nil }
            (beforeLast, last) = (last, current)
        }
        return last[right.count] <= limit ? last[right.count] : nil
    }
}

extension FoldedName {
    /// The candidates that come closest to a text with a typo, best first, at most three; none where none is close.
    public static func closest(to text: String, among candidates: [String]) -> [String] {
        let wanted = FoldedName(text)
        let limit = max(1, wanted.scalars.count / 3)
        let found = candidates.enumerated().compactMap { order, name in
            FoldedName(name).distance(to: wanted, limit: limit).map { (distance: $0, order: order, name: name) }
        }
        return found.sorted { ($0.distance, $0.order) < ($1.distance, $1.order) }.prefix(3).map(\.name)
    }
}
