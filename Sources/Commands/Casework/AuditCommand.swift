import ArgumentParser
import Casework
import Foundation
import MatchCore
import Operations
import Wire

/// `almoner audit`: whether the history is what was written.
struct AuditCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "audit", CaseWords.audit, subcommands: [AuditVerifyCommand.self, AuditHeadCommand.self])
    }
}

struct AuditVerifyCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("verify", CaseWords.auditVerify) }

    @Option(name: .customLong("head"), help: ArgumentHelp(CaseWords.headHelp, value: "file"))
    var heads: [String] = []

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let kept = try heads.map { try keptHead($0) }
        let audit = try await session.withService { service in
            if !kept.isEmpty {
                // Whoever signed the heads that were kept is to be who signs heads now.
                let own = try await service.call(AuditOperations.head, HeadInput())
                for (file, head) in kept {
                    guard head.program == own.program, head.isSigned(by: own.publicKey) else {
                        throw CommandError(.refused, CaseWords.otherHead.filled(["file": file]), place: file)
                    }
                }
            }
            let heads = kept.map { AuditInput.text(of: $0.head) }
            return try await service.call(AuditOperations.verify, AuditInput(heads: heads.isEmpty ? nil : heads))
        }
        if session.options.json {
            try session.emit(answer: audit)
        } else if let fault = audit.fault {
            session.say(CaseWords.broken, ["fault": fault], style: .fault)
        } else {
            session.say(CaseWords.holds, ["count": Numbers.grouped(audit.entries), "hash": audit.head])
        }
        if !session.options.json {
            for fault in audit.differing { session.say(fault, style: .fault) }
        }
        if audit.isLate, !session.options.json {
            session.say(
                CaseWords.tailLate,
                ["count": "\(audit.unsealed)", "seconds": "\((audit.oldestUnsealedMilliseconds ?? 0) / 1_000)"],
                style: .fault)
        }
        return audit.holds ? .success : .differences
    }

    private func keptHead(_ file: String) throws -> (file: String, head: SignedHeadView) {
        guard let data = FileManager.default.contents(atPath: file),
            let json = try? JSONValue(parsing: [UInt8](data)),
            SignedHeadView.schema.faults(in: json).isEmpty,
            let head = try? WireDecoder().decode(SignedHeadView.self, from: json)
        else { throw CommandError(.refused, CaseWords.noHead.filled(["file": file]), place: file) }
        return (file, head)
    }
}

struct AuditHeadCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("head", CaseWords.auditHead) }

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        try session.emit(answer: try await session.withService { try await $0.call(AuditOperations.head, HeadInput()) })
        return .success
    }
}
