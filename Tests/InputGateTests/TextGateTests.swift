import InputGate
import Testing

@Suite struct TextGateTests {
    @Test(arguments: [
        "", "一张学习桌椅", "line\nnext\r\n\ttab", "e\u{301}", "👩‍👩‍👧", "หนึ่ง ที่", String(repeating: "字", count: 30_000),
    ])
    func ordinaryTextsPass(_ text: String) throws {
        try TextGate().check(text)
    }

    @Test func thirtyMarksPassAndThirtyOneDoNot() throws {
        try TextGate().check("a" + String(repeating: "\u{301}", count: 30))
        try TextGate().check(String(repeating: "a" + String(repeating: "\u{20DD}", count: 30), count: 9))
        expect(.tooManyCombiningMarks, at: 61, for: Array(("a" + String(repeating: "\u{301}", count: 31)).utf8))
    }

    @Test func halfAMillionMarksAreRefusedQuickly() {
        let bytes = Array(String(repeating: "\u{301}", count: 500_000).utf8)
        let time = ContinuousClock().measure {
            expect(
                .tooManyCombiningMarks, for: bytes,
                limits: GateLimits(maximumBytes: 2_000_000))
        }
        #expect(time < .seconds(1))
    }

    @Test(arguments: Array(0..<0x20) + [0x7F, 0x80, 0x9F] as [UInt32])
    func controlsAreRefusedWhereverTheyStand(_ value: UInt32) throws {
        for before in 0..<17 {
            let text = String(repeating: "x", count: before) + String(Unicode.Scalar(value)!) + "tail of the text"
            if [9, 10, 13].contains(value) {
                try TextGate().check(text)
            } else {
                expect(value == 0 ? .nulCharacter : .controlCharacter, at: before, for: Array(text.utf8))
            }
        }
    }

    @Test(
        arguments: [
            [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80], [0xE4, 0xBD], [0xFF], [0xD6, 0xD0, 0xCE, 0xC4],
        ] as [[UInt8]])
    func badUTF8IsRefused(_ bytes: [UInt8]) {
        expect(.invalidUTF8, at: 3, for: Array("abc".utf8) + bytes)
    }

    @Test func everyScalarIsJudgedAsItsCategorySays() throws {
        let gate = TextGate(limits: GateLimits(maximumCombiningRun: 0))
        for value in UInt32(0xA0)..<0x30000 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let isMark = [.nonspacingMark, .spacingMark, .enclosingMark].contains(scalar.properties.generalCategory)
            let passes = (try? gate.check(String(scalar))) != nil
            if passes == isMark { Issue.record("U+\(String(value, radix: 16)) is judged wrongly") }
        }
    }

    @Test func lengthCountsScalarsNotCharacters() {
        expect(.tooLong, for: Array(String(repeating: "e\u{301}", count: 150).utf8), limits: .search)
    }

    @Test func messagesSayWhereAndWhatInBothLanguages() {
        let error = #expect(throws: GateError.self) { try TextGate().check("ab\0") }
        #expect(error?.message == "At byte 2: the character U+0000 is not accepted. Remove it.")
        #expect(error?.wording.text(in: "zh-Hans") == "第 2 字节处：不接受字符 U+0000，请删除。")
    }

    private func expect(
        _ code: GateError.Code, at offset: Int? = nil, for bytes: [UInt8], limits: GateLimits = .cell,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let error = #expect(throws: GateError.self, sourceLocation: sourceLocation) {
            try TextGate(limits: limits).check(bytes)
        }
        #expect(error?.code == code, sourceLocation: sourceLocation)
        if let offset { #expect(error?.offset == offset, sourceLocation: sourceLocation) }
    }
}
