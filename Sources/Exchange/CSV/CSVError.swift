public import InputGate

/// Says what is wrong with a CSV file, where, and what to do.
public struct CSVError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The reasons for which a file or a row is refused. The list is closed and its names are stable.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        case unreadable
        case unknownEncoding
        case invalidBytes
        case noHeader
        case raggedRow
        case strayQuote
        case unclosedQuote
        case rowTooLong
        case tooManyColumns
        case cellTooLong
        case nulCharacter
        case controlCharacter
        case tooManyCombiningMarks
    }

    public let code: Code
    /// The row as a spreadsheet counts it, the header included; nil where the file as a whole is meant.
    public internal(set) var row: Int?
    /// The line of the file on which the row begins, from 1. It is greater than `row` after quoted line ends.
    public internal(set) var line: Int?
    /// The column's place, from 1.
    public internal(set) var column: Int?
    /// The column's name in the header.
    public internal(set) var columnName: String?
    let problem: Wording

    init(_ code: Code, _ english: String, _ chinese: String) {
        self.code = code
        self.problem = Wording(english, chinese)
    }

    /// True where only this row is bad: the next call to `next()` goes on with the row after it.
    public var isRecoverable: Bool {
        switch code {
        case .raggedRow, .strayQuote, .cellTooLong, .nulCharacter, .controlCharacter, .tooManyCombiningMarks: true
        default: false
        }
    }

    /// The place and the sentence, in both languages.
    public var wording: Wording {
        let place = ImportPlace(row: row, line: line, column: column, columnName: columnName)
        return place.prefixed(to: problem)
    }

    /// The place and the sentence in English.
    public var message: String { wording.english }
    public var description: String { message }
}

extension CSVError {
    static func unreadable(reason: String) -> CSVError {
        CSVError(.unreadable, "The file cannot be read: \(reason).", "无法读取文件：\(reason)。")
    }

    static func unknownEncoding() -> CSVError {
        CSVError(
            .unknownEncoding,
            "The file is neither UTF-8, UTF-16 nor GB18030. Save it as 'CSV UTF-8' and try again.",
            "文件不是 UTF-8、UTF-16 或 GB18030 编码。请另存为“CSV UTF-8”后重试。")
    }

    static func invalidBytes(encoding: CSVEncoding) -> CSVError {
        let other = encoding == .utf8 ? CSVEncoding.gb18030 : .utf8
        return CSVError(
            .invalidBytes,
            "There are bytes here that are not \(encoding.rawValue), as which the file is read. If it is "
                + "\(other.rawValue), say so with 'encoding: \(other.rawValue)' in the mapping, or save the file as "
                + "'CSV UTF-8'.",
            "文件按 \(encoding.rawValue) 读取，此处的字节无效。如为 \(other.rawValue)，请在映射文件写明"
                + "“encoding: \(other.rawValue)”，或另存为“CSV UTF-8”。")
    }

    static func noHeader() -> CSVError {
        CSVError(
            .noHeader,
            "The file has no header row. Is it empty? A file without one needs 'header: false' and 'columns'.",
            "文件没有标题行，是否为空？没有标题行的文件请在映射中写明“header: false”和“columns”。")
    }

    static func ragged(found: Int, expected: Int) -> CSVError {
        CSVError(
            .raggedRow,
            "The row has \(found) cells, the header has \(expected). Look for a missing quote or delimiter.",
            "本行有 \(found) 个单元格，标题行有 \(expected) 个。请检查是否缺少引号或分隔符。")
    }

    static func strayQuote() -> CSVError {
        CSVError(
            .strayQuote,
            "A quote stands inside the cell. Put the whole cell in quotes and double the quotes within it.",
            "单元格中有孤立的引号。请给整个单元格加引号，并把其中的引号写两遍。")
    }

    static func unclosedQuote() -> CSVError {
        CSVError(
            .unclosedQuote,
            "A quote that opens here is never closed. Close it, or double it if it is part of the text.",
            "此处的引号没有配对。请补上右引号；若引号属于正文，请写两遍。")
    }

    static func rowTooLong(limit: Int) -> CSVError {
        CSVError(
            .rowTooLong,
            "The row is longer than \(limit) bytes. Look for a quote that is never closed, or for missing line ends.",
            "本行超过 \(limit) 字节。请检查引号是否配对、是否缺少换行。")
    }

    static func tooManyColumns(limit: Int) -> CSVError {
        CSVError(
            .tooManyColumns, "The row has more than \(limit) cells. Is this the right file and delimiter?",
            "本行超过 \(limit) 个单元格。请检查文件和分隔符是否正确。")
    }

    static func cellTooLong(limit: Int) -> CSVError {
        CSVError(
            .cellTooLong, "The cell is longer than \(limit) bytes. Shorten it.", "单元格超过 \(limit) 字节，请缩短。")
    }

    /// What the gate found in a cell.
    static func refused(_ error: GateError, encoding: CSVEncoding, marks: Int) -> CSVError {
        switch error.code {
        case .nulCharacter:
            CSVError(
                .nulCharacter, "The cell holds the character U+0000. Remove it.", "单元格含有字符 U+0000，请删除。")
        case .tooManyCombiningMarks:
            CSVError(
                .tooManyCombiningMarks,
                "More than \(marks) combining marks follow one another. Remove the stacked accents.",
                "连续的组合附加符号超过 \(marks) 个，请删去叠加的符号。")
        case .invalidUTF8: .invalidBytes(encoding: encoding)
        default:
            CSVError(
                .controlCharacter, "The cell holds a control character. Remove it.", "单元格含有控制字符，请删除。")
        }
    }
}
