import Exchange
import Testing

@testable import Commands

@Suite("Names")
struct NameTests {
    private let index = NameIndex<Int>([
        (1, ["W-0012", "一张学习桌椅"]), (2, ["W-0120", "轮椅", "wheelchair"]), (3, ["W-0121", "轮椅坡道"]),
        (4, ["虎门镇", "虎门", "Humen Town"]),
    ])

    private func found(_ text: String) -> Int? {
        if case .found(let item) = index.find(text) { item } else { nil }
    }

    @Test(
        "A name is found whatever its case, width and punctuation",
        arguments: [
            ("W-0012", 1), ("w0012", 1), ("Ｗ－００１２", 1), ("w 0120", 2), ("轮椅", 2), ("WHEELCHAIR", 2), ("wheel", 2),
            ("humen", 4), ("学习桌", 1), ("坡道", 3),
        ])
    func finds(text: String, item: Int) {
        #expect(found(text) == item)
    }

    @Test("What could mean several is refused with their names")
    func ambiguous() {
        guard case .ambiguous(let names) = index.find("W-012") else {
            Issue.record("expected several")
            return
        }
        #expect(names == ["W-0120", "W-0121"])
    }

    @Test("A typo gets the closest names")
    func suggests() {
        guard case .closest(let names) = index.find("whelchiar") else {
            Issue.record("expected suggestions")
            return
        }
        #expect(names.first == "wheelchair")
        guard case .closest(let none) = index.find("完全不同的东西") else {
            Issue.record("expected nothing close")
            return
        }
        #expect(none.isEmpty)
    }

    @Test("A word that several mention is not guessed, though one begins with it")
    func beginningDoesNotWin() {
        let index = NameIndex<Int>([(1, ["A", "轮椅胎爆了"]), (2, ["B", "想要一台轮椅"])])
        guard case .ambiguous(let names) = index.find("轮椅") else {
            Issue.record("expected both")
            return
        }
        #expect(names == ["A", "B"])
    }

    @Test("A name of a million letters is answered at once")
    func hostileName() {
        #expect(found(String(repeating: "e\u{301}", count: 1_000_000)) == nil)
    }
}
