internal import Casework
internal import MatchCore

/// Accounts and sessions. What others remember of a token is marked like a change of keys.
extension SQLCaseTransaction {
    private var accountRows: AccountTable {
        AccountTable(connection: connection, program: program, vault: vault)
    }
    private var sessionRows: SessionTable { SessionTable(connection: connection, program: program) }

    func insert(_ account: Account, key: RecordID) throws {
        try accountRows.insert(account, key: key)
        try note(.account, account.id, .created)
    }

    func account(_ id: RecordID) throws -> Account? { try accountRows.all("AND id = $2", [SQLValue(id)]).first }
    func account(key: RecordID) throws -> Account? { try accountRows.all("AND name_key = $2", [SQLValue(key)]).first }

    func accounts(before id: RecordID?, limit: Int) throws -> [Account] {
        guard let id else { return try accountRows.all("ORDER BY id DESC LIMIT $2", [SQLValue(limit)]) }
        return try accountRows.all("AND id < $2 ORDER BY id DESC LIMIT $3", [SQLValue(id), SQLValue(limit)])
    }

    func setState(_ state: Account.State, ofAccount account: RecordID) throws {
        marks.markKeys()
        try accountRows.setState(state, of: account)
        try note(.account, account, state == .left ? .ended : .changed)
    }

    func password(of account: RecordID) throws -> AccountPassword? { try accountRows.password(of: account) }

    func setPassword(_ password: AccountPassword?, of account: RecordID) throws {
        try accountRows.setPassword(password, of: account)
    }

    func secondFactor(of account: RecordID) throws -> SecondFactor? { try accountRows.factor(of: account) }

    func setSecondFactor(_ factor: SecondFactor?, of account: RecordID) throws {
        try accountRows.setFactor(factor, of: account)
    }

    func setRecoveryCodes(_ hashes: [[UInt8]], of account: RecordID) throws {
        try accountRows.setRecoveryCodes(hashes, of: account)
    }

    func recoveryCodeCount(of account: RecordID) throws -> Int { try accountRows.recoveryCodeCount(of: account) }

    func takeRecoveryCode(_ hash: [UInt8], of account: RecordID) throws -> Bool {
        try accountRows.takeRecoveryCode(hash, of: account)
    }

    // MARK: Grants

    func insert(_ grant: AccountGrant) throws {
        try sessionRows.insert(grant)
        try note(.account, grant.account, .changed)
    }

    func accountGrant(_ id: RecordID) throws -> AccountGrant? { try sessionRows.grants("id = $2", id).first }
    func grants(of account: RecordID) throws -> [AccountGrant] { try sessionRows.grants("account_id = $2", account) }

    func revokeGrant(_ id: RecordID, at moment: Moment) throws {
        marks.markKeys()
        try sessionRows.revokeGrant(id, at: moment)
        if let account = try accountGrant(id)?.account { try note(.account, account, .changed) }
    }

    // MARK: Sessions

    func insert(_ session: StaffSession) throws { try sessionRows.insert(session) }
    func session(_ id: RecordID) throws -> StaffSession? { try sessionRows.session(id) }
    func signedIn(hash: [UInt8]) throws -> SignedIn? { try sessionRows.signedIn(hash: hash) }

    func sessions(of account: RecordID, at moment: Moment) throws -> [StaffSession] {
        try sessionRows.sessions(of: account, at: moment)
    }

    func touchSession(_ id: RecordID, at moment: Moment) throws { try sessionRows.touch(id, at: moment) }

    func setGrant(_ grant: RecordID, ofSession id: RecordID) throws {
        marks.markKeys()
        try sessionRows.setGrant(grant, of: id)
    }

    func endSession(_ id: RecordID, at moment: Moment) throws {
        marks.markKeys()
        try sessionRows.end(id, at: moment)
    }

    func endSessions(of account: RecordID, besides id: RecordID?, at moment: Moment) throws -> Int {
        marks.markKeys()
        return try sessionRows.endAll(of: account, besides: id, at: moment)
    }

    func sweepSignIns(by now: Moment, limit: Int) throws -> Int { try sessionRows.sweep(by: now, limit: limit) }

    // MARK: Attempts

    func count(_ kind: SignInCount.Kind, _ key: RecordID) throws -> SignInCount? { try sessionRows.count(kind, key) }
    func save(_ count: SignInCount) throws { try sessionRows.save(count) }
    func removeCount(_ kind: SignInCount.Kind, _ key: RecordID) throws { try sessionRows.removeCount(kind, key) }

    // MARK: The directory

    func identity(_ id: RecordID) throws -> DirectoryIdentity? {
        try accountRows.identities("AND id = $2", [SQLValue(id)]).first
    }

    func identity(issuer: String, subject: RecordID) throws -> DirectoryIdentity? {
        try accountRows.identities("AND issuer = $2 AND subject_key = $3", [.text(issuer), SQLValue(subject)]).first
    }

    func identities(before id: RecordID?, limit: Int) throws -> [DirectoryIdentity] {
        guard let id else { return try accountRows.identities("ORDER BY id DESC LIMIT $2", [SQLValue(limit)]) }
        return try accountRows.identities("AND id < $2 ORDER BY id DESC LIMIT $3", [SQLValue(id), SQLValue(limit)])
    }

    func identities(of account: RecordID) throws -> [DirectoryIdentity] {
        try accountRows.identities("AND account_id = $2 ORDER BY id", [SQLValue(account)])
    }

    func save(_ identity: DirectoryIdentity) throws { try accountRows.save(identity) }
    func removeIdentity(_ id: RecordID) throws { try accountRows.removeIdentity(id) }

    func insertDirectoryAttempt(_ hash: [UInt8], until moment: Moment) throws {
        try sessionRows.insertAttempt(hash, until: moment)
    }

    func takeDirectoryAttempt(_ hash: [UInt8], at moment: Moment) throws -> Bool {
        try sessionRows.takeAttempt(hash, at: moment)
    }
}
