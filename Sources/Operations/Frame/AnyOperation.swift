internal import Crypto
internal import MatchCore
public import Wire

/// An operation whose types were taken away: from JSON to bytes, with every error still the one that was thrown.
public struct AnyOperation: Sendable {
    public let facts: OperationFacts
    public let input: JSONSchema
    public let answer: JSONSchema
    /// Inputs and answers as the documentation shows them.
    public let exampleInput: @Sendable () throws -> JSONValue
    public let exampleAnswer: @Sendable () throws -> JSONValue
    /// How many objects and lists lie around the records of an answer: what `fields` speaks of.
    public let recordLevel: Int
    /// The record inside the answer.
    public let record: JSONSchema
    /// What it answers or takes besides one piece of JSON; nil for nothing.
    public let stream: OperationStream?
    /// Whether the groundwork is begun in a transaction that only reads.
    public let looksFirst: Bool
    private let prepare: (@Sendable (JSONValue, OperationContext) throws -> Groundwork)?
    private let body: @Sendable (JSONValue, OperationContext, OperationRequest) throws -> OperationAnswer

    public init<Input: Described, Answer: Projection>(_ operation: Operation<Input, Answer>) {
        self.init(operation, stream: nil)
    }

    init<Input: Described, Answer: Projection>(_ operation: Operation<Input, Answer>, stream: OperationStream?) {
        self.stream = stream
        facts = operation.facts
        input = Input.schema
        answer = Answer.schema
        let page = Answer.self as? any AnyPage.Type
        let isPaged = page != nil
        let recordLevel = isPaged ? 2 : 0
        self.recordLevel = recordLevel
        record = page?.itemSchema ?? Answer.schema
        exampleInput = { try Self.json(operation.example) }
        exampleAnswer = { try Self.json(Answer.sample) }
        looksFirst = operation.looksFirst
        if let groundwork = operation.groundwork {
            prepare = { json, context in
                try operation.facts.admit(context.viewer)
                return try groundwork(try WireDecoder().decode(Input.self, from: json), context)
            }
        } else {
            prepare = nil
        }
        body = { json, context, request in
            try operation.facts.admit(context.viewer)
            let input = try WireDecoder().decode(Input.self, from: json)
            // Also where the viewer's list has one page alone and looks at no place.
            if isPaged, case .text(let cursor)? = json["cursor"] { _ = try Cursor(text: cursor) }
            var tag: String?
            if request.ifMatch != nil {
                if let current = operation.current {
                    let before = try operation.project(try current(input, context), in: context)
                    tag = Self.tag(before, try WireEncoder().encode(before))
                } else {
                    tag = try operation.currentTag?(input, context)
                }
            }
            if let expected = request.ifMatch, let tag {
                guard expected.contains(tag) else {
                    throw Problem(
                        .preconditionFailed, "The record was changed since. Read it again and send its new ETag.",
                        zhHans: "记录已被更改。请重新读取并使用新的 ETag。")
                }
            }
            let answer = try operation.answer(input, in: context)
            var bytes = try WireEncoder().encode(answer)
            let answerTag = Self.tag(answer, bytes)
            if let fields = request.fields {
                bytes = try WireEncoder(fields: fields, level: recordLevel).encode(answer)
            }
            return OperationAnswer(
                bytes: bytes, tag: answerTag, location: operation.location(answer),
                next: (answer as? any AnyPage)?.next,
                shown: (answer as? any AnyList)?.count ?? 1)
        }
    }

    /// An operation that takes or gives rows, or gives a file; `record` describes one line of what it answers.
    init(
        _ facts: OperationFacts, input: JSONSchema, example: some Encodable & Sendable, record: JSONSchema,
        sample: some Encodable & Sendable, stream: OperationStream
    ) {
        self.facts = facts
        self.input = input
        self.answer = record
        self.record = record
        self.stream = stream
        recordLevel = 0
        (prepare, looksFirst) = (nil, false)
        exampleInput = { try Self.json(example) }
        exampleAnswer = { try Self.json(sample) }
        body = { _, _, _ in
            throw Problem(.notAcceptable, "This does not come as one piece of JSON.", zhHans: "此内容不以单个 JSON 提供。")
        }
    }

    /// The answer when `fields` leaves out some members of its records.
    public var partialAnswer: JSONSchema {
        guard recordLevel > 0 else { return record.partial }
        return .object(
            answer.name.map { $0 + "Part" },
            answer.properties.map { property in
                guard property.name == "items" else { return property }
                return .required(
                    "items", .list(of: record.partial, 0...PageRequest.most), property.about.en, property.about.zhHans)
            })
    }

    /// Runs in a transaction, with an input that has passed ``input``.
    public func run(_ input: JSONValue, in context: OperationContext, _ request: OperationRequest = OperationRequest())
        throws -> OperationAnswer
    {
        try body(input, context, request)
    }

    /// Whether something has to be worked out before it runs.
    public var hasGroundwork: Bool { prepare != nil }

    /// Begins what has to be worked out before, in a transaction of its own, whose changes stand; nil for nothing.
    public func groundwork(_ input: JSONValue, in context: OperationContext) throws -> Groundwork? {
        try prepare?(input, context)
    }

    /// The entity tag: the record's version where it has one, else a digest of all its bytes.
    private static func tag(_ answer: some Projection, _ bytes: [UInt8]) -> String {
        if let version = answer.entityVersion { return version }
        return String(unsafeUninitializedCapacity: 24) { text in
            var count = 0
            for byte in SHA256.hash(data: bytes).prefix(12) {
                for digit in [byte >> 4, byte & 15] {
                    text[count] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit
                    count += 1
                }
            }
            return count
        }
    }

    private static func json(_ value: some Encodable) throws -> JSONValue {
        try JSONValue(parsing: try WireEncoder().encode(value))
    }
}

/// What a request says besides its input.
public struct OperationRequest: Sendable {
    /// The only members of the record that are wanted; nil for all.
    public var fields: Set<String>?
    /// The tags of `If-Match`; nil where there is none.
    public var ifMatch: TagList?

    public init(fields: Set<String>? = nil, ifMatch: TagList? = nil) {
        self.fields = fields
        self.ifMatch = ifMatch
    }
}

/// The entity tags of `If-Match` or `If-None-Match`, without their quotes; or `*`.
public enum TagList: Sendable, Hashable {
    case any
    case tags(Set<String>)

    public func contains(_ tag: String) -> Bool {
        switch self {
        case .any: true
        case .tags(let tags): tags.contains(tag)
        }
    }
}

/// What an operation answered.
public struct OperationAnswer: Sendable {
    public var bytes: [UInt8]
    /// The entity tag, without quotes; the same for every choice of fields.
    public var tag: String
    /// The path of what was made.
    public var location: String?
    /// The cursor of the next page.
    public var next: String?
    /// How many records it shows.
    public var shown = 1
}
