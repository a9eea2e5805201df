internal import MatchCore

/// How the values of a record stand in the cells of the product's own CSV files. An empty cell means nil, or an
/// empty list.
enum SheetCell {
    /// Codes contain no `|`; admission sees to that.
    static func list(_ codes: [String]) -> String { codes.joined(separator: "|") }

    static func truth(_ value: Bool) -> String { value ? "yes" : "no" }

    static func number(_ value: (some BinaryInteger)?) -> String { value.map { String($0) } ?? "" }

    static func text(_ value: (some CustomStringConvertible)?) -> String { value?.description ?? "" }

    /// Degrees as a decimal number, exactly: a coordinate is a whole number of 10⁻⁷ degree.
    static func degrees(_ value: Int32?) -> String {
        guard let value else { return "" }
        var digits = String(value.magnitude)
        digits = String(repeating: "0", count: max(0, 8 - digits.count)) + digits
        let whole = digits.dropLast(7)
        var fraction = digits.suffix(7)
        while fraction.last == "0" { fraction.removeLast() }
        return (value < 0 ? "-" : "") + whole + (fraction.isEmpty ? "" : "." + fraction)
    }
}
