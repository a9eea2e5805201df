public import Casework
public import MatchCore
public import Wire

/// A signed head of the history, to keep elsewhere: against it, a tail that was cut or a chain that was written anew shows.
public struct SignedHeadView: OpenAnswer {
    public let program: Code
    public let number: Int64
    public let hash: String
    public let signedAt: Timestamp
    public let signature: String
    public let publicKey: String

    public static let schema = JSONSchema.object(
        "SignedHead",
        [
            .required("program", .code, "The program.", "项目。"),
            .required("number", .integer(0...Int64.max), "How many entries the chain has.", "历史条数。"),
            .required(
                "hash", .text(64...64), "The hash of the last entry, which stands for all of them.", "末条哈希，代表全部历史。"),
            .required("signedAt", .moment, "When it was signed.", "签名时间。"),
            .required("signature", .text(128...128), "Ed25519, in hexadecimal digits.", "Ed25519 签名（十六进制）。"),
            .required("publicKey", .text(64...64), "With it anyone can check the signature.", "验签公钥（十六进制）。"),
        ])
    public static let sample = SignedHeadView(
        program: "dongguan", number: 12, hash: String(repeating: "a", count: 64), signedAt: .sample,
        signature: String(repeating: "b", count: 128), publicKey: String(repeating: "c", count: 64))

    init(_ signed: SignedHead, publicKey: [UInt8]) {
        self.init(
            program: signed.head.program, number: signed.head.number, hash: signed.head.hash.description,
            signedAt: Timestamp(signed.at), signature: Self.hex(signed.signature), publicKey: Self.hex(publicKey))
    }

    private init(
        program: Code, number: Int64, hash: String, signedAt: Timestamp, signature: String, publicKey: String
    ) {
        self.program = program
        self.number = number
        self.hash = hash
        self.signedAt = signedAt
        self.signature = signature
        self.publicKey = publicKey
    }

    /// Whether the owner of this public key signed just this.
    public func isSigned(by publicKey: String) -> Bool {
        guard let key = Self.bytes(publicKey), let bytes = Self.bytes(hash), let hash = HistoryHash(bytes),
            let signature = Self.bytes(signature)
        else { return false }
        let head = ChainHead(program: program, number: number, hash: hash)
        return SignedHead(head: head, at: Moment(signedAt), signature: signature).isSigned(by: key)
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    static func bytes(_ text: String) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count % 2 == 0 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = Character(Unicode.Scalar(digits[index])).hexDigitValue,
                let low = Character(Unicode.Scalar(digits[index + 1])).hexDigitValue
            else { return nil }
            bytes.append(UInt8(high << 4 | low))
        }
        return bytes
    }
}

/// Whether the history is what was written.
public struct AuditView: OpenAnswer {
    public let holds: Bool
    public let entries: Int64
    public let head: String
    public let fault: String?
    public let firstBad: Int64?
    public let unsealed: Int
    public let oldestUnsealedMilliseconds: Int64?
    public let isLate: Bool
    public let differing: [String]

    public static let schema = JSONSchema.object(
        "Audit",
        [
            .required(
                "holds", .flag,
                "Whether the chain holds, nothing has waited too long for its seal, and the records stand as it tells.",
                "历史是否完整、均已及时封存，且各记录与历史一致。"),
            .required("entries", .integer(0...Int64.max), "How many entries are sealed.", "已封存条数。"),
            .required("head", .text(64...64), "The hash of the last entry.", "末条哈希。"),
            .optional("fault", .text(1...400), "What is wrong with the chain.", "链的问题。"),
            .optional("firstBad", .integer(0...Int64.max), "The first bad entry.", "首个有问题的条目。"),
            .required("unsealed", .integer(0...Int64(Int32.max)), "Entries that wait for their seal.", "待封存条数。"),
            .optional(
                "oldestUnsealedMilliseconds", .integer(0...Int64.max), "How long the oldest has waited.", "最久已等待的毫秒数。"),
            .required("isLate", .flag, "Whether one has waited for more than ten seconds.", "是否有超过十秒未封存的。"),
            .required(
                "differing", .list(of: .text(1...1_000), 0...100),
                "Records that stand elsewhere than the history tells (claims, balances, cases, approvals, clocks, notes, inbound "
                    + "records, offers, parties, households, what the figures are made of); "
                    + "the first hundred.",
                "与历史不一致的记录（认领、台账、个案、审批、时限、备注、受理记录、资源、主体、家庭档案、指标依据），至多一百条。"),
        ])
    public static let sample = AuditView(
        holds: false, entries: 12, head: String(repeating: "a", count: 64), fault: "Entry 3 is missing", firstBad: 3,
        unsealed: 1, oldestUnsealedMilliseconds: 20, isLate: false, differing: ["The claim … is confirmed, …"])
}

