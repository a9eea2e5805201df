import ArgumentParser
import Casework
import MatchCore
import Storage

/// `almoner approval`: the lanes' ways from a request to its publication.
struct ApprovalCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "approval", CaseWords.approval,
            subcommands: [ApprovalListCommand.self, ApprovalShowCommand.self, ApprovalActCommand.self])
    }
}

private struct ApprovalRecord: Encodable {
    var id: String
    var wish: String
    var path: String
    var version: Int
    var step: String?
    var level: String?
    var amount: Int64
    var isApproved: Bool
    var isFast: Bool
    var papersDue: Int64?
    var noticeUntil: Int64?
    var refusal: Refusal?
    var acts: [Act]

    struct Refusal: Encodable {
        var reason: String
        var text: String
        var alternatives: [String]
        var alternativeTexts: [String]
    }

    struct Act: Encodable {
        var step: String
        var act: String
        var by: String
        var at: Int64
    }

    init(_ approval: ApprovalCase, _ language: Language) {
        refusal = approval.refusal.map { refused in
            Refusal(
                reason: refused.reason.code.text, text: approval.text(of: refused.reason.code)[language],
                alternatives: refused.alternatives.map(\.text),
                alternativeTexts: refused.alternatives.map { approval.text(of: $0)[language] })
        }
        id = "\(approval.id)"
        wish = "\(approval.request.wish)"
        path = approval.path.id.text
        version = approval.path.version
        step = approval.step?.id.text
        level = approval.levelNeeded?.rawValue
        amount = approval.request.amount
        isApproved = approval.isApproved
        isFast = approval.isFast
        papersDue = approval.papersDue?.milliseconds
        noticeUntil = approval.notice?.until.milliseconds
        acts = approval.records.map {
            Act(step: $0.step.text, act: $0.act.action.text, by: "\($0.by)", at: $0.at.milliseconds)
        }
    }
}

extension Session {
    fileprivate func show(_ approvals: [ApprovalCase]) throws {
        if options.json { return try approvals.forEach { try emitLine(ApprovalRecord($0, language)) } }
        var table = Table([
            .name(CaseWords.time[language]), .name(CaseWords.step[language]), .number(RecordWords.quantity[language]),
            .name(CaseWords.state[language]), .name(RecordWords.id[language]),
        ])
        for approval in approvals {
            let state =
                approval.isApproved
                ? (language == .zhHans ? "已批准" : "approved") : (language == .zhHans ? "未批准" : "not approved")
            table.add([
                Table.Cell(CaseTime.text(approval.changedAt)), Table.Cell(approval.step?.title[language] ?? "–"),
                Table.Cell("\(approval.request.amount)"), Table.Cell(state), Table.Cell("\(approval.request.wish)"),
            ])
        }
        say(table)
        for approval in approvals {
            guard let refused = approval.refusal else { continue }
            say(OfficeWords.refusedBecause, ["reason": approval.text(of: refused.reason.code)[language]])
            for alternative in refused.alternatives { say("  · \(approval.text(of: alternative)[language])") }
        }
    }
}

extension ApprovalCase {
    /// Why the request was refused, or its fast approval taken back; nil where it was not.
    fileprivate var refusal: Refusal? {
        switch status {
        case .refused(let refusal), .revoked(let refusal): refusal
        default: nil
        }
    }

    /// A refusal's reason or an alternative in words; the code itself where the path has no words for it.
    fileprivate func text(of code: Code) -> LocalizedText {
        path.refusals.first { $0.code == code }?.text ?? path.alternatives.first { $0.code == code }?.text
            ?? LocalizedText(same: code.text)
    }
}

struct ApprovalListCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("list", CaseWords.approvalList) }

    @Option(help: ArgumentHelp(CaseWords.toHelp, value: "step")) var step: String?
    @Option(help: ArgumentHelp(.limit, value: "count")) var limit = 100
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let store = try Store.open(session, forWriting: false)
        defer { store.close() }
        let wanted = step.flatMap { Code($0) }
        try session.show(try store.cases.blockingRead { try $0.openApprovals(atStep: wanted, limit: limit) })
        return .success
    }
}

