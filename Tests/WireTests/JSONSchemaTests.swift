import MatchCore
import Testing
import Wire

@Suite struct JSONSchemaTests {
    private let schema = JSONSchema.object(
        nil,
        [
            .required("quantity", .quantity, "How much.", "数量。"),
            .optional("id", .id, "An id.", "编号。"),
            .optional("day", .day, "A day.", "日期。"),
            .optional("at", .moment, "A moment.", "时间。"),
            .optional("reason", .code, "A code.", "代码。"),
            .optional("tags", .list(of: .text(1...3), 0...2), "Tags.", "标签。"),
            .optional("kind", .choice(["a", "b"]), "A kind.", "类别。"),
        ])

    private func places(_ json: String) throws -> [String] {
        schema.faults(in: try JSONValue(parsing: Array(json.utf8))).map(\.place)
    }

    @Test(arguments: [
        #"{"quantity":1}"#, #"{"quantity":9000000000000}"#, #"{"quantity":1e3}"#,
        #"{"quantity":1,"id":"01935a00-0000-7000-8000-000000000001","day":"2026-02-28"}"#,
        #"{"quantity":1,"at":"2026-11-22T08:30:00Z","reason":"phone","tags":["心愿"],"kind":"b"}"#,
        #"{"quantity":1,"at":"2026-11-22T16:30:00.123456+08:00"}"#,
    ])
    func whatFitsHasNoFaults(json: String) throws {
        #expect(try places(json) == [])
    }

    @Test(arguments: [
        ("{}", ["/quantity"]), (#"{"quantity":0}"#, ["/quantity"]), (#"{"quantity":-1}"#, ["/quantity"]),
        (#"{"quantity":0.1}"#, ["/quantity"]), (#"{"quantity":9007199254740993}"#, ["/quantity"]),
        (#"{"quantity":9223372036854775807}"#, ["/quantity"]), (#"{"quantity":9223372036854775808}"#, ["/quantity"]),
        (#"{"quantity":"1"}"#, ["/quantity"]), (#"{"quantity":null}"#, ["/quantity"]),
        (#"{"quantity":1,"qty":2}"#, ["/qty"]), (#"{"quantity":1,"a/b~":2}"#, ["/a~1b~0"]),
        (#"{"quantity":1,"day":"2026-02-30"}"#, ["/day"]), (#"{"quantity":1,"at":"2026-11-22 08:30"}"#, ["/at"]),
        (#"{"quantity":1,"reason":"because of"}"#, ["/reason"]),
        (#"{"quantity":1,"tags":["abcd","",3]}"#, ["/tags", "/tags/0", "/tags/1"]),
        (#"{"quantity":1,"kind":"c"}"#, ["/kind"]), ("[]", [""]),
    ])
    func everyFaultIsNamedAtItsPlace(json: String, expected: [String]) throws {
        #expect(try places(json) == expected)
    }

    /// A key for a donor names its party, and one for a desk has none.
    private static let kinds = JSONSchema.object(
        nil,
        [
            .required("role", .choice(["donor", "desk", "office"]), "The role.", "角色。"),
            .optional("party", .text(1...9), "The party.", "主体。"),
        ]
    ).told(
        apartBy: "role",
        [JSONSchema.Kind(["desk", "office"], refuses: ["party"]), JSONSchema.Kind(["donor"], needs: ["party"])])

    @Test(
        arguments: [
            (#"{"role":"donor","party":"p"}"#, []), (#"{"role":"desk"}"#, []), (#"{"role":"donor"}"#, ["/party"]),
            (#"{"role":"office","party":"p"}"#, ["/party"]), (#"{"party":"p"}"#, ["/role"]),
            (#"{"role":"x"}"#, ["/role"]),
        ] as [(String, [String])])
    func anObjectHoldsWhatItsKindDoes(json: String, expected: [String]) throws {
        #expect(Self.kinds.faults(in: try JSONValue(parsing: Array(json.utf8))).map(\.place) == expected)
    }

    @Test func theDocumentShowsEachKindByItself() throws {
        var components = SchemaComponents()
        let document = Self.kinds.document(in: &components)
        guard case .list(let variants)? = document["oneOf"] else {
            Issue.record("\(document)")
            return
        }
        #expect(variants.map { $0["properties"]?["role"]?["enum"] } == [["desk", "office"], ["donor"]])
        #expect(variants.map { $0["properties"]?["party"] != nil } == [false, true])
        #expect(variants.map { $0["required"] } == [["role"], ["role", "party"]])
    }

    @Test func aDistinctListTakesNothingTwice() throws {
        let schema = JSONSchema.list(of: .text(1...3), 0...3).distinct
        #expect(schema.faults(in: ["a", "b"]) == [])
        #expect(schema.faults(in: ["a", "b", "a"]).map(\.place) == ["/2"])
        var components = SchemaComponents()
        #expect(schema.document(in: &components)["uniqueItems"] == true)
    }

    @Test func aHostileBodyGetsFiftyFaultsAtMost() throws {
        let members = (0..<5_000).map { "\"k\($0)\":1" }.joined(separator: ",")
        #expect(try places("{\(members)}").count == 50)
    }

    @Test func sentencesSayWhatToDoInBothLanguages() throws {
        let fault = try #require(schema.faults(in: ["quantity": 0]).first)
        #expect(fault.message.en == "0 is out of range; give 1 to 9000000000000.")
        #expect(fault.message.zhHans == "0 超出范围，应为 1 至 9000000000000。")
    }

    @Test func textsOfQueriesBecomeWhatIsExpected() {
        #expect(JSONSchema.quantity.value(ofText: "12") == 12)
        #expect(JSONSchema.quantity.value(ofText: "1x") == "1x")
        #expect(JSONSchema.flag.value(ofText: "true") == true)
        #expect(JSONSchema.list(of: .code, 0...9).value(ofText: "a,b") == ["a", "b"])
    }
}
