import MatchCore
import Testing

@testable import Commands

@Suite("Terminal")
struct TerminalTests {
    @Test("Colours appear only where they are asked for")
    func colours() {
        let none = Terminal(environment: ["NO_COLOR": "1"], colour: .auto, isQuiet: false)
        #expect(!none.isColoured)
        #expect(Terminal(environment: ["NO_COLOR": "1"], colour: .always, isQuiet: false).isColoured)
        #expect(!Terminal(environment: [:], colour: .never, isQuiet: false).isColoured)
        #expect(Style.fault.applied(to: "x", isColoured: false) == "x")
        #expect(Style.fault.applied(to: "x", isColoured: true).hasPrefix("\u{1B}["))
    }

    @Test("Colour codes do not count as width")
    func colouredTable() {
        var table = Table([.text("a"), .number("n")])
        table.add([Table.Cell("轮椅", .good), Table.Cell("7", .poor)])
        let plain = table.lines(on: Terminal(width: 40))
        let coloured = table.lines(on: Terminal(width: 40, isColoured: true)).map { line in
            var kept = ""
            var isEscape = false
            for scalar in line.unicodeScalars {
                if scalar == "\u{1B}" { isEscape = true }
                if !isEscape { kept.unicodeScalars.append(scalar) }
                if isEscape, scalar == "m" { isEscape = false }
            }
            return kept
        }
        #expect(plain == coloured)
    }

    @Test("Progress is drawn at most ten times a second and leaves nothing behind")
    func progress() {
        let start = ContinuousClock.now
        var elapsed = Duration.zero
        var drawn: [String] = []
        let line = ProgressLine(
            "导入", total: 100_000, language: .zhHans, terminal: Terminal(width: 80, showsProgress: true),
            clock: { start + elapsed }, draw: { drawn.append($0) })
        for step in 0..<100_000 {
            elapsed = .microseconds(step * 10)
            line.update(Int64(step))
        }
        #expect(drawn.count == 10)
        #expect(drawn[5].contains("50%") && drawn[5].contains("/s") && drawn[5].contains("还需"))
        #expect(drawn.allSatisfy { DisplayWidth.of($0.filter { $0 != "\r" }) < 80 })
        line.finish()
        let last = drawn[drawn.count - 1]
        #expect(last.hasPrefix("\r") && last.hasSuffix("\r") && last.allSatisfy { $0 == " " || $0 == "\r" })
    }

    @Test("Progress stays silent where nobody watches")
    func silentProgress() {
        var drawn = 0
        let line = ProgressLine(
            "x", total: nil, language: .en, terminal: Terminal(width: nil), draw: { _ in drawn += 1 })
        line.update(1)
        line.finish()
        #expect(drawn == 0)
    }

    @Test("Numbers read as people write them")
    func numbers() {
        #expect(Numbers.grouped(1_234_567) == "1,234,567")
        #expect(Numbers.grouped(-999) == "-999")
        #expect(Numbers.score(873_199) == "0.8731")
        #expect(Numbers.score(1_000_000) == "1.0000")
        #expect(Numbers.score(0) == "0.0000")
        #expect(Numbers.duration(seconds: 3727) == "1:02:07")
        #expect(Numbers.duration(seconds: 42) == "0:42")
        #expect(Numbers.yuan(fen: 123_450) == "1,234.50")
        #expect(Numbers.yuan(fen: .min).hasPrefix("-92,233,720,368,547,758.08"))
    }

    @Test("A fault says what, where and what to do, and the same to a script")
    func faults() throws {
        let fault = CommandError(
            .notFound, LocalizedText(zhHans: "没有心愿“W-9”。", en: "There is no wish 'W-9'."), place: "demo.csv:3",
            advice: NameList.didYouMean(["W-90"]))
        let lines = fault.lines(in: .en, on: Terminal(width: nil))
        #expect(
            lines == ["error: There is no wish 'W-9'.", "  where: demo.csv:3", "  what to do: Did you mean 'W-90'?"])
        let json = try JSONOutput().line(fault.record(in: .zhHans))
        #expect(
            json == """
                {"error":{"advice":"您是不是要找：“W-90”？","code":"notFound","exitStatus":4,\
                "message":"没有心愿“W-9”。","place":"demo.csv:3"}}

                """)
    }
}
