internal import Exchange
internal import InputGate
internal import MatchCore

/// One file of phrases, read whole, its cells taken by the names of their columns.
struct PhraseTable {
    let path: String
    private let columns: [String: Int]
    private let rows: [CSVRow]

    init(_ name: String, in directory: String) throws(CityError) {
        path = "\(directory)/\(name).csv"
        do throws(CSVError) {
            let reader = try CSVReader(FileSource(path: path))
            columns = Dictionary(reader.header.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
            var rows: [CSVRow] = []
            while let row = try reader.next() { rows.append(row) }
            self.rows = rows
        } catch {
            throw CityError(
                .badMaterial, "\(path): \(error.wording.english)", "\(path)：\(error.wording.chinese)")
        }
        if rows.isEmpty {
            throw CityError(.badMaterial, "\(path) has no rows. Add some.", "\(path) 没有数据行，请补充。")
        }
    }

    /// Makes one value of each row.
    func map<Value>(_ value: (Row) throws(CityError) -> Value) throws(CityError) -> [Value] {
        var values: [Value] = []
        for row in rows { values.append(try value(Row(row: row, table: self))) }
        return values
    }

    struct Row {
        fileprivate let row: CSVRow
        fileprivate let table: PhraseTable

        func text(_ column: String) throws(CityError) -> String {
            guard let index = table.columns[column] else {
                throw CityError(
                    .badMaterial, "\(table.path) has no column '\(column)'. Add it.",
                    "\(table.path) 缺少“\(column)”列，请补上。")
            }
            return row[index]
        }

        func list(_ column: String) throws(CityError) -> [String] {
            try text(column).split(separator: "|").map(String.init)
        }

        /// A whole number within 0…9 × 10¹².
        func number(_ column: String) throws(CityError) -> Int64 {
            let text = try text(column)
            guard let value = Int64(text), (0...Quantity.greatest).contains(value) else {
                throw fault(column, text, "a whole number from 0", "不小于 0 的整数")
            }
            return value
        }

        /// What `read` makes of the cell; an error where that is nil.
        func value<Value>(
            _ column: String, _ wanted: (en: String, zhHans: String), _ read: (String) -> Value?
        ) throws(CityError) -> Value {
            let text = try text(column)
            guard let value = read(text) else { throw fault(column, text, wanted.en, wanted.zhHans) }
            return value
        }

        func fault(_ column: String, _ text: String, _ en: String, _ zhHans: String) -> CityError {
            CityError(
                .badMaterial,
                "\(table.path), row \(row.number), column '\(column)': '\(text)' is not \(en). Correct it.",
                "\(table.path) 第 \(row.number) 行“\(column)”列：“\(text)”不是\(zhHans)，请更正。")
        }
    }
}
