internal import HTTPTypes
internal import MatchCore
internal import Wire

/// Problems that the edge answers by itself, as RFC 9457 has them.
enum ProblemAnswer {
    static func response(_ problem: Problem, acceptLanguage: String?) -> APIResponse {
        let language: Language = prefersEnglish(acceptLanguage) ? .en : .zhHans
        var text = "{\"type\":\(quoted(problem.kind.type)),\"title\":\(quoted(problem.kind.title[language]))"
        text += ",\"status\":\(problem.kind.status),\"detail\":\(quoted(problem.detail[language]))}"
        var headers: HTTPFields = [
            .contentType: "application/problem+json", .contentLanguage: language == .en ? "en" : "zh-Hans",
        ]
        if let seconds = problem.retryAfterSeconds { headers[.retryAfter] = "\(seconds)" }
        return APIResponse(
            status: HTTPResponse.Status(code: problem.kind.status), headers: headers, body: .bytes(Array(text.utf8)))
    }

    /// Chinese only where the client names it: who writes raw requests, or none at all, reads English.
    private static func prefersEnglish(_ header: String?) -> Bool {
        guard let first = header?.utf8.prefix(2).map({ $0 | 0x20 }) else { return true }
        return first != Array("zh".utf8)
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\u{0}"..."\u{1F}": quoted += " "
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
