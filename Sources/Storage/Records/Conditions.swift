internal import MatchCore

/// The conditions of a list, with their parameters; the program is the first.
struct Conditions {
    private(set) var text = ""
    private(set) var parameters: [SQLValue]

    init(program: String) { parameters = [.text(program)] }

    /// Adds `comparison value`, such as `state =`; nothing where there is no value.
    mutating func add(_ comparison: String, _ value: (some SQLConvertible)?) {
        guard let value else { return }
        text += " AND \(comparison) \(place(SQLValue(value)))"
    }

    /// Adds a condition without a value.
    mutating func add(_ condition: String) { text += " AND \(condition)" }

    /// Adds that a column holds one of some values; nil for any value.
    mutating func add(_ column: String, in values: [String]?) {
        guard let values else { return }
        let places = values.map { place(.text($0)) }.joined(separator: ", ")
        text += values.isEmpty ? " AND 1 = 0" : " AND \(column) IN (\(places))"
    }

    /// Adds that a column names a wish in one of some areas; nil for anywhere. With `orNone` a row without a wish stays.
    mutating func add(wish column: String, in areas: [String]?, orNone: Bool = false) {
        guard let areas else { return }
        let places = areas.isEmpty ? "''" : areas.map { place(.text($0)) }.joined(separator: ", ")
        let none = orNone ? "\(column) IS NULL OR " : ""
        text += " AND (\(none)\(column) IN (SELECT id FROM wish WHERE program = $1 AND area IN (\(places))))"
    }

    /// Adds that a row stands behind another in the order of two columns.
    mutating func add(behind columns: (String, String), _ first: some SQLConvertible, _ second: RecordID) {
        text += " AND (\(columns.0), \(columns.1)) > (\(place(SQLValue(first))), \(place(SQLValue(second))))"
    }

    /// Adds a parameter and returns how it is written.
    mutating func place(_ value: SQLValue) -> String {
        parameters.append(value)
        return "$\(parameters.count)"
    }
}