/// Nothing is asked for.
public struct HeadInput: Described {
    public init() {}
    public static let schema = JSONSchema.object(nil, [])
    public static let sample = HeadInput()
}

/// With which heads that were kept elsewhere the chain has to agree.
public struct AuditInput: Described {
    public var heads: [String]?

    public init(heads: [String]? = nil) { self.heads = heads }

    /// A head as it is written in a query.
    public static func text(of head: SignedHeadView) -> String { "\(head.number):\(head.hash)" }

    public static let schema = JSONSchema.object(
        nil,
        [
            .optional(
                "heads", .list(of: .text(66...84), 1...20),
                "Heads that were kept, NUMBER:HASH each; check their signatures before you trust them.",
                "已另行保存的链头，格式为 序号:哈希；请先自行验签。")
        ])
    public static let sample = AuditInput(heads: ["12:" + String(repeating: "a", count: 64)])
}

/// What can be asked about the soundness of the history.
public enum AuditOperations {
    public static let head = Operation<HeadInput, SignedHeadView>(
        OperationFacts(
            .auditHead, .get, "/v1/audit/head",
            "Signs the head of the history, to keep elsewhere.",
            zhHans: "签出当前链头，以便另行保存。")
    ) { _, context in
        let key = try context.room.office.historyKey()
        return SignedHeadView(try key.sign(try context.store.chainHead(), at: context.now), publicKey: key.publicKey)
    }

    public static let verify = Operation<AuditInput, AuditView>(
        OperationFacts(
            .auditVerify, .get, "/v1/audit/verification",
            "Follows the chain of the history from its beginning.", zhHans: "从头核验历史链。", weight: .sweeping)
    ) { input, context in
        let store = context.store
        let program = try store.programCode()
        let kept = try (input.heads ?? []).enumerated().map { place, text in
            let parts = text.split(separator: ":")
            guard parts.count == 2, let number = Int64(parts[0]), number >= 0,
                let hash = SignedHeadView.bytes(String(parts[1])).flatMap({ HistoryHash($0) })
            else {
                throw Problem(
                    .invalidInput, at: "?heads/\(place)",
                    LocalizedText(zhHans: "链头格式应为 序号:哈希。", en: "Write a head as NUMBER:HASH."))
            }
            return ChainHead(program: program, number: number, hash: hash)
        }
        var told = ToldStates()
        let fault = try Audit.verify(store, kept: kept, reading: { told.take($0) })
        // A chain that does not hold tells nothing reliable.
        let differing = fault == nil ? try told.differences(in: store) : []
        let (head, tail) = (try store.chainHead(), try store.tail(asOf: context.now))
        return AuditView(
            holds: fault == nil && !tail.isLate && differing.isEmpty, entries: head.number, head: head.hash.description,
            fault: fault?.text[context.viewer.language], firstBad: fault?.number, unsealed: tail.count,
            oldestUnsealedMilliseconds: tail.oldestAge, isLate: tail.isLate,
            differing: differing.map { $0.text[context.viewer.language] })
    }

    static let all: [AnyOperation] = [AnyOperation(head), AnyOperation(verify)]
}
