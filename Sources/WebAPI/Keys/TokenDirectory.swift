public import Casework
internal import MatchCore
internal import Synchronization
internal import Wire

/// Tells callers by their tokens, over the store's keys and the sessions of staff.
///
/// Where the store says when either changes, they are remembered until then; what was revoked is refused on the next
/// request.
public final class TokenDirectory: Authenticating {
    private enum Holder {
        case key(AccessKey)
        case session(SignedIn)
    }

    private struct Memory {
        var version: UInt64 = 0
        var holders: [[UInt8]: Holder] = [:]
    }

    private let store: any CaseStore
    private let now: @Sendable () -> Moment
    private let capacity: Int
    private let memory = Mutex(Memory())

    /// - Parameter capacity: how many tokens are remembered at most.
    public init(store: any CaseStore, capacity: Int = 10_000, now: @escaping @Sendable () -> Moment) {
        self.store = store
        self.capacity = capacity
        self.now = now
    }

    public func caller(for bearer: String?, request: APIRequest) async throws -> Caller {
        guard let bearer else { return .guest }
        guard let token = AccessToken(bearer), let holder = try await holder(hash: token.hash) else {
            throw Self.refused
        }
        let caller = try caller(holder)
        if case .session(let signedIn) = holder { try await touch(signedIn) }
        return caller
    }

    public func knownCaller(for bearer: String?) throws -> Caller? {
        guard let bearer else { return .guest }
        guard let version = store.keysVersion, let token = AccessToken(bearer) else { return nil }
        guard let holder = memory.withLock({ $0.version == version ? $0.holders[token.hash] : nil }) else { return nil }
        // That a session is used has to be put down from time to time, which takes waiting.
        if case .session(let signedIn) = holder, signedIn.session.isTouchDue(at: now()) { return nil }
        return try caller(holder)
    }

    private func caller(_ holder: Holder) throws -> Caller {
        switch holder {
        case .key(let key):
            guard key.isValid(at: now()) else { throw Self.refused }
            return Caller(
                actor: key.actor, areas: key.areas.map(\.text), purpose: key.purpose, until: key.expiresAt,
                key: key.id)
        case .session(let signedIn):
            guard signedIn.isValid(at: now()) else { throw Self.ended }
            let grant = signedIn.grant
            return Caller(
                actor: grant.actor, areas: grant.areas.map(\.text), purpose: grant.purpose, until: grant.expiresAt,
                key: signedIn.session.id, session: signedIn.session.id)
        }
    }

    /// Puts down that a session is in use: every minute at most, and not with every request.
    private func touch(_ signedIn: SignedIn) async throws {
        let now = now()
        guard signedIn.session.isTouchDue(at: now) else { return }
        let id = signedIn.session.id
        try await store.write { try $0.touchSession(id, at: now) }
        memory.withLock { memory in
            guard case .session(var known)? = memory.holders[signedIn.session.hash] else { return }
            known.session.seenAt = max(known.session.seenAt, now)
            memory.holders[signedIn.session.hash] = .session(known)
        }
    }

    private static var refused: Problem {
        Problem(
            .unauthenticated, "The token is not known, has expired or was revoked. Ask an admin for another.",
            zhHans: "令牌不存在、已过期或已吊销，请向管理员申领。")
    }

    private static var ended: Problem {
        Problem(
            .unauthenticated, "This session has ended. Sign in again (almoner sign-in, or POST /v1/session).",
            zhHans: "登录已结束，请重新登录（almoner sign-in 或 POST /v1/session）。")
    }

    private func holder(hash: [UInt8]) async throws -> Holder? {
        // Asked for before the token is read: what is committed between the two only makes the memory shorter.
        guard let version = store.keysVersion else { return try await read(hash) }
        let known = memory.withLock { $0.version == version ? $0.holders[hash] : nil }
        if let known { return known }
        guard let holder = try await read(hash) else { return nil }
        memory.withLock { memory in
            if memory.version < version || memory.holders.count >= capacity { memory = Memory(version: version) }
            if memory.version == version { memory.holders[hash] = holder }
        }
        return holder
    }

    private func read(_ hash: [UInt8]) async throws -> Holder? {
        try await store.read { store in
            if let key = try store.accessKey(hash: hash) { return .key(key) }
            return try store.signedIn(hash: hash).map { .session($0) }
        }
    }
}
