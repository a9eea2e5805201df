import Foundation
import MatchCore
import Storage
import Testing

@testable import Commands

/// A working day at the keyboard, with the built program.
@Suite("A session", .serialized)
struct SessionTests: SampleSession {
    let folder: URL

    init() throws {
        folder = try Self.newFolder()
        try fill()
    }

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
        for change in [
            "total = 1", "entries = substr(entries, 1, 300) || 'AAAA' || substr(entries, 305)", "offer_line = 2",
        ] {
            let store = try SQLiteDatabase(path: database, access: .open)
            try store.blockingWrite { try $0.run("UPDATE suggestion SET \(change) WHERE place = 1") }
            try store.close()
            let found = try run("recompute", "--json")
            #expect(found.status == 1)
            #expect(found.output.contains("\"differing\" : 2"), "\(change): \(found.output)")
        }
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
        #expect(try run("wish", "list", "--database", "mysql://h/d").status == 2)
        #expect(try run("wish", "list", "--database", "postgres://127.0.0.1:1/d").status == 5, "nobody listens there")
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
            let map = Self.data + "/mappings/almoner-\(kind).yaml"
            #expect(try run("init", "--database", "copy.db").status == 0)
            #expect(try run("import", kind, "\(kind)-1.csv", "--map", map, "--database", "copy.db").status == 0)
            #expect(try run("export", kind, "\(kind)-2.csv", "--database", "copy.db").status == 0)
            let first = try Data(contentsOf: folder.appending(path: "\(kind)-1.csv"))
            #expect(try Data(contentsOf: folder.appending(path: "\(kind)-2.csv")) == first, "\(kind)")
        }
    }

    @Test("The demo city loads, matches and recomputes; the same on one thread and two")
    func demoCity() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let made = try run("demo", "generate", "--seed", "3", "--wishes", "40", "--parties", "60", "--out", "city")
        #expect(made.status == 0)
        #expect(try run("init").status == 0)
        for kind in ["parties", "offers", "wishes"] {
            let map = Self.data + "/mappings/almoner-\(kind).yaml"
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
