import Foundation
import MatchCore
import Storage
import Testing

@testable import Commands

/// A working day at the keyboard, with the built program.
@Suite("A session", .serialized)
struct SessionTests {
    private let folder: URL
    private static let data = DataDirectoryTests.root.appending(path: "Data").path

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "almoner-session-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try write(
            "offers.yaml",
            """
            kind: offers
            source: sample
            fields: {externalID: id, party.externalID: party, party.name: party, category: item, quantity: count,
              area: place, text: words}
            """)
        try write(
            "wishes.yaml",
            "kind: wishes\nsource: sample\nfields: {externalID: id, category: item, quantity: count, area: place, text: words}\n"
        )
        try write(
            "offers.csv",
            """
            id,party,item,count,place,words
            O-1,示例甲厂,轮椅,3,虎门,折叠轮椅三台
            O-2,示例乙店,mobility.wheelchair,1,石龙,手推轮椅一台
            O-3,示例丙店,雪柜,2,虎门,旧雪柜两台
            """)
        try write(
            "wishes.csv",
            """
            id,item,count,place,words
            W-1,轮倚,1,虎门,想要一台轮椅
            W-2,appliance.fridge,1,石龙,一台电冰箱
            """)
    }

    private func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: folder.appending(path: name))
    }

    @discardableResult
    private func run(_ arguments: String..., language: String = "en") throws -> ProgramTests.Outcome {
        try ProgramTests.run(
            arguments + ["--data", SessionTests.data, "--lang", language], environment: ["NO_COLOR": "1"],
            folder: folder)
    }

    private func load() throws {
        #expect(try run("init").status == 0)
        #expect(try run("import", "offers", "offers.csv", "--map", "offers.yaml").status == 0)
        #expect(try run("import", "wishes", "wishes.csv", "--map", "wishes.yaml").status == 0)
    }

    private var database: String { folder.appending(path: "almoner.db").path }

    @Test("From an empty folder to an explained match, and back again by recomputing")
    func wholeDay() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try load()
        let again = try run("import", "offers", "offers.csv", "--map", "offers.yaml", "--json")
        #expect(again.output.contains("\"unchanged\" : 3") && again.output.contains("\"created\" : 0"))

        let match = try run("match", "w1", language: "zh")
        #expect(match.status == 0)
        let lines = match.output.split(separator: "\n")
        #expect(lines.contains { $0.contains("O-1") && $0.contains("折叠轮椅三台") && $0.contains("示例甲厂") })
        let first = try #require(match.output.range(of: "O-1")?.lowerBound)
        let second = try #require(match.output.range(of: "O-2")?.lowerBound)
        #expect(first < second, "the nearer wheelchair comes first")
        #expect(!match.output.contains("O-3"), "a fridge is vetoed")

        #expect(match.output.contains("可匹配"), "two of twenty found: what stopped the others is said")
        let full = try run("match", "W-1", "--top", "1").output
        #expect(full.contains("--vetoes") && !full.contains("Category fit"), "as many as asked: nothing is counted")
        #expect(try run("match", "W-1", "--top", "1", "--vetoes").output.contains("Category fit"))

        let vetoed = try run("explain", "W-1", "O-3")
        #expect(vetoed.status == 0 && vetoed.output.contains("✗ veto") && vetoed.output.contains("not eligible"))
        let explained = try run("explain", "W-1", "O-1")
        #expect(explained.output.contains("÷") && explained.output.contains("Proximity"))

        #expect(try run("match", "--all").status == 0)
        let one = try run("match", "--all", "--json", "--threads", "1").output
        let two = try run("match", "--all", "--json", "--threads", "2").output
        #expect(one == two && one.split(separator: "\n").count == 2)
        #expect(try run("match", "--offer", "O-3").output.contains("W-2"))

        let fine = try run("recompute", "--deep")
        #expect(fine.status == 0 && fine.output.contains("0 differ"))
        #expect(try run("doctor").status == 0)
    }

    @Test("Every altered explanation is found")
    func alterations() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try load()
        try run("match", "--all")
        for change in ["total = total + 1", "entries = REPLACE(entries, '\"w\":2600', '\"w\":2601')", "offer_line = 2"]
        {
            let store = try SQLiteDatabase(path: database, access: .open)
            try store.blockingWrite { try $0.run("UPDATE suggestion SET \(change) WHERE place = 1") }
            try store.close()
            let found = try run("recompute", "--json")
            #expect(found.status == 1)
            #expect(found.output.contains("\"differing\" : 2"), "\(change): \(found.output)")
        }
    }

    @Test("A file with faults stores nothing, each fault with its place; --rejects keeps the good rows")
    func refusals() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try run("init")
        try write("bad.csv", "id,party,item,count,place,words\nA,甲,轮椅,1,,\nB,乙,轮翼啊,1,,\nC,丙,轮椅,-1,,\nD,丁,轮椅,1,无此地,\n")
        let refused = try run("import", "offers", "bad.csv", "--map", "offers.yaml")
        #expect(refused.status == 3)
        #expect(refused.output.contains("Row 3, column 3 'item'") && refused.output.contains("Row 4, column 4 'count'"))
        #expect(try run("offer", "list", "--json").output.isEmpty)
        let kept = try run("import", "offers", "bad.csv", "--map", "offers.yaml", "--rejects", "out.csv")
        #expect(kept.status == 0 && kept.output.contains("无此地"))
        let rejects = try String(contentsOf: folder.appending(path: "out.csv"), encoding: .utf8)
        #expect(rejects.split(whereSeparator: \.isNewline).count == 3 && rejects.contains("轮翼啊"))
        #expect(try run("offer", "list", "--json").output.split(separator: "\n").count == 2)
        let dry = try run("import", "wishes", "wishes.csv", "--map", "wishes.yaml", "--dry-run")
        #expect(dry.status == 0)
        #expect(try run("wish", "list", "--json").output.isEmpty)
    }

    @Test("Paths of one character are read; a folder for a mapping is said so")
    func shortPaths() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try run("init")
        for name in ["a", "m"] {
            let copy = folder.appending(path: name)
            try FileManager.default.copyItem(
                at: folder.appending(path: name == "a" ? "offers.csv" : "offers.yaml"), to: copy)
        }
        #expect(try run("import", "offers", "a", "--map", "m").status == 0)
        for name in [".", "-", "x"] {
            let outcome = try run("import", "offers", name, "--map", "m")
            #expect([2, 3, 4].contains(outcome.status), "\(name): \(outcome.status) \(outcome.error)")
        }
        let map = try run("import", "offers", "a", "--map", ".")
        #expect(map.status == 2 && map.error.contains("not a file") && !map.error.contains("NSCocoa"))
    }

    @Test("A file that is written never replaces one in use, nor what is no file; a dry run writes none")
    func outputs() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try load()
        let manager = FileManager.default
        let input = folder.appending(path: "offers.csv")
        let before = try Data(contentsOf: input)
        try manager.createSymbolicLink(at: folder.appending(path: "link"), withDestinationURL: input)
        try manager.linkItem(at: input, to: folder.appending(path: "hard"))
        for rejects in ["offers.csv", "./offers.csv", "link", "hard", "offers.yaml", "almoner.db", "."] {
            let outcome = try run("import", "offers", "offers.csv", "--map", "offers.yaml", "--rejects", rejects)
            #expect(outcome.status == 2, "\(rejects): \(outcome.error)")
        }
        for target in ["almoner.db", "almoner.db-lock", ".", "/dev/null"] {
            #expect(try run("export", "offers", target).status == 2, "\(target)")
        }
        #expect(try Data(contentsOf: input) == before)
        #expect(try run("doctor").status == 0)
        let dry = try run("import", "offers", "offers.csv", "--map", "offers.yaml", "--dry-run", "--rejects", "out.csv")
        #expect(dry.status == 0 && !manager.fileExists(atPath: folder.appending(path: "out.csv").path))
        #expect(try !manager.contentsOfDirectory(atPath: folder.path).contains { $0.hasSuffix(".part") })
    }

    @Test("Days stay as they are written, whatever the mapping's time zone")
    func days() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try run("init")
        for zone in ["America/New_York", "Asia/Shanghai", "Pacific/Kiritimati"] {
            try write(
                "d.yaml",
                """
                kind: wishes
                source: s
                timeZone: \(zone)
                fields:
                  externalID: id
                  category: item
                  from: {column: from, date: {formats: [yyyy-MM-dd]}}
                  until: {column: until, date: {formats: [yyyy-MM-dd], endOfDay: true}}

                """)
            try write("d.csv", "id,item,from,until\nD,轮椅,2026-03-01,2026-03-31\n")
            let outcome = try run("import", "wishes", "d.csv", "--map", "d.yaml")
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.error)")
            let rows = try run("export", "wishes").output
            #expect(rows.contains("2026-03-01,2026-03-31"), "\(zone): \(rows)")
        }
    }

    @Test("An id twice in a file, and a record whose rows are apart, are faults that name both rows")
    func repeatedIDs() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try run("init")
        try write("twice.csv", "id,item,count,place,words\nA,轮椅,1,,\nB,轮椅,1,,\nA,轮椅,5,,\n")
        let twice = try run("import", "wishes", "twice.csv", "--map", "wishes.yaml")
        #expect(twice.status == 3 && twice.output.contains("row 2 already") && twice.output.contains("row 4 cannot"))
        try write("twice.csv", "id,party,item,count,place,words\nA,甲,轮椅,1,,\nA,甲,轮椅,5,,\n")
        let offers = try run("import", "offers", "twice.csv", "--map", "offers.yaml")
        #expect(offers.status == 3 && offers.output.contains("row 2 already"), "\(offers.output)")
        try write(
            "lines.yaml",
            "kind: wishes\nsource: s\nfields: {externalID: id, line: line, category: item, quantity: count}\n")
        try write("apart.csv", "id,line,item,count\nA,1,轮椅,1\nB,1,轮椅,1\nA,2,电风扇,2\n")
        let apart = try run("import", "wishes", "apart.csv", "--map", "lines.yaml")
        #expect(apart.status == 3 && apart.output.contains("began in row 2 and comes again in row 4"))
        #expect(try run("wish", "list", "--json").output.isEmpty)
    }

    @Test("Areas of a source that is no plain name are refused, and so is --rejects with areas")
    func areaSources() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try write("a.csv", "code,name\nX-1,某地\n")
        for source in ["../../evil", "a/b", "..", "a.b"] {
            try write("a.yaml", "kind: areas\nsource: '\(source)'\nfields: {code: code, name.zh: name}\n")
            let outcome = try run("import", "areas", "a.csv", "--map", "a.yaml", "--dry-run")
            #expect(outcome.status == 2 && outcome.error.contains("names a file"), "\(source): \(outcome.error)")
        }
        try write("a.yaml", "kind: areas\nsource: plain\nfields: {code: code, name.zh: name}\n")
        let rejects = try run("import", "areas", "a.csv", "--map", "a.yaml", "--dry-run", "--rejects", "r.csv")
        #expect(rejects.status == 2 && rejects.error.contains("--rejects"))
    }

    @Test("Half a position is a warning")
    func halfPosition() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try run("init")
        try write("p.yaml", "kind: wishes\nsource: s\nfields: {externalID: id, category: item, latitude: lat}\n")
        try write("p.csv", "id,item,lat\nA,轮椅,22.8\n")
        let outcome = try run("import", "wishes", "p.csv", "--map", "p.yaml")
        #expect(outcome.status == 0 && outcome.output.contains("Only one of latitude and longitude"))
    }

    @Test("With --rejects a row enters whole or not at all, and so does a record of several rows")
    func wholeRows() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try run("init")
        try write("bad.csv", "id,party,item,count,place,words\nA,甲,轮椅,1,,\nB,乙,轮椅,-1,,\nC,丙,轮翼啊,1,,\n")
        #expect(try run("import", "offers", "bad.csv", "--map", "offers.yaml", "--rejects", "out.csv").status == 0)
        let parties = try run("party", "list", "--json").output
        #expect(parties.contains("甲") && !parties.contains("乙") && !parties.contains("丙"))

        try write(
            "lines.yaml",
            "kind: wishes\nsource: lines\nfields: {externalID: id, line: line, category: item, quantity: count, text: words}\n"
        )
        try write(
            "lines.csv", "id,line,item,count,words\nX,1,轮椅,1,a\nX,2,轮翼啊,1,a\nY,1,轮椅,2,b\nY,2,mobility.cane,1,b\n")
        let kept = try run("import", "wishes", "lines.csv", "--map", "lines.yaml", "--rejects", "half.csv")
        #expect(kept.status == 0, "\(kept.output)\(kept.error)")
        let rejects = try String(contentsOf: folder.appending(path: "half.csv"), encoding: .utf8)
        #expect(rejects.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("X,") }.count == 2)
        let wishes = try run("wish", "list", "--json").output.split(separator: "\n")
        #expect(wishes.count == 1 && wishes[0].contains("\"Y\""))
    }

    @Test("Areas imported twice are unchanged, and a list never loses an area")
    func areasTwice() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let data = folder.appending(path: "data")
        for name in ["areas", "categories"] {
            try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
            try FileManager.default.copyItem(
                at: DataDirectoryTests.root.appending(path: "Data/\(name)"), to: data.appending(path: name))
        }
        try write("map.yaml", "kind: areas\nsource: more\nfields: {code: c, parent: p, level: l, name.zh: n}\n")
        func load(_ rows: String) throws -> ProgramTests.Outcome {
            try write("areas.csv", "c,p,l,n\n" + rows)
            return try ProgramTests.run(
                ["import", "areas", "areas.csv", "--map", "map.yaml", "--data", data.path, "--lang", "en"],
                folder: folder)
        }
        #expect(try load("z1,441900,town,新镇\nz2,z1,village,新村\n").output.contains("2 created"))
        #expect(try load("z1,441900,town,新镇\nz2,z1,village,新村\n").output.contains("0 created, 0 changed, 2 unchanged"))
        #expect(try load("z1,441900,town,新街\nz2,z1,village,新村\n").output.contains("1 changed, 1 unchanged"))
        let shrunk = try load("z1,441900,town,新街\n")
        #expect(shrunk.status == 3 && shrunk.error.contains("z2"))
    }

    @Test("Exit codes say what happened")
    func exitCodes() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try run("wish", "list").status == 5, "no database yet")
        try load()
        let missing = try run("wish", "show", "W-11")
        #expect(missing.status == 4 && missing.error.contains("W-1"))
        #expect(try run("match").status == 2)
        #expect(try run("import", "wishes", "wishes.csv", "--map", "offers.yaml").status == 2)
        #expect(try run("import", "wishes", "nothing.csv", "--map", "wishes.yaml").status == 3)
        #expect(try run("wish", "list", "--program", "elsewhere").status == 4)
        #expect(try run("wish", "list", "--database", "postgres://h/d").status == 2)
        let owner = try SQLiteDatabase(path: database, access: .open)
        let locked = try run("match", "W-1", "--json")
        #expect(locked.status == 5 && locked.error.contains("\"exitStatus\" : 5"))
        try owner.close()
        #expect(try run("match", "W-1").status == 0)
    }

    @Test("What is exported and read back is the same to the byte, formula cells and lines of their own included")
    func roundTrip() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try load()
        try write("hostile.csv", "id,item,count,place,words\n=1+1,轮椅,2,,+86 号\n＝a,轮椅,1,,\"两行\n文字\"\n")
        #expect(try run("import", "wishes", "hostile.csv", "--map", "wishes.yaml").status == 0)
        for kind in ["parties", "offers", "wishes"] {
            #expect(try run("export", kind, "\(kind)-1.csv").status == 0)
        }
        let wishes = try Data(contentsOf: folder.appending(path: "wishes-1.csv"))
        #expect(wishes.starts(with: [0xEF, 0xBB, 0xBF]))
        #expect(String(decoding: wishes, as: UTF8.self).contains("'=1+1"))
        for kind in ["parties", "offers", "wishes"] {
            let map = SessionTests.data + "/mappings/almoner-\(kind).yaml"
            #expect(try run("init", "--database", "copy.db").status == 0)
            #expect(try run("import", kind, "\(kind)-1.csv", "--map", map, "--database", "copy.db").status == 0)
            #expect(try run("export", kind, "\(kind)-2.csv", "--database", "copy.db").status == 0)
            let first = try Data(contentsOf: folder.appending(path: "\(kind)-1.csv"))
            #expect(try Data(contentsOf: folder.appending(path: "\(kind)-2.csv")) == first, "\(kind)")
        }
    }

    @Test("Rows with the same id are the lines of one record")
    func severalLines() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try run("init")
        try write(
            "lines.yaml",
            "kind: wishes\nsource: s\nfields: {externalID: id, line: line, category: item, quantity: count}\n")
        try write("lines.csv", "id,line,item,count\nA,1,轮椅,1\nA,2,电风扇,2\nB,1,轮椅,1\nC,1,轮椅,1\nC,1,轮椅,9\n")
        let twice = try run("import", "wishes", "lines.csv", "--map", "lines.yaml")
        #expect(twice.status == 3 && twice.output.contains("Row 5"), "line 1 twice: \(twice.output)")
        try write("lines.csv", "id,line,item,count\nA,1,轮椅,1\nA,2,电风扇,2\nB,1,轮椅,1\n")
        let first = try run("import", "wishes", "lines.csv", "--map", "lines.yaml", "--json")
        #expect(first.output.contains("\"created\" : 2"))
        #expect(try run("export", "wishes").output.split(whereSeparator: \.isNewline).count == 4)
        let again = try run("import", "wishes", "lines.csv", "--map", "lines.yaml", "--json")
        #expect(again.output.contains("\"unchanged\" : 2"))
    }

    @Test("Hostile files are refused with their place, and leave nothing behind")
    func hostileFiles() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try run("init")
        try write("m.yaml", "kind: wishes\nsource: s\nfields: {externalID: id, category: item, quantity: count}\n")
        let good = "ok,轮椅,1\n"
        let files: [(String, [UInt8], String)] = [
            ("nul", Array("id,item,count\n\(good)a\u{0}b,轮椅,1\n".utf8), "Row 3"),
            ("ragged", Array("id,item,count\n\(good)b,轮椅\n".utf8), "Row 3"),
            ("quote", Array("id,item,count\n\(good)\"b,轮椅,1\n".utf8), "Row 3"),
            (
                "marks", Array("id,item,count\n\(good)e\(String(repeating: "\u{301}", count: 50_000)),轮椅,1\n".utf8),
                "Row 3"
            ),
            ("overflow", Array("id,item,count\n\(good)b,轮椅,9223372036854775808\n".utf8), "Row 3"),
            ("negative", Array("id,item,count\n\(good)b,轮椅,-9223372036854775808\n".utf8), "Row 3"),
            ("unknown", Array("id,item,count\n\(good)b,轮椅椅椅,1\n".utf8), "Row 3"),
            ("zero", Array("id,item,count\n\(good)b,轮椅,0\n".utf8), "Row 3"),
            ("bytes", [0x69, 0x64, 0x2C, 0xFF, 0xFF, 0x0A, 0x81, 0x20, 0x0A], "UTF-8"),
            ("long", Array("id,item,count\n\(good)\"".utf8) + Array(repeating: 0x78, count: 3_000_000), "Row 3"),
        ]
        for (name, bytes, place) in files {
            try Data(bytes).write(to: folder.appending(path: "\(name).csv"))
            let outcome = try run("import", "wishes", "\(name).csv", "--map", "m.yaml")
            #expect(outcome.status == 3, "\(name): \(outcome.output)\(outcome.error)")
            #expect((outcome.output + outcome.error).contains(place), "\(name): \(outcome.output)\(outcome.error)")
        }
        #expect(try run("wish", "list", "--json").output.isEmpty)
    }

    @Test("The demo city loads, matches and recomputes; the same on one thread and two")
    func demoCity() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let made = try run("demo", "generate", "--seed", "3", "--wishes", "40", "--parties", "60", "--out", "city")
        #expect(made.status == 0)
        #expect(try run("init").status == 0)
        for kind in ["parties", "offers", "wishes"] {
            let map = SessionTests.data + "/mappings/almoner-\(kind).yaml"
            #expect(try run("import", kind, "city/\(kind).csv", "--map", map).status == 0)
        }
        let one = try run("match", "--all", "--json", "--threads", "1")
        #expect(one.status == 0 && one.output.split(separator: "\n").count == 40)
        #expect(try run("match", "--all", "--json", "--threads", "2").output == one.output)
        #expect(try run("recompute", "--deep").status == 0)
    }

    @Test("Every scorer's worked examples agree with its documentation")
    func scorers() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        for id in ["Proximity", "category fit", "可信度"] {
            let shown = try run("scorer", "show", id)
            #expect(shown.status == 0 && shown.output.contains("✓"))
        }
    }
}
