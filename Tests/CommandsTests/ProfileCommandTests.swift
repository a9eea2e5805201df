import Exchange
import Foundation
import MatchCore
import ScorerCatalog
import Testing

@testable import Commands

/// A Friday evening with `almoner profile`.
@Suite("Profiles on the command line")
struct ProfileCommandTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "almoner-profile-\(UUID())")

    private func run(_ arguments: String...) throws -> ProgramTests.Outcome {
        let data = DataDirectoryTests.root.appending(path: "Data").path
        return try ProgramTests.run(arguments + ["--data", data, "--lang", "en"], environment: [:], folder: folder)
    }

    @Test("A draft is set, layered, published, resolved, matched under and rolled back")
    func life() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try run("init").status == 0 && run("demo").status == 0)

        let refused = try run("profile", "set", "Proximity.decay=5")
        #expect(refused.status != 0)
        #expect(
            refused.error.contains("Proximity, parameter 'decay': 5 is outside 100…1000000 metre"), "\(refused.error)")

        #expect(try run("profile", "set", "Proximity.decay=5000", "Trust.weight=900").status == 0)
        #expect(try run("profile", "set", "FairShare=off", "--area", "441900121", "--if-version", "2").status == 0)
        #expect(try run("profile", "set", "Trust.weight=1", "--if-version", "2").error.contains("changed meanwhile"))
        #expect(try run("profile", "diff").output.contains("area:441900121"))
        #expect(try run("profile", "publish").error.contains("Say why"))
        #expect(try run("profile", "publish", "--note", "nearer").output.contains("Published default@2"))

        let resolved = try run("profile", "resolve", "--area", "441900121", "--json").output
        #expect(resolved.contains("\"reference\":\"default@2+area:441900121\""), "\(resolved)")
        #expect(try run("match", "--all").status == 0)
        #expect(try run("profile", "rollback", "--reason", "complaints").output.contains("revision 1"))
        // What was matched under the second revision is judged under it, though the third is in force.
        let judged = try run("recompute", "--deep")
        #expect(judged.status == 0 && judged.output.contains("0 differ"), "\(judged.output)")
        #expect(try run("profile", "log").output.contains("note: nearer"))
        #expect(try run("audit", "verify").status == 0)
    }

    @Test("What is written as YAML is read back as it was, with layers and rules")
    func document() throws {
        let rules = ParameterValue.list([
            .entries([
                ParameterEntry("name", .text("Fan: \"big\" # 1")),
                ParameterEntry(
                    "when",
                    .entries([
                        ParameterEntry(
                            "any",
                            .list([
                                .entries([
                                    ParameterEntry("wish.groups", .list([.text("childUnder6"), .text("elders")])),
                                    ParameterEntry("offer.delivers", .flag(true)),
                                ]),
                                .entries([
                                    ParameterEntry(
                                        "not", .entries([ParameterEntry("offer.area", .integer(441_900_121))]))
                                ]),
                            ])),
                        ParameterEntry("wish.hardship", .entries([ParameterEntry("atLeast", .integer(3))])),
                    ])),
                ParameterEntry("points", .integer(-200_000)),
            ])
        ])
        var profile = ScoringProfile(
            name: "friday", revision: 1, title: LocalizedText(zhHans: "周五：晚", en: "Friday: late"),
            entries: [
                .init(scorer: "Rule", weight: 800, parameters: ["rules": rules]),
                .init(scorer: "CategoryFit", weight: 5, neutral: 7, parameters: ["strict": .flag(true)]),
            ], precedence: [.area, .lane, .category])
        profile.layers = [
            ProfileLayer(
                scope: ProfileScope(.area, "441900121"),
                changes: [
                    .init(scorer: "CategoryFit", isOff: true),
                    .init(scorer: "Rule", weight: 1, neutral: 2, parameters: ["rules": rules]),
                ])
        ]
        let yaml = ProfileDocument.yaml(of: profile)
        let read = try ProfileDocument.profile(
            in: Array(yaml.utf8), place: "test", descriptors: ScorerCatalog.all.map { $0.descriptor })
        #expect(read == profile, "\(yaml)")
        #expect(ProfileCheck(scorers: ScorerCatalog.all).faults(of: read) == [])
    }
}
