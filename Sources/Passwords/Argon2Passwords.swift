public import Casework
internal import Dispatch
internal import Foundation
internal import Synchronization
internal import Wire

/// Hashes passwords on threads of its own: a few at once, so that a crowd that signs in takes neither all processors nor
/// all memory, and with an end to the queue.
public final class Argon2Passwords: PasswordHashing {
    private let argon2: Argon2Work
    private let lanes: [DispatchQueue]
    private let waiting: Mutex<[Int]>
    private let most: Int
    private let salt: @Sendable () -> [UInt8]
    private let dummy: Mutex<String?> = Mutex(nil)

    /// - Parameters:
    ///   - atOnce: how many are hashed side by side.
    ///   - most: how many may wait in all; beyond, people are asked to come back.
    ///   - random: chance for salts.
    public init(
        _ work: SignInRules.Work, atOnce: Int = 2, most: Int = 64,
        random: @escaping @Sendable () -> UInt64 = HostRandom.next
    ) {
        argon2 = Argon2Work(work)
        let atOnce = max(1, atOnce)
        lanes = (0..<atOnce).map { DispatchQueue(label: "almoner password \($0)") }
        waiting = Mutex(Array(repeating: 0, count: atOnce))
        self.most = most
        salt = {
            (0..<Argon2Work.saltBytes / 8).flatMap { _ in withUnsafeBytes(of: random()) { Array($0) } }
        }
    }

    public func hash(_ password: String) async throws -> String {
        let bytes = Self.bytes(of: password)
        return try await onLane { [argon2, salt] in try argon2.hash(bytes, salt: salt()) }
    }

    public func check(_ password: String, against hash: String?) async throws -> PasswordFinding {
        let bytes = Self.bytes(of: password)
        return try await onLane { [self] in
            guard let hash else {
                try spendAsLong(on: bytes)
                return .wrong
            }
            guard argon2.isRight(bytes, for: hash) else { return .wrong }
            return .right(renewed: argon2.isMore(than: hash) ? try argon2.hash(bytes, salt: salt()) : nil)
        }
    }

    /// Compares with a hash of chance, to which no password belongs; where that has yet to be made, making it takes as long.
    private func spendAsLong(on password: [UInt8]) throws {
        if let made = dummy.withLock({ $0 }) {
            _ = argon2.isRight(password, for: made)
        } else {
            let made = try argon2.hash(salt() + salt(), salt: salt())
            dummy.withLock { $0 = made }
        }
    }

    /// A letter with its accent typed as one or as two is the same password.
    private static func bytes(of password: String) -> [UInt8] {
        Array(password.precomposedStringWithCanonicalMapping.utf8)
    }

    /// Runs work on the lane where the fewest wait. Throws `unavailable` where all are full.
    private func onLane<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        let lane = waiting.withLock { waiting -> Int? in
            guard waiting.reduce(0, +) < most,
                let lane = waiting.indices.min(by: { waiting[$0] < waiting[$1] })
            else { return nil }
            waiting[lane] += 1
            return lane
        }
        guard let lane else {
            throw Problem(
                .unavailable, "Many sign in at this moment. Try again in a few seconds.", zhHans: "登录人数较多，请稍后再试。",
                retryAfterSeconds: 3)
        }
        return try await withCheckedThrowingContinuation { continuation in
            lanes[lane].async { [self] in
                let result = Swift.Result { try work() }
                waiting.withLock { $0[lane] -= 1 }
                continuation.resume(with: result)
            }
        }
    }
}
