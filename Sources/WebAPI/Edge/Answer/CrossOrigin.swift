internal import HTTPTypes

/// Which other sites' pages may use the service from a browser (CORS). Nobody by default.
struct CrossOrigin: Sendable {
    /// Origins such as `https://town.example`, compared to the byte.
    let origins: Set<String>

    /// The answer to a browser that asks beforehand; nil for every other request.
    func preflight(_ request: APIRequest) -> APIResponse? {
        guard !origins.isEmpty, request.method == .options, let origin = request.headers[.origin],
            request.headers.contains(.accessControlRequestMethod)
        else { return nil }
        guard origins.contains(origin) else { return nil }
        return APIResponse(
            status: .noContent,
            headers: [
                .accessControlAllowMethods: "GET, HEAD, POST, PUT, PATCH, DELETE",
                .accessControlAllowHeaders:
                    "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID",
                .accessControlMaxAge: "600",
            ])
    }

    /// Adds what lets the page read the answer. Tokens travel in `Authorization`, never in cookies, so credentials are
    /// not allowed.
    func complete(_ response: inout APIResponse, for request: APIRequest) {
        guard !origins.isEmpty else { return }
        response.headers.append(HTTPField(name: .vary, value: "Origin"))
        guard let origin = request.headers[.origin], origins.contains(origin) else { return }
        response.headers[.accessControlAllowOrigin] = origin
        response.headers[.accessControlExposeHeaders] =
            "ETag, Idempotency-Replayed, Link, Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-ID"
        response.headers[HTTPField.Name("Cross-Origin-Resource-Policy")!] = "cross-origin"
    }
}
