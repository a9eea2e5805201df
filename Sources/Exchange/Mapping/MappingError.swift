public import InputGate

/// Says what is wrong with a mapping file, or why it does not fit a CSV file.
public struct MappingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The reasons. The list is closed and its names are stable.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        case tooLarge
        case notYAML
        case aliasRefused
        case unknownKey
        case missingKey
        case badValue
        case unknownField
        case unknownColumn
        case ambiguousColumn
        case tableUnreadable
        case tableTooLarge
        case tableKeyTwice
    }

    public let code: Code
    /// The line of the mapping file, from 1, where one is known.
    public let line: Int?
    /// The sentence in both languages, the line before it.
    public let wording: Wording
    /// The sentence in English.
    public var message: String { wording.english }
    public var description: String { message }

    init(_ code: Code, line: Int? = nil, _ english: String, _ chinese: String) {
        self.code = code
        self.line = line
        wording =
            line.map { Wording("Mapping, line \($0): \(english)", "映射文件第 \($0) 行：\(chinese)") }
            ?? Wording(english, chinese)
    }

    static func columnTwice(_ name: String, line: Int?) -> MappingError {
        MappingError(
            .ambiguousColumn, line: line, "the file has the column '\(name)' twice. Rename one of them.",
            "文件中有两个“\(name)”列，请改名。")
    }

    static func unknownColumn(_ name: String, known: [String], line: Int?) -> MappingError {
        let closest = Suggestion(known).sentence(for: name)
        return MappingError(
            .unknownColumn, line: line, "there is no column '\(name)'.\(closest.english)",
            "没有“\(name)”列。\(closest.chinese)")
    }
}
