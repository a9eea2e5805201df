internal import HTTPTypes
internal import MatchCore
internal import Wire

/// Problems that the edge answers by itself, with the same body as those of the routes.
enum ProblemAnswer {
    /// - Parameter request: what is known of it; a request that never got past its framing has no path.
    static func response(_ problem: Problem, to request: APIRequest) -> APIResponse {
        ProblemBody(problem, request: request, language: language(of: request)).response
    }

    /// English for whoever names no language: who writes raw requests reads it.
    private static func language(of request: APIRequest) -> Language {
        request.headers.contains(.acceptLanguage) ? request.language : .en
    }
}
