internal import Crypto
internal import HTTPTypes
internal import Operations
internal import Wire

/// A document that never changes while the service runs, open to everybody.
public struct FixedPage: Sendable {
    private let type: String
    private let bytes: [UInt8]
    private let tag: String

    public init(type: String, bytes: [UInt8]) {
        self.type = type
        self.bytes = bytes
        tag = SHA256.hash(data: bytes).prefix(12).map { String($0, radix: 16) }.joined()
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
        let headers: HTTPFields = [.contentType: type, .eTag: "\"\(tag)\"", .cacheControl: "public, max-age=300"]
        if request.tags(.ifNoneMatch)?.contains(tag) == true {
            return APIResponse(status: .notModified, headers: headers)
        }
        return APIResponse(status: .ok, headers: headers, body: .bytes(bytes))
    }
}
