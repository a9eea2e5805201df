/// What a database carries while only a part of a copy is in it, so that nobody takes it for the whole.
///
/// It stands among the migrations under a number that no step has, so that every version refuses the database, older ones too.
enum CopyMark {
    static let number = 1_000_000_000
    private static let name = "part of a copy"

    static func set(on connection: any Connection, at time: Int64) throws {
        try connection.run(
            """
            INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES ($1, $2, '', $3)
            ON CONFLICT (number) DO NOTHING
            """, [SQLValue(number), .text(name), .integer(time)])
    }

    static func remove(on connection: any Connection) throws {
        try connection.run("DELETE FROM schema_migration WHERE number = $1", [SQLValue(number)])
    }

    static var unfinished: DatabaseError {
        DatabaseError(
            .schemaNewer,
            message: "The database holds only a part of what was to be copied or restored into it. Start "
                + "`almoner db copy` with the same source again, which goes on where it stopped, or make the database "
                + "anew.")
    }
}
