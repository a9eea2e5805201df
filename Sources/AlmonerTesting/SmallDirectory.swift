public import Casework
internal import Crypto
internal import CryptoExtras
internal import Foundation
internal import MatchCore
internal import Synchronization
public import Wire

#if canImport(Glibc)
    internal import Glibc
#endif

/// A directory on the loopback, small and honest unless a test has it lie: it describes itself, gives out codes and redeems
/// them once, with PKCE and the client's secret.
public final class SmallDirectory: Sendable {
    /// What becomes of the tokens that it makes.
    public struct Manner: Sendable {
        public var subject = "subject-1"
        public var claims: [String: JSONValue] = [:]
        public var header: [String: JSONValue] = [:]
        public var signer = Signer.rsa
        /// What the published description says besides.
        public var described: [String: JSONValue] = [:]
        public var omitsKey = false

        public init() {}
    }

    public enum Signer: Sendable { case rsa, p256, nobody, shared, stranger }

    private struct Grant {
        var nonce: String
        var challenge: String
        var redirect: String
    }

    private struct State {
        var manner = Manner()
        var grants: [String: Grant] = [:]
        var count = 0
        var asked: [String: Int] = [:]
        var keyNumber = 1
    }

    public static let client = "almoner"
    public static let secret = "a client's secret / with signs"
    public static let redirect = "https://almoner.example/signed-in"

    public let port: UInt16
    private let socket: Int32
    private let state = Mutex(State())
    private let clock: @Sendable () -> Moment
    private let rsa: _RSA.Signing.PrivateKey
    private let stranger: _RSA.Signing.PrivateKey
    private let p256 = P256.Signing.PrivateKey()

