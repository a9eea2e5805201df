internal import Casework
public import MatchCore
public import Wire

/// The master keys of an installation, as far as operations reach them: their numbers and how they are changed, never the
/// keys.
public struct SealingMeans: Sendable {
    /// One version of the master key.
    public struct Master: Sendable {
        public let version: Int64
        public let madeAt: Timestamp
        /// How many persons' keys are wrapped under it.
        public let keys: Int

        public init(version: Int64, madeAt: Timestamp, keys: Int) {
            self.version = version
            self.madeAt = madeAt
            self.keys = keys
        }
    }

    let masters: @Sendable () throws -> [Master]
    let isSealed: @Sendable () throws -> Bool
    let rotate: @Sendable (Timestamp, RecordID) throws -> Void

    /// - Parameters:
    ///   - isSealed: whether every personal field of the program is sealed.
    ///   - rotate: adds a version, wraps every person's key under it, and forgets the older ones; is told who has it done.
    public init(
        masters: @escaping @Sendable () throws -> [Master], isSealed: @escaping @Sendable () throws -> Bool,
        rotate: @escaping @Sendable (Timestamp, RecordID) throws -> Void
    ) {
        self.masters = masters
        self.isSealed = isSealed
        self.rotate = rotate
    }
}

/// What an admin can do about the keys under which personal fields are sealed.
public enum SealingOperations {
    public static let show = Operation<SealingInput, SealingView>(
        OperationFacts(
            .sealingShow, .get, "/v1/sealing", "Shows the versions of the master key.",
            zhHans: "查看主密钥的版本。")
    ) { _, context in try view(context) }

    public static let rotate = Operation<SealingInput, SealingView>(
        OperationFacts(
            .sealingRotate, .post, "/v1/sealing/rotate",
            "Makes a new master key and wraps every person's key under it.", zhHans: "更换主密钥，并以其重新包裹每人的密钥。",
            details: LocalizedText(
                zhHans: "新密钥在服务器上生成并保存，不经网络传输。期间写入会等待。中断后再次调用即可继续。",
                en:
                    "The new key is made and kept where the server is, and never travels. Changes wait meanwhile. Where it was interrupted, the next call goes on."
            ), weight: .sweeping)
    ) { _, context in
        try means(context).rotate(Timestamp(context.now), context.actor.id)
        return try view(context)
    }

    static let all: [AnyOperation] = [AnyOperation(show), AnyOperation(rotate)]

    private static func means(_ context: OperationContext) throws -> SealingMeans {
        guard context.parts(of: .masterKey).contains(.acts) else {
            throw Problem(
                .forbidden,
                "The master key is the whole programme's, and this token is limited to areas or to a purpose.",
                zhHans: "主密钥属于整个项目，而此令牌限于部分区划或用途。")
        }
        guard let means = context.room.office.sealing else {
            throw Problem(
                .unavailable, "The key store is not open here. Start the service with its key file (--keys).",
                zhHans: "此处未打开密钥库，请带密钥文件启动服务（--keys）。")
        }
        return means
    }

    private static func view(_ context: OperationContext) throws -> SealingView {
        let means = try means(context)
        return SealingView(
            masters: try means.masters().map {
                SealingView.Master(version: $0.version, made: $0.madeAt, keys: Int64($0.keys))
            }, isSealed: try means.isSealed())
    }
}

/// Nothing has to be said.
public struct SealingInput: Described {
    public init() {}

    public static let schema = JSONSchema.object(nil, [])
    public static let sample = SealingInput()
}

/// The versions of the master key.
public struct SealingView: OpenAnswer {
    public let masters: [Master]
    public let isSealed: Bool

    public struct Master: Described {
        public let version: Int64
        public let made: Timestamp
        public let keys: Int64

        public static let schema = JSONSchema.object(
            "MasterKeyVersion",
            [
                .required("version", .integer(1...Int64(Int32.max)), "Its number.", "版本号。"),
                .required("made", .moment, "When it was made.", "生成时间。"),
                .required("keys", .balance, "How many persons' keys it wraps.", "包裹的个人密钥数。"),
            ])
        public static let sample = Master(version: 2, made: .sample, keys: 67_000)
    }

    public static let schema = JSONSchema.object(
        "Sealing",
        [
            .required(
                "masters", .list(of: Master.schema, 0...1_000), "The versions; one, but within a change.", "各版本。"),
            .required("isSealed", .flag, "Whether every personal field is sealed.", "是否所有个人字段均已加密。"),
        ])
    public static let sample = SealingView(masters: [.sample], isSealed: true)
}
