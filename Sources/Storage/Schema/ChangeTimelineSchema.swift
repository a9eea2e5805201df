/// From which transaction on each server that took the database over wrote the feed of changes: a place beyond it that was
/// given out before speaks of transactions that this database may not have.
extension Schema {
    static let changeTimelines = Migration(
        number: 22, name: "changeTimelines",
        statements: [
            """
            CREATE TABLE change_timeline (
                program TEXT NOT NULL,
                timeline BIGINT NOT NULL,
                first_transaction BIGINT NOT NULL,
                CONSTRAINT change_timeline_key PRIMARY KEY (program, timeline)
            )
            """
        ], oldest: 21)
}
