internal import MatchCore
internal import Wire

/// What stands at the address of each kind of problem, and at `/problems` of all of them: made of the one list.
struct ProblemPages {
    /// By the segments of their paths.
    let pages: [[String]: FixedPage]

    init() {
        var pages: [[String]: FixedPage] = [:]
        for kind in ProblemKind.allCases {
            pages[["problems", kind.rawValue]] = Self.page(Self.said(of: kind))
        }
        pages[["problems"]] = Self.page(.list(ProblemKind.allCases.map(Self.said)))
        self.pages = pages
    }

    private static func said(of kind: ProblemKind) -> JSONValue {
        [
            "type": .text(kind.type), "status": .integer(Int64(kind.status)), "title": both(kind.title),
            "remedy": both(kind.remedy),
        ]
    }

    private static func both(_ text: LocalizedText) -> JSONValue {
        ["en": .text(text.en), "zh-Hans": .text(text.zhHans)]
    }

    private static func page(_ value: JSONValue) -> FixedPage {
        FixedPage(type: "application/json", bytes: Array((value.printed() + "\n").utf8))
    }
}
