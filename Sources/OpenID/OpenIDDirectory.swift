internal import APIClient
public import Casework
internal import Dispatch
internal import InputGate
internal import Synchronization
internal import Wire

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A directory that speaks OpenID Connect: the authorisation code flow with PKCE.
///
/// Its addresses are taken from its own description, and have to lie on its host or one that is declared. What it publishes
/// is remembered for an hour; a key that is not known is asked for anew, at most twice a minute, so that tokens that
/// somebody made up do not become questions to the directory.
public final class OpenIDDirectory: DirectorySigning {
    private struct Description: Sendable {
        let authorization: String
        let token: String
        let keys: String
        /// Whether the client's secret goes into the body rather than the head.
        let takesSecretInBody: Bool
    }

    private struct Memory {
        var description: (value: Description, at: ContinuousClock.Instant)?
        var keys: (value: KeySet, at: ContinuousClock.Instant)?
        var waiting = 0
    }

    private let rules: DirectoryRules
    private let secret: String?
    private let memory = Mutex(Memory())
    /// libcurl blocks, so it has threads of its own.
    private let threads = DispatchQueue(label: "almoner directory", attributes: .concurrent)

    private static let kept = Duration.seconds(3_600)
    private static let leastPause = Duration.seconds(30)
    private static let mostWaiting = 16
    private static let limits = GateLimits(maximumBytes: 256 << 10, maximumTokens: 20_000)

    /// - Parameter secret: the client's; nil for a public client.
    public init(_ rules: DirectoryRules, secret: String?) {
        self.rules = rules
        self.secret = secret
    }

    // MARK: There

    public func address(for attempt: DirectoryAttempt) async throws -> String {
        let description = try await description()
        let query = Form([
            ("response_type", "code"), ("client_id", rules.client), ("redirect_uri", rules.redirect),
            ("scope", "openid profile"), ("state", attempt.state), ("nonce", attempt.nonce),
            ("code_challenge", attempt.challenge), ("code_challenge_method", "S256"),
        ]).text
        return description.authorization + (description.authorization.contains("?") ? "&" : "?") + query
    }

    // MARK: And back

    public func person(for code: String, of attempt: DirectoryAttempt, at moment: Moment) async throws
        -> DirectoryPerson
    {
        let description = try await description()
        let token = try IdentityToken(try await redeem(code, attempt, description))
        let key = try await key(token.keyID, token.algorithm, description)
        let subject = try token.subject(
            signedBy: key,
            IdentityToken.Expectation(
                issuer: rules.issuer, client: rules.client, nonce: attempt.nonce, now: moment))
        return DirectoryPerson(
            issuer: rules.issuer, subject: subject, name: rules.nameClaim.flatMap { token.text(of: $0) },
            hasSecondFactor: rules.trustsSecondFactor && token.hasSecondFactor)
    }

