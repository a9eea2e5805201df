internal import Casework
internal import Synchronization

/// Which servers have written the feed of changes, one after the other, and from which transaction on.
///
/// A standby that is promoted gives the numbers of transactions again that the old primary kept to itself, so that a place
/// in the feed says nothing without the timeline on which it was given out.
struct ChangeTimelines {
    let connection: any Connection
    let program: String

    /// The newest that has written anything; 0 where there was but one.
    func newest() throws -> Int64 {
        try connection.require(
            "SELECT COALESCE(MAX(timeline), 0) FROM change_timeline WHERE program = $1", [.text(program)])[0]
    }

    /// Whether a place is one of this feed: what was given out on an older timeline is, up to where the next one began.
    func holds(_ place: ChangePlace) throws -> Bool {
        let row = try connection.require(
            "SELECT MIN(first_transaction) FROM change_timeline WHERE program = $1 AND timeline > $2",
            [.text(program), SQLValue(place.timeline)])
        guard let first: Int64 = try row[0] else { return true }
        return place.transaction < first
    }

    /// Notes that a timeline writes, from no later than this transaction on.
    ///
    /// - Parameter noted: the newest that this process has seen noted.
    func note(_ timeline: Int, noted: borrowing Atomic<Int>) throws {
        // The first server of all has nothing before it.
        guard timeline > max(1, noted.load(ordering: .relaxed)) else { return }
        guard try newest() < Int64(timeline) else {
            noted.store(timeline, ordering: .relaxed)
            return
        }
        // Whatever is written on this timeline and not seen yet has a number from here on.
        try connection.run(
            """
            INSERT INTO change_timeline (program, timeline, first_transaction) VALUES ($1, $2, $3)
            ON CONFLICT (program, timeline) DO NOTHING
            """,
            [.text(program), SQLValue(timeline), .integer(try connection.settledTransactions())])
    }
}

/// The newest timeline that this process has seen noted, so that it need not look before each change.
final class NotedTimeline: Sendable {
    let newest = Atomic<Int>(0)
}
