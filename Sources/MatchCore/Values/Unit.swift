/// What a quantity counts. Every quantity is a whole number.
public enum Unit: UInt8, Sendable, Hashable, CaseIterable {
    case piece
    case minute
    /// 1/100 yuan. Almoner records pledges of money and never holds or moves any.
    case fen

    public var code: String {
        switch self {
        case .piece: "piece"
        case .minute: "minute"
        case .fen: "fen"
        }
    }

    public init?(code: String) {
        guard let unit = Unit.allCases.first(where: { $0.code == code }) else { return nil }
        self = unit
    }
}

/// Limits on quantities.
public enum Quantity {
    /// The greatest quantity of one line: 9 × 10¹², which is 90 billion yuan in fen. Products with a score value
    /// (at most 10⁶) stay below 2⁶³.
    public static let greatest: Int64 = 9_000_000_000_000
}
