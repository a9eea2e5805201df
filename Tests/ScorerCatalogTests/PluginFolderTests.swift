import Foundation
import MatchCore
import ScorerCatalog
import Testing

/// The folders of `Plugins/`, the list in Package.swift and the catalogue name the same scorers.
@Suite struct PluginFolderTests {
    private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private var folders: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "Plugins").path)
                .filter { $0.hasSuffix("Scoring") }.map { String($0.dropLast("Scoring".count)) }.sorted()
        }
    }

    @Test func everyPluginFolderIsListed() throws {
        let manifest = try String(contentsOf: root.appending(path: "Package.swift"), encoding: .utf8)
        let start = try #require(manifest.range(of: "let scorers: [String] = ["))
        let end = try #require(manifest.range(of: "]", range: start.upperBound..<manifest.endIndex))
        let listed = manifest[start.upperBound..<end.lowerBound].split(separator: "\"").enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
        for name in try folders where !listed.contains(name) {
            Issue.record(
                "Plugins/\(name)Scoring is not built. In Package.swift, add to the list `scorers`:\n    \"\(name)\",")
        }
        for name in listed where try !folders.contains(name) {
            Issue.record(
                "Package.swift lists \"\(name)\", and there is no folder Plugins/\(name)Scoring. Take the line out, or run:\n    make scorer NAME=\(name)"
            )
        }
        #expect(Set(listed).count == listed.count, "a scorer stands twice in Package.swift")
    }

    @Test func everyPluginFolderIsInTheCatalogue() throws {
        let built = ScorerCatalog.all.map { String(describing: $0) }
        for name in try folders where !built.contains("\(name)Scorer") {
            Issue.record(
                "\(name)Scorer is in no list. In Sources/ScorerCatalog/ScorerCatalog.swift, add\n    import \(name)Scoring\nand to `all`:\n    \(name)Scorer.self,"
            )
        }
        for type in built where try !folders.contains(where: { "\($0)Scorer" == type }) {
            Issue.record("\(type) has no folder of its own under Plugins/. Move it to Plugins/\(type.dropLast(2))ing.")
        }
        #expect(Set(built).count == built.count, "a scorer stands twice in ScorerCatalog")
        for type in ScorerCatalog.all {
            #expect("\(type.descriptor.id)Scorer" == String(describing: type), "an id is the name of its folder")
        }
    }

    /// A plugin that sees more than the core could read a personal field.
    @Test func everyPluginImportsTheCoreOnly() throws {
        for name in try folders {
            let folder = root.appending(path: "Plugins/\(name)Scoring")
            let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            #expect(files.contains("README.md"), "Plugins/\(name)Scoring has no README.md")
            for file in files where file.hasSuffix(".swift") {
                let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
                for line in text.split(separator: "\n") {
                    let words = line.split(separator: " ")
                    guard let at = words.firstIndex(of: "import"), words[..<at].allSatisfy({ $0 != "//" }) else {
                        continue
                    }
                    let isDeclaration = words[..<at].allSatisfy {
                        ["public", "package", "internal", "fileprivate", "private"].contains($0) || $0.hasPrefix("@")
                    }
                    guard isDeclaration else { continue }
                    #expect(
                        words[at...].dropFirst().first == "MatchCore",
                        "Plugins/\(name)Scoring/\(file): '\(line)'. A scorer imports MatchCore and nothing else.")
                }
            }
        }
    }
}
