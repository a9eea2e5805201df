import InputGate
import Testing

@Suite struct JSONGateTests {
    @Test(arguments: [
        "{}", "[]", "null", " true ", "-0.5e+10", "\"\"", "[1,2,[3,{\"a\":null}]]", "{\"a\":1,\"b\":{\"a\":2}}",
        "[{\"a\":1},{\"a\":1}]", "\"\\ud83d\\ude00 \\u00e9\\n\\/\"", "{\"text\":\"一张学习桌椅\"}", "\n[ 1 , 2 ]\r\n",
    ])
    func soundBodiesPass(_ body: String) throws {
        try JSONGate().check(Array(body.utf8))
    }

    @Test(
        arguments: [
            ("", .malformed), ("{", .malformed), ("[1 2]", .malformed), ("[01]", .malformed), ("[1.]", .malformed),
            ("[+1]", .malformed), ("[.5]", .malformed), ("[1e]", .malformed), ("[NaN]", .malformed),
            ("'a'", .malformed),
            ("[tru]", .malformed), ("{a:1}", .malformed), ("{\"a\"}", .malformed), ("[1}", .malformed),
            ("]", .malformed),
            ("\"abc", .malformed), ("\"\\x\"", .malformed), ("\"\\u12g4\"", .malformed), ("[,1]", .malformed),
            ("{\"a\":}", .malformed), ("// c\n1", .malformed), ("[1,]", .trailingComma),
            ("{\"a\":1 , }", .trailingComma),
            ("1 2", .trailingContent), ("{} x", .trailingContent), ("\u{FEFF}{}", .byteOrderMark),
            ("\"\\u0000\"", .nulCharacter), ("\"a\0\"", .nulCharacter), ("\"a\nb\"", .controlCharacter),
            ("\"\\b\"", .controlCharacter), ("\"\\u001f\"", .controlCharacter), ("\"\\u007F\"", .controlCharacter),
            ("\"\u{85}\"", .controlCharacter), ("\"\\ud800\"", .loneSurrogate), ("\"\\udc00\\ud800\"", .loneSurrogate),
            ("\"\\ud800\\u0041\"", .loneSurrogate), ("\"\\ud83dx\"", .loneSurrogate), ("{\"é\":1}", .keyNotPlain),
            ("{\"\\u0061\":1}", .keyNotPlain), ("{\"a\":1,\"b\":2,\"a\":3}", .duplicateKey),
            ("{\"x\":{\"a\":1,\"a\":2}}", .duplicateKey),
        ] as [(String, GateError.Code)])
    func unsoundBodiesAreRefused(_ body: String, _ code: GateError.Code) {
        #expect(refusal(of: body)?.code == code)
    }

    @Test func aKeyAfterANestedObjectIsStillComparedWithItsOwn() {
        #expect(refusal(of: "{\"a\":{\"b\":1},\"a\":2}")?.code == .duplicateKey)
        #expect(refusal(of: "{\"a\":{\"a\":1},\"b\":[{\"a\":1}]}") == nil)
    }

    @Test func limitsHoldToTheByte() {
        #expect(refusal(of: String(repeating: "[", count: 32) + String(repeating: "]", count: 32)) == nil)
        #expect(refusal(of: String(repeating: "[", count: 33) + String(repeating: "]", count: 33))?.code == .tooDeep)
        #expect(refusal(of: "{\"\(String(repeating: "k", count: 64))\":1}") == nil)
        #expect(refusal(of: "{\"\(String(repeating: "k", count: 65))\":1}")?.code == .keyTooLong)
        #expect(refusal(of: String(repeating: "9", count: 65))?.code == .numberTooLong)
        let many = "[" + String(repeating: "1,", count: 99_998) + "1]"
        #expect(refusal(of: many) == nil)
        #expect(refusal(of: "[1," + many.dropFirst())?.code == .tooManyTokens)
        #expect(refusal(of: "\"\(String(repeating: "x", count: 1 << 20))\"")?.code == .tooLong)
    }

    @Test func marksCountHoweverTheyAreWritten() {
        let escaped = String(repeating: "\\u0301", count: 16)
        let plain = String(repeating: "\u{301}", count: 15)
        #expect(refusal(of: "\"a\(escaped)\(plain)\"")?.code == .tooManyCombiningMarks)
        #expect(refusal(of: "[\"a\(escaped)\",\"\(plain)\"]") == nil)
    }

    @Test func bodiesThatStallADecoderAreRefusedQuickly() {
        let key = "{\"a" + String(repeating: "\u{301}", count: 120_000) + "\":1}"
        let deep = String(repeating: "[", count: 1_000_000)
        let members = "{" + (0..<49_999).map { "\"key\($0)\":1" }.joined(separator: ",") + "}"
        let time = ContinuousClock().measure {
            #expect(refusal(of: key)?.code == .keyNotPlain)
            #expect(refusal(of: deep)?.code == .tooDeep)
            #expect(refusal(of: members) == nil)
        }
        #expect(time < .seconds(3))
    }

    /// Cutting a body short or changing one byte must end in a verdict, never in a crash.
    @Test func anyDamageEndsInAVerdict() {
        var body = Array("{\"a\":[1,-2.5e3,\"\\ud83d\\ude00é\",true],\"b\":{\"c\":null}}".utf8)
        for end in 0..<body.count { #expect(throws: GateError.self) { try JSONGate().check(Array(body[..<end])) } }
        for index in body.indices {
            let kept = body[index]
            for byte in UInt8.min...UInt8.max {
                body[index] = byte
                try? JSONGate().check(body)
            }
            body[index] = kept
        }
    }

    private func refusal(of body: String) -> GateError? {
        do {
            try JSONGate().check(Array(body.utf8))
            return nil
        } catch {
            return error
        }
    }
}
