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

    public func contains(_ other: FoldedName) -> Bool {
        guard other.scalars.count <= scalars.count else { return false }
        return (0...scalars.count - other.scalars.count).contains { start in
            scalars[start...].starts(with: other.scalars)
        }
    }
}
