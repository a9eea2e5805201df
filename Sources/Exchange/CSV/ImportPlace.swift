public import InputGate

/// Says where in a file something stands, as a spreadsheet and a text editor show it.
public struct ImportPlace: Sendable, Hashable {
    /// The row, the header counted as row 1.
    public var row: Int?
    /// The line of the file on which the row begins, from 1.
    public var line: Int?
    /// The column's place, from 1.
    public var column: Int?
    /// The column's name in the header.
    public var columnName: String?

    public init(row: Int? = nil, line: Int? = nil, column: Int? = nil, columnName: String? = nil) {
        self.row = row
        self.line = line
        self.column = column
        self.columnName = columnName
    }

    /// Puts the place before a sentence: "Row 12, column 3 '类别': …".
    public func prefixed(to problem: Wording) -> Wording {
        var english: [String] = []
        var chinese: [String] = []
        if let row {
            let aside = line.map { $0 != row } ?? false
            english.append(aside ? "Row \(row) (line \(line ?? row) of the file)" : "Row \(row)")
            chinese.append(aside ? "第 \(row) 行（文件第 \(line ?? row) 行）" : "第 \(row) 行")
        }
        if let column {
            let name = columnName.map { $0.isEmpty ? "" : " '\($0)'" } ?? ""
            english.append("column \(column)\(name)")
            chinese.append("第 \(column) 列\(columnName.map { $0.isEmpty ? "" : "“\($0)”" } ?? "")")
        } else if let columnName {
            english.append("column '\(columnName)'")
            chinese.append("“\(columnName)”列")
        }
        if english.isEmpty { return problem }
        return Wording(
            english.joined(separator: ", ") + ": " + problem.english,
            chinese.joined(separator: "，") + "：" + problem.chinese)
    }
}
