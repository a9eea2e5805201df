internal import Foundation
public import MatchCore

/// Asks an Almoner server on somebody's behalf: token, language, retries with the same key, and the server's own words
/// where it refuses.
public struct APIClient: Sendable {
    public let address: ServerAddress
    private let token: String?
    private let language: Language
    /// How often a request is tried in all.
    private let tries: Int
    private let wait: @Sendable (_ seconds: Double) -> Void

    /// - Parameters:
    ///   - token: sent as `Authorization: Bearer`; nil for what is public.
    ///   - wait: sleeps between tries.
    public init(
        address: ServerAddress, token: String?, language: Language, tries: Int = 4,
        wait: @escaping @Sendable (_ seconds: Double) -> Void
    ) {
        self.address = address
        self.token = token
        self.language = language
        self.tries = max(1, tries)
        self.wait = wait
    }

    /// A request to the server, with its path and query percent-encoded by the caller.
    public struct Request: Sendable {
        public var method: String
        public var path: String
        public var headers: [(name: String, value: String)]
        public var body: Transfer.Body
        /// Seconds for the whole exchange; 0 for none.
        public var totalSeconds = 60
        /// Seconds without a byte after which the exchange is given up.
        public var quietSeconds = 60
        /// Statuses besides those of success whose answers are wanted, where they are no problems.
        public var alsoTakes: Set<Int> = []

        public init(
            method: String, path: String, headers: [(name: String, value: String)] = [], body: Transfer.Body = .none
        ) {
            self.method = method
            self.path = path
            self.headers = headers
            self.body = body
        }
    }

    /// Sends a request; what may be repeated without harm is tried again where nobody answered, the answer broke off, or
    /// the server asked to come back later.
    ///
    /// - Throws: ``ClientError``; `refused` with the server's problem for every answer that is not of 2xx or 304.
    public func send(
        _ request: Request, receive: ((ArraySlice<UInt8>) throws -> Void)? = nil,
        progress: ((_ sent: Int64, _ received: Int64) -> Bool)? = nil
    ) throws -> Transfer.Answer {
        var transfer = Transfer(method: request.method, url: address.base + request.path, socket: address.socket)
        transfer.headers = request.headers + [("Accept-Language", language.rawValue), ("User-Agent", "almoner")]
        if let token { transfer.headers.append(("Authorization", "Bearer \(token)")) }
        transfer.body = request.body
        transfer.totalSeconds = request.totalSeconds
        transfer.quietSeconds = request.quietSeconds
        let mayRepeat = Self.mayRepeat(request) && receive == nil
        var attempt = 1
        // What was sent and not answered: whatever becomes of later tries, it may have been done.
        var unanswered: ClientError?
        while true {
            do {
                let answer = try transfer.perform(receive: receive, progress: progress)
                if (200..<300).contains(answer.status) || answer.status == 304 { return answer }
                let isProblem = answer.headers["content-type"]?.hasPrefix("application/problem+json") == true
                if request.alsoTakes.contains(answer.status), !isProblem { return answer }
                guard mayRepeat, attempt < tries, [429, 502, 503, 504].contains(answer.status),
                    let pause = Self.pause(of: answer, attempt: attempt)
                else { throw refusal(answer) }
                wait(pause)
            } catch let error as ClientError {
                if [.timeout, .broken].contains(error.code) { unanswered = error }
                // Behind a connection that broke, that nobody answers means that the server starts anew.
                let isPassing = error.code == .unreachable ? unanswered != nil : error == unanswered
                guard mayRepeat, attempt < tries, isPassing else {
                    throw error.code == .unreachable ? unanswered ?? error : error
                }
                wait(Self.backoff(attempt))
            }
            attempt += 1
        }
    }

    /// A stream cannot be read twice; a POST may be sent again only under its key.
    private static func mayRepeat(_ request: Request) -> Bool {
        if case .stream = request.body { return false }
        return request.method != "POST" && request.method != "PATCH"
            || request.headers.contains { $0.name.lowercased() == "idempotency-key" }
    }

    /// Half a second, doubled with each try.
    private static func backoff(_ attempt: Int) -> Double { 0.25 * Double(1 << attempt) }

    /// As long as the server asked, up to a minute; nil where it asked for more.
    private static func pause(of answer: Transfer.Answer, attempt: Int) -> Double? {
        guard let asked = answer.headers["retry-after"].flatMap({ Double($0) }) else { return backoff(attempt) }
        return asked <= 60 ? max(asked, 0) : nil
    }

    private func refusal(_ answer: Transfer.Answer) -> ClientError {
        let isProblem = answer.headers["content-type"]?.hasPrefix("application/problem+json") == true
        guard isProblem, let problem = try? JSONDecoder().decode(ServerProblem.self, from: Data(answer.body)) else {
            return ClientError(
                .answer,
                LocalizedText(
                    zhHans: "\(address) 返回了状态 \(answer.status)，且不是 Almoner 的答复。请检查地址与代理。",
                    en: "\(address) answered \(answer.status), and not as Almoner does. Check the address and proxies.")
            )
        }
        // The server's sentence is already in the reader's language.
        let colon = language == .zhHans ? "：" : ": "
        let errors = problem.errors ?? []
        // What is wrong with one field alone is said of it, and not once more.
        let isOfOneField = errors.count == 1 && errors[0].detail == problem.detail
        let fields = isOfOneField ? "" : errors.map { "\n  \($0.pointer): \($0.detail)" }.joined()
        let place = isOfOneField ? errors[0].pointer + colon : ""
        let sentence = problem.detail.map { problem.title + colon + place + $0 } ?? problem.title
        return ClientError(.refused, LocalizedText(zhHans: sentence + fields, en: sentence + fields), problem: problem)
    }
}
