import MatchCore
import Testing

@Suite struct GramCutterTests {
    private let cutter = GramCutter(categories: .empty)

    private func grams(_ text: String) -> Set<String> { Set(cutter.grams(of: text).map(\.text)) }

    @Test func chineseIsCutIntoPairsAndLettersIntoTriples() {
        #expect(grams("学习桌椅") == ["学习", "习桌", "桌椅"])
        #expect(grams("fan") == ["^fa", "fan", "an$"])
        #expect(grams("床") == ["床"])
        #expect(grams("4G") == ["^4g", "4g$"])
    }

    @Test func mixedScriptsAreCutWhereTheScriptChanges() {
        #expect(grams("LED灯一盏") == ["^le", "led", "ed$", "灯一", "一盏"])
        #expect(grams("二〇二六年") == ["二〇", "〇二", "二六", "六年"])
    }

    @Test(arguments: [
        ("ＦＡＮ", "fan"), ("Fan", "fan"), ("学习　桌椅", "学习 桌椅"), ("桌，椅。", "桌 椅"), ("  fan!! ", "fan"),
        ("ÉCOLE", "école"), ("ＡＢＣ１２３", "abc123"),
    ])
    func widthCaseAndPunctuationDoNotMatter(pair: (String, String)) {
        #expect(cutter.grams(of: pair.0) == cutter.grams(of: pair.1))
    }

    @Test(arguments: ["", " ", "。！？", "🙂🙂", "\u{3000}", "\u{0301}\u{0301}"])
    func textsWithoutWordsHaveNoGrams(text: String) {
        #expect(cutter.grams(of: text).isEmpty)
    }

    @Test func gramsAreAscendingAndStandOnce() {
        let grams = cutter.grams(of: "电风扇电风扇电风扇 fan fan")
        #expect(grams == Set(grams).sorted())
    }

    @Test func whatAGramIsCutFromDoesNotRunIntoItsNeighbour() {
        // Over the word border there is no gram, so that the order of words hardly matters.
        #expect(grams("桌 椅") == ["桌", "椅"])
        #expect(grams("a b") == ["^a$", "^b$"])
    }

    /// The gate bounds texts too, but a text must never stall the ranking of the others.
    @Test func longTextsTakeLinearTimeAndTheirEndDoesNotCount() {
        func seconds(_ scalars: Int, _ unit: String) -> Double {
            let text = String(repeating: unit, count: scalars / unit.unicodeScalars.count)
            return threadSeconds { _ = cutter.grams(of: text) }
        }
        for unit in ["电风扇", "fan ", "e\u{0301}", "\u{0301}"] {
            let (short, long) = (seconds(8_000, unit), seconds(64_000, unit))
            // Eight times the text: linear takes 8 times as long, quadratic 64 times.
            #expect(long < short * 30 + 0.01, "\(unit): \(short) s, then \(long) s")
            #expect(seconds(2_000_000, unit) < long * 10 + 0.05, "\(unit)")
        }
        let start = String(repeating: "桌", count: 65_536)
        #expect(cutter.grams(of: start + "电风扇") == cutter.grams(of: start))
    }
}
