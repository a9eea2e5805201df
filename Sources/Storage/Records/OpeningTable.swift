internal import Casework
internal import MatchCore

/// Reads and writes openings of sealed fields.
struct OpeningTable {
    let connection: any Connection
    let program: String

    private static let columns = """
        id, holder, field, reason, asked_by, asked_at, minutes, approved_by, approved_at, ends_at
        """

    func insert(_ opening: SealOpening) throws {
        try connection.run(
            """
            INSERT INTO seal_opening (program, \(Self.columns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """,
            [
                .text(program), SQLValue(opening.id), SQLValue(opening.holder), .text(opening.field.rawValue),
                .text(opening.reason.text), SQLValue(opening.askedBy), SQLValue(opening.askedAt),
                .integer(opening.minutes), SQLValue(opening.approvedBy), SQLValue(opening.approvedAt),
                SQLValue(opening.endsAt),
            ])
    }

    func approve(_ opening: SealOpening) throws {
        try connection.run(
            """
            UPDATE seal_opening SET approved_by = $3, approved_at = $4, ends_at = $5
            WHERE program = $1 AND id = $2 AND approved_by IS NULL
            """,
            [
                .text(program), SQLValue(opening.id), SQLValue(opening.approvedBy), SQLValue(opening.approvedAt),
                SQLValue(opening.endsAt),
            ])
    }

    func all(_ condition: String, _ parameters: [SQLValue]) throws -> [SealOpening] {
        try connection.all(
            "SELECT \(Self.columns) FROM seal_opening WHERE program = $1 \(condition)", [.text(program)] + parameters
        ).map(Self.opening)
    }

    private static func opening(_ row: SQLRow) throws -> SealOpening {
        let (field, reason): (String, String) = (try row[2], try row[3])
        guard let field = SealedField(rawValue: field), let reason = Casework.Code(reason) else {
            throw DatabaseError(
                .wrongType, message: "An opening has a field that this version does not know. Use the newer version.")
        }
        return SealOpening(
            id: try row[0], holder: try row[1], field: field, reason: reason, askedBy: try row[4], askedAt: try row[5],
            minutes: try row[6], approvedBy: try row[7], approvedAt: try row[8], endsAt: try row[9])
    }
}

extension SQLCaseTransaction {
    private var openingRows: OpeningTable { OpeningTable(connection: connection, program: program) }

    func insert(_ opening: SealOpening) throws { try openingRows.insert(opening) }

    func approve(_ opening: SealOpening) throws { try openingRows.approve(opening) }

    func opening(_ id: RecordID) throws -> SealOpening? {
        try openingRows.all("AND id = $2", [SQLValue(id)]).first
    }

    func openings(before id: RecordID?, limit: Int) throws -> [SealOpening] {
        let condition = id == nil ? "" : "AND id < $3"
        return try openingRows.all(
            "\(condition) ORDER BY id DESC LIMIT $2", [SQLValue(limit)] + (id.map { [SQLValue($0)] } ?? []))
    }

    func openings(of holders: [RecordID]) throws -> [SealOpening] {
        try holders.flatMap { try openingRows.all("AND holder = $2 ORDER BY id DESC", [SQLValue($0)]) }
    }
}
