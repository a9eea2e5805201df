import ArgumentParser
import Casework
import Foundation
import MatchCore
import Storage

/// `almoner audit`: whether the history is what was written.
struct AuditCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "audit", CaseWords.audit, subcommands: [AuditVerifyCommand.self, AuditHeadCommand.self])
    }
}

/// A signed head as a file: what `audit head` prints and `audit verify --head` takes.
struct HeadRecord: Codable {
    var program: String
    var number: Int64
    var hash: String
    var signedAt: Int64
    var signature: String
    var publicKey: String

    init(_ signed: SignedHead, publicKey: [UInt8]) {
        program = signed.head.program.text
        number = signed.head.number
        hash = signed.head.hash.description
        signedAt = signed.at.milliseconds
        signature = Self.hex(signed.signature)
        self.publicKey = Self.hex(publicKey)
    }

    /// The head, when its signature is that of `publicKey`.
    func head(signedBy publicKey: [UInt8]) -> ChainHead? {
        guard let program = Code(program), let bytes = Self.bytes(hash), let hash = HistoryHash(bytes),
            let signature = Self.bytes(signature)
        else { return nil }
        let head = ChainHead(program: program, number: number, hash: hash)
        let signed = SignedHead(head: head, at: Moment(milliseconds: signedAt), signature: signature)
        return signed.isSigned(by: publicKey) ? head : nil
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func bytes(_ text: String) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count % 2 == 0 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let byte = UInt8(String(decoding: digits[index...index + 1], as: UTF8.self), radix: 16) else {
                return nil
            }
            bytes.append(byte)
        }
        return bytes
    }
}

struct AuditVerifyCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("verify", CaseWords.auditVerify) }

    @Option(name: .customLong("head"), help: ArgumentHelp(CaseWords.headHelp, value: "file"))
    var heads: [String] = []

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Record: Encodable {
        var holds: Bool
        var entries: Int64
        var head: String
        var fault: String?
        var firstBad: Int64?
        var unsealed: Int
        var oldestUnsealedMilliseconds: Int64?
    }

    func perform(in session: Session) throws -> ExitStatus {
        let kept = try heads.map { try keptHead($0, session) }
        let store = try Store.open(session, forWriting: false)
        defer { store.close() }
        let progress = session.progress(CaseWords.audit, total: nil)
        let (fault, head, tail) = try store.cases.blockingRead { transaction in
            (
                try Audit.verify(transaction, kept: kept) { progress.update($0) },
                try transaction.chainHead(),
                try transaction.tail(asOf: Moment(milliseconds: session.now.milliseconds))
            )
        }
        progress.finish()
        if session.options.json {
            try session.emit(
                Record(
                    holds: fault == nil && !tail.isLate, entries: head.number, head: head.hash.description,
                    fault: fault?.text[session.language], firstBad: fault?.number, unsealed: tail.count,
                    oldestUnsealedMilliseconds: tail.oldestAge))
        } else if let fault {
            session.say(CaseWords.broken, ["fault": fault.text[session.language]], style: .fault)
        } else {
            session.say(CaseWords.holds, ["count": Numbers.grouped(head.number), "hash": head.hash.description])
        }
        if tail.isLate, !session.options.json {
            session.say(
                CaseWords.tailLate, ["count": "\(tail.count)", "seconds": "\((tail.oldestAge ?? 0) / 1_000)"],
                style: .fault)
        }
        return fault == nil && !tail.isLate ? .success : .differences
    }

    private func keptHead(_ file: String, _ session: Session) throws -> ChainHead {
        let path = try session.databaseAddress().path
        let key = try HistoryKeyFile(database: path).read()
        guard let data = FileManager.default.contents(atPath: file),
            let record = try? JSONDecoder().decode(HeadRecord.self, from: data),
            let head = record.head(signedBy: key.publicKey)
        else { throw CommandError(.refused, CaseWords.broken.filled(["fault": file]), place: file) }
        return head
    }
}

struct AuditHeadCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("head", CaseWords.auditHead) }

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let key = try HistoryKeyFile(database: session.databaseAddress().path).read()
        let store = try Store.open(session, forWriting: false)
        defer { store.close() }
        let head = try store.cases.blockingRead { try $0.chainHead() }
        try session.emit(
            HeadRecord(
                key.sign(head, at: Moment(milliseconds: session.now.milliseconds)), publicKey: key.publicKey))
        return .success
    }
}
