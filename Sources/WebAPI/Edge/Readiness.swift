internal import Synchronization

/// Whether the database answers, by the last look at it.
///
/// One loop looks, and whoever asks is told what it saw: no balancer waits for a database that stands still, and its questions
/// do not queue up in front of those of people.
public final class Readiness: Sendable {
    /// How long the database may leave a look without an answer. A server that is only busy answers within it.
    public static let patience = Duration.seconds(5)
    /// How long it rests between two looks.
    public static let pause = Duration.seconds(1)

    /// When the database answered last; nil where it refused since.
    private let answered: Mutex<ContinuousClock.Instant?>
    private let now: @Sendable () -> ContinuousClock.Instant

    /// Ready until a look says otherwise: whoever serves has just opened the database.
    public init(now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
        self.now = now
        answered = Mutex(now())
    }

    /// Whether the last look was answered, and not too long ago.
    public var isReady: Bool {
        guard let answered = answered.withLock({ $0 }) else { return false }
        return now() - answered <= Self.patience + Self.pause
    }

    /// Looks again and again, until the task is cancelled.
    ///
    /// - Parameters:
    ///   - rest: waits between two looks.
    ///   - look: asks the database for something; throws where it cannot be served from.
    public func follow(
        rest: @Sendable () async -> Void = { try? await Task.sleep(for: Readiness.pause) },
        _ look: @Sendable () async throws -> Void
    ) async {
        while !Task.isCancelled {
            let isAnswered = (try? await look()) != nil
            answered.withLock { $0 = isAnswered ? now() : nil }
            await rest()
        }
    }
}
