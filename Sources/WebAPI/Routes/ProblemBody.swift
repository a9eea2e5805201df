internal import HTTPTypes
internal import MatchCore
internal import Operations
internal import Wire

/// A problem as its JSON body: RFC 9457.
struct ProblemBody: Described {
    let type: String
    let title: String
    let status: Int
    let detail: String
    let instance: String
    let requestID: String
    let errors: [Fault]?

    struct Fault: Described {
        let pointer: String
        let detail: String

        static let schema = JSONSchema.object(
            "Fault",
            [
                .required(
                    "pointer", .text(0...1_000), "A JSON pointer into the body, '?name' of the query.",
                    "请求体中的 JSON 指针，或查询参数 ?name。"),
                .required("detail", .text(1...10_000), "What is wrong there and what to do.", "错误及处理办法。"),
            ])
        static let sample = Fault(pointer: "/quantity", detail: "0 is out of range; give 1 to 9000000000000.")
    }

    static let schema = JSONSchema.object(
        "Problem",
        [
            .required(
                "type", .choice(ProblemKind.allCases.map(\.type)), "The kind of problem; stable.", "问题类型，固定不变。"),
            .required("title", .text(1...200), "The kind in words.", "问题类型说明。"),
            .required("status", .integer(400...599), "The HTTP status.", "HTTP 状态码。"),
            .required("detail", .text(1...10_000), "What is wrong and what to do.", "错误及处理办法。"),
            .required("instance", .text(1...100_000), "The address that was asked.", "请求地址。"),
            .required("requestID", .text(0...200), "The request's id, also X-Request-ID.", "请求编号，同 X-Request-ID。"),
            .optional("errors", .list(of: Fault.schema, 1...1_000), "What is wrong with single fields.", "逐项错误。"),
        ])

    static let sample = ProblemBody(
        Problem(faults: [
            FieldFault("/quantity", LocalizedText(zhHans: "0 超出范围。", en: "0 is out of range; give 1 to 9."))
        ]),
        request: APIRequest(method: .post, path: ["v1", "claims"], requestID: "c0ffee"), language: .en)

    private init(
        type: String, title: String, status: Int, detail: String, instance: String, requestID: String, errors: [Fault]?
    ) {
        self.type = type
        self.title = title
        self.status = status
        self.detail = detail
        self.instance = instance
        self.requestID = requestID
        self.errors = errors
    }

    init(_ problem: Problem, request: APIRequest, language: Language) {
        self.init(
            type: problem.kind.type, title: problem.kind.title[language], status: problem.kind.status,
            detail: problem.detail[language], instance: request.address,
            requestID: request.requestID,
            errors: problem.fields.isEmpty
                ? nil
                : problem.fields.map {
                    Fault(pointer: Self.pointer($0.place, in: request), detail: $0.message[language])
                })
        retryAfter = problem.retryAfterSeconds
        self.language = language
    }

    /// A member of the input where the request has it: of a GET in the query, of everything else in the body, but for the
    /// parameters that it was sent with.
    private static func pointer(_ place: String, in request: APIRequest) -> String {
        if request.method == .get || request.method == .head {
            return place.hasPrefix("/") ? "?" + place.dropFirst() : place
        }
        guard place.hasPrefix("?") else { return place }
        let name = place.dropFirst().prefix { $0 != "/" }
        return request.query.contains { $0.name == name } ? place : "/" + place.dropFirst()
    }

    // Beside the body, not in it.
    private var retryAfter: Int?
    private var language: Language = .zhHans

    private enum CodingKeys: String, CodingKey {
        case type, title, status, detail, instance, requestID, errors
    }

    var response: APIResponse {
        var headers: HTTPFields = [
            .contentType: "application/problem+json", .contentLanguage: language.rawValue, .cacheControl: "no-store",
            .vary: "Accept-Language, Authorization",
        ]
        if status == 401 { headers[.wwwAuthenticate] = "Bearer realm=\"almoner\"" }
        if let retryAfter { headers[.retryAfter] = "\(retryAfter)" }
        return APIResponse(
            status: HTTPResponse.Status(code: status), headers: headers,
            body: .bytes((try? WireEncoder().encode(self)) ?? []))
    }
}

/// A problem whose answer carries more than a body.
struct Refusal: ProblemSource {
    let problem: Problem
    let headers: HTTPFields

    init(_ problem: Problem, headers: HTTPFields) {
        self.problem = problem
        self.headers = headers
    }
}

extension APIResponse {
    init(_ kept: KeptAnswer) {
        var headers: HTTPFields = [.cacheControl: "no-store", .vary: "Accept-Language, Authorization"]
        for (name, value) in kept.headers { if let name = HTTPField.Name(name) { headers[name] = value } }
        headers[.idempotencyReplayed] = "true"
        self.init(status: HTTPResponse.Status(code: kept.status), headers: headers, body: .bytes(kept.body))
    }
}

extension KeptAnswer {
    /// Nil for an answer that is a stream.
    init?(_ response: APIResponse) {
        guard case .bytes(let body) = response.body else { return nil }
        var headers: [String: String] = [:]
        for name in [HTTPField.Name.contentType, .contentLanguage, .location, .eTag] {
            headers[name.canonicalName] = response.headers[name]
        }
        self.init(
            status: response.status.code, headers: headers, body: body, named: RecordID.all(namedIn: body))
    }
}
