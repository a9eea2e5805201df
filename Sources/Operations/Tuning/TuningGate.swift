internal import Synchronization
internal import Wire

/// Lets one previewing, back-test or learning run go on at a time: each works through the whole registry or history, and
/// several at once would take the service from everybody else.
final class TuningGate: Sendable {
    private let isTaken = Mutex(false)

    /// Throws ``Problem`` `unavailable` while another one runs.
    func once<Result>(_ body: () throws -> Result) throws -> Result {
        let isFree = isTaken.withLock { taken in
            defer { taken = true }
            return !taken
        }
        guard isFree else {
            throw Problem(
                .unavailable, "Another preview, back-test or learning is running. Ask again in a moment.",
                zhHans: "另一项预览、回放或学习正在进行，请稍后再试。", retryAfterSeconds: 10)
        }
        defer { isTaken.withLock { $0 = false } }
        return try body()
    }
}

/// What one call may ask for.
public enum TuningLimits {
    /// Decisions that are replayed; older ones are left out.
    static let mostDecisions = 50_000
    public static let mostDraws = 5_000
    /// Combinations of parameters that learning tries.
    static let mostSettings = 64
    public static let mostChanges = 20_000
    /// Lines of wishes that one vote is held for.
    static let mostVoteLines = 2_000
    /// Threads of a preview.
    static let threads = 2
    /// A preview ends after so long with what it has.
    static let previewSeconds: Int64 = 40
}
