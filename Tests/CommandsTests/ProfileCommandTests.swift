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

    /// The small city where a test has made it, else what is shipped.
    private func run(_ arguments: String...) throws -> ProgramTests.Outcome {
        let small = folder.appending(path: "data").path
        let data =
            FileManager.default.fileExists(atPath: small) ? small : DataDirectoryTests.root.appending(path: "Data").path
        return try ProgramTests.run(arguments + ["--data", data, "--lang", "en"], environment: [:], folder: folder)
    }

    @Test("A draft is set, layered, published, resolved, matched under and rolled back")
    func life() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try AlteredData.smallCity(in: folder)
        #expect(try run("demo").status == 0)

        let refused = try run("profile", "set", "Proximity.decay=5")
        #expect(refused.status != 0)
        #expect(
            refused.error.contains("Proximity, parameter 'decay': 5 is outside 100…1000000 metre"), "\(refused.error)")

        #expect(try run("profile", "set", "Proximity.decay=5000", "Trust.weight=900").status == 0)
        #expect(try run("profile", "set", "FairShare=off", "--area", "441900121", "--if-version", "2").status == 0)
        #expect(try run("profile", "set", "Trust.weight=1", "--if-version", "2").error.contains("changed meanwhile"))
        #expect(try run("profile", "diff").output.contains("area:441900121"))
        // What is switched off is told as off, not as being at its defaults.
        #expect(try run("profile", "draft", "--draft", "bare").status == 0)
        #expect(try run("profile", "set", "Proximity=off", "--draft", "bare").status == 0)
        let bare = try run("profile", "diff", "default:bare").output
        let states = bare.split(separator: "\n").filter { $0.contains("Proximity") }
        #expect(states.contains { $0.contains("state") && $0.contains("on") && $0.contains("off") }, "\(bare)")
        #expect(!states.contains { $0.contains("default") }, "\(bare)")
        #expect(try run("profile", "publish").error.contains("Say why"))
        #expect(try run("profile", "publish", "--note", "nearer").output.contains("Published default@2"))

        let resolved = try run("profile", "resolve", "--area", "441900121", "--json").output
        #expect(resolved.contains("\"reference\":\"default@2+area:441900121\""), "\(resolved)")
        #expect(try run("match", "--all").status == 0)
        #expect(try run("profile", "rollback", "--reason", "complaints").output.contains("revision 1"))
        // What was matched under the second revision is judged under it, though the third is in force.
        let judged = try run("recompute", "--deep")
        #expect(judged.status == 0 && judged.output.contains("0 differ"), "\(judged.output)")
        // Whoever published is told by name, not by id.
        let log = try run("profile", "log").output
        #expect(log.contains("note: nearer") && log.contains("the program"), "\(log)")
        #expect(log.firstMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}/) == nil, "\(log)")
        let further = try run("profile", "rollback", "--to", "3", "--reason", "complaints")
        #expect(further.status != 0 && further.error.contains("--to"), "\(further.error)")
        #expect(try run("audit", "verify").status == 0)
    }

    @Test("What somebody edited is not thrown away for a fault in it")
    func editedWithAFault() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try run("init").status == 0)
        try Data("sed -i 's/weight: [0-9]*/weight: 20000/' \"$1\"\n".utf8).write(to: folder.appending(path: "editor"))
        let edited = try ProgramTests.run(
            ["profile", "edit", "--data", DataDirectoryTests.root.appending(path: "Data").path, "--lang", "en"],
            environment: ["EDITOR": "sh editor"], folder: folder)
        #expect(edited.status != 0 && edited.error.contains("20000"), "\(edited.error)")
        let path = try #require(edited.error.firstMatch(of: /--file (\S+\.yaml)/)?.1, "\(edited.error)")
        defer { try? FileManager.default.removeItem(atPath: String(path)) }
        let kept = try String(contentsOfFile: String(path), encoding: .utf8)
        #expect(kept.contains("weight: 20000"))
        try Data(kept.replacing("weight: 20000", with: "weight: 900").utf8).write(to: URL(filePath: String(path)))
        #expect(try run("profile", "edit", "--file", String(path)).status == 0)
    }

    @Test("Stakeholders publish what they want, the program publishes their vote, and its lists are recomputed")
    func votedOrder() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try AlteredData.smallCity(in: folder)
        #expect(try run("demo").status == 0)
        for (name, scorer) in [("staff", "Proximity"), ("donors", "Trust")] {
            let yaml =
                "name: \(name)\ntitle: {zh-Hans: 甲, en: x}\nscorers:\n"
                + "  - {scorer: CategoryFit, weight: 10}\n  - {scorer: \(scorer), weight: 5000}\n"
            try Data(yaml.utf8).write(to: folder.appending(path: "\(name).yaml"))
            #expect(try run("profile", "draft", name, "--file", "\(name).yaml").status == 0)
        }
        #expect(try run("profile", "publish", "staff", "--reason", "tuning").status == 0)
        let early = try run(
            "tune", "voices", "--voice", "staff=staff", "--voice", "donors=donors.yaml", "--out", "v.yaml")
        #expect(early.status == 2 && early.error.contains("not published"), "\(early.error)")
        #expect(try run("profile", "publish", "donors", "--reason", "tuning").status == 0)
        let written = try run(
            "tune", "voices", "--voice", "staff=staff", "--voice", "donors=donors@1*2", "--top", "6", "--out", "v.yaml")
        #expect(written.status == 0 && written.output.contains("The draft is in v.yaml"), "\(written.error)")
        #expect(try run("profile", "draft", "--file", "v.yaml").status == 0)
        #expect(try run("profile", "diff").output.contains("first 6 of staff=staff@1, donors=donors@1*2"))
        #expect(try run("profile", "publish", "--reason", "tuning").status == 0)
        #expect(try run("profile", "show").output.contains("ordered by a vote over the first 6"))
        #expect(try run("match", "--all").status == 0)
        let shown = try run("match", "W0003", "--explain")
        #expect(shown.output.contains("The vote: place 1 of"), "\(shown.output)\(shown.error)")
        #expect(shown.output.contains("donors ×2") && shown.output.contains("staff@1"), "\(shown.output)")
        #expect(try run("match", "W0003").output.contains("The order is a vote of staff=staff@1, donors=donors@1*2"))
        let judged = try run("recompute", "--deep")
        #expect(judged.status == 0 && judged.output.contains("0 differ"), "\(judged.output)")
        let plan = try run("allocate")
        #expect(plan.status == 0, "plans are made by totals: \(plan.output)\(plan.error)")
        #expect(
            try run("tune", "voices", "W0003", "--voice", "a=staff", "--voice", "b=donors", "--profile", "x").error
                .contains("--out"))
    }

    @Test("Where it takes two people, two tokens publish, and neither a claimed name nor one token twice")
    func twoPeople() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try run("init").status == 0)
        for name in ["anna", "ben"] {
            let made = try run("key", "create", "admin", "--label", name)
            let token = made.output.split(whereSeparator: \.isNewline).last.map(String.init) ?? ""
            try Data("\(token)\n".utf8).write(to: folder.appending(path: name))
        }
        try Data("alm_\(String(repeating: "A", count: 43))\n".utf8).write(to: folder.appending(path: "nobody"))
        let (anna, ben) = ("00000000-0000-7000-8000-00000000000a", "00000000-0000-7000-8000-00000000000b")
        func people(_ count: String, _ more: String...) throws -> ProgramTests.Outcome {
            try ProgramTests.run(
                ["profile", "people", count, "--reason", "policy"] + more + [
                    "--data", DataDirectoryTests.root.appending(path: "Data").path, "--lang", "en",
                ], environment: [:], folder: folder)
        }
        func publish(_ more: String...) throws -> ProgramTests.Outcome {
            try ProgramTests.run(
                ["profile", "publish", "--reason", "tuning"] + more + [
                    "--data", DataDirectoryTests.root.appending(path: "Data").path, "--lang", "en",
                ], environment: [:], folder: folder)
        }
        #expect(try people("2", "--actor", anna).error.contains("--token-file"), "a claimed name shut the door")
        #expect(try people("2", "--token-file", "nobody").error.contains("not known"))
        #expect(try people("2", "--token-file", "anna").status == 0)
        #expect(try run("profile", "set", "Trust.weight=900").status == 0)
        let claimed = try publish("--actor", anna)
        #expect(claimed.status != 0 && claimed.error.contains("--token-file"), "\(claimed.error)")
        #expect(try publish("--token-file", "anna").output.contains("Proposed"))
        #expect(try publish("--actor", ben).status != 0 && publish("--token-file", "anna").status != 0)
        #expect(try publish("--token-file", "ben", "--actor", anna).error.contains("A token says who acts"))
        #expect(try publish("--token-file", "ben").output.contains("Published default@2"))
        // The number itself: one alone does not lower it, under however many names.
        #expect(try people("1", "--token-file", "ben").output.contains("needed to publish a profile: 2"))
        #expect(try people("1", "--token-file", "ben").status != 0 && people("1", "--actor", anna).status != 0)
        #expect(try run("profile", "people").output.contains("almoner profile people 1"))
        #expect(try people("1", "--token-file", "anna").output.contains("needed to publish a profile: 1"))
        #expect(try run("audit", "verify").status == 0)
        #expect(try run("profile", "publish", "--help").output.contains("--token-file"))
    }

    @Test("Rules are set as JSON or from a file, and a fault names row, line and what was meant")
    func rules() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try run("init").status == 0)
        let wrong = try run(
            "profile", "set", "Rule.weight=500",
            #"Rule.rules=[{"when": {"wish.groups": "childUnder5"}, "points": 200000}]"#)
        #expect(
            wrong.status != 0 && wrong.error.contains("row 1, column 'when'")
                && wrong.error.contains("did you mean 'childUnder6'"), "\(wrong.error)")
        #expect(try run("profile", "set", "Rule.rules=childUnder6").error.contains("list in JSON"))
        #expect(try run("profile", "set", "Rule.rules=@missing.yaml").error.contains("missing.yaml"))
        let right = try run(
            "profile", "set", "Rule.weight=500",
            #"Rule.rules=[{"when": {"wish.groups": "childUnder6", "offer.delivers": true}, "points": 200000}]"#)
        #expect(right.status == 0, "\(right.error)")
        let rows = """
            - name: small children
              when: {wish.groups: childUnder6}
              points: 100000
            - when: {wish.hardship: {atLeast: 3}}
              points: 50000
            """
        try Data(rows.utf8).write(to: folder.appending(path: "rules.yaml"))
        #expect(try run("profile", "set", "Rule.rules=@rules.yaml").status == 0)
        #expect(try run("profile", "show", "default:draft", "--yaml").output.contains("wish.hardship"))
        #expect(try run("profile", "validate").status == 0)
        // A file's fault stands at its line.
        let yaml = try run("profile", "show", "default:draft", "--yaml").output
            .replacing("atLeast: 3", with: "atLeast: 7")
        try Data(yaml.utf8).write(to: folder.appending(path: "friday.yaml"))
        let line = try #require(
            yaml.split(separator: "\n", omittingEmptySubsequences: false).firstIndex { $0.contains("wish.hardship") })
        for command in [["validate", "--file"], ["edit", "--file"], ["draft", "--file"]] {
            let refused = try run("profile", command[0], command[1], "friday.yaml")
            #expect(
                refused.status != 0 && refused.error.contains("7 is outside 0…4")
                    && [line, line + 1].contains { refused.error.contains("friday.yaml:\($0)") },
                "\(command): \(refused.error)")
        }
    }

    @Test("Revisions and drafts are ranked by where a name is taken; what is kept names a revision")
    func rankedBy() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try AlteredData.smallCity(in: folder)
        #expect(try run("demo").status == 0)
        #expect(try run("profile", "set", "Proximity.weight=9000").status == 0)
        #expect(try run("match", "W0003", "--profile", "default@1", "--json").output.contains("default@1"))
        let draft = try run("match", "W0003", "--profile", "default:draft", "--json")
        #expect(draft.status == 0 && draft.output.contains("draft of default (from revision 1)"), "\(draft.error)")
        #expect(draft.error.contains("shown and not kept"))
        let all = try run("match", "--all", "--profile", "default:draft")
        #expect(all.status == 0 && all.error.contains("shown and not kept"), "\(all.error)")
        let unknown = try run("match", "W0003", "--profile", "default@9")
        #expect(unknown.status != 0 && unknown.error.contains("the newest is 1"), "\(unknown.error)")
        #expect(try run("match", "W0003", "--profile", "nobody").error.contains("There are: default, default:draft"))
        // Only what names a revision was kept.
        #expect(try run("recompute", "--deep").status == 0)
        #expect(try run("recompute", "--profile", "default@1").output.contains("0 differ"))
        #expect(try run("recompute", "--profile", "default@2").error.contains("the newest is 1"))
        #expect(try run("recompute", "--profile", "default:draft").error.contains("is a draft"))
        let plan = try run("allocate", "--profile", "default:draft", "--deadline", "20s", "--plan", "plan.json")
        #expect(plan.status == 0, "\(plan.error)")
        let applied = try run("allocate", "--apply", "plan.json")
        #expect(applied.status != 0 && applied.error.contains("publish the draft"), "\(applied.error)")
        #expect(try run("allocate", "--profile", "default@1", "--deadline", "20s").status == 0)
        #expect(try run("tune", "backtest", "--profile", "default:draft").error.contains("no decisions"))
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
        profile.trial = TrialTerms(share: 20, seed: 7, horizon: 40)
        let yaml = ProfileDocument.yaml(of: profile)
        let read = try ProfileDocument.profile(
            in: Array(yaml.utf8), place: "test", descriptors: ScorerCatalog.all.map { $0.descriptor })
        #expect(read == profile, "\(yaml)")
        var voted = profile
        voted.trial = nil
        voted.vote = VoteTerms(
            top: 7,
            voices: [.init(name: "协调员", profile: "staff@3"), .init(name: "a b", votes: 4, profile: "donors@1")])
        let terms = ProfileDocument.yaml(of: voted)
        #expect(
            try ProfileDocument.profile(
                in: Array(terms.utf8), place: "test", descriptors: ScorerCatalog.all.map { $0.descriptor }) == voted,
            "\(terms)")
        #expect(ProfileCheck(scorers: ScorerCatalog.all).faults(of: read) == [])
        // Where everybody is served by the draft nothing is compared.
        var endless = profile
        endless.trial?.share = 100
        let faults = ProfileCheck(scorers: ScorerCatalog.all).faults(of: endless)
        #expect(faults.map(\.message).joined().contains("share must be 1…99"))
    }
}
