internal import Casework
internal import HTTPTypes
internal import MatchCore
public import Operations
public import Wire

/// The description of the service in OpenAPI 3.1, made of the operations themselves.
public struct OpenAPIDocument: Sendable {
    public let json: JSONValue

    /// Throws only where an example cannot be encoded, which the tests rule out.
    ///
    /// - Parameter reference: the codes of the program that is served; without it codes are described as texts.
    public init(operations: [AnyOperation] = OperationList.all, reference: ReferenceData? = nil) throws {
        var components = SchemaComponents(codes: reference?.lists ?? [:])
        var paths = JSONObject()
        for operation in operations {
            let facts = operation.facts
            var item = JSONObject()
            let path = Self.path(of: operation)
            if case .object(let known)? = paths[path] { item = known }
            item[facts.method.rawValue.lowercased()] = try Self.document(operation, among: operations, &components)
            paths[path] = .object(item)
        }
        _ = ProblemBody.schema.document(in: &components)
        json = [
            "openapi": "3.1.0",
            "info": [
                "title": "Almoner 善配", "version": "1",
                "description":
                    "Wishes, offers, matches and claims of a charity programme. Almoner records pledges and hand-overs and never holds or moves money. 心愿、资源、匹配与认领。善配只登记认捐与交付，不持有、不划转资金。",
            ],
            "servers": [["url": "/"]],
            "tags": .list(Self.resources(operations).map { ["name": .text($0)] }),
            "paths": .object(paths),
            "components": [
                "schemas": .object(components.schemas),
                "responses": ["Problem": try Self.problemResponse()],
                "securitySchemes": [
                    "token": [
                        "type": "http", "scheme": "bearer",
                        "description":
                            "An opaque token, made with `almoner key create` or by signing in (`POST /v1/session`). 由 almoner key create 或登录（POST /v1/session）得到的令牌。",
                    ]
                ],
            ],
        ]
    }

    /// The document as the service gives it out, at `/openapi.json`.
    public var page: FixedPage {
        get throws { FixedPage(type: "application/json", bytes: try WireEncoder().encode(json)) }
    }

    private static func resources(_ operations: [AnyOperation]) -> [String] {
        var names: [String] = []
        for operation in operations where !names.contains(operation.facts.resource) {
            names.append(operation.facts.resource)
        }
        return names
    }

    /// The path with the names that its members have in the document.
    public static func path(of operation: AnyOperation) -> String {
        "/"
            + operation.facts.segments.map { segment in
                switch segment {
                case .word(let word): word
                case .member(let name): "{\(documented(name, of: operation))}"
                }
            }.joined(separator: "/")
    }

    /// Members of the path that are ids are called so, for generators of clients and tests to know them by.
    private static func documented(_ name: String, of operation: AnyOperation) -> String {
        guard let property = operation.input.properties.first(where: { $0.name == name }),
            case .text(.id, _) = property.schema.form
        else { return name }
        return name + "Id"
    }

    private static func words(_ text: LocalizedText) -> JSONValue { .text(text.en + " " + text.zhHans) }

    private static func document(
        _ operation: AnyOperation, among operations: [AnyOperation], _ components: inout SchemaComponents
    ) throws -> JSONValue {
        let facts = operation.facts
        let pathNames = facts.segments.compactMap { if case .member(let name) = $0 { name } else { nil } }
        let example = try operation.exampleInput()
        var parameters = operation.input.properties.filter { pathNames.contains($0.name) }
            .map { property in
                parameter(
                    property, named: documented(property.name, of: operation), in: "path", example[property.name],
                    &components)
            }
        let rest = operation.input.properties.filter { !pathNames.contains($0.name) }
        var document = JSONObject([
            ("operationId", .text(facts.id)), ("tags", [.text(facts.resource)]), ("summary", words(facts.summary)),
        ])
        let roles = facts.roles.map(\.rawValue).sorted().joined(separator: ", ")
        document["description"] = .text(
            (facts.details.map { $0.en + " " + $0.zhHans + "\n\n" } ?? "") + "Roles 角色: \(roles)")
        // Of the rate that the RateLimit fields speak of.
        document["x-rate-cost"] = .integer(Int64(facts.weight.rateCost))
        if case .intake? = operation.stream {
            parameters += rest.map { parameter($0, in: "query", example[$0.name], &components) }
            parameters.append(idempotencyKey)
            document["requestBody"] = importBody
        } else if facts.method == .get {
            parameters += rest.map { parameter($0, in: "query", example[$0.name], &components) }
            if operation.stream?.isRows != true { parameters.append(fields(operation)) }
            if case .feed? = operation.stream { parameters.append(lastEventID) }
        } else {
            if facts.takesKey { parameters.append(idempotencyKey) }
            if facts.precondition == .required { parameters.append(ifMatch) }
            if !rest.isEmpty {
                let schema =
                    pathNames.isEmpty ? operation.input : JSONSchema.object(nil, rest)
                var body = JSONObject()
                for property in rest { body[property.name] = example[property.name] }
                document["requestBody"] = [
                    "required": .flag(rest.contains(where: \.isRequired)),
                    "content": [
                        "application/json": [
                            "schema": schema.document(in: &components), "example": .object(body),
                        ]
                    ],
                ]
            }
        }
        if !parameters.isEmpty { document["parameters"] = .list(parameters) }
        document["responses"] = try responses(operation, among: operations, &components)
        document["security"] = facts.roles.contains(.guest) ? [[:], ["token": []]] : [["token": []]]
        return .object(document)
    }

