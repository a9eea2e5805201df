import Casework
import Logging
import MatchCore
import Storage

/// Sees to it that the table of how rare each word is stays of its time; one node counts for all.
struct WordKeeper: Sendable {
    let count: WordCount
    /// An id that this node keeps while it runs; nil where this process has the database for itself.
    let node: RecordID?

    /// How often the records are counted to see whether the words are to be.
    static let pause = Duration.seconds(60)

    /// Counts where it is time to. Returns whether another table stands now.
    ///
    /// Reading every text takes longer than a lease of the duty goes on: it keeps others from beginning at the same moment, and
    /// of two who end, the later finds another table than it looked at and leaves it.
    func round(on store: SQLCaseStore, now: Moment) async throws -> Bool {
        let (count, node) = (count, node)
        guard try await store.read({ try count.isDue(in: $0, at: now) }) else { return false }
        if let node {
            let turn = try await store.write { try $0.onDuty(.words, node: node, at: now) {} }
            guard case .done = turn else { return false }
        }
        guard let look = try await store.read({ try count.look(in: $0, at: now) }) else { return false }
        return try await store.write { try count.keep(look, in: $0) }
    }

    /// One round; what goes wrong is for the next.
    func attempt(on store: SQLCaseStore, now: Moment, logger: Logger) async {
        do {
            if try await round(on: store, now: now) { logger.info("counted the words") }
        } catch is CancellationError { return } catch {
            logger.warning("the words could not be counted", metadata: ["cause": "\(error)"])
        }
    }

    func run(on store: SQLCaseStore, clock: @Sendable () -> Moment, logger: Logger) async {
        while !Task.isCancelled {
            try? await Task.sleep(for: Self.pause)
            if !Task.isCancelled { await attempt(on: store, now: clock(), logger: logger) }
        }
    }
}
