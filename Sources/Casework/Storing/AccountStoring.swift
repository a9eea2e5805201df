public import MatchCore

/// Accounts, and what they sign in with, as a store keeps them. Names and secrets are sealed under the account's own key.
public protocol AccountStoring {
    // MARK: Accounts

    /// - Parameter key: a keyed hash of the name, by which it is found. Throws `uniqueViolation` where there is one.
    func insert(_ account: Account, key: RecordID) throws
    func account(_ id: RecordID) throws -> Account?
    func account(key: RecordID) throws -> Account?
    /// The newest first, older than the one with this id where one is named.
    func accounts(before id: RecordID?, limit: Int) throws -> [Account]
    func setState(_ state: Account.State, ofAccount account: RecordID) throws

    // MARK: What they sign in with

    func password(of account: RecordID) throws -> AccountPassword?
    /// Nil takes it away.
    func setPassword(_ password: AccountPassword?, of account: RecordID) throws
    func secondFactor(of account: RecordID) throws -> SecondFactor?
    /// Nil takes it away, with its recovery codes.
    func setSecondFactor(_ factor: SecondFactor?, of account: RecordID) throws
    /// - Parameter hashes: SHA-256 of each code; they take the place of those there were.
    func setRecoveryCodes(_ hashes: [[UInt8]], of account: RecordID) throws
    func recoveryCodeCount(of account: RecordID) throws -> Int
    /// Uses a code up; false where there is none such.
    func takeRecoveryCode(_ hash: [UInt8], of account: RecordID) throws -> Bool

    // MARK: What they may do

    func insert(_ grant: AccountGrant) throws
    func accountGrant(_ id: RecordID) throws -> AccountGrant?
    /// All that were ever given, in the order in which they were.
    func grants(of account: RecordID) throws -> [AccountGrant]
    func revokeGrant(_ id: RecordID, at moment: Moment) throws

    // MARK: Sessions

    func insert(_ session: StaffSession) throws
    func session(_ id: RecordID) throws -> StaffSession?
    /// The session whose token has this SHA-256, valid or not, with what it rests on.
    func signedIn(hash: [UInt8]) throws -> SignedIn?
    /// Those that have not ended, the newest first.
    func sessions(of account: RecordID, at moment: Moment) throws -> [StaffSession]
    /// Puts down that a session was used.
    func touchSession(_ id: RecordID, at moment: Moment) throws
    func setGrant(_ grant: RecordID, ofSession id: RecordID) throws
    func endSession(_ id: RecordID, at moment: Moment) throws
    /// Ends all sessions of an account but one; returns how many.
    func endSessions(of account: RecordID, besides id: RecordID?, at moment: Moment) throws -> Int
    /// Forgets sessions and counts that are long over, at most `limit` of each; returns how many.
    func sweepSignIns(by now: Moment, limit: Int) throws -> Int

    // MARK: Attempts

    func count(_ kind: SignInCount.Kind, _ key: RecordID) throws -> SignInCount?
    func save(_ count: SignInCount) throws
    func removeCount(_ kind: SignInCount.Kind, _ key: RecordID) throws

    // MARK: The town's directory

    func identity(_ id: RecordID) throws -> DirectoryIdentity?
    func identity(issuer: String, subject: RecordID) throws -> DirectoryIdentity?
    func identities(before id: RecordID?, limit: Int) throws -> [DirectoryIdentity]
    func identities(of account: RecordID) throws -> [DirectoryIdentity]
    /// Puts it in the place of the one with the same id.
    func save(_ identity: DirectoryIdentity) throws
    func removeIdentity(_ id: RecordID) throws
    /// Keeps that somebody was sent to the directory, by the hash of the handle they were given.
    func insertDirectoryAttempt(_ hash: [UInt8], until moment: Moment) throws
    /// Uses an attempt up; false where there is none, or none any more.
    func takeDirectoryAttempt(_ hash: [UInt8], at moment: Moment) throws -> Bool
}
