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
        var distance = ClockDistance()
        for _ in 0..<ClockDistance.questions {
            let before = Self.host
            distance.take(try await database.milliseconds(), between: before, and: Self.host)
        }
        if !isSet { offset.store(distance.milliseconds, ordering: .relaxed) }
        return distance.milliseconds
    }

    /// How far a database's clock is from the host's.
    func distance(from database: any SharedDatabase) throws -> ClockDistance {
        var distance = ClockDistance()
        for _ in 0..<ClockDistance.questions {
            let before = Self.host
            distance.take(try database.blockingMilliseconds(), between: before, and: Self.host)
        }
        return distance
    }

    private static var host: Int64 { Int64((Date().timeIntervalSince1970 * 1_000).rounded(.down)) }
}

/// How far another clock is from the host's, by the quickest of several questions: an answer was on its way for about half of
/// the time that passed, and how far from half is not known.
struct ClockDistance {
    static let questions = 5

    private(set) var milliseconds: Int64 = 0
    /// By how much that may be wrong, in milliseconds.
    private(set) var error = Int64.max

    /// Takes an answer that was asked for and arrived at these times of the host.
    mutating func take(_ answer: Int64, between asked: Int64, and arrived: Int64) {
        let taken = arrived - asked
        // Either clock is read in whole milliseconds.
        let error = (taken + 1) / 2 + 1
        if error < self.error { (milliseconds, self.error) = (answer - (asked + taken / 2), error) }
    }
}
