import Casework
import Foundation
import Storage
import Synchronization

/// The service's time: the host's, or one that was set for a test and goes on from there. Of several nodes on one database
/// each follows the database's clock, so that leases and expiries mean the same moment on all of them.
final class ServiceTime: Sendable {
    private let offset: Atomic<Int64>
    /// Whether it was set, and so follows nobody.
    private let isSet: Bool

    init(startingAt moment: Moment? = nil) {
        isSet = moment != nil
        offset = Atomic(moment.map { $0.milliseconds - Self.host } ?? 0)
    }

    var now: Moment { Moment(milliseconds: Self.host &+ offset.load(ordering: .relaxed)) }

    /// Looks at the database's clock; returns how far the host's is from it, in milliseconds.
    @discardableResult
    func follow(_ database: any SharedDatabase) async throws -> Int64 {
        let before = Self.host
        let time = try await database.milliseconds()
        // The answer was on its way for about half of the time that passed.
        let found = time - (before + (Self.host - before) / 2)
        if !isSet { offset.store(found, ordering: .relaxed) }
        return found
    }

    /// How far a database's clock is from the host's, in milliseconds, and by how much that may be wrong: half of what the
    /// quickest of several questions took.
    func offset(from database: any SharedDatabase) throws -> (milliseconds: Int64, error: Int64) {
        var best: (milliseconds: Int64, error: Int64)?
        for _ in 0..<5 {
            let before = Self.host
            let time = try database.blockingMilliseconds()
            let taken = Self.host - before
            // Either clock is read in whole milliseconds.
            let error = (taken + 1) / 2 + 1
            if best.map({ error < $0.error }) ?? true { best = (time - (before + taken / 2), error) }
        }
        return best ?? (0, 0)
    }

    private static var host: Int64 { Int64((Date().timeIntervalSince1970 * 1_000).rounded(.down)) }
}
