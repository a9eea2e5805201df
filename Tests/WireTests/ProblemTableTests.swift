import Foundation
import MatchCore
import Testing
import Wire

@Suite struct ProblemTableTests {
    @Test func theGuideListsEveryKindOfProblem() throws {
        let guide = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Docs/service.md")
        let text = try String(contentsOf: guide, encoding: .utf8)
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") && !$0.hasPrefix("| `--") }
        let expected = ProblemKind.allCases.map {
            "| `\($0.rawValue)` | \($0.status) | \($0.title[.en]) | \($0.title[.zhHans]) |"
        }
        #expect(rows.map(String.init) == expected)
    }
}
