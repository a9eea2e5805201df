internal import MatchCore
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

extension ClosedRange<Int> {
    /// The same as a schema says it.
    var int64: ClosedRange<Int64> { Int64(lowerBound)...Int64(upperBound) }
}

/// What one call may ask for.
public enum TuningLimits {
    /// Decisions that are replayed; older ones are left out.
    static let mostDecisions = 50_000
    public static let mostDraws = 5_000
    /// What the numbers of a call may be; a command's option of the same name takes the same.
    public static let draws = 100...mostDraws
    public static let cutoff = 1...100
    public static let folds = 2...Learning.Options.mostFolds
    public static let least = 50...1_000_000
    public static let top = 1...50
    public static let voteTop = 1...100
    public static let share = TrialTerms.shares
    public static let horizon = 4...1_000_000
    public static let seed = 0...Int.max
    public static let voices = 2...20
    public static let votes = 1...1_000
    /// Combinations of parameters that learning tries.
    static let mostSettings = 64
    public static let mostChanges = 20_000
    /// Lines of wishes that one vote is held for.
    static let mostVoteLines = 2_000
    /// Threads of a preview.
    static let threads = 2
    /// A preview and a vote end after so long with what they have; learning ends with nothing.
    static let longestSeconds: Int64 = 40
}
