import MatchCore
import Testing
import Wire

/// Texts that are sent are kept as those of a file are: without spaces at their ends.
@Suite struct SettlingTests {
    private let schema = JSONSchema.object(
        nil,
        [
            .required("name", .text(1...4), "A name.", "名称。"),
            .optional("note", .text(0...4), "A note.", "备注。"),
            .optional("password", .text(1...4).exact, "To the letter.", "逐字。"),
            .optional("reason", .code, "A code.", "代码。"),
            .optional("area", .area, "An area.", "区划。"),
            .optional("tags", .list(of: .text(1...9), 0...3).distinct, "Tags.", "标签。"),
            .optional("place", .object(nil, [.required("words", .text(1...9), "Words.", "文字。")]), "A place.", "地点。"),
            .optional("words", JSONSchema(.map(.text(0...9), most: 3)), "Words by name.", "文字。"),
        ])

    private func value(_ json: String) throws -> JSONValue { try JSONValue(parsing: Array(json.utf8)) }

    @Test(arguments: [
        (#"{"name":" ab ","note":"\u3000"}"#, #"{"name":"ab","note":""}"#),
        (
            #"{"name":"a b","tags":["x "," y"],"place":{"words":"z\n"}}"#,
            #"{"name":"a b","tags":["x","y"],"place":{"words":"z"}}"#
        ),
        (#"{"name":"a","words":{"b":" c ","d":"e"}}"#, #"{"name":"a","words":{"b":"c","d":"e"}}"#),
        // A password is what was typed; a code with a space is none, and is refused as it is.
        (#"{"name":"a","password":" p "}"#, #"{"name":"a","password":" p "}"#),
        (#"{"name":"a","reason":" r","area":" c"}"#, #"{"name":"a","reason":" r","area":" c"}"#),
    ])
    func textsAreKeptWithoutSpacesAtTheirEnds(sent: String, kept: String) throws {
        #expect(schema.settled(try value(sent)) == (try value(kept)))
    }

    @Test(arguments: [
        (#"{"name":"   "}"#, ["/name"]), (#"{"name":"\u200b"}"#, ["/name"]), (#"{"name":"\u200d\ufe0f"}"#, ["/name"]),
        (#"{"name":""}"#, ["/name"]), (#"{"name":"a","note":"\u200b"}"#, []),
        (#"{"name":"a","password":" "}"#, ["/password"]),
        // The most is of what is sent.
        (#"{"name":" abc "}"#, ["/name"]), (#"{"name":" ab "}"#, []),
        (#"{"name":"a","tags":["x","x "]}"#, ["/tags/1"]),
        (#"{"name":"a","place":{"words":"\u2060"}}"#, ["/place/words"]),
    ])
    func whatNobodySeesIsNoText(sent: String, places: [String]) throws {
        #expect(schema.faults(in: try value(sent)).map(\.place) == places)
    }
}
