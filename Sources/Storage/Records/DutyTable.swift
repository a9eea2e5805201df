internal import Casework

/// Reads and replaces the leases of duties. A lease is replaced only where it is still the one that was read.
struct DutyTable {
    let connection: any Connection
    let program: String

    func first(_ duty: Duty) throws -> DutyLease? {
        try connection.first(
            "SELECT node, until_at FROM duty_lease WHERE program = $1 AND duty = $2", [.text(program), SQLValue(duty)]
        ).map { DutyLease(duty, node: try $0[0], until: try $0[1]) }
    }

    func replace(_ standing: DutyLease?, with lease: DutyLease) throws -> Bool {
        var parameters: [SQLValue] = [
            .text(program), SQLValue(lease.duty), SQLValue(lease.node), SQLValue(lease.until),
        ]
        guard let standing else {
            return try connection.run(
                """
                INSERT INTO duty_lease (program, duty, node, until_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
                """, parameters) == 1
        }
        parameters += [SQLValue(standing.node), SQLValue(standing.until)]
        return try connection.run(
            """
            UPDATE duty_lease SET node = $3, until_at = $4
            WHERE program = $1 AND duty = $2 AND node = $5 AND until_at = $6
            """, parameters) == 1
    }
}
