internal import MatchCore
internal import Wire

/// What the edge refuses by itself.
extension Problem {
    static func headersTooLarge(_ limits: EdgeLimits) -> Problem {
        Problem(
            .headersTooLarge, "The head has more than \(limits.headBytes) bytes or \(limits.fieldCount) fields.",
            zhHans: "请求头超过 \(limits.headBytes) 字节或 \(limits.fieldCount) 项。")
    }

    static func bodyTooLarge(_ limits: RouteLimits) -> Problem {
        Problem(
            .bodyTooLarge, "The body may have \(limits.bodyBytes) bytes here. Send less, or in parts.",
            zhHans: "此处的请求体最多 \(limits.bodyBytes) 字节，请缩减或分批。")
    }

    static func tooSlow() -> Problem {
        Problem(
            .requestTimeout, "The request did not arrive in time. Send it again, faster.",
            zhHans: "请求未在时限内传完，请重试。")
    }

    static func overdue() -> Problem {
        Problem(
            .unavailable, "The answer did not come in time. Try again; use the same Idempotency-Key.",
            zhHans: "未能在时限内答复，请以同一 Idempotency-Key 重试。", retryAfterSeconds: 5)
    }

    static func tooManyRequests(seconds: Int) -> Problem {
        Problem(
            .tooManyRequests, "Too many requests. Wait \(seconds) s, then go on.",
            zhHans: "请求过于频繁，请 \(seconds) 秒后再试。", retryAfterSeconds: seconds)
    }
}
