/// One row of a result: a value of its own, which may outlive the statement and the connection.
///
/// ```swift
/// let wish = Wish(id: try row["id"], note: try row["note"] as String?)
/// ```
public struct SQLRow: Hashable, Sendable {
    /// The names of the columns, shared by all rows of a result.
    public let columns: SQLColumns
    public let values: [SQLValue]

    public init(columns: SQLColumns, values: [SQLValue]) {
        self.columns = columns
        self.values = values
    }

    /// Reads the named column. Throws `columnNotFound`, or `wrongType` where the value does not fit, NULL included
    /// unless an optional is asked for.
    public subscript<Value: SQLConvertible>(name: String) -> Value {
        get throws { try self[columns.index(of: name)] }
    }

    /// Reads the column at an index counted from 0: quicker than by name in a long loop.
    public subscript<Value: SQLConvertible>(index: Int) -> Value {
        get throws {
            guard values.indices.contains(index) else {
                throw DatabaseError(
                    .columnNotFound,
                    message: "Column \(index) was asked for, and the result has \(values.count), counted from 0.")
            }
            guard let value = Value(sqlValue: values[index]) else {
                throw DatabaseError(
                    .wrongType,
                    message: "Column '\(columns.names[index])' holds \(values[index].kind) that does not fit "
                        + "\(Value.self). Read it as another type (an optional where it may be NULL), or mend the row.")
            }
            return value
        }
    }
}

/// The names of a result's columns, in order.
public final class SQLColumns: Hashable, Sendable {
    public let names: [String]

    /// Where a name stands twice, the first column answers to it.
    public init(_ names: [String]) {
        self.names = names
    }

    /// The place of a column, counted from 0. Throws `columnNotFound`.
    public func index(of name: String) throws -> Int {
        // A result has a handful of columns: to look through them costs less than to index them for each result.
        guard let index = names.firstIndex(of: name) else {
            throw DatabaseError(
                .columnNotFound,
                message: "The result has no column '\(name)'. It has: \(names.joined(separator: ", ")).")
        }
        return index
    }

    public static func == (left: SQLColumns, right: SQLColumns) -> Bool {
        left === right || left.names == right.names
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(names)
    }
}