struct ApprovalShowCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("show", CaseWords.approvalShow) }

    @Argument(help: ArgumentHelp(.wishName, value: "wish")) var wish: String
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let store = try Store.open(session, forWriting: false)
        defer { store.close() }
        let approval = try store.cases.blockingRead { transaction in
            try transaction.approval(ofWish: RecordNames(transaction: transaction, kind: .wish).id(named: wish))
        }
        try session.show(approval.map { [$0] } ?? [])
        return approval == nil ? .notFound : .success
    }
}

struct ApprovalActCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("act", CaseWords.approvalAct) }

    @Argument(help: ArgumentHelp(CaseWords.actHelp, value: "act")) var act: String
    @Argument(help: ArgumentHelp(.wishName, value: "wish")) var wish: String
    @Argument(help: ArgumentHelp(CaseWords.amountHelp, value: "amount")) var amount: String?
    @Option(name: .customLong("alternative"), help: ArgumentHelp(CaseWords.alternativeHelp, value: "code"))
    var alternatives: [String] = []
    @Option(name: .customLong("participant"), help: ArgumentHelp(OfficeWords.participantHelp, value: "id"))
    var participants: [String] = []
    @Option(help: ArgumentHelp(CaseWords.toHelp, value: "step")) var to: String?
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let approval = try options.perform(in: session) { desk, reason in
            let id = try RecordNames(transaction: desk.store, kind: .wish).id(named: wish)
            guard let approval = try desk.store.approval(ofWish: id) else {
                throw CommandError(.notFound, RecordWords.noWish.filled(["name": wish]))
            }
            return try desk.act(approval.id, made(desk, reason, about: id))
        }
        try session.show([approval])
        return .success
    }

    private func made(_ desk: CaseDesk, _ reason: Reason?, about wish: RecordID) throws -> ApprovalAct {
        func why() throws -> Reason {
            guard let reason else { throw CommandError(.usage, CaseWords.reasonHelp.text) }
            return reason
        }
        switch act {
        case "pass": return .pass(note: try reason?.note ?? desk.keep(options.note, as: "finding", about: wish))
        case "approve": return .approve
        case "approveFast": return .approveFast(try why())
        case "refuse": return .refuse(try why(), alternatives: alternatives.compactMap { Code($0) })
        case "sendBack":
            guard let target = to.flatMap({ Code($0) }) else { throw CommandError(.usage, CaseWords.toHelp.text) }
            return .sendBack(to: target, try why())
        case "revise":
            guard let amount = amount.flatMap({ Int64($0) }) else {
                throw CommandError(.usage, CaseWords.amountHelp.text)
            }
            return .revise(amount: amount, try why())
        case "confer":
            let numbers = (amount ?? "").split(separator: ":").compactMap { Int($0) }
            let named = try participants.map { text in
                guard let id = RecordID(text) else {
                    throw CommandError(.usage, CaseWords.noID.filled(["id": text]))
                }
                return id
            }
            guard numbers.count == 3, (1...1_000).contains(numbers[2]),
                let finding = try reason?.note ?? desk.keep(options.note, as: "finding", about: wish)
            else { throw CommandError(.usage, CaseWords.amountHelp.text) }
            // Those who were not named are known by number.
            let people =
                named.isEmpty ? Set((1...UInt64(numbers[2])).map { RecordID(high: 0, low: $0 << 8) }) : Set(named)
            return .confer(
                try Conference(
                    participants: people, votesFor: numbers[0], votesAgainst: numbers[1], finding: finding))
        case "putUpNotice": return .putUpNotice
        case "object": return .object(try why())
        case "settleObjection": return .settleObjection(try why())
        case "takeDownNotice": return .takeDownNotice
        default: throw CommandError(.usage, CaseWords.noStep.filled(["step": act, "steps": CaseWords.actHelp.text.en]))
        }
    }
}
