public import MatchCore

/// Keys, as a store keeps them: by the hash of their token, never the token.
public protocol TokenStoring {
    func insert(_ key: AccessKey) throws
    func accessKey(_ id: RecordID) throws -> AccessKey?
    /// The key whose token has this SHA-256, valid or not.
    func accessKey(hash: [UInt8]) throws -> AccessKey?
    /// The newest first, at most `limit`, older than the one with this id where one is named.
    func accessKeys(before id: RecordID?, limit: Int) throws -> [AccessKey]
    func revokeKey(_ id: RecordID, at moment: Moment) throws
}
