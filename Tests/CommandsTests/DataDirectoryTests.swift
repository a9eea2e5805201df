import Casework
import Exchange
import Foundation
import MatchCore
import ScorerCatalog
import Testing

@testable import Commands

@Suite("The data directory")
struct DataDirectoryTests {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static var shipped: DataDirectory {
        get throws { try DataDirectory(path: root.appending(path: "Data").path) }
    }

    /// A folder of its own with one area and one category, gone after the body.
    private func withFolder(_ files: [String: String], _ body: (DataDirectory) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "almoner-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        for name in ["areas", "categories", "profiles", "calendar"] {
            try FileManager.default.createDirectory(at: folder.appending(path: name), withIntermediateDirectories: true)
        }
        for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
        try body(DataDirectory(path: folder.path))
    }

    private func fault(_ body: () throws -> Void) -> DataFault? {
        do {
            try body()
            return nil
        } catch { return error as? DataFault }
    }

    @Test("The shipped directory loads whole, and its profile uses every scorer once")
    func shipped() throws {
        let directory = try DataDirectoryTests.shipped
        #expect(try directory.areas().areas.filter { $0.level == "town" }.count == 35)
        #expect(try directory.categories().categories.count > 150)
        #expect(try directory.calendar().contains { $0.kind == .workday })
        for vocabulary in DataDirectory.Vocabulary.allCases {
            #expect(try !directory.codes(of: vocabulary).isEmpty)
        }
        let profile = try directory.profile(named: "default", descriptors: ScorerCatalog.all.map { $0.descriptor })
        #expect(Set(profile.entries.map(\.scorer)) == Set(ScorerCatalog.all.map { $0.descriptor.id }))
        let weights = Dictionary(uniqueKeysWithValues: profile.entries.map { ($0.scorer, $0.weight) })
        #expect(weights.values.max() == weights["CategoryFit"])
        #expect(weights.filter { $0.key != "CategoryFit" }.values.max() == weights["Proximity"])
        _ = try ScoringPlan(profile, scorers: ScorerCatalog.all)
    }

    @Test("Groups are declared once: what wishes, donors, words and the demo say is in the one list")
    func groups() throws {
        let directory = try DataDirectoryTests.shipped
        let declared = try directory.codes(of: .groups)
        let codes = Set(declared.map(\.code))
        #expect(declared.first { $0.code == "childUnder6" }?.name.en == "Children under 6")
        #expect(try #require(directory.caseRules(nil, program: nil).groups).codes.map(\.text) == declared.map(\.code))
        func column(_ name: String, of file: String, in folder: String) throws -> Set<String> {
            let text = try String(contentsOfFile: directory.path(of: "\(folder)/\(file)"), encoding: .utf8)
            let lines = text.replacing("\u{FEFF}", with: "").split(whereSeparator: \.isNewline)
            let place = try #require(lines.first?.split(separator: ",").firstIndex { $0 == name })
            return Set(
                lines.dropFirst().flatMap { line in
                    line.split(separator: ",", omittingEmptySubsequences: false)[place].split(separator: "|")
                }.map(String.init))
        }
        let weighted = try column("code", of: "groups.csv", in: "demo/phrases")
        #expect(weighted == codes)
        #expect(try column("groups", of: "wishes.csv", in: "demo").isSubset(of: codes))
        #expect(try directory.demoHouseholds().count > 5)
    }

    @Test("A fault in the list of groups is told with the group and what to do")
    func faultyGroups() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "almoner-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.copyItem(atPath: DataDirectoryTests.shipped.path, toPath: folder.path)
        let file = folder.appending(path: "casework/groups.yaml")
        let list = try String(contentsOf: file, encoding: .utf8)
        for (from, to, says) in [
            ("ages/0-5", "ages/5-0", "group 2 'childUnder6'"),
            ("hardship/disability", "hardship/disabilty", "Did you mean"),
            ("derived:", "drived:", "there is no 'drived' in a group"),
            ("code: ethnicMinorities", "code: community", "stands twice"),
        ] {
            try Data(list.replacing(from, with: to).utf8).write(to: file)
            let error = #expect(throws: (any Error).self) {
                try DataDirectory(path: folder.path).caseRules(nil, program: nil)
            }
            #expect("\(String(describing: error))".contains(says), "\(String(describing: error))")
        }
    }

    @Test("A name in the rules that there is not is told with its line and what was meant")
    func unknownNames() throws {
        let shipped = try DataDirectoryTests.shipped
        let rules = try shipped.caseRules(nil, program: nil)
        #expect(rules.satisfaction == .standard && !rules.categories.categories.isEmpty)
        let folder = FileManager.default.temporaryDirectory.appending(path: "almoner-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.copyItem(atPath: shipped.path, toPath: folder.path)
        for (file, old, new, meant) in [
            ("paths/microWish.yaml", "categories: [unclassified]", "categories: [clasified]", "unclassified"),
            ("paths/microWish.yaml", "level: village", "level: vilage", "village"),
            ("intake/words.yaml", "group: children", "group: childern", "children"),
            ("clocks/standard.yaml", "lane: microProject", "lane: microProjekt", "microProject"),
        ] {
            let place = folder.appending(path: file)
            let text = try String(contentsOf: place, encoding: .utf8)
            try Data(text.replacing(old, with: new).utf8).write(to: place)
            let directory = try DataDirectory(path: folder.path)
            let fault = try #require(fault { _ = try directory.caseRules(nil, program: nil) }, "\(new)")
            #expect(fault.code == .unknownName && fault.row != nil && fault.file.hasSuffix(file))
            #expect(fault.message.en.contains("'\(meant)'"), "\(fault)")
            try Data(text.utf8).write(to: place)
        }
    }

    @Test("Names find their area, the higher level first")
    func areaNames() throws {
        let areas = try DataDirectoryTests.shipped.areas()
        #expect(try areas.area(named: "虎门").code == "441900121")
        #expect(try areas.area(named: "humen town").code == "441900121")
        #expect(try areas.area(named: "横沥").level == "town")
        #expect(throws: CommandError.self) { try areas.area(named: "nowhere at all") }
    }

    @Test("A typo or a dialect word finds its category")
    func categoryNames() throws {
        let categories = try DataDirectoryTests.shipped.categories()
        #expect(try categories.category(named: "轮倚").code == "mobility.wheelchair")
        #expect(try categories.category(named: "雪柜").code == "appliance.fridge")
    }

    @Test("A bad cell is named by file, row and column")
    func badCells() throws {
        let header = "code,parent,level,nameZh,nameEn,latitude,longitude\n"
        try withFolder(["areas/a.csv": header + "1,,city,市,City,23,113\n2,1,town,镇,Town,north,113\n"]) { directory in
            let found = fault { _ = try directory.areas() }
            #expect(found?.row == 3 && found?.column == "latitude" && found?.file.hasSuffix("areas/a.csv") == true)
            #expect(found?.message.en.contains("'north'") == true && found?.message.zhHans.contains("north") == true)
        }
        try withFolder(["areas/a.csv": header + "1,,city,市,City,,\n2,9,town,镇,Town,,\n"]) { directory in
            let found = fault { _ = try directory.areas() }
            #expect(found?.code == .inconsistent && found?.row == 3)
        }
        try withFolder(["areas/a.csv": "code,parent\n1,\n"]) { directory in
            #expect(fault { _ = try directory.areas() }?.code == .missingColumn)
        }
        #expect(fault { _ = try DataDirectory(path: "/nowhere") }?.code == .missing)
    }

    private static let head = "name: x\ntitle: {zh-Hans: 甲, en: A}\nscorers:\n"

    @Test(
        "A profile with a fault is refused with line and advice",
        arguments: [
            ("  - scorer: Proximty\n    weight: 1\n", 4, "'Proximity'"),
            ("  - scorer: Proximity\n    weight: 10001\n", 5, "10000"),
            ("  - scorer: Proximity\n    wieght: 1\n", nil, "weight"),
            ("  - scorer: Proximity\n    weight: 1\n    parameters: {decay: 1}\n", 6, "100"),
            ("  - scorer: Proximity\n    weight: 1\n    parameters: {dekay: 1000}\n", 6, "'decay'"),
            ("  - &a {scorer: Proximity, weight: 1}\n  - *a\n", 4, "aliases"),
            ("  - {scorer: Trust, weight: 1}\n  - {scorer: Trust, weight: 2}\n", 5, "twice"),
            ("  - {scorer: Trust, weight: 1, weight: 2}\n", nil, "weight"),
        ])
    func badProfiles(text: String, line: Int?, words: String) throws {
        try withFolder(["profiles/x.yaml": DataDirectoryTests.head + text]) { directory in
            let found = fault {
                _ = try directory.profile(named: "x", descriptors: ScorerCatalog.all.map { $0.descriptor })
            }
            let message = try #require(found?.message)
            if let line { #expect(found?.row == line) }
            #expect(message.en.contains(words), "\(message.en)")
            #expect(!message.zhHans.isEmpty)
        }
    }

    @Test("A profile larger than 1 MiB is refused before it is parsed")
    func largeProfile() throws {
        let text = DataDirectoryTests.head + String(repeating: "# padding\n", count: 120_000)
        try withFolder(["profiles/x.yaml": text]) { directory in
            #expect(fault { _ = try directory.profile(named: "x", descriptors: []) }?.code == .tooLarge)
        }
    }
}