    private func redeem(_ code: String, _ attempt: DirectoryAttempt, _ description: Description) async throws -> String
    {
        var form = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", rules.redirect),
            ("client_id", rules.client), ("code_verifier", attempt.verifier),
        ]
        var headers = [("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "application/json")]
        if let secret {
            if description.takesSecretInBody {
                form.append(("client_secret", secret))
            } else {
                let pair = "\(Form.encoded(rules.client)):\(Form.encoded(secret))"
                headers.append(("Authorization", "Basic " + Data(pair.utf8).base64EncodedString()))
            }
        }
        let answer = try await send("POST", description.token, headers, Array(Form(form).text.utf8))
        guard answer.status == 200 else {
            // 400 and 401 are its word on the code or on us; anything else is trouble of its own.
            throw OpenIDError((400..<500).contains(answer.status) ? .code : .unreachable)
        }
        guard let json = try? JSONValue(parsing: answer.body, limits: Self.limits), let token = json["id_token"].text
        else { throw OpenIDError(.malformed) }
        return token
    }

    // MARK: What it publishes

    private func description() async throws -> Description {
        if let known = memory.withLock({ $0.description }), ContinuousClock.now - known.at < Self.kept {
            return known.value
        }
        let base = rules.issuer.hasSuffix("/") ? String(rules.issuer.dropLast()) : rules.issuer
        let json = try await document(base + "/.well-known/openid-configuration")
        guard json["issuer"].text == rules.issuer else { throw OpenIDError(.configuration) }
        func place(_ name: String) throws -> String {
            guard let text = json[name].text, isOurs(text) else { throw OpenIDError(.configuration) }
            return text
        }
        var methods: [String] = ["client_secret_basic"]
        if case .list(let listed)? = json["token_endpoint_auth_methods_supported"] {
            methods = listed.compactMap { if case .text(let text) = $0 { text } else { nil } }
        }
        let description = Description(
            authorization: try place("authorization_endpoint"), token: try place("token_endpoint"),
            keys: try place("jwks_uri"),
            takesSecretInBody: !methods.contains("client_secret_basic") && methods.contains("client_secret_post"))
        memory.withLock { $0.description = (description, .now) }
        return description
    }

    /// The key that a token names. One that is not known may be new: the set is asked for again, but not at every token.
    private func key(_ id: String?, _ algorithm: KeySet.Algorithm, _ description: Description) async throws
        -> KeySet.Key
    {
        if let known = memory.withLock({ $0.keys }) {
            let age = ContinuousClock.now - known.at
            if age < Self.kept, let key = known.value.key(id, algorithm) { return key }
            guard age >= Self.leastPause else { throw OpenIDError(.signature) }
        }
        let keys = try KeySet(try await document(description.keys))
        memory.withLock { $0.keys = (keys, .now) }
        guard let key = keys.key(id, algorithm) else { throw OpenIDError(.signature) }
        return key
    }

    private func document(_ address: String) async throws -> JSONValue {
        let answer = try await send("GET", address, [("Accept", "application/json")], nil)
        guard answer.status == 200 else { throw OpenIDError(.unreachable) }
        do {
            return try JSONValue(parsing: answer.body, limits: Self.limits)
        } catch { throw OpenIDError(.configuration) }
    }

    /// Whether an address lies where it may: encrypted, and on the directory's host or one that is declared. A directory on
    /// this machine's loopback, for trying things out, may be in the clear.
    private func isOurs(_ address: String) -> Bool {
        guard let own = WebPlace(rules.issuer), let place = WebPlace(address), place.scheme == own.scheme else {
            return false
        }
        return place.authority == own.authority || rules.hosts.contains(place.host)
    }

    // MARK: Asking

    private func send(
        _ method: String, _ address: String, _ headers: [(String, String)], _ body: [UInt8]?
    ) async throws -> Transfer.Answer {
        var transfer = Transfer(method: method, url: address)
        transfer.headers = headers.map { (name: $0.0, value: $0.1) } + [(name: "User-Agent", value: "almoner")]
        transfer.body = body.map { .bytes($0) } ?? .none
        transfer.connectSeconds = 5
        transfer.totalSeconds = 10
        transfer.answerBytes = 256 << 10
        let asked = transfer
        let isFree = memory.withLock { memory in
            guard memory.waiting < Self.mostWaiting else { return false }
            memory.waiting += 1
            return true
        }
        guard isFree else { throw OpenIDError(.unreachable) }
        defer { memory.withLock { $0.waiting -= 1 } }
        return try await withCheckedThrowingContinuation { continuation in
            threads.async {
                continuation.resume(
                    with: Result {
                        do {
                            return try asked.perform()
                        } catch { throw OpenIDError(.unreachable) }
                    })
            }
        }
    }
}

/// Where an address lies.
private struct WebPlace {
    let scheme: Substring
    let authority: Substring
    let host: String

    /// Nil for what is no address of the web, has a user in it, or holds anything but plain ASCII.
    init?(_ text: String) {
        guard let mark = text.firstRange(of: "://"), text.utf8.allSatisfy({ (33...126).contains($0) }) else {
            return nil
        }
        scheme = text[..<mark.lowerBound]
        authority = text[mark.upperBound...].prefix { !"/?#\\".contains($0) }
        host = authority.prefix { $0 != ":" }.lowercased()
        guard scheme == "https" || scheme == "http" && host == "127.0.0.1", !host.isEmpty, !authority.contains("@")
        else { return nil }
    }
}

/// Names and values as forms and queries carry them.
struct Form {
    let text: String

    init(_ pairs: [(String, String)]) {
        text = pairs.map { "\(Self.encoded($0.0))=\(Self.encoded($0.1))" }.joined(separator: "&")
    }

    static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
