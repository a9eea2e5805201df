public import MatchCore

extension DataDirectory {
    private static let areaColumns = ["code", "parent", "level", "nameZh", "nameEn", "latitude", "longitude"]

    /// The area tree: the rows of all `areas/*.csv` together.
    public func areas() throws(DataFault) -> AreaTree {
        let (areas, rows) = try areaRows(exceptFile: nil)
        do {
            return try AreaTree(areas)
        } catch let error as CodeTreeError {
            throw treeFault(error, codes: areas.map(\.code), rows: rows, folder: "areas")
        } catch {
            throw DataFault(.inconsistent, LocalizedText(zhHans: "\(error)", en: "\(error)"), file: path(of: "areas"))
        }
    }

    /// The areas of all files but one, not yet as a tree.
    public func areas(exceptFile file: String) throws(DataFault) -> [Area] { try areaRows(exceptFile: file).areas }

    private func areaRows(exceptFile file: String?) throws(DataFault) -> (areas: [Area], rows: [DataTable.Row]) {
        var areas: [Area] = []
        var rows: [DataTable.Row] = []
        for name in files(in: "areas", suffix: ".csv") where name != file {
            let table = try DataTable(path: path(of: "areas/\(name)"), columns: DataDirectory.areaColumns)
            for row in table.rows {
                areas.append(try area(row))
                rows.append(row)
            }
        }
        return (areas, rows)
    }

    private func area(_ row: DataTable.Row) throws(DataFault) -> Area {
        let zhHans = try row.required("nameZh")
        var centroid: GeoPoint?
        if row["latitude"] != nil || row["longitude"] != nil {
            let latitude = try degrees("latitude", of: row)
            let longitude = try degrees("longitude", of: row)
            guard let point = GeoPoint(latitude: latitude, longitude: longitude) else {
                throw row.fault(
                    .badValue, "latitude",
                    "\(latitude), \(longitude) is no place on Earth: latitude −90…90, "
                        + "longitude −180…180.", "\(latitude)，\(longitude) 不在地球上：纬度 −90…90，经度 −180…180。")
            }
            centroid = point
        }
        return Area(
            code: try row.required("code"), parent: row["parent"], level: try row.required("level"),
            name: LocalizedText(zhHans: zhHans, en: try row.required("nameEn")), shortName: row["shortZh"],
            centroid: centroid)
    }

    private func degrees(_ column: String, of row: DataTable.Row) throws(DataFault) -> Double {
        let text = try row.required(column)
        guard let number = Double(text), number.isFinite else {
            throw row.fault(
                .badValue, column, "'\(text)' is no number of degrees, such as 23.02.", "“\(text)”不是度数，应如 23.02。")
        }
        return number
    }

    /// Puts the row to what the tree found.
    func treeFault(
        _ error: CodeTreeError, codes: [String], rows: [DataTable.Row], folder: String
    ) -> DataFault {
        let zhHans =
            switch error.code {
            case .duplicateCode: "代码重复，请删去一处。"
            case .unknownParent: "所引用的代码（parent 或 substitutes）不在表中，请补上或更正。"
            case .circle: "上级关系成了环，请更正 parent。"
            }
        // The message names the code in its first pair of quotes.
        let parts = error.message.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        let named = parts.count > 1 ? String(parts[1]) : ""
        let index = error.code == .duplicateCode ? codes.lastIndex(of: named) : codes.firstIndex(of: named)
        let text = LocalizedText(zhHans: named.isEmpty ? zhHans : "“\(named)”：\(zhHans)", en: error.message)
        guard let index else { return DataFault(.inconsistent, text, file: path(of: folder)) }
        return DataFault(.inconsistent, text, file: rows[index].file, row: rows[index].number, column: "code")
    }
}
