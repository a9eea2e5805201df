internal import Casework
internal import MatchCore
internal import Sealing

/// Reads and writes accounts, and what they sign in with.
struct AccountTable {
    let connection: any Connection
    let program: String
    let vault: VaultSession

    private static func namePlace(_ id: RecordID) -> SealedPlace { SealedPlace("account", "name", row: id.description) }
    private static func secretPlace(_ column: String, _ id: RecordID) -> SealedPlace {
        SealedPlace("account_factor", column, row: id.description)
    }

    private func key(_ id: RecordID) -> [SQLValue] { [.text(program), SQLValue(id)] }

    // MARK: Accounts

    func insert(_ account: Account, key: RecordID) throws {
        try connection.run(
            """
            INSERT INTO account (program, id, name, name_key, state, created_at, created_by)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            [
                .text(program), SQLValue(account.id),
                try vault.seal(account.name.text, for: Self.namePlace(account.id), of: account.id), SQLValue(key),
                .text(account.state.rawValue), SQLValue(account.createdAt), SQLValue(account.createdBy),
            ])
    }

    func all(_ condition: String, _ parameters: [SQLValue]) throws -> [Account] {
        // Names are opened after the rows were read: the vault may ask the key store.
        let rows = try connection.all(
            "SELECT id, name, state, created_at, created_by FROM account WHERE program = $1 \(condition)",
            [.text(program)] + parameters)
        return try rows.map { row in
            let id: RecordID = try row[0]
            let state: String = try row[2]
            let text = try vault.open(row[1], at: Self.namePlace(id)) ?? ""
            guard let name = text.isEmpty ? SignInName.erased : SignInName(text),
                let state = Account.State(rawValue: state)
            else {
                throw DatabaseError(
                    .wrongType, message: "A stored account cannot be read by this version. Use the newer version.")
            }
            return Account(id: id, name: name, state: state, createdAt: try row[3], createdBy: try row[4])
        }
    }

    func setState(_ state: Account.State, of id: RecordID) throws {
        try connection.run(
            "UPDATE account SET state = $3 WHERE program = $1 AND id = $2", key(id) + [.text(state.rawValue)])
    }

    // MARK: Passwords

    func password(of id: RecordID) throws -> AccountPassword? {
        try connection.first(
            """
            SELECT hash, is_one_time, set_at, expires_at FROM account_password WHERE program = $1 AND account_id = $2
            """, key(id)
        ).map { row in
            let isOneTime: Int64 = try row[1]
            return AccountPassword(
                hash: try row[0], isOneTime: isOneTime != 0, setAt: try row[2], expiresAt: try row[3])
        }
    }

    func setPassword(_ password: AccountPassword?, of id: RecordID) throws {
        guard let password else {
            try connection.run("DELETE FROM account_password WHERE program = $1 AND account_id = $2", key(id))
            return
        }
        try connection.run(
            """
            INSERT INTO account_password (program, account_id, hash, is_one_time, set_at, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (program, account_id) DO UPDATE SET hash = excluded.hash, is_one_time = excluded.is_one_time,
                set_at = excluded.set_at, expires_at = excluded.expires_at
            """,
            key(id) + [
                .text(password.hash), .integer(password.isOneTime ? 1 : 0), SQLValue(password.setAt),
                SQLValue(password.expiresAt),
            ])
    }

    // MARK: Second factors

    func factor(of id: RecordID) throws -> SecondFactor? {
        let row = try connection.first(
            """
            SELECT secret, pending, confirmed_at, last_step FROM account_factor WHERE program = $1 AND account_id = $2
            """, key(id))
        guard let row else { return nil }
        func code(_ column: String, _ index: Int) throws -> TimeCode? {
            try vault.open(row[index], at: Self.secretPlace(column, id)).map {
                TimeCode(secret: $0.utf8.hexadecimalBytes)
            }
        }
        return SecondFactor(
            code: try code("secret", 0), pending: try code("pending", 1), confirmedAt: try row[2], lastStep: try row[3])
    }

    func setFactor(_ factor: SecondFactor?, of id: RecordID) throws {
        guard let factor else {
            try connection.run("DELETE FROM account_factor WHERE program = $1 AND account_id = $2", key(id))
            try setRecoveryCodes([], of: id)
            return
        }
        try connection.run(
            """
            INSERT INTO account_factor (program, account_id, secret, pending, confirmed_at, last_step)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (program, account_id) DO UPDATE SET secret = excluded.secret, pending = excluded.pending,
                confirmed_at = excluded.confirmed_at, last_step = excluded.last_step
            """,
            key(id) + [
                try vault.seal(factor.code?.secret.hexadecimal, for: Self.secretPlace("secret", id), of: id),
                try vault.seal(factor.pending?.secret.hexadecimal, for: Self.secretPlace("pending", id), of: id),
                SQLValue(factor.confirmedAt), .integer(factor.lastStep),
            ])
    }

    func setRecoveryCodes(_ hashes: [[UInt8]], of id: RecordID) throws {
        try connection.run("DELETE FROM account_recovery WHERE program = $1 AND account_id = $2", key(id))
        for hash in hashes {
            try connection.run(
                "INSERT INTO account_recovery (program, account_id, code_hash) VALUES ($1, $2, $3)",
                key(id) + [.blob(hash)])
        }
    }

    func recoveryCodeCount(of id: RecordID) throws -> Int {
        try connection.require(
            "SELECT COUNT(*) FROM account_recovery WHERE program = $1 AND account_id = $2", key(id))[0]
    }

    func takeRecoveryCode(_ hash: [UInt8], of id: RecordID) throws -> Bool {
        try connection.run(
            "DELETE FROM account_recovery WHERE program = $1 AND account_id = $2 AND code_hash = $3",
            key(id) + [.blob(hash)]) == 1
    }

    // MARK: Identities

    private static let identityColumns = "id, issuer, subject_key, account_id, asked_at, approved_by, approved_at"

    func identities(_ condition: String, _ parameters: [SQLValue]) throws -> [DirectoryIdentity] {
        try connection.all(
            "SELECT \(Self.identityColumns) FROM account_identity WHERE program = $1 \(condition)",
            [.text(program)] + parameters
        ).map { row in
            DirectoryIdentity(
                id: try row[0], issuer: try row[1], subject: try row[2], account: try row[3], askedAt: try row[4],
                approvedBy: try row[5], approvedAt: try row[6])
        }
    }

    func save(_ identity: DirectoryIdentity) throws {
        try connection.run(
            """
            INSERT INTO account_identity (program, \(Self.identityColumns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (program, id) DO UPDATE SET account_id = excluded.account_id,
                approved_by = excluded.approved_by, approved_at = excluded.approved_at
            """,
            [
                .text(program), SQLValue(identity.id), .text(identity.issuer), SQLValue(identity.subject),
                SQLValue(identity.account), SQLValue(identity.askedAt), SQLValue(identity.approvedBy),
                SQLValue(identity.approvedAt),
            ])
    }

    func removeIdentity(_ id: RecordID) throws {
        try connection.run("DELETE FROM account_identity WHERE program = $1 AND id = $2", key(id))
    }
}

extension [UInt8] {
    /// Two digits a byte, for a column of texts.
    fileprivate var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

extension String.UTF8View {
    /// The bytes of a text of hexadecimal digits; empty for any other.
    fileprivate var hexadecimalBytes: [UInt8] {
        let digits = compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        guard digits.count == count, count.isMultiple(of: 2) else { return [] }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
