import InputGate
import MatchCore

/// A small CSV file of the data directory, with its columns by name.
struct DataTable {
    let file: String
    let rows: [Row]

    struct Row {
        let file: String
        let number: Int
        private let cells: [String: String]

        init(file: String, number: Int, cells: [String: String]) {
            self.file = file
            self.number = number
            self.cells = cells
        }

        /// The cell without white space at its ends; nil where it is empty or the file has no such column.
        subscript(column: String) -> String? { cells[column] }

        func required(_ column: String) throws(DataFault) -> String {
            guard let text = cells[column] else {
                throw fault(.badValue, column, "The cell is empty. Fill it in.", "单元格为空，请填写。")
            }
            return text
        }

        /// The parts of a cell between `|`, each once, empty ones left out.
        func list(_ column: String) -> [String] {
            var parts: [String] = []
            for part in (cells[column] ?? "").split(separator: "|") {
                let text = part.trimmed
                if !text.isEmpty, !parts.contains(text) { parts.append(text) }
            }
            return parts
        }

        func fault(_ code: DataFault.Code, _ column: String?, _ en: String, _ zhHans: String) -> DataFault {
            DataFault(code, LocalizedText(zhHans: zhHans, en: en), file: file, row: number, column: column)
        }
    }

    /// Reads a file whose header has all of these columns; more may be there.
    init(path: String, columns: [String]) throws(DataFault) {
        file = path
        var rows: [Row] = []
        do {
            let reader = try CSVReader(try FileSource(path: path))
            let header = reader.header.map(\.trimmed)
            for column in columns where !header.contains(column) {
                throw DataFault(
                    .missingColumn,
                    LocalizedText(
                        zhHans: "缺少“\(column)”列，现有：\(header.joined(separator: "、"))。",
                        en: "The column '\(column)' is missing; the file has \(header.joined(separator: ", "))."),
                    file: path, row: 1, column: column)
            }
            while let row = try reader.next() {
                var cells: [String: String] = [:]
                for (index, name) in header.enumerated() where index < row.count {
                    let text = row[index].trimmed
                    if !text.isEmpty { cells[name] = text }
                }
                if !cells.isEmpty { rows.append(Row(file: path, number: row.number, cells: cells)) }
            }
        } catch let error as DataFault {
            throw error
        } catch let error as CSVError {
            throw DataFault(
                error.code == .unreadable ? .missing : .malformed,
                LocalizedText(zhHans: error.wording.chinese, en: error.wording.english), file: path, row: error.row,
                column: error.columnName)
        } catch {
            throw DataFault(
                .malformed, LocalizedText(zhHans: "无法读取：\(error)。", en: "The file cannot be read: \(error)."),
                file: path)
        }
        self.rows = rows
    }
}
