import DemoCity
import Exchange
import Foundation
import MatchCore

/// The repository's data, read through the CSV reader.
struct DemoData {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Data")

    var phrases: String { root.appending(path: "demo/phrases").path() }

    func checkedIn(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: root.appending(path: "demo/\(name)")))
    }

    func areas() throws -> AreaTree {
        try AreaTree(
            try SheetRow.read(root.appending(path: "areas/dongguan.csv").path()).map { row in
                Area(
                    code: row["code"], parent: row.optional("parent"), level: row["level"],
                    name: LocalizedText(zhHans: row["nameZh"], en: row["nameEn"]), shortName: row["shortZh"],
                    centroid: row.point)
            })
    }

    func categories() throws -> CategoryTree {
        try CategoryTree(
            try SheetRow.read(root.appending(path: "categories/catalogue.csv").path()).map { row in
                MatchCore.Category(
                    code: row["code"], parent: row.optional("parent"),
                    name: LocalizedText(zhHans: row["nameZh"], en: row["nameEn"]),
                    unit: row.optional("unit").flatMap(MatchCore.Unit.init(code:)) ?? .piece,
                    typicalPriceFen: row.number("typicalPriceFen"))
            })
    }

    func codes(_ file: String) throws -> Set<String> {
        Set(try SheetRow.read("\(phrases)/\(file).csv").map { $0["code"] })
    }

    func material() throws -> CityMaterial {
        try CityMaterial(areas: try areas(), categories: try categories(), phrases: phrases)
    }
}

/// A generated city in a folder of its own, for as long as `body` runs.
func withCity<Result>(_ options: CityOptions, _ body: (CityFolder) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "city-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try CityGenerator(options: options, material: try DemoData().material()).write(to: folder.path())
    return try body(CityFolder(folder: folder))
}

struct CityFolder {
    let folder: URL

    func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appending(path: name))) }

    func lines(_ name: String) throws -> [String] {
        String(decoding: try bytes(name), as: UTF8.self).components(separatedBy: "\r\n")
    }

    func rows(_ name: String) throws -> [SheetRow] { try SheetRow.read(folder.appending(path: name).path()) }
}
