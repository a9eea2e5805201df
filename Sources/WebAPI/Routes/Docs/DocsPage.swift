internal import Casework
internal import Crypto
internal import Foundation
internal import MatchCore
public import Operations
internal import Wire

/// The readable page of the service, made once of the same operations as its OpenAPI document.
///
/// One file with all that it shows: no script, nothing fetched from anywhere, and a policy that allows nothing else. Both
/// languages are in it, and two buttons without a script switch between them.
public struct DocsPage: Sendable {
    private let operations: [AnyOperation]

    public init(operations: [AnyOperation] = OperationList.all) {
        self.operations = operations
    }

    /// The page as the service gives it out, at `/docs`: begun in the language that is asked for.
    ///
    /// Throws only where an example cannot be encoded, which the tests rule out.
    public var page: FixedPage {
        get throws {
            let hash = Data(SHA256.hash(data: Data(DocsStyle.text.utf8))).base64EncodedString()
            return FixedPage(
                type: "text/html; charset=utf-8",
                languages: [
                    .zhHans: Array(try html(in: .zhHans).utf8), .en: Array(try html(in: .en).utf8),
                ],
                policy: "default-src 'none'; style-src 'sha256-\(hash)'; base-uri 'none'; form-action 'none'; "
                    + "frame-ancestors 'none'")
        }
    }

    func html(in language: Language) throws -> String {
        var page = HTMLText()
        let title = LocalizedText(zhHans: "善配接口文档", en: "Almoner's API")
        page.raw("<!doctype html><html lang=\"\(language == .en ? "en" : "zh-Hans")\"><head><meta charset=\"utf-8\">")
        page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>")
        page.text(title[language])
        page.raw("</title><style>\(DocsStyle.text)</style></head><body>")
        for one in [Language.zhHans, .en] {
            page.raw(
                "<input type=\"radio\" name=\"language\" id=\"\(one == .en ? "en" : "zh")\"\(one == language ? " checked" : "")>"
            )
        }
        page.raw("<header><h1>")
        page.both(title)
        page.raw("</h1><p class=\"switch\"><label for=\"zh\">中文</label> <label for=\"en\">English</label></p></header>")
        page.raw("<nav>")
        for resource in resources { page.raw("<a href=\"#\(resource)\">\(resource)</a> ") }
        page.raw("<a href=\"#problems\">problems</a></nav><main>")
        introduction(&page)
        for resource in resources {
            page.raw("<section id=\"\(resource)\"><h2>")
            page.text(resource)
            page.raw("</h2>")
            for operation in operations where operation.facts.resource == resource { try show(operation, in: &page) }
            page.raw("</section>")
        }
        problems(&page)
        page.raw("</main></body></html>\n")
        return page.result
    }

    private var resources: [String] {
        var names: [String] = []
        for operation in operations where !names.contains(operation.facts.resource) {
            names.append(operation.facts.resource)
        }
        return names
    }

    private func introduction(_ page: inout HTMLText) {
        page.raw("<p>")
        page.both(
            LocalizedText(
                zhHans: "善配登记认捐与交付，从不持有或划转资金。请求与答复均为 JSON；机器可读的描述见 /openapi.json。",
                en:
                    "Almoner records pledges and hand-overs, and never holds or moves money. Requests and answers are JSON; "
                    + "what machines read is at /openapi.json."))
        page.raw("</p><ul>")
        for line in Self.manners {
            page.raw("<li>")
            page.both(line)
            page.raw("</li>")
        }
        page.raw("</ul>")
    }

    private static let manners = [
        LocalizedText(
            zhHans: "令牌：Authorization: Bearer …；没有令牌者为访客（guest）。",
            en: "Token: Authorization: Bearer …; without one you are a guest."
        ),
        LocalizedText(
            zhHans: "凡有变更的 POST 都须带 Idempotency-Key：每个新请求用新的 UUID，重试时不变。",
            en:
                "Every POST that changes something takes an Idempotency-Key: a new UUID for each request, the same for a retry."
        ),
        LocalizedText(
            zhHans: "修改须带 If-Match（记录的 ETag）；以 If-None-Match 读取，未变则答 304。",
            en:
                "A PATCH takes If-Match, the record's ETag; a read with If-None-Match answers 304 where nothing has changed."
        ),
        LocalizedText(
            zhHans: "列表分页：limit、cursor，下一页见 Link；fields=a,b 只返回所列成员。",
            en: "Lists come in pages: limit and cursor, the next one in Link; fields=a,b leaves the other members out."),
        LocalizedText(
            zhHans: "数量为整数（件、分钟、分）；时间为 RFC 3339，UTC。",
            en: "Quantities are whole: pieces, minutes, fen (1/100 yuan). Moments are RFC 3339 in UTC."),
    ]

    // MARK: One operation

