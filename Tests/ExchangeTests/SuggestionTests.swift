import Exchange
import InputGate
import Testing

@Suite struct SuggestionTests {
    private let categories = Suggestion(["轮椅", "电动轮椅", "拐杖", "electric fan", "wheelchair"])

    @Test(arguments: [
        ("轮倚", "轮椅"), ("wheelchiar", "wheelchair"), ("Electric Fan ", "electric fan"), ("拐仗", "拐杖"),
        ("fan", "electric fan"),
    ])
    func theClosestWordIsNamedFirst(_ typed: String, _ meant: String) {
        #expect(categories.closest(to: typed).first == meant)
    }

    @Test(arguments: ["", "床", "umbrella", "电视"])
    func whatIsFarFromAllGetsNoSuggestion(_ typed: String) {
        #expect(categories.closest(to: typed).isEmpty)
        #expect(categories.sentence(for: typed).english.isEmpty)
    }

    @Test func endlessWordsAreComparedQuickly() {
        let time = ContinuousClock().measure { _ = categories.closest(to: String(repeating: "轮", count: 500_000)) }
        #expect(time < .seconds(2))
    }
}
