import Foundation
import Testing

/// Projections ask the table, never who somebody is: a second place that decides is a second path.
@Suite struct ProjectionSourceTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources/Operations").standardized

    @Test func noProjectionDecidesByTheRole() throws {
        let files = try #require(
            FileManager.default.enumerator(at: Self.folder, includingPropertiesForKeys: nil)
        ).compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
        var looked = 0
        for file in files {
            let text = try String(contentsOf: file, encoding: .utf8)
            for body in text.components(separatedBy: "static func projecting(").dropFirst() {
                looked += 1
                let end = body.range(of: "\n    }\n")?.lowerBound ?? body.endIndex
                let projection = body[..<end]
                for word in ["isStaff", "viewer.role", "actor.role"] where projection.contains(word) {
                    // Whoever registers a party is the one whom it is shown to.
                    if file.lastPathComponent == "PartyAnswers.swift" { continue }
                    Issue.record("\(file.lastPathComponent) decides by \(word) what is shown; ask context.parts(of:).")
                }
            }
        }
        #expect(looked > 25, "projections were not found")
    }

    /// What a search finds is shown as well.
    @Test func noSearchDecidesByTheRole() throws {
        for name in ["Registry/NameSearch.swift", "Persons/PersonFinding.swift"] {
            let text = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
            for word in ["isStaff", "viewer.role", "actor.role"] { #expect(!text.contains(word), "\(name): \(word)") }
        }
    }
}
