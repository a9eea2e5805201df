import DemoCity
import Foundation
import MatchCore
import Testing

struct CityErrorTests {
    @Test func offersWithoutPartiesAreRefused() throws {
        let error = #expect(throws: CityError.self) {
            try CityGenerator(
                options: CityOptions(seed: 1, wishes: 1, parties: 0, offers: 1), material: DemoData().material())
        }
        #expect(error?.code == .badSize)
    }

    @Test func missingPhrasesAreNamed() throws {
        let data = DemoData()
        let error = #expect(throws: CityError.self) {
            try CityMaterial(areas: data.areas(), categories: data.categories(), phrases: "/nowhere")
        }
        #expect(error?.code == .badMaterial)
        #expect(error?.message.en.contains("/nowhere/towns.csv") ?? false)
    }

    @Test func unknownCategoryIsNamedWithItsRow() throws {
        let data = DemoData()
        let folder = FileManager.default.temporaryDirectory.appending(path: "phrases-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.copyItem(at: URL(filePath: data.phrases), to: folder)
        let file = folder.appending(path: "wishes.csv")
        let text = try String(contentsOf: file, encoding: .utf8).replacing("\nschool.lamp,", with: "\nschool.lampp,")
        try text.write(to: file, atomically: true, encoding: .utf8)
        let error = #expect(throws: CityError.self) {
            try CityMaterial(areas: data.areas(), categories: data.categories(), phrases: folder.path())
        }
        #expect(error?.message.en.contains("row 8, column 'category': 'school.lampp'") ?? false, "\(error as Any)")
    }

    @Test func folderThatCannotBeWrittenIsNamedAndLeavesNothing() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "file-\(UUID().uuidString)")
        try Data().write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let generator = try CityGenerator(
            options: CityOptions(seed: 1, wishes: 1, parties: 1), material: DemoData().material())
        let error = #expect(throws: CityError.self) { try generator.write(to: file.path()) }
        #expect(error?.code == .notWritten)
        #expect(error?.message.en.contains(file.path()) ?? false)
    }
}