    private func show(_ operation: AnyOperation, in page: inout HTMLText) throws {
        let facts = operation.facts
        page.raw("<article id=\"\(facts.id)\"><h3><span class=\"method\">\(facts.method.rawValue)</span> <code>")
        page.text(facts.path)
        page.raw("</code></h3><p>")
        page.both(facts.summary)
        page.raw("</p>")
        if let details = facts.details {
            page.raw("<p>")
            page.both(details)
            page.raw("</p>")
        }
        page.raw("<p class=\"roles\">")
        page.both(LocalizedText(zhHans: "角色：", en: "Roles: "))
        page.text(facts.roles.map(\.rawValue).sorted().joined(separator: ", "))
        if facts.weight.rateCost > 1 {
            page.text(" · ")
            page.both(LocalizedText(zhHans: "计为请求数：", en: "Counts for requests: "))
            page.text("\(facts.weight.rateCost)")
        }
        page.raw("</p>")
        if !operation.input.properties.isEmpty {
            members(
                operation.input.properties, LocalizedText(zhHans: "请求", en: "Request"), "\(facts.id).in", &page)
        }
        let example = try operation.exampleInput()
        if facts.method != .get, operation.stream == nil { json(example, &page) }
        let answer = operation.recordLevel > 0 ? operation.record : operation.answer
        members(
            answer.properties,
            operation.recordLevel > 0
                ? LocalizedText(zhHans: "答复：每条记录", en: "Answer: each record")
                : LocalizedText(zhHans: "答复", en: "Answer"),
            "\(facts.id).out", &page)
        if case .file? = operation.stream {} else if facts.status != 204 { json(try operation.exampleAnswer(), &page) }
        page.raw("</article>")
    }

    private func members(
        _ properties: [JSONSchema.Property], _ title: LocalizedText, _ id: String, _ page: inout HTMLText
    ) {
        guard !properties.isEmpty else { return }
        page.raw("<details><summary>")
        page.both(title)
        page.raw("</summary><table>")
        rows(properties, prefix: "", depth: 0, &page)
        page.raw("</table></details>")
    }

    private func rows(_ properties: [JSONSchema.Property], prefix: String, depth: Int, _ page: inout HTMLText) {
        for property in properties {
            page.raw("<tr><td><code>")
            page.text(prefix + property.name)
            page.raw("</code>\(property.isRequired ? "<b>*</b>" : "")</td><td>")
            page.text(property.schema.words)
            page.raw("</td><td>")
            page.both(property.about)
            page.raw("</td></tr>")
            if depth < 2 {
                let inner = property.schema.inner
                rows(inner.properties, prefix: prefix + property.name + inner.mark, depth: depth + 1, &page)
            }
        }
    }

    private func json(_ value: JSONValue, _ page: inout HTMLText) {
        page.raw("<pre>")
        page.text(value.printed())
        page.raw("</pre>")
    }

    private func problems(_ page: inout HTMLText) {
        page.raw("<section id=\"problems\"><h2>problems</h2><p>")
        page.both(
            LocalizedText(
                zhHans: "错误为 application/problem+json（RFC 9457），type 如下，含义不变。",
                en:
                    "Errors are application/problem+json (RFC 9457). These are their types, which never change their meaning."
            ))
        page.raw("</p><table>")
        for kind in ProblemKind.allCases {
            page.raw("<tr><td><a href=\"\(kind.type)\"><code>")
            page.text(kind.type)
            page.raw("</code></a></td><td>\(kind.status)</td><td>")
            page.both(kind.title)
            page.raw("<br>")
            page.both(kind.remedy)
            page.raw("</td></tr>")
        }
        page.raw("</table></section>")
    }
}

extension JSONSchema {
    /// The kind of value in a few words.
    fileprivate var words: String {
        switch form {
        case .text(.id, _): "id"
        case .text(.day, _): "2026-11-22"
        case .text(.moment, _): "2026-11-22T09:30:00.000Z"
        case .text(.code, _): "code"
        case .text(.listed(let name), _), .text(.listedCode(let name), _): name
        case .text(.plain, let range): "text \(range.lowerBound)–\(range.upperBound)"
        case .integer(let range): "\(range.lowerBound)…\(range.upperBound)"
        case .number(let range): "\(range.lowerBound)…\(range.upperBound)"
        case .flag: "true, false"
        case .choice(let words): words.joined(separator: ", ")
        case .list(let element, _): "[\(element.words)]"
        case .object(let name, _), .tagged(let name, _, _): name ?? "object"
        case .map: "object"
        case .nullable(let schema): schema.words + ", null"
        case .anything: "any"
        }
    }

    /// The members that lie inside, and what stands between the names.
    fileprivate var inner: (properties: [Property], mark: String) {
        switch form {
        case .list(let element, _): (element.properties, "[].")
        case .nullable(let schema): schema.inner
        default: (properties, ".")
        }
    }
}
