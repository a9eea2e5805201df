internal import Casework
internal import MatchCore

/// Keys, and the uses of `Idempotency-Key`.
extension SQLCaseTransaction {
    private var keys: AccessKeyTable { AccessKeyTable(connection: connection, program: program) }
    private var uses: KeyUseTable { KeyUseTable(connection: connection, program: program) }

    func insert(_ key: AccessKey) throws {
        marks.markKeys()
        try keys.insert(key)
        try note(.key, key.id, .created)
    }

    func accessKey(_ id: RecordID) throws -> AccessKey? { try keys.first("id = $2", SQLValue(id)) }
    func accessKey(hash: [UInt8]) throws -> AccessKey? { try keys.first("token_hash = $2", .blob(hash)) }

    func accessKeys(before id: RecordID?, limit: Int) throws -> [AccessKey] {
        guard let id else { return try keys.all("ORDER BY id DESC LIMIT $2", [SQLValue(limit)]) }
        return try keys.all("AND id < $2 ORDER BY id DESC LIMIT $3", [SQLValue(id), SQLValue(limit)])
    }

    func revokeKey(_ id: RecordID, at moment: Moment) throws {
        marks.markKeys()
        try keys.revoke(id, at: moment)
        try note(.key, id, .ended)
    }

    private var binding: AnswerBinding { AnswerBinding(connection: connection, program: program, vault: vault) }

    func keyUse(_ digest: [UInt8]) throws -> KeyUse? { try uses.first(digest) { try binding.open($0, of: $1, digest) } }
    func hold(_ use: KeyUse, at now: Moment) throws -> Bool { try uses.hold(use, at: now) }

    func renewHold(_ digest: [UInt8], holder: Int64, until: Moment) throws -> Bool {
        try uses.renew(digest, holder: holder, until: until)
    }

    func keepAnswer(
        _ answer: [UInt8], binding kind: KeyUse.Binding, _ digest: [UInt8], holder: Int64, until: Moment
    ) throws -> Bool {
        let bound =
            switch kind {
            case .nobody: AnswerBinding.Bound(answer: answer, people: [])
            case .people(let named): try binding.seal(answer, naming: named, digest)
            }
        return try uses.keep(bound, digest, holder: holder, until: until)
    }

    func releaseHold(_ digest: [UInt8], holder: Int64) throws { try uses.release(digest, holder: holder) }
    func sweepKeyUses(by now: Moment, limit: Int) throws -> Int { try uses.sweep(by: now, limit: limit) }
}
