import DemoCity
import Exchange
import Foundation
import InputGate
import MatchCore
import Testing

/// The product's own columns go through the import without anything lost or doubtful.
struct MappingTests {
    private func mapping(_ name: String) throws -> Mapping {
        try Mapping(yaml: Array(Data(contentsOf: DemoData().root.appending(path: "mappings/\(name).yaml"))))
    }

    @Test(arguments: ["parties", "offers", "wishes"])
    func everyFilledCellBecomesOneField(name: String) throws {
        let path = DemoData().root.appending(path: "demo/\(name).csv").path()
        let mapping = try mapping("almoner-\(name)")
        let reader = try CSVReader(FileSource(path: path), options: mapping.csv)
        let engine = try MappingEngine(mapping, header: reader.header)
        var count = 0
        while let row = try reader.next() {
            let mapped = engine.map(row)
            #expect(mapped.faults.isEmpty && mapped.warnings.isEmpty, "\(row.texts): \(mapped.faults)")
            let record = try #require(mapped.records.first)
            #expect(record.fields.count == row.texts.count { !$0.isEmpty }, "\(row.texts)")
            count += 1
        }
        #expect(count > 0)
    }

    @Test func unclassifiedWishIsTakenAndAWishWithoutAnIDIsNot() throws {
        let mapping = try mapping("almoner-wishes")
        let header = WishSheet.columns.joined(separator: ",")
        func mapped(_ id: String) throws -> MappedRow {
            let cells = WishSheet.columns.map { $0 == "externalID" ? id : $0 == "text" ? "想要一样东西" : "" }
            let text = header + "\n" + cells.joined(separator: ",") + "\n"
            let reader = try CSVReader(BytesSource(text), options: mapping.csv)
            return try MappingEngine(mapping, header: reader.header).map(try #require(try reader.next()))
        }
        #expect(try mapped("W1").records.count == 1)
        #expect(try mapped("").records.isEmpty)
    }

    @Test func lodgingWishesFindTheirPlacesOrStayWithoutOne() throws {
        let mapping = try mapping("wuhan2020-lodging-wishes")
        let places = "adcode6,name,lng,lat\n530100,昆明市,102.83,24.88\n530111,官渡区,102.75,25.01\n530300,曲靖市,103.79,25.49\n"
        var tables: [String: MappingTable] = [:]
        for name in ["city", "place"] { tables[name] = try MappingTable(BytesSource(places), for: name, of: mapping) }
        let path = DemoData().root.appending(path: "../Docs/examples/wuhan-lodging-wishes.csv").standardized.path()
        let reader = try CSVReader(FileSource(path: path), options: mapping.csv)
        let engine = try MappingEngine(mapping, header: reader.header, tables: tables)
        var rows: [MappedRow] = []
        while let row = try reader.next() { rows.append(engine.map(row)) }
        #expect(rows.count == 20)
        #expect(rows.allSatisfy { $0.faults.isEmpty && $0.records.count == 1 })
        #expect(rows[0].records[0].integer("latitude") == 250_100_000)
        // 红开区 is no district: it stays without a place, with a warning.
        #expect(rows[2].records[0].integer("latitude") == nil)
        #expect(!rows[2].warnings.isEmpty)
        #expect(rows.allSatisfy { $0.records[0].text("text")?.hasPrefix("【虚构示例】") ?? false })
    }
}
