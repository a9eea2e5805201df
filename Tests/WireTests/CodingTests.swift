import MatchCore
import Testing
import Wire

private struct Sample: Codable, Equatable {
    enum Kind: String, Codable { case first, second }
    struct Part: Codable, Equatable {
        var number: Int
        var isDone: Bool
        var share: Double
    }
    var id: RecordID
    var kind: Kind
    var text: String
    var nothing: String?
    var quantity: Int64
    var at: Timestamp
    var day: Day
    var parts: [Part]
    var names: [String]
    var empty: [Part]
    var small: UInt8
}

@Suite struct CodingTests {
    private let sample = Sample(
        id: RecordID(high: 0x0193_5A00_0000_7000, low: 0x8000_0000_0000_0001), kind: .second, text: "轮椅 \"A\"\n",
        nothing: nil, quantity: .max, at: Timestamp(milliseconds: 1_795_336_200_007), day: Day(number: 20_779),
        parts: [.init(number: -1, isDone: true, share: 0.5), .init(number: 2, isDone: false, share: 1e-7)],
        names: ["a", "长一点的名字"], empty: [], small: 255)

    /// Eight bytes are looked at together: what needs an escape is found in any place among any others.
    @Test func whatNeedsAnEscapeIsFoundAnywhere() throws {
        let forms: [(scalar: String, written: String)] = [
            ("\"", #"\""#), ("\\", #"\\"#), ("\n", #"\n"#), ("\t", #"\t"#), ("\u{01}", #"\u0001"#),
            ("\u{1F}", #"\u001f"#),
            (" ", " "), ("!", "!"), ("#", "#"), ("[", "["), ("]", "]"), ("\u{7F}", "\u{7F}"), ("é", "é"), ("轮", "轮"),
        ]
        for length in [1, 7, 8, 9, 17] {
            for place in 0..<length {
                for form in forms {
                    var (text, written) = (
                        [String](repeating: "x", count: length), [String](repeating: "x", count: length)
                    )
                    (text[place], written[place]) = (form.scalar, form.written)
                    let bytes = try WireEncoder().encode(text.joined())
                    try #require(
                        bytes.elementsEqual("\"\(written.joined())\"".utf8), "\(text.joined().debugDescription)")
                }
            }
        }
    }

    @Test func membersComeInTheirOrderAndNothingBetween() throws {
        let text = String(decoding: try WireEncoder().encode(sample), as: UTF8.self)
        #expect(
            text == #"{"id":"01935a00-0000-7000-8000-000000000001","kind":"second","text":"轮椅 \"A\"\n","#
                + #""quantity":9223372036854775807,"at":"2026-11-22T08:30:00.007Z","day":"2026-11-22","#
                + #""parts":[{"number":-1,"isDone":true,"share":0.5},{"number":2,"isDone":false,"share":1e-07}],"#
                + #""names":["a","长一点的名字"],"empty":[],"small":255}"#)
    }

    @Test func whatIsEncodedDecodesToTheSame() throws {
        let json = try JSONValue(parsing: try WireEncoder().encode(sample))
        #expect(try WireDecoder().decode(Sample.self, from: json) == sample)
    }

    @Test func fieldsLeaveOutWhatIsNotNamed() throws {
        let bytes = try WireEncoder(fields: ["kind", "small"]).encode(sample)
        #expect(String(decoding: bytes, as: UTF8.self) == #"{"kind":"second","small":255}"#)
        let nested = try WireEncoder(fields: ["number"], level: 2).encode(["items": sample.parts])
        #expect(String(decoding: nested, as: UTF8.self) == #"{"items":[{"number":-1},{"number":2}]}"#)
    }

    @Test func aNumberThatJSONDoesNotHaveIsRefused() {
        #expect(throws: EncodingError.self) { try WireEncoder().encode([Double.nan]) }
    }

    @Test func whatDoesNotFitIsNamedByPlace() {
        #expect {
            try WireDecoder().decode([Sample.Part].self, from: [["number": 1, "isDone": 3, "share": 1]])
        } throws: { ($0 as? Problem)?.fields.first?.place == "/0/isDone" }
    }
}
