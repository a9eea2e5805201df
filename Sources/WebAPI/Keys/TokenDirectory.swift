public import Casework
internal import MatchCore
internal import Synchronization
internal import Wire

/// Tells callers by their tokens, over the store's keys.
///
/// Where the store says when keys change, they are remembered until then; a revoked key is refused on the next request.
public final class TokenDirectory: Authenticating {
    private struct Memory {
        var version: UInt64 = 0
        var keys: [[UInt8]: AccessKey] = [:]
    }

    private let store: any CaseStore
    private let now: @Sendable () -> Moment
    private let capacity: Int
    private let memory = Mutex(Memory())

    /// - Parameter capacity: how many keys are remembered at most.
    public init(store: any CaseStore, capacity: Int = 10_000, now: @escaping @Sendable () -> Moment) {
        self.store = store
        self.capacity = capacity
        self.now = now
    }

    public func caller(for bearer: String?, request: APIRequest) async throws -> Caller {
        guard let bearer else { return .guest }
        guard let token = AccessToken(bearer), let key = try await key(hash: token.hash) else { throw Self.refused }
        return try caller(key)
    }

    public func knownCaller(for bearer: String?) throws -> Caller? {
        guard let bearer else { return .guest }
        guard let version = store.keysVersion, let token = AccessToken(bearer) else { return nil }
        let known = memory.withLock { $0.version == version ? $0.keys[token.hash] : nil }
        return try known.map(caller)
    }

    private func caller(_ key: AccessKey) throws -> Caller {
        guard key.isValid(at: now()) else { throw Self.refused }
        return Caller(
            actor: key.actor, areas: key.areas.map(\.text), purpose: key.purpose, until: key.expiresAt,
            key: key.id)
    }

    private static var refused: Problem {
        Problem(
            .unauthenticated, "The token is not known, has expired or was revoked. Ask an admin for another.",
            zhHans: "令牌不存在、已过期或已吊销，请向管理员申领。")
    }

    private func key(hash: [UInt8]) async throws -> AccessKey? {
        // Asked for before the key is read: what is committed between the two only makes the memory shorter.
        guard let version = store.keysVersion else { return try await store.read { try $0.accessKey(hash: hash) } }
        let known = memory.withLock { $0.version == version ? $0.keys[hash] : nil }
        if let known { return known }
        guard let key = try await store.read({ try $0.accessKey(hash: hash) }) else { return nil }
        memory.withLock { memory in
            if memory.version < version || memory.keys.count >= capacity { memory = Memory(version: version) }
            if memory.version == version { memory.keys[hash] = key }
        }
        return key
    }
}
