internal import Casework
public import MatchCore
internal import Synchronization
internal import Wire

/// How a database is copied whole, as far as operations reach it: no key travels.
public struct BackupMeans: Sendable {
    let make: @Sendable (_ path: String, Timestamp) throws -> Void
    private let gate = Gate()

    /// Whether one is being made: each copies the whole database, and takes its room on the disk.
    private final class Gate: Sendable {
        let isTaken = Mutex(false)
    }

    /// - Parameter make: writes an encrypted copy of the database, as it is at one moment, to a path where there is nothing;
    ///   blocks for as long as that takes.
    public init(make: @escaping @Sendable (_ path: String, Timestamp) throws -> Void) {
        self.make = make
    }

    /// Throws ``Problem`` `conflict` while another one is made.
    func once(_ path: String, at now: Timestamp) throws {
        let isFree = gate.isTaken.withLock { taken in
            defer { taken = true }
            return !taken
        }
        guard isFree else {
            throw Problem(
                .conflict, "Another backup is being made. Ask again when it is done.",
                zhHans: "另一份备份正在生成，请待其完成后再试。", retryAfterSeconds: 30)
        }
        defer { gate.isTaken.withLock { $0 = false } }
        try make(path, now)
    }
}

/// What an admin can do about backups.
public enum BackupOperations {
    static let facts = OperationFacts(
        .backupsMake, .post, "/v1/backups", "Makes a backup and hands it out.", zhHans: "生成并下载备份。",
        details: LocalizedText(
            zhHans: "答复为文件本身（application/octet-stream）：整个数据库在同一时刻的加密副本，与本机 almoner backup 的格式相同，两种数据库皆可恢复。"
                + "先完整生成再传输，历史中留有记录。文件和答复中都没有密钥：恢复时仍须密钥文件和密钥库。同一时间只生成一份（409）。",
            en:
                "The answer is the file itself (application/octet-stream): an encrypted copy of the whole database as it is at one "
                + "moment, the same as 'almoner backup' writes where the database is, to be restored to either engine. It is "
                + "made whole before its first byte is sent, and the history tells of it. No key is in it: to restore it "
                + "takes the key file and the key store. One is made at a time (409). Each call makes a new one, so there is no "
                + "Idempotency-Key."
        ), weight: .sweeping, refusals: [409], isRepeatable: true)

    static let all: [AnyOperation] = [
        AnyOperation(
            facts, input: SealingInput.schema, example: SealingInput.sample, record: JSONSchema(.anything),
            sample: SealingInput.sample,
            stream: .file { _, context in
                try facts.admit(context.viewer)
                return try making(in: context)
            })
    ]

    private static func making(in context: OperationContext) throws -> FileMaking {
        guard context.parts(of: .backup).contains(.acts) else {
            throw Problem(
                .forbidden,
                "A backup holds the whole programme, and this token is limited to areas or to a purpose.",
                zhHans: "备份含整个项目，而此令牌限于部分区划或用途。")
        }
        guard let means = context.room.office.backup else {
            throw Problem(
                .unavailable,
                "This service has no database that it could copy. Run 'almoner backup' where the database is.",
                zhHans: "此服务没有可供备份的数据库。请在数据库所在机器上运行 almoner backup。")
        }
        let now = Timestamp(context.now)
        return FileMaking(
            name: "almoner-\(now.description.prefix(10)).backup", make: { try means.once($0, at: now) },
            note: { bytes, context in
                try context.store.append(
                    HistoryEntry(
                        program: try context.store.programCode(), at: context.now, by: context.actor,
                        subjectKind: "backup", subject: CaseActor.system.id, action: "backup/make", reason: nil,
                        changes: [FieldChange("bytes", before: nil, after: .integer(bytes))]))
            })
    }
}
