internal import Casework
internal import Synchronization

/// Which servers have written the feed of changes, one after the other, and from which transaction on.
///
/// A standby that is promoted gives the numbers of transactions again that the old primary kept to itself, so that a place
/// in the feed says nothing without the timeline on which it was given out. Nor does one of another database: a copy and what
/// was restored number their transactions anew. So a timeline here is the server's own, and above its 32 bits how often the
/// records have moved.
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

    private static let move: Int64 = 1 << 32

    /// Notes in every program of a database that its records came from elsewhere, so that the places which were given out there
    /// say nothing here from the first transaction on that stands in no feed of this one.
    ///
    /// Moves are numbered by the minute, so that two of one backup are told apart.
    ///
    /// - Parameters:
    ///   - newest: the greatest timeline that the program had where the records come from.
    ///   - milliseconds: now, in UTC.
    static func noteMove(
        on connection: any Connection, at milliseconds: Int64, newest: (_ program: String) throws -> Int64
    ) throws {
        for row in try connection.all("SELECT program FROM program ORDER BY program") {
            let program: String = try row[0]
            let former = max(try newest(program), try Self(connection: connection, program: program).newest())
            let row = try connection.require(
                """
                SELECT (SELECT MAX(transaction_number) FROM change_entry WHERE program = $1),
                    (SELECT forgotten_transaction FROM change_feed WHERE program = $1)
                """, [.text(program)])
            let (told, forgotten): (Int64?, Int64?) = (try row[0], try row[1])
            let kept = max(told ?? 0, forgotten ?? 0)
            try connection.run(
                "INSERT INTO change_timeline (program, timeline, first_transaction) VALUES ($1, $2, $3)",
                [
                    .text(program), .integer(max(former / move + 1, milliseconds / 60_000) * move),
                    .integer(kept == 0 ? 0 : kept + 1),
                ])
        }
    }

    /// Notes that a timeline writes, from no later than this transaction on.
    ///
    /// - Parameter noted: the newest that this process has seen noted.
    func note(_ timeline: Int, noted: borrowing Atomic<Int>) throws {
        // The first server of all has nothing before it.
        guard timeline > max(1, noted.load(ordering: .relaxed)) else { return }
        let newest = try newest()
        let value = newest / Self.move * Self.move + Int64(timeline)
        guard newest < value else {
            noted.store(timeline, ordering: .relaxed)
            return
        }
        // Whatever is written on this timeline and not seen yet has a number from here on.
        try connection.run(
            """
            INSERT INTO change_timeline (program, timeline, first_transaction) VALUES ($1, $2, $3)
            ON CONFLICT (program, timeline) DO NOTHING
            """,
            [.text(program), .integer(value), .integer(try connection.settledTransactions())])
    }
}

/// The newest timeline that this process has seen noted, so that it need not look before each change.
final class NotedTimeline: Sendable {
    let newest = Atomic<Int>(0)
}
