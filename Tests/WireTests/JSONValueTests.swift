import InputGate
import MatchCore
import Testing
import Wire

@Suite struct JSONValueTests {
    @Test(arguments: [
        ("0", JSONValue.integer(0)), ("-0", 0), ("-1", -1), ("1e3", 1000), ("2.0", 2), ("10e-1", 1),
        ("0.1", .decimal("0.1")),
        ("9007199254740993", .integer(9_007_199_254_740_993)), ("9223372036854775807", .integer(.max)),
        ("-9223372036854775808", .integer(.min)), ("9223372036854775808", .decimal("9223372036854775808")),
        ("0e999999", 0), ("1e400", .decimal("1e400")), ("1e-400", .decimal("1e-400")),
    ])
    func numbersAreExactOrKeptAsWritten(text: String, expected: JSONValue) throws {
        #expect(try JSONValue(parsing: Array(text.utf8)) == expected)
    }

    @Test func objectsKeepTheirOrder() throws {
        let value = try JSONValue(parsing: Array(#" { "b" : [ 1 , true , null ] , "a" : { } } "#.utf8))
        #expect(value == ["b": [1, true, .null], "a": [:]])
        guard case .object(let object) = value else { return }
        #expect(object.members.map(\.name) == ["b", "a"])
    }

    @Test func textsAreComposedAndUnescaped() throws {
        let value = try JSONValue(parsing: Array(#"["e\u0301 \n\"\\ \uD83D\uDE00","心愿"]"#.utf8))
        #expect(value == ["\u{E9} \n\"\\ 😀", "心愿"])
        guard case .list(let values) = value, case .text(let text) = values[0] else { return }
        #expect(Array(text.unicodeScalars).first?.value == 0xE9)
    }

    @Test(arguments: [#"{"a":1,"a":2}"#, "[1,]", #""\u0000""#, "\u{FEFF}1", "[1] 2", ""])
    func theGateStandsBeforeTheParser(text: String) {
        #expect(throws: GateError.self) { try JSONValue(parsing: Array(text.utf8)) }
    }

    @Test func whatIsWrittenReadsBackTheSame() throws {
        let value: JSONValue = ["text": "a\u{1}\"\\/\t心", "list": [[], [:], 1.0e3.json], "min": .integer(.min)]
        // Control characters are written as escapes, which the gate then refuses: so without the first text.
        let bytes = try WireEncoder().encode(value)
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == #"{"text":"a\u0001\"\\/\t心","list":[[],{},1000],"min":-9223372036854775808}"#)
    }
}

extension Double {
    fileprivate var json: JSONValue { .integer(Int64(self)) }
}
