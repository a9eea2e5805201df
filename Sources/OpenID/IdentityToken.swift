internal import Casework
internal import InputGate
internal import Wire

/// A token in which a directory says who somebody is (OpenID Connect Core 1.0, 2 and 3.1.3.7): read, and then verified.
struct IdentityToken: Sendable {
    let algorithm: KeySet.Algorithm
    let keyID: String?
    private let claims: JSONValue
    private let signed: [UInt8]
    private let signature: [UInt8]

    /// How far the clocks of two machines may be apart, in seconds.
    static let leeway: Int64 = 60
    /// How old a token may be that was asked for a moment ago, in seconds.
    static let oldest: Int64 = 600
    private static let limits = GateLimits(maximumBytes: 64 << 10, maximumTokens: 4_096)

    /// Reads a token; nothing in it is to be believed yet. Throws `malformed`, and `algorithm` for one that is not taken.
    init(_ text: String) throws {
        guard text.utf8.count <= 32 << 10 else { throw OpenIDError(.malformed) }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let head = Base64URL.bytes(parts[0]), let body = Base64URL.bytes(parts[1]),
            let signature = Base64URL.bytes(parts[2]),
            let header = try? JSONValue(parsing: head, limits: Self.limits),
            let claims = try? JSONValue(parsing: body, limits: Self.limits)
        else { throw OpenIDError(.malformed) }
        // Which algorithms are taken is for this list to say, and never for the token.
        guard let algorithm = header["alg"].text.flatMap({ KeySet.Algorithm(rawValue: $0) }) else {
            throw OpenIDError(.algorithm)
        }
        guard header["crit"] == nil else { throw OpenIDError(.malformed) }
        self.algorithm = algorithm
        self.claims = claims
        self.signature = signature
        keyID = header["kid"].text
        signed = Array("\(parts[0]).\(parts[1])".utf8)
    }

    /// What was asked for, which the token has to answer.
    struct Expectation: Sendable {
        let issuer: String
        let client: String
        let nonce: String
        let now: Moment
    }

    /// What the directory calls the person. Throws `signature`, `issuer`, `audience`, `time`, `nonce` or `malformed`.
    func subject(signedBy key: KeySet.Key, _ expected: Expectation) throws -> String {
        guard key.algorithm == algorithm, key.hasSigned(signed, signature) else { throw OpenIDError(.signature) }
        guard claims["iss"].text == expected.issuer else { throw OpenIDError(.issuer) }
        try checkAudience(expected.client)
        try checkTime(expected.now.milliseconds / 1_000)
        guard let nonce = claims["nonce"].text, Self.areSame(nonce, expected.nonce) else { throw OpenIDError(.nonce) }
        guard let subject = claims["sub"].text, (1...255).contains(subject.utf8.count) else {
            throw OpenIDError(.malformed)
        }
        return subject
    }

    /// The value of a claim that is a text.
    func text(of claim: String) -> String? { claims[claim].text }

    /// Whether the directory says that it asked for more than a password (RFC 8176).
    var hasSecondFactor: Bool {
        guard case .list(let methods)? = claims["amr"] else { return false }
        return methods.contains { ["mfa", "otp", "hwk", "sc"].contains($0.text) }
    }

    private func checkAudience(_ client: String) throws {
        let audiences: [String?] =
            switch claims["aud"] {
            case .text(let one)?: [one]
            case .list(let several)?: several.map { $0.text }
            default: []
            }
        guard audiences.contains(client), !audiences.contains(nil) else { throw OpenIDError(.audience) }
        // Where it is for several, it says for whom it was made.
        let party = claims["azp"].text
        guard claims["azp"] == nil ? audiences.count == 1 : party == client else { throw OpenIDError(.audience) }
    }

    private func checkTime(_ now: Int64) throws {
        guard let end = try seconds("exp"), now < end.addingLeeway, let made = try seconds("iat"),
            made <= now + Self.leeway, now - made <= Self.oldest
        else { throw OpenIDError(.time) }
        if let begin = try seconds("nbf"), begin > now + Self.leeway { throw OpenIDError(.time) }
    }

    private func seconds(_ claim: String) throws -> Int64? {
        switch claims[claim] {
        case nil: return nil
        case .integer(let number)? where (0...1 << 40).contains(number): return number
        case .decimal(let text)?:
            guard let number = Double(text), (0...1e12).contains(number) else { throw OpenIDError(.time) }
            return Int64(number)
        default: throw OpenIDError(.time)
        }
    }

    private static func areSame(_ one: String, _ other: String) -> Bool {
        let (one, other) = (Array(one.utf8), Array(other.utf8))
        guard one.count == other.count else { return false }
        return zip(one, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

extension Int64 {
    fileprivate var addingLeeway: Int64 { self + IdentityToken.leeway }
}

extension JSONValue {
    fileprivate var text: String? { if case .text(let text) = self { text } else { nil } }
}
