internal import Crypto
internal import HTTPTypes
public import MatchCore
internal import Operations
internal import Wire

/// A document that never changes while the service runs, open to everybody; in one form, or in one for each language.
public struct FixedPage: Sendable {
    private struct Form: Sendable {
        let body: KeptBody
        let tag: String

        init(_ bytes: [UInt8]) {
            body = KeptBody(bytes)
            tag = SHA256.hash(data: bytes).prefix(12).map { String($0, radix: 16) }.joined()
        }
    }

    private let type: String
    private let form: Form
    private let languages: [Language: Form]
    private let policy: String?

    public init(type: String, bytes: [UInt8]) {
        self.type = type
        form = Form(bytes)
        languages = [:]
        policy = nil
    }

    /// - Parameters:
    ///   - languages: the document in each; Chinese where a client asks for none of them.
    ///   - policy: what the document may show and fetch (`Content-Security-Policy`).
    public init(type: String, languages: [Language: [UInt8]], policy: String) {
        self.type = type
        self.languages = languages.mapValues { Form($0) }
        form = self.languages[.zhHans] ?? self.languages.values.first ?? Form([])
        self.policy = policy
    }

    func answer(_ request: APIRequest) throws -> APIResponse {
        let allowed = "GET, HEAD, OPTIONS"
        switch request.method {
        case .options: return APIResponse(status: .noContent, headers: [.allow: allowed])
        case .get, .head: break
        default:
            throw Refusal(
                Problem(
                    .methodNotAllowed, "This can only be read: \(allowed).", zhHans: "此地址只能读取：\(allowed)。"),
                headers: [.allow: allowed])
        }
        let form = languages[request.language] ?? form
        var headers: HTTPFields = [
            .contentType: type, .eTag: "\"\(form.tag)\"", .cacheControl: "public, max-age=300",
        ]
        if !languages.isEmpty {
            headers[.vary] = "Accept-Language"
            headers[.contentLanguage] = request.language.rawValue
        }
        headers[.contentSecurityPolicy] = policy
        if request.tags(.ifNoneMatch)?.contains(form.tag) == true {
            return APIResponse(status: .notModified, headers: headers, body: .kept(form.body))
        }
        return APIResponse(status: .ok, headers: headers, body: .kept(form.body))
    }
}