    private static func parameter(
        _ property: JSONSchema.Property, named name: String? = nil, in place: String, _ example: JSONValue?,
        _ components: inout SchemaComponents
    ) -> JSONValue {
        var parameter = JSONObject([
            ("name", .text(name ?? property.name)), ("in", .text(place)),
            ("required", .flag(place == "path" || property.isRequired)),
            ("description", words(property.about)), ("schema", property.schema.document(in: &components)),
        ])
        if case .list = property.schema.form {
            parameter["style"] = "form"
            parameter["explode"] = false
        }
        if let example { parameter["example"] = example }
        return .object(parameter)
    }

    private static func fields(_ operation: AnyOperation) -> JSONValue {
        [
            "name": "fields", "in": "query", "required": false, "style": "form", "explode": false,
            "description": "Only these members of each record. 只返回这些字段。",
            "schema": [
                "type": "array", "minItems": 1,
                "items": ["type": "string", "enum": .list(operation.record.properties.map { .text($0.name) })],
            ],
        ]
    }

    private static let idempotencyKey: JSONValue = [
        "name": "Idempotency-Key", "in": "header", "required": true,
        "description": """
        A new UUID for each new request; the same again for a retry, which is answered with the same status and the record as \
        it is then, under Idempotency-Replayed: true. 每个新请求用新的 UUID；重试时不变，答以同一状态与记录现况，并带 \
        Idempotency-Replayed: true。
        """,
        "schema": ["type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"],
        "example": "5f1f8c3e-6a43-4b6e-9d57-9a5d0d6f8a11",
    ]

    /// The rows, in one of three forms.
    ///
    /// Lines and tables get no type: a schema speaks of JSON, and what travels is none as a whole. As a `string` it would
    /// claim that the text of an object is no line of an object.
    private static let importBody: JSONValue = [
        "required": true,
        "content": [
            "application/x-ndjson": [
                "schema": [
                    "description":
                        "A JSON object a line, one for each row; blank lines are passed over. 每行一个 JSON 对象，一行一条；空行略过。"
                ],
                "example":
                    "{\"externalID\":\"O-3\",\"party\":\"P-7\",\"kind\":\"goods\",\"line\":1,\"category\":\"wheelchair\",\"quantity\":5}\n",
            ],
            "text/csv": [
                "schema": ["description": "A header and a line for each row (RFC 4180). 首行为列名，每行一条（RFC 4180）。"]
            ],
            "multipart/form-data": [
                "schema": [
                    "type": "object", "required": ["map", "file"],
                    "properties": [
                        "map": ["type": "object", "description": "How columns become fields. 列与字段的对应。"],
                        "file": ["type": "string", "contentMediaType": "text/csv"],
                    ],
                ]
            ],
        ],
    ]

    private static let lastEventID: JSONValue = [
        "name": "Last-Event-ID", "in": "header", "required": false,
        "description": "Of an event stream: the id of the last event that came. 事件流：最后收到的事件编号。",
        "schema": ["type": "string", "minLength": 1, "maxLength": 400, "pattern": "^[0-9a-f]+$"],
    ]

    private static let ifMatch: JSONValue = [
        "name": "If-Match", "in": "header", "required": true,
        "description": "The ETag of the version that is changed. 所改版本的 ETag。",
        "schema": ["type": "string", "minLength": 3, "maxLength": 200, "pattern": "^\"[!#-~]+\"$"],
        "example": "\"3\"",
    ]

