public import MatchCore

extension DataDirectory {
    private static let categoryColumns = [
        "code", "parent", "nameZh", "nameEn", "unit", "aliases", "substitutes", "typicalPriceFen",
    ]

    /// The catalogue, from `categories/catalogue.csv`.
    public func categories() throws(DataFault) -> CategoryTree {
        let table = try DataTable(path: path(of: "categories/catalogue.csv"), columns: DataDirectory.categoryColumns)
        var categories: [MatchCore.Category] = []
        for row in table.rows { categories.append(try category(row)) }
        do {
            return try CategoryTree(categories)
        } catch let error as CodeTreeError {
            throw treeFault(error, codes: categories.map(\.code), rows: table.rows, folder: "categories/catalogue.csv")
        } catch {
            throw DataFault(.inconsistent, LocalizedText(zhHans: "\(error)", en: "\(error)"), file: table.file)
        }
    }

    private func category(_ row: DataTable.Row) throws(DataFault) -> MatchCore.Category {
        var unit = Unit.piece
        if let text = row["unit"] {
            guard let known = Unit(code: text) else {
                throw row.fault(
                    .badValue, "unit", "'\(text)' is no unit; use piece, minute or fen.",
                    "“\(text)”不是单位，应为 piece、minute 或 fen。")
            }
            unit = known
        }
        var price: Int64?
        if let text = row["typicalPriceFen"] {
            guard let number = Int64(text), (0...Quantity.greatest).contains(number) else {
                throw row.fault(
                    .badValue, "typicalPriceFen",
                    "'\(text)' is no price: a whole number of fen (1/100 yuan), 0 or more.",
                    "“\(text)”不是价格，应为不小于 0 的整数（分）。")
            }
            price = number
        }
        return MatchCore.Category(
            code: try row.required("code"), parent: row["parent"],
            name: LocalizedText(zhHans: try row.required("nameZh"), en: try row.required("nameEn")), unit: unit,
            aliases: row.list("aliases"), substitutes: row.list("substitutes"), typicalPriceFen: price)
    }
}
