import Foundation
import Testing

/// `almoner bench replay`: its figures are those of the published rules.
@Suite("Replaying a year of demand at the keyboard")
struct ReplayBenchTests {
    private struct Record: Decodable {
        struct Figures: Decodable {
            var unitMiles, holdingDays, shipmentsPerDonor, fill, gini: Double
            var recipients, units: Int
        }
        var method: String
        var figures: Figures
    }

    @Test(
        "Greedy serves the nearest first; donations above 1,000 are left out, and no request is, however much it asks for"
    )
    func greedy() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "almoner-replay-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let day = "2020-04-01 12:00:00+00:00"
        for (name, text) in [
            ("ppe_match_donors.csv", "don_id,date,ppe,qty\nd0,\(day),gowns,10.0\nd1,\(day),gowns,1001.0\n"),
            (
                "ppe_match_recipients.csv",
                "rec_id,date,ppe,qty\nfar,\(day),gowns,10000000000.0\nnear,\(day),gowns,8.0\nother,\(day),masks,5.0\n"
            ),
            ("ppe_match_distance_nearest150.csv", "don_id,rec_id,miles\nd0,far,30\nd0,near,5\nd0,other,1\nd1,near,1\n"),
        ] { try Data(text.utf8).write(to: folder.appending(path: name)) }
        let outcome = try ProgramTests.run(["bench", "replay", "--data", folder.path, "--json"], folder: folder)
        let lines = outcome.output.split(separator: "\n")
        let line = try #require(lines.first, "\(outcome.error)")
        let record = try JSONDecoder().decode(Record.self, from: Data(line.utf8))
        let found = record.figures
        #expect(record.method.contains("greedy"))
        // Eight units go 5 miles, two go 30, after six and a half days, which round up to seven.
        #expect(found.units == 10 && found.unitMiles == 10 && found.holdingDays == 7)
        #expect(found.recipients == 2 && found.shipmentsPerDonor == 2)
        // Gowns: one in full, one hardly; masks: none.
        #expect(abs(found.fill - (1 + 2e-10) / 4) < 1e-12, "\(found.fill)")
        #expect(found.gini > 0.66)
    }
}
