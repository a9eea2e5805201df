import Foundation
import MatchCore
import Testing

@testable import Exchange

/// A name in the rules that there is not is told with its file, its line, and what was meant.
@Suite struct KnownNameTests {
    private let category = RuleVocabulary(
        ["category", "categories"], LocalizedText(zhHans: "类目", en: "category"), ["mobility", "mobility.wheelchair"])
    private let level = RuleVocabulary(
        ["level"], LocalizedText(zhHans: "层级", en: "level"), ["village", "town", "city"])

    private func fault(_ rules: String) throws -> DataFault? {
        let folder = FileManager.default.temporaryDirectory.appending(path: "names-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for name in ["areas", "categories", "paths"] {
            try FileManager.default.createDirectory(
                at: folder.appending(path: name), withIntermediateDirectories: true)
        }
        try Data(rules.utf8).write(to: folder.appending(path: "paths/a.yaml"))
        let directory = try DataDirectory(path: folder.path)
        do throws(DataFault) { try directory.requireKnownNames(in: "paths", [category, level]) } catch { return error }
        return nil
    }

    @Test func whatIsDeclaredIsTaken() throws {
        #expect(try fault("steps:\n  - { when: { categories: [mobility, mobility.wheelchair] } }\n") == nil)
        #expect(try fault("limits: [{ level: village }, { level: city }]\ncategory: mobility\n") == nil)
    }

    @Test func aMissingNameIsToldWithItsPlace() throws {
        let missing = try #require(
            try fault("id: a\nsteps:\n  - id: b\n    when: { above: 3, categories: [mobility, mobilty.wheelchair] }\n"))
        #expect(missing.code == .unknownName && missing.row == 4 && missing.column == "categories")
        #expect(missing.file.hasSuffix("paths/a.yaml"))
        #expect(
            missing.message.en.contains("mobilty.wheelchair") && missing.message.en.contains("'mobility.wheelchair'"))
        #expect(missing.message.zhHans.contains("类目"))
        let level = try #require(try fault("limits:\n  - { level: village }\n  - { level: twon }\n"))
        #expect(level.row == 3 && level.message.en.contains("'town'"))
    }
}
