/// A name as it is compared: without case, accents of width, spaces and punctuation, so that `w 12`, `W-12` and
/// `Ｗ－１２` are one.
struct FoldedName: Hashable, Sendable {
    /// At most 64: what is longer is no name, and the distance between two is quadratic in their length.
    let scalars: [Unicode.Scalar]

    static let greatestLength = 64

    init(_ text: String) {
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

    var isEmpty: Bool { scalars.isEmpty }

    func hasPrefix(_ other: FoldedName) -> Bool { scalars.starts(with: other.scalars) }

    func contains(_ other: FoldedName) -> Bool {
        guard other.scalars.count <= scalars.count else { return false }
        return (0...scalars.count - other.scalars.count).contains { start in
            scalars[start...].starts(with: other.scalars)
        }
    }

    /// The least number of letters put in, taken out, changed, or swapped with their neighbour, to make the one from
    /// the other (optimal string alignment); nil where it is more than `limit`.
    func distance(to other: FoldedName, limit: Int) -> Int? {
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
