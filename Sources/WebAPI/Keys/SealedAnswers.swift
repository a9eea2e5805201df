public import Casework
internal import Crypto
internal import MatchCore
internal import Wire

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Keeps what was answered under each `Idempotency-Key` in the store, sealed under a key that only the caller can make, and
/// what it says of people under theirs as well.
public struct SealedAnswers: IdempotencyKeeping {
    /// How long an answer is given again, in milliseconds.
    private let kept: Int64
    /// How long a key is held without being renewed, in milliseconds.
    private let held: Int64
    private let salt: [UInt8]
    private let requests: RequestDigest

    /// - Parameter salt: what digests are keyed with, and sealed under beside the caller's secret, which a guest's is not: the
    ///   same on every node, and not in the database.
    public init(salt: [UInt8], keptSeconds: Int64 = 86_400, heldSeconds: Int64 = 15) {
        self.salt = salt
        requests = RequestDigest(salt: salt)
        kept = keptSeconds * 1_000
        held = heldSeconds * 1_000
    }

    public func take(_ use: IdempotentUse, in store: any CaseTransaction, at now: Moment) throws -> IdempotencyFinding {
        let digest = digest(of: use)
        let fresh = KeyUse(
            digest: digest, fingerprint: requests.keyed(use.fingerprint), holder: use.holder,
            heldUntil: now.adding(milliseconds: held), answer: nil, expiresAt: now.adding(milliseconds: kept))
        if try store.hold(fresh, at: now) { return .fresh }
        guard let known = try store.keyUse(digest) else { return .running }
        guard known.fingerprint == fresh.fingerprint else { return .reused }
        guard !known.isForgotten else { return .forgotten }
        guard let sealed = known.answer else { return .running }
        return .answered(try open(sealed, use, digest: digest))
    }

    public func isAnswered(_ use: IdempotentUse, in store: any CaseTransaction, at now: Moment) throws -> Bool {
        guard let known = try store.keyUse(digest(of: use)), known.expiresAt > now else { return false }
        return known.answer != nil || known.isForgotten
    }

    public func renew(_ use: IdempotentUse, in store: any CaseTransaction, at now: Moment) throws -> Bool {
        try store.renewHold(digest(of: use), holder: use.holder, until: now.adding(milliseconds: held))
    }

    public func keep(_ answer: KeptAnswer, for use: IdempotentUse, in store: any CaseTransaction, at now: Moment) throws
    {
        let digest = digest(of: use)
        let sealed = try AES.GCM.seal(
            answer.bytes, using: sealingKey(for: use), authenticating: digest + use.fingerprint)
        guard let combined = sealed.combined,
            try store.keepAnswer(
                [UInt8](combined), binding: answer.named.map { .people(named: $0) } ?? .nobody, digest,
                holder: use.holder, until: now.adding(milliseconds: kept))
        else {
            // Somebody took the key over while this request was away: its effect must not stand beside theirs, and whoever
            // asks again gets their answer.
            throw Problem(
                .stillRunning, "Another request goes on under this Idempotency-Key. Ask again in a moment.",
                zhHans: "另一请求正以此 Idempotency-Key 继续办理，请稍后重试。", retryAfterSeconds: 1)
        }
    }

    public func release(_ use: IdempotentUse, in store: any CaseTransaction) throws {
        try store.releaseHold(digest(of: use), holder: use.holder)
    }

    /// Whose key, on which route: two callers never meet, and a table of these tells nothing of who called.
    private func digest(of use: IdempotentUse) -> [UInt8] {
        var hash = SHA256()
        for part in [use.scope, use.route, use.key] {
            // A text has no NUL in it, so parts cannot run into each other.
            hash.update(data: Array(part.utf8) + [0])
        }
        return requests.keyed(Array(hash.finalize()))
    }

    private func sealingKey(for use: IdempotentUse) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: use.secret + salt), salt: Array(use.key.utf8),
            info: Array("almoner idempotent answer 2".utf8), outputByteCount: 32)
    }

    private func open(_ sealed: [UInt8], _ use: IdempotentUse, digest: [UInt8]) throws -> KeptAnswer {
        let box = try AES.GCM.SealedBox(combined: sealed)
        let bytes = try AES.GCM.open(box, using: sealingKey(for: use), authenticating: digest + use.fingerprint)
        guard let answer = KeptAnswer(bytes: [UInt8](bytes)) else {
            throw CaseworkError(.malformed, "A kept answer cannot be read.", zhHans: "已存的答复无法读取。")
        }
        return answer
    }
}

extension KeptAnswer {
    /// Stands among the headers for the path at which what was answered is read; no header is called so.
    private static let readAt = ":read"

    /// Status, number of headers, each name and value with its length, and the body to the end.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        func append(_ number: Int) { withUnsafeBytes(of: UInt32(number).bigEndian) { bytes.append(contentsOf: $0) } }
        var headers = headers
        headers[Self.readAt] = readAt?.joined(separator: "/")
        append(status)
        append(headers.count)
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) {
            for part in [name, value] {
                append(part.utf8.count)
                bytes.append(contentsOf: part.utf8)
            }
        }
        return bytes + body
    }

    init?(bytes: [UInt8]) {
        var rest = bytes[...]
        func number() -> Int? {
            guard rest.count >= 4 else { return nil }
            defer { rest = rest.dropFirst(4) }
            return rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        }
        func text() -> String? {
            guard let count = number(), rest.count >= count else { return nil }
            defer { rest = rest.dropFirst(count) }
            return String(decoding: rest.prefix(count), as: UTF8.self)
        }
        guard let status = number(), let count = number() else { return nil }
        var headers: [String: String] = [:]
        for _ in 0..<count {
            guard let name = text(), let value = text() else { return nil }
            headers[name] = value
        }
        let readAt = headers.removeValue(forKey: Self.readAt)?.split(separator: "/").map(String.init)
        self.init(status: status, headers: headers, body: Array(rest), readAt: readAt)
    }
}
