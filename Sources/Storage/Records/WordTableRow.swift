internal import Casework
internal import Crypto
internal import MatchCore

/// Reads and replaces the table of how rare each word is.
struct WordTableRow {
    let connection: any Connection
    let program: String

    func facts() throws -> StoredWords.Facts? {
        try connection.first(
            "SELECT revision, counted_at, texts, records FROM word_table WHERE program = $1", [.text(program)]
        ).map { try facts($0) }
    }

    func first() throws -> StoredWords? {
        try connection.first(
            "SELECT revision, counted_at, texts, records, body, digest FROM word_table WHERE program = $1",
            [.text(program)]
        ).map { row in
            let body: String = try row[4]
            guard try row[5] == Self.digest(body) else {
                throw DatabaseError(
                    .corrupt,
                    message: "The table of words was altered in the database. Delete its row from word_table: it is "
                        + "counted again.")
            }
            return StoredWords(facts: try facts(row), body: body)
        }
    }

    func replace(_ standing: StoredWords.Facts?, with words: StoredWords) throws -> Bool {
        var parameters: [SQLValue] = [
            .text(program), SQLValue(words.facts.revision), SQLValue(words.facts.counted), SQLValue(words.facts.texts),
            SQLValue(words.facts.records), .text(words.body), .text(Self.digest(words.body)),
        ]
        guard let standing else {
            return try connection.run(
                """
                INSERT INTO word_table (program, revision, counted_at, texts, records, body, digest)
                VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING
                """, parameters) == 1
        }
        parameters.append(SQLValue(standing.revision))
        return try connection.run(
            """
            UPDATE word_table SET revision = $2, counted_at = $3, texts = $4, records = $5, body = $6, digest = $7
            WHERE program = $1 AND revision = $8
            """, parameters) == 1
    }

    private func facts(_ row: SQLRow) throws -> StoredWords.Facts {
        StoredWords.Facts(revision: try row[0], counted: try row[1], texts: try row[2], records: try row[3])
    }

    private static func digest(_ body: String) -> String {
        SHA256.hash(data: Array(body.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
