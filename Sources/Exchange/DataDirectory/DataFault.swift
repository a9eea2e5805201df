public import MatchCore

/// What is wrong with a file of the data directory: which file, where in it, and what to do.
public struct DataFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// The reasons for which a file is refused. The list is closed and its names are stable.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// The folder, or a file that must be in it, is not there or cannot be read.
        case missing
        /// The file is larger than such a file may be.
        case tooLarge
        /// The file is no well-formed CSV or YAML.
        case malformed
        /// A column that is needed is not in the header.
        case missingColumn
        /// A value is missing, of another kind or out of range.
        case badValue
        /// A key or a name that there is not.
        case unknownName
        /// A code stands twice, or the parents make no tree.
        case inconsistent
    }

    public var code: Code
    public var message: LocalizedText
    /// The file's path.
    public var file: String
    /// The row of a CSV file (the header is 1), or the line of a YAML file.
    public var row: Int?
    /// The name of the column of a CSV file, or the key of a YAML file.
    public var column: String?

    public init(_ code: Code, _ message: LocalizedText, file: String, row: Int? = nil, column: String? = nil) {
        self.code = code
        self.message = message
        self.file = file
        self.row = row
        self.column = column
    }

    /// `Data/areas/dongguan.csv:12, latitude`.
    public var place: String {
        file + (row.map { ":\($0)" } ?? "") + (column.map { ", \($0)" } ?? "")
    }

    public var description: String { "\(place): \(message.en)" }
}
