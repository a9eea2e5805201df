import Testing

@testable import Commands

@Suite("Tables")
struct TableTests {
    private func columnStarts(of marker: Character, in lines: [String]) -> Set<Int> {
        Set(
            lines.compactMap { line in
                line.firstIndex(of: marker).map { DisplayWidth.of(String(line[..<$0])) }
            })
    }

    @Test("Columns begin at the same place whatever the script")
    func alignsMixedText() {
        var table = Table([.name("id"), .text("心愿"), .name("|")])
        for text in ["一张学习桌椅", "wheelchair", "轮椅 wheelchair", "e\u{301}té", "👨‍👩‍👧 家庭", "ｗｉｄｅ", "한국어", "🇨🇳旗"] {
            table.add(["W", Table.Cell(text), "|"])
        }
        let lines = table.lines(on: Terminal(width: nil)).filter { !$0.contains("─") }
        #expect(lines.count == 9)
        #expect(columnStarts(of: "|", in: lines).count == 1)
    }

    @Test("Numbers end at the same place")
    func alignsNumbersRight() {
        var table = Table([.text("名称"), .number("得分")])
        table.add(["轮椅", "9"])
        table.add(["a", "1,000,000"])
        let widths = Set(table.lines(on: Terminal(width: nil)).map { DisplayWidth.of($0) })
        #expect(widths.count == 1)
    }

    @Test("No line is wider than the terminal, at any width", arguments: [40, 41, 57, 80, 120])
    func fitsTheTerminal(width: Int) {
        var table = Table([.name("编号"), .text("名称", least: 6), .prose("说明", least: 8), .number("数量")])
        table.add(["W-0001", "一张儿童学习桌椅，可调节高度，最好带抽屉", "孩子在家没有地方写作业 needs a desk at home, please", "12"])
        let lines = table.lines(on: Terminal(width: width))
        #expect(lines.allSatisfy { DisplayWidth.of($0) <= width })
        let flat = lines.joined().filter { $0 != " " }
        if width < 120 { #expect(lines.count > 3) }
        #expect(flat.contains("12") && flat.contains("W-0001"))
    }

    @Test("A cut cell ends in an ellipsis and never inside a character")
    func truncates() {
        #expect(PrintableText.truncated("一张学习桌椅", to: 7) == "一张学…")
        #expect(PrintableText.truncated("一张学习桌椅", to: 6) == "一张…")
        #expect(PrintableText.truncated("👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧", to: 4) == "👨‍👩‍👧…")
        #expect(PrintableText.truncated("short", to: 5) == "short")
    }

    @Test("Closing punctuation does not begin a line")
    func wraps() {
        let lines = PrintableText.wrapped("需要一张轮椅，给行动不便的老人。", to: 12)
        #expect(lines.joined() == "需要一张轮椅，给行动不便的老人。")
        #expect(lines.allSatisfy { DisplayWidth.of($0) <= 12 })
        #expect(!lines.contains { $0.hasPrefix("，") || $0.hasPrefix("。") })
    }

    @Test("Text that people sent cannot steer the terminal")
    func neutralisesControls() {
        var table = Table([.name("a")])
        table.add([Table.Cell("x\u{1B}[2Jy\u{9B}31m\u{202E}z\nw\u{7}")])
        let text = table.lines(on: Terminal(width: nil, isColoured: false)).joined()
        #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) })
        #expect(!text.unicodeScalars.contains("\u{202E}"))
        #expect(text.contains("z w"))
    }

    @Test("Half a million combining marks are shown quickly and small")
    func survivesMarks() {
        let text = "e" + String(repeating: "\u{301}", count: 500_000)
        let clean = PrintableText.clean(text)
        #expect(clean.unicodeScalars.count == 1 + PrintableText.greatestMarks)
        #expect(DisplayWidth.of(clean) == 1)
    }

    @Test(
        "Widths",
        arguments: [
            ("轮椅", 4), ("a", 1), ("é", 1), ("e\u{301}", 1), ("☎️", 2), ("😀", 2), ("👩🏽‍⚕️", 2), ("ﾊ", 1), ("，", 2),
            ("…", 1), ("·", 1), ("\u{200B}", 0), ("한", 2), ("🇨🇳", 2), ("§", 1), ("─", 1), ("〇", 2), ("𠮷", 2),
        ])
    func widths(text: String, width: Int) {
        #expect(DisplayWidth.of(text) == width)
    }
}
