internal import Casework
internal import MatchCore

/// The parts of a balance with the table that keeps them, a column each.
protocol LinePart: BalancePart {
    static var table: String { get }
    /// The column of the record that the line belongs to.
    static var owner: String { get }
    /// What a ``LineState`` is read from, in its order.
    static var columns: String { get }
    var column: String { get }
}

extension OfferPart: LinePart {
    static let table = "offer_line"
    static let owner = "offer_id"
    static let columns = "unit, category, pledged, " + allCases.map(\.column).joined(separator: ", ")
    var column: String { self == .inTransit ? "in_transit" : rawValue }
}

extension WishPart: LinePart {
    static let table = "wish_line"
    static let owner = "wish_id"
    static let columns = "unit, category, wanted, " + allCases.map(\.column).joined(separator: ", ")
    var column: String { self == .inTransit ? "in_transit" : rawValue }
}

extension LineState where Part: LinePart {
    /// Reads ``LinePart/columns``, the first of which stands at `first`.
    init(_ row: SQLRow, from first: Int) throws {
        var parts: [Part: Int64] = [:]
        for (index, part) in Part.allCases.enumerated() { parts[part] = try row[first + 3 + index] }
        self.init(unit: try row[first], category: try row[first + 1], total: try row[first + 2], parts: parts)
    }
}
