internal import Casework
internal import MatchCore
internal import Sealing

/// The wrapped keys of persons and the list of erasures, in a database of their own: never in the main one or its backups.
///
/// What a call has written is on the disk when it returns, whole or not at all. Several processes may use one store.
protocol KeyStore: Sendable {
    // MARK: What is known of the store itself

    /// Throws `wrongKey` where the store belongs to another key file; the first one that opens it is its own.
    func belong(to fingerprint: String, current: Int64) throws

    /// The version of the master key that new keys are wrapped under.
    func currentMaster() throws -> Int64
    func setCurrentMaster(_ master: Int64) throws

    /// Whether everything of a program is sealed, so that what stands in the open was put there by somebody else.
    func isSealed(_ program: String) throws -> Bool
    func setSealed(_ program: String) throws

    // MARK: Keys

    func key(of holder: KeyHolder) throws -> WrappedKey?

    /// The first keys of a program by their holders.
    func keys(of program: String, limit: Int) throws -> [WrappedKey]

    /// Keeps new keys, all or none; throws ``KeyCollision`` where one of the holders has a key or was erased.
    ///
    /// - Returns: false where the master key is no longer the current one: nothing was kept.
    func insert(_ keys: [WrappedKey], at milliseconds: Int64) throws -> Bool

    /// Destroys the keys of some holders and notes that they were erased.
    func erase(_ holders: [KeyHolder], at milliseconds: Int64) throws

    /// Destroys the keys whose holders' ids lie in a range; returns how many there were.
    func destroy(_ range: Range<RecordID>, of program: String) throws -> Int

    /// Who was erased, the first one first.
    func erasures(of program: String) throws -> [(person: RecordID, at: Int64)]
    func isErased(_ holder: KeyHolder) throws -> Bool

    // MARK: What people were shown

    /// Keeps what was shown while the main database was open for reading only: the next writer takes it over.
    func keep(_ reads: [SealedRead], of program: String) throws
    func waitingReads(of program: String) throws -> [SealedRead]
    func removeWaitingReads(of program: String) throws

    // MARK: Rotation

    /// How many keys are wrapped under each version of the master key.
    func counts() throws -> [Int64: Int]

    /// Wraps some keys that are not under the current master key anew, in one transaction; returns how many.
    func rewrap(limit: Int, current: Int64, _ body: (WrappedKey) throws -> WrappedKey) throws -> Int

    // MARK: Moving

    /// What the store says of itself: which key file it belongs to, the master key in use, what is sealed.
    func facts() throws -> [KeyStoreFact]

    /// Keys of all programs in the order of their holders, from the one behind a holder on.
    func keys(behind holder: KeyHolder?, limit: Int) throws -> [KeptKey]

    /// The programs of which somebody was erased, or was shown something that waits.
    func programs() throws -> [String]
    func take(_ facts: [KeyStoreFact]) throws
    /// Removes those that say the same still.
    func removeFacts(_ facts: [KeyStoreFact]) throws
    func take(_ keys: [KeptKey]) throws

    func close() throws
}

/// Somebody else made a person's key meanwhile, or had the person erased.
struct KeyCollision: Error {}

/// A word that a key store keeps of itself.
struct KeyStoreFact: Sendable, Hashable {
    var name: String
    var value: String
}

/// A wrapped key and when it was made, in UTC milliseconds.
struct KeptKey: Sendable, Hashable {
    var key: WrappedKey
    var createdAt: Int64
}

extension SealError {
    static var otherKeyFile: SealError {
        SealError(
            .wrongKey, "The key store belongs to another key file. Name the one it was made with (--key-file).",
            zhHans: "密钥库属于另一密钥文件。请用 --key-file 指定与之对应的密钥文件。")
    }
}