    private static func responses(
        _ operation: AnyOperation, among operations: [AnyOperation], _ components: inout SchemaComponents
    ) throws -> JSONValue {
        let facts = operation.facts
        let full = operation.answer.document(in: &components)
        // With `fields` the same record comes with some of its members.
        let schema: JSONValue =
            facts.method == .get && operation.stream?.isRows != true
            ? ["anyOf": [full, operation.partialAnswer.document(in: &components)]] : full
        var success = JSONObject([("description", words(facts.summary))])
        if facts.status != 204 {
            let isRows = operation.stream?.isRows == true
            var content = JSONObject()
            if case .file? = operation.stream {
                // Bytes that are no JSON have no schema.
                content["application/octet-stream"] = JSONValue.object(JSONObject())
            } else if isRows {
                content["application/x-ndjson"] = try lines(schema, operation)
            } else {
                content["application/json"] = ["schema": schema, "example": try operation.exampleAnswer()]
            }
            if case .feed? = operation.stream { content["text/event-stream"] = ["schema": ["type": "string"]] }
            if case .rows? = operation.stream { content["text/csv"] = ["schema": ["type": "string"]] }
            success["content"] = .object(content)
        }
        var headers = JSONObject([("ETag", ["schema": ["type": "string"]])])
        if facts.status == 201 { headers["Location"] = ["schema": ["type": "string"]] }
        if facts.takesKey {
            headers[HTTPField.Name.idempotencyReplayed.canonicalName] = [
                "description":
                    "There, and true, where this is the answer to an earlier request with the same Idempotency-Key. 同一 Idempotency-Key 的先前答复再次给出时为 true。",
                "schema": ["type": "string", "enum": ["true"]],
            ]
        }
        success["headers"] = .object(headers)
        let links = links(from: operation, to: operations)
        if !links.members.isEmpty { success["links"] = .object(links) }
        var responses = JSONObject([(String(facts.status), .object(success))])
        if facts.method == .get { responses["304"] = ["description": "Not changed since. 未变化。"] }
        for status in statuses(operation) where responses[String(status)] == nil {
            responses[String(status)] = ["$ref": "#/components/responses/Problem"]
        }
        if case .intake? = operation.stream {
            // Rows at fault are told of line by line, as those that were stored are.
            let problem: JSONValue = ["schema": ["$ref": "#/components/schemas/Problem"]]
            responses["422"] = [
                "description": "Nothing was stored: why, row by row or as a problem. 未写入：逐行原因，或整体错误。",
                "content": [
                    "application/x-ndjson": try lines(full, operation), "application/problem+json": problem,
                ],
            ]
        }
        return .object(responses)
    }

    /// One piece of JSON after the other, a line each. What stands in a line is said beside the schema, which is of the
    /// whole.
    private static func lines(_ line: JSONValue, _ operation: AnyOperation) throws -> JSONValue {
        let example = String(decoding: try WireEncoder().encode(operation.exampleAnswer()), as: UTF8.self)
        return ["schema": ["type": "string"], "x-itemSchema": line, "example": .text(example + "\n")]
    }

    /// What can be asked next about the record of an answer, or about the first of a list.
    private static func links(from operation: AnyOperation, to operations: [AnyOperation]) -> JSONObject {
        let words = operation.facts.segments
        guard case .word(let resource)? = words.dropFirst().first, words.count <= 3,
            let place = place(ofIDIn: operation.record)
        else { return JSONObject() }
        let root = operation.recordLevel > 0 ? "$response.body#/items/0" : "$response.body#"
        var links = JSONObject()
        for other in operations {
            let path = other.facts.segments
            guard path.count >= 3, path[1] == .word(resource), case .member(let name) = path[2],
                other.facts.id != operation.facts.id
            else { continue }
            links[other.facts.id] = [
                "operationId": .text(other.facts.id),
                "parameters": .object(JSONObject([(documented(name, of: other), .text(root + place))])),
            ]
        }
        return links
    }

    /// Where a record says its id; nil where it has none.
    private static func place(ofIDIn record: JSONSchema) -> String? {
        if record.properties.contains(where: { $0.name == "id" }) { return "/id" }
        guard let name = record.properties.first(where: { $0.name == "record" }) else { return nil }
        return name.schema.properties.contains { $0.name == "id" } ? "/record/id" : nil
    }

    /// The statuses of the problems that the operation can answer.
    private static func statuses(_ operation: AnyOperation) -> [Int] {
        let facts = operation.facts
        var statuses: Set<Int> = [400, 401, 403, 404, 405, 406, 408, 413, 414, 422, 429, 431, 500, 503, 507]
        if facts.method != .get { statuses.formUnion([409, 412, 415]) }
        if facts.precondition == .required { statuses.insert(428) }
        statuses.formUnion(facts.refusals)
        return statuses.sorted()
    }

    private static func problemResponse() throws -> JSONValue {
        [
            "description": "What is wrong and what to do (RFC 9457). 错误及处理办法。",
            "content": [
                "application/problem+json": [
                    "schema": ["$ref": "#/components/schemas/Problem"],
                    "example": try JSONValue(parsing: try WireEncoder().encode(ProblemBody.sample)),
                ]
            ],
        ]
    }
}
