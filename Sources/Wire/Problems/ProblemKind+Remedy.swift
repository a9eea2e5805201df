public import MatchCore

extension ProblemKind {
    /// What whoever gets it can do, in a sentence or two.
    public var remedy: LocalizedText {
        switch self {
        case .malformedRequest:
            LocalizedText(
                zhHans: "请求不符合 HTTP 或 JSON 的格式；detail 指出何处。改正后再发。",
                en: "The request breaks the rules of HTTP or JSON; 'detail' says where. Mend it and send it again.")
        case .idempotencyKeyMissing:
            LocalizedText(
                zhHans: "凡更改内容的 POST 须带 Idempotency-Key：每个新请求用新的 UUID，重试时不变。",
                en:
                    "A POST that changes something takes an Idempotency-Key: a new UUID for each new request, the same for a retry."
            )
        case .unauthenticated:
            LocalizedText(
                zhHans: "请在 Authorization 头中提供有效令牌；令牌可能已过期、被吊销或会话已结束。",
                en: "Send a token that is good in the Authorization header; this one may have ended or been revoked.")
        case .forbidden:
            LocalizedText(
                zhHans: "令牌有效，但其角色、区划或用途不允许此操作。请由有权者办理，或申请相应令牌。",
                en:
                    "The token is good, and its role, areas or purpose do not allow this. Ask somebody whose token does."
            )
        case .notFound:
            LocalizedText(
                zhHans: "没有此内容，或您无权查看，二者答复相同。请核对地址与编号。",
                en:
                    "There is no such thing, or it is not yours to see: the answer is the same. Check the address and the id."
            )
        case .methodNotAllowed:
            LocalizedText(zhHans: "请使用 Allow 头列出的方法。", en: "Use a method that the Allow header names.")
        case .notAcceptable:
            LocalizedText(
                zhHans: "detail 列出此处提供的格式；请在 Accept 中接受其一，或不带 Accept。",
                en: "'detail' names what there is; take one of them in Accept, or leave Accept out.")
        case .requestTimeout:
            LocalizedText(
                zhHans: "请求未在时限内传完。请重试；大量内容请用导入或分次发送。",
                en: "The request did not arrive in time. Send it again; send much as an import, or in parts.")
        case .conflict:
            LocalizedText(
                zhHans: "记录的当前状态不允许此操作。请重新读取，按 detail 的说明处理。",
                en: "The record is in a state that does not allow this. Read it again and do as 'detail' says.")
        case .insufficientBalance:
            LocalizedText(
                zhHans: "余量不足：已被他人占用或撤回。请重新读取余量，减少数量或另选。",
                en:
                    "Less is left than was asked for: others hold it, or it was withdrawn. Read what is left; take less or another."
            )
        case .stillRunning:
            LocalizedText(
                zhHans: "同一请求仍在处理。请按 Retry-After 稍候，以同一 Idempotency-Key 再发。",
                en: "The same request is being worked on. Wait as Retry-After says and send it again with the same key."
            )
        case .changesForgotten:
            LocalizedText(
                zhHans: "游标早于保留的变更。请重新读取列表，再以 after=latest 续读。",
                en: "The cursor is older than what is kept. Read the lists afresh and follow from after=latest.")
        case .preconditionFailed:
            LocalizedText(
                zhHans: "他人已先更改。请重新读取，在新内容上修改，并带新的 ETag。",
                en:
                    "Somebody was quicker. Read the record again, make the change on what it says now, and send its new ETag."
            )
        case .bodyTooLarge:
            LocalizedText(
                zhHans: "请求体超过此处的上限。请分次发送，或使用导入（mode=partial）。",
                en: "The body is larger than this address takes. Send it in parts, or as an import (mode=partial).")
        case .addressTooLong:
            LocalizedText(zhHans: "地址过长。请减少查询参数。", en: "The address is too long. Send fewer or shorter parameters.")
        case .unsupportedMediaType:
            LocalizedText(
                zhHans: "请以 Accept 头所列的类型发送，并写明 Content-Type。",
                en: "Send one of the types that the Accept header names, and say so in Content-Type.")
        case .invalidInput:
            LocalizedText(
                zhHans: "errors 逐项指出位置（请求体中的 JSON 指针，或 ?参数名）与改法。全部改正后再发。",
                en:
                    "'errors' names each place (a JSON pointer into the body, or ?name of the query) and what to do. Correct them all."
            )
        case .idempotencyKeyReused:
            LocalizedText(
                zhHans: "此 Idempotency-Key 已用于内容不同的请求。新请求请换新的 UUID。",
                en:
                    "This Idempotency-Key was used for a request that said something else. Take a new UUID for a new request."
            )
        case .preconditionRequired:
            LocalizedText(
                zhHans: "请先读取记录，在 If-Match 中带其 ETag，以免覆盖他人的更改。",
                en: "Read the record first and send its ETag in If-Match, so that nobody's change is lost.")
        case .tooManyRequests:
            LocalizedText(
                zhHans: "请按 Retry-After 等候。RateLimit 头说明余量；大量读取请用导出或变更流。",
                en:
                    "Wait as Retry-After says. RateLimit tells what is left; read much by export, or follow the feed of changes."
            )
        case .headersTooLarge:
            LocalizedText(zhHans: "请求头过大或过多。请减少后再发。", en: "Send fewer or shorter header fields.")
        case .internalError:
            LocalizedText(
                zhHans: "服务出错，并非您的过失。请以同一 Idempotency-Key 重试；仍不成功则将 requestID 告知管理员。",
                en:
                    "It is no fault of yours. Try again with the same Idempotency-Key; if it stays, tell the operator the requestID."
            )
        case .unavailable:
            LocalizedText(
                zhHans: "服务暂时无法答复。请按 Retry-After 稍候，以同一 Idempotency-Key 重试。",
                en:
                    "The service cannot answer now. Wait as Retry-After says and try again with the same Idempotency-Key."
            )
        case .storageFull:
            LocalizedText(
                zhHans: "存储已满，读取不受影响。请待管理员扩容后以同一 Idempotency-Key 重试。",
                en:
                    "There is no room left; reading goes on. Try again with the same key once the operator has made room."
            )
        }
    }
}
