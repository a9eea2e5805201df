public import MatchCore

/// The kinds of problem that the service answers, each with its status. The raw value is the last part of the type's
/// URI and never changes its meaning.
public enum ProblemKind: String, Sendable, Hashable, CaseIterable {
    case malformedRequest = "malformed-request"
    case idempotencyKeyMissing = "idempotency-key-missing"
    case unauthenticated
    case forbidden
    case notFound = "not-found"
    case methodNotAllowed = "method-not-allowed"
    case notAcceptable = "not-acceptable"
    case requestTimeout = "request-timeout"
    case conflict
    case insufficientBalance = "insufficient-balance"
    case stillRunning = "still-running"
    case changesForgotten = "changes-forgotten"
    case preconditionFailed = "precondition-failed"
    case bodyTooLarge = "body-too-large"
    case addressTooLong = "address-too-long"
    case unsupportedMediaType = "unsupported-media-type"
    case invalidInput = "invalid-input"
    case idempotencyKeyReused = "idempotency-key-reused"
    case preconditionRequired = "precondition-required"
    case tooManyRequests = "too-many-requests"
    case headersTooLarge = "headers-too-large"
    case internalError = "internal-error"
    case unavailable
    case storageFull = "storage-full"

    /// The HTTP status.
    public var status: Int {
        switch self {
        case .malformedRequest, .idempotencyKeyMissing: 400
        case .unauthenticated: 401
        case .forbidden: 403
        case .notFound: 404
        case .methodNotAllowed: 405
        case .notAcceptable: 406
        case .requestTimeout: 408
        case .conflict, .insufficientBalance, .stillRunning: 409
        case .changesForgotten: 410
        case .preconditionFailed: 412
        case .bodyTooLarge: 413
        case .addressTooLong: 414
        case .unsupportedMediaType: 415
        case .invalidInput, .idempotencyKeyReused: 422
        case .preconditionRequired: 428
        case .tooManyRequests: 429
        case .headersTooLarge: 431
        case .internalError: 500
        case .unavailable: 503
        case .storageFull: 507
        }
    }

    /// The URI of the kind, a path of the service's own documentation.
    public var type: String { "/problems/\(rawValue)" }

    /// A few words for the kind.
    public var title: LocalizedText {
        switch self {
        case .malformedRequest: LocalizedText(zhHans: "请求格式有误", en: "The request is malformed")
        case .idempotencyKeyMissing: LocalizedText(zhHans: "缺少 Idempotency-Key", en: "Idempotency-Key is missing")
        case .unauthenticated: LocalizedText(zhHans: "未登录", en: "Not signed in")
        case .forbidden: LocalizedText(zhHans: "该令牌无此权限", en: "The token does not allow this")
        case .notFound: LocalizedText(zhHans: "没有此内容", en: "There is no such thing")
        case .methodNotAllowed: LocalizedText(zhHans: "不支持此方法", en: "The method is not allowed here")
        case .notAcceptable: LocalizedText(zhHans: "无法提供所要的格式", en: "No such representation")
        case .requestTimeout: LocalizedText(zhHans: "请求超时", en: "The request took too long to arrive")
        case .conflict: LocalizedText(zhHans: "与当前状态冲突", en: "The record's state does not allow this")
        case .insufficientBalance: LocalizedText(zhHans: "余量不足", en: "Not enough is left")
        case .stillRunning: LocalizedText(zhHans: "同一请求仍在处理", en: "The same request is still running")
        case .changesForgotten: LocalizedText(zhHans: "变更记录已不可续读", en: "The feed does not go back so far")
        case .preconditionFailed: LocalizedText(zhHans: "记录已被更改", en: "The record was changed meanwhile")
        case .bodyTooLarge: LocalizedText(zhHans: "请求体过大", en: "The body is too large")
        case .addressTooLong: LocalizedText(zhHans: "地址过长", en: "The address is too long")
        case .unsupportedMediaType: LocalizedText(zhHans: "不支持的内容类型", en: "The media type is not supported")
        case .invalidInput: LocalizedText(zhHans: "输入有误", en: "The input is not valid")
        case .idempotencyKeyReused:
            LocalizedText(zhHans: "Idempotency-Key 已用于其他内容", en: "Idempotency-Key was used with another body")
        case .preconditionRequired: LocalizedText(zhHans: "需要 If-Match", en: "If-Match is needed")
        case .tooManyRequests: LocalizedText(zhHans: "请求过于频繁", en: "Too many requests")
        case .headersTooLarge: LocalizedText(zhHans: "请求头过大", en: "The header fields are too large")
        case .internalError: LocalizedText(zhHans: "服务出错", en: "Something went wrong here")
        case .unavailable: LocalizedText(zhHans: "服务暂不可用", en: "The service is not available now")
        case .storageFull: LocalizedText(zhHans: "存储已满", en: "The storage is full")
        }
    }
}