    public init(clock: @escaping @Sendable () -> Moment) throws {
        self.clock = clock
        rsa = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        stranger = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(socket, pointer, length) == 0 && listen(socket, 16) == 0
                    && getsockname(socket, pointer, &length) == 0
            }
        }
        guard socket >= 0, bound else { throw Problem(.unavailable, "no port", zhHans: "") }
        self.socket = socket
        port = UInt16(bigEndian: address.sin_port)
        let thread = Thread { [weak self] in
            // Closed by who accepts: a number that is free again would be another's.
            defer { close(socket) }
            while true {
                let connection = accept(socket, nil, nil)
                guard connection >= 0, let self else { break }
                self.serve(connection)
                close(connection)
            }
        }
        thread.start()
    }

    deinit { shutdown(socket, Int32(SHUT_RDWR)) }

    public var issuer: String { "http://127.0.0.1:\(port)" }
    public var rules: DirectoryRules {
        DirectoryRules(issuer: issuer, client: Self.client, redirect: Self.redirect)
    }

    public func behave(_ change: (inout Manner) -> Void) { state.withLock { change(&$0.manner) } }
    public func newKey() { state.withLock { $0.keyNumber += 1 } }
    public func asked(_ path: String) -> Int { state.withLock { $0.asked[path] ?? 0 } }

    // MARK: The person

    /// Goes to an address as a browser does, says yes, and returns the code and the state that it is sent back with.
    public func visit(_ address: String) throws -> (code: String, state: String, query: [String: String]) {
        let parts = URLComponents(string: address)
        let query = Dictionary(
            (parts?.queryItems ?? []).map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { first, _ in first })
        guard parts?.path == "/authorize", query["response_type"] == "code", query["code_challenge_method"] == "S256",
            query["client_id"] == Self.client, query["redirect_uri"] == Self.redirect,
            query["scope"]?.split(separator: " ").contains("openid") == true, let state = query["state"],
            let nonce = query["nonce"], let challenge = query["code_challenge"]
        else { throw Problem(.malformedRequest, "not an OpenID request: \(address)", zhHans: "") }
        let code = self.state.withLock { inner in
            inner.count += 1
            let code = "code-\(inner.count)"
            inner.grants[code] = Grant(nonce: nonce, challenge: challenge, redirect: Self.redirect)
            return code
        }
        return (code, state, query)
    }

    // MARK: HTTP

    private func serve(_ connection: Int32) {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 8_192)
        func text() -> String { String(decoding: bytes, as: UTF8.self) }
        func isWhole() -> Bool {
            guard let end = text().range(of: "\r\n\r\n") else { return false }
            let head = text()[..<end.lowerBound].lowercased()
            let length = head.split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
                .flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) }
            return text()[end.upperBound...].utf8.count >= length ?? 0
        }
        while !isWhole() {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return }
            bytes += buffer.prefix(count)
        }
        let lines = text().components(separatedBy: "\r\n")
        let path = lines[0].split(separator: " ").dropFirst().first.map(String.init) ?? ""
        state.withLock { $0.asked[path, default: 0] += 1 }
        let body = text().components(separatedBy: "\r\n\r\n").dropFirst().joined()
        let authorization = lines.first { $0.lowercased().hasPrefix("authorization: ") }.map {
            String($0.dropFirst(15))
        }
        let (status, json) = answer(path, body, authorization)
        let answer = (try? WireEncoder().encode(json)) ?? []
        let head =
            "HTTP/1.1 \(status) X\r\nContent-Type: application/json\r\nContent-Length: \(answer.count)\r\nConnection: close\r\n\r\n"
        let all = Array(head.utf8) + answer
        _ = all.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    }

    private func answer(_ path: String, _ body: String, _ authorization: String?) -> (Int, JSONValue) {
        switch path {
        case "/.well-known/openid-configuration":
            var document = JSONObject([
                ("issuer", .text(issuer)), ("authorization_endpoint", .text(issuer + "/authorize")),
                ("token_endpoint", .text(issuer + "/token")), ("jwks_uri", .text(issuer + "/keys")),
            ])
            for (name, value) in state.withLock({ $0.manner.described }) { document[name] = value }
            return (200, .object(document))
        case "/keys": return (200, ["keys": .list(keys)])
        case "/token": return redeem(body, authorization)
        default: return (404, [:])
        }
    }

    private var keyID: String { "k\(state.withLock { $0.keyNumber })" }

    private var keys: [JSONValue] {
        if state.withLock({ $0.manner.omitsKey }) { return [] }
        guard let primitives = try? rsa.publicKey.getKeyPrimitives() else { return [] }
        let point = Array(p256.publicKey.rawRepresentation)
        return [
            [
                "kty": "RSA", "use": "sig", "kid": .text("rsa-" + keyID), "n": .text(Self.letters(primitives.modulus)),
                "e": .text(Self.letters(primitives.publicExponent)),
            ],
            [
                "kty": "EC", "crv": "P-256", "kid": .text("ec-" + keyID), "x": .text(Self.letters(point[..<32])),
                "y": .text(Self.letters(point[32...])),
            ], ["kty": "oct", "kid": "odd", "k": "c2VjcmV0"],
        ]
    }

    private func redeem(_ body: String, _ authorization: String?) -> (Int, JSONValue) {
        var components = URLComponents()
        components.percentEncodedQuery = body
        let form = Dictionary(
            (components.queryItems ?? []).map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { first, _ in first })
        let allowed = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-._~"))
        let pair = [Self.client, Self.secret].map { $0.addingPercentEncoding(withAllowedCharacters: allowed) ?? "" }
        let basic = "Basic " + Data(pair.joined(separator: ":").utf8).base64EncodedString()
        guard authorization == basic else { return (401, ["error": "invalid_client"]) }
        // Once, whatever comes of it.
        guard form["grant_type"] == "authorization_code", let code = form["code"],
            let grant = state.withLock({ $0.grants.removeValue(forKey: code) }),
            form["redirect_uri"] == grant.redirect, let verifier = form["code_verifier"],
            Self.letters(SHA256.hash(data: Data(verifier.utf8))) == grant.challenge
        else { return (400, ["error": "invalid_grant"]) }
        return (200, ["access_token": "x", "token_type": "Bearer", "id_token": .text(token(nonce: grant.nonce))])
    }

    private func token(nonce: String) -> String {
        let manner = state.withLock { $0.manner }
        let now = clock().milliseconds / 1_000
        var claims = JSONObject([
            ("iss", .text(issuer)), ("sub", .text(manner.subject)), ("aud", .text(Self.client)),
            ("exp", .integer(now + 300)), ("iat", .integer(now)), ("nonce", .text(nonce)),
        ])
        for (name, value) in manner.claims { claims[name] = value == .null ? nil : value }
        let (algorithm, key): (String, String) =
            switch manner.signer {
            case .rsa, .stranger: ("RS256", "rsa-" + keyID)
            case .p256: ("ES256", "ec-" + keyID)
            case .nobody: ("none", "rsa-" + keyID)
            case .shared: ("HS256", "rsa-" + keyID)
            }
        var header = JSONObject([("alg", .text(algorithm)), ("kid", .text(key)), ("typ", "JWT")])
        for (name, value) in manner.header { header[name] = value == .null ? nil : value }
        func part(_ object: JSONObject) -> String {
            Self.letters((try? WireEncoder().encode(JSONValue.object(object))) ?? [])
        }
        let signed = "\(part(header)).\(part(claims))"
        let digest = SHA256.hash(data: Data(signed.utf8))
        let signature: Data? =
            switch manner.signer {
            case .rsa: try? rsa.signature(for: digest, padding: .insecurePKCS1v1_5).rawRepresentation
            case .stranger: try? stranger.signature(for: digest, padding: .insecurePKCS1v1_5).rawRepresentation
            case .p256: try? p256.signature(for: digest).rawRepresentation
            case .nobody: Data()
            // The classic: the public key, which everybody knows, taken for a shared secret.
            case .shared:
                Data(
                    HMAC<SHA256>.authenticationCode(
                        for: Data(signed.utf8), using: SymmetricKey(data: Data(rsa.publicKey.pemRepresentation.utf8))))
            }
        return signed + "." + Self.letters(signature ?? Data())
    }

    private static func letters(_ bytes: some Sequence<UInt8>) -> String {
        Data(bytes).base64EncodedString().replacingOccurrences(of: "+", with: "-")
            .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
    }
}
