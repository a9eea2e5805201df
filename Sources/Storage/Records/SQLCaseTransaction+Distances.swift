internal import CaseRecords
internal import Casework
internal import MatchCore

/// Distances between sites, and which record lies at which site.
extension SQLCaseTransaction {
    func save(_ distance: SiteDistance) throws -> SaveKind {
        marks.markEverything()
        let values: [SQLValue] = [
            .text(program), .text(distance.offerSite), .text(distance.wishSite), SQLValue(distance.centimetres),
            .text(distance.missing.rawValue),
        ]
        let inserted = try connection.run(
            """
            INSERT INTO distance (program, offer_site, wish_site, centimetres, missing) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT DO NOTHING
            """, values)
        if inserted == 1 { return .created }
        let changed = try connection.run(
            """
            UPDATE distance SET centimetres = $4, missing = $5
            WHERE program = $1 AND offer_site = $2 AND wish_site = $3 AND (centimetres <> $4 OR missing <> $5)
            """, values)
        return changed == 1 ? .changed : .unchanged
    }

    func forEachDistance(_ body: (SiteDistance) throws -> Void) throws {
        try connection.forEach(
            "SELECT offer_site, wish_site, centimetres, missing FROM distance WHERE program = $1", [.text(program)]
        ) { row in
            let missing: String = try row[3]
            try body(
                SiteDistance(
                    offerSite: try row[0], wishSite: try row[1], centimetres: try row[2],
                    missing: DistanceTable.Missing(rawValue: missing) ?? .unknown))
        }
    }

    func setSite(_ site: String?, of kind: RecordKind, _ id: RecordID) throws {
        marks.mark(kind, id)
        guard let site else {
            try connection.run(
                "DELETE FROM site WHERE program = $1 AND kind = $2 AND record_id = $3",
                [.text(program), .text(kind.rawValue), SQLValue(id)])
            return
        }
        try connection.run(
            """
            INSERT INTO site (program, kind, record_id, name) VALUES ($1, $2, $3, $4)
            ON CONFLICT (program, kind, record_id) DO UPDATE SET name = excluded.name
            """, [.text(program), .text(kind.rawValue), SQLValue(id), .text(site)])
    }

    func site(of kind: RecordKind, _ id: RecordID) throws -> String? {
        try connection.first(
            "SELECT name FROM site WHERE program = $1 AND kind = $2 AND record_id = $3",
            [.text(program), .text(kind.rawValue), SQLValue(id)]
        ).map { try $0[0] }
    }

    func forEachSite(of kind: RecordKind, _ body: (_ site: String, _ id: RecordID) throws -> Void) throws {
        try connection.forEach(
            "SELECT name, record_id FROM site WHERE program = $1 AND kind = $2",
            [.text(program), .text(kind.rawValue)]
        ) { try body(try $0[0], try $0[1]) }
    }
}
