import ArgumentParser
import Casework
import MatchCore
import Operations

/// `almoner approval`: the lanes' ways from a request to its publication.
struct ApprovalCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "approval", CaseWords.approval,
            subcommands: [
                ApprovalListCommand.self, ApprovalShowCommand.self, ApprovalActCommand.self,
                ApprovalNoticesCommand.self,
            ])
    }
}

extension Session {
    fileprivate func show(_ approvals: [ApprovalView]) throws {
        if options.json { return try approvals.forEach { try emit(answer: $0) } }
        var table = Table([
            .name(CaseWords.time[language]), .name(RecordWords.externalID[language]), .name(CaseWords.step[language]),
            .number(RecordWords.quantity[language]), .name(CaseWords.state[language]), .name(RecordWords.id[language]),
        ])
        let writing = codeWriting()
        for approval in approvals {
            let status = approval.status == "open" && approval.isApproved ? "approved" : approval.status
            let state = writing(.approval, status)
            table.add([
                Table.Cell(CaseTime.text(approval.changedAt)), Table.Cell(approval.handle ?? ""),
                Table.Cell(approval.stepTitle ?? "–"),
                Table.Cell(approval.amount.map { "\($0)" } ?? "–"), Table.Cell(state), Table.Cell("\(approval.wish)"),
            ])
        }
        say(table)
        for approval in approvals {
            guard let refused = approval.refusal else { continue }
            say(OfficeWords.refusedBecause, ["reason": refused.reason.text])
            for alternative in refused.alternatives { say("  · \(alternative.text)") }
        }
    }
}

struct ApprovalListCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("list", CaseWords.approvalList) }

    @Option(help: ArgumentHelp(CaseWords.toHelp, value: "step")) var step: String?
    @OptionGroup var list: ListOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let step = try session.code(step)
        let listing = try await session.withService { service in
            try await service.list(ApprovalOperations.list, list) {
                ApprovalListInput(status: "open", step: step, limit: $0, cursor: $1)
            }
        }
        try session.show(listing.items)
        try session.noteEnd(of: listing)
        return .success
    }
}

struct ApprovalShowCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("show", CaseWords.approvalShow) }

    @Argument(help: ArgumentHelp(.wishName, value: "wish")) var wish: String
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let approval = try await session.withService { service in
            try await service.call(
                ApprovalOperations.ofWish, CaseInput(wish: try await service.id(of: .wish, named: wish)))
        }
        try session.show([approval])
        if !session.options.json { ApprovalPage(session: session).show(approval) }
        return .success
    }
}

/// `approval notices`: the public notices that stand.
struct ApprovalNoticesCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("notices", OfficeWords.approvalNotices) }

    @OptionGroup var list: ListOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let notices = try await session.withService { service in
            try await service.list(ApprovalOperations.notices, list) { NoticeListInput(limit: $0, cursor: $1) }
        }
        if session.options.json {
            try notices.items.forEach { try session.emit(answer: $0) }
            try session.noteEnd(of: notices)
            return .success
        }
        let language = session.language
        var table = Table([
            .name(CaseWords.time[language]), .name(CaseWords.due[language]), .name(RecordWords.item[language]),
            .number(RecordWords.quantity[language]), .name(RecordWords.place[language]),
            .name(RecordWords.id[language]),
        ])
        let writing = session.codeWriting()
        for notice in notices.items {
            table.add([
                Table.Cell(CaseTime.text(notice.from)), Table.Cell(CaseTime.text(notice.until)),
                Table.Cell(writing.category(notice.category.text)), Table.Cell(notice.amount.map { "\($0)" } ?? "–"),
                Table.Cell(
                    notice.town.map { "\(notice.townName ?? writing.area($0))  \($0)" } ?? ""),
                Table.Cell("\(notice.approval)"),
            ])
        }
        session.say(table)
        try session.noteEnd(of: notices)
        return .success
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
    @Option(help: ArgumentHelp(OfficeWords.becauseHelp, value: "words")) var because: String?
    @Option(help: ArgumentHelp(CaseWords.toHelp, value: "step")) var to: String?
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        try refuseWhatDoesNotApply()
        let view = try await session.withService(options, changing: true) { service in
            let id = try await service.id(of: .wish, named: wish)
            let asked = try await service.call(ApprovalOperations.ofWish, CaseInput(wish: id))
            let approval = asked.id
            // Who names an amount approves that amount and no other.
            if act == "approve" || act == "approveFast", let given = amount, let known = asked.amount,
                Int64(given) != known
            {
                throw CommandError(
                    .refused, CaseWords.notTheAmount.filled(["amount": "\(known)", "given": given]))
            }
            guard act != "object" else {
                // An objection is made to the notice; what the case says of it is read again.
                _ = try await service.call(ApprovalOperations.object, try reasoning(approval))
                return try await service.call(ApprovalOperations.show, ApprovalInput(approval: approval))
            }
            return try await make(service, approval)
        }
        try session.show([view])
        return .success
    }

    /// What would be passed over in silence is refused.
    private func refuseWhatDoesNotApply() throws {
        let given: [(option: String, isGiven: Bool, acts: Set<String>)] = [
            ("AMOUNT", amount != nil, ["approve", "approveFast", "revise", "confer"]),
            ("--alternative", !alternatives.isEmpty, ["refuse"]),
            ("--participant", !participants.isEmpty, ["confer"]), ("--because", because != nil, ["confer"]),
            ("--to", to != nil, ["sendBack"]),
        ]
        for (option, isGiven, acts) in given where isGiven && !acts.contains(act) {
            throw CommandError(.usage, CaseWords.notWith.filled(["option": option, "act": act]), place: option)
        }
    }

    private func make(_ service: any OperationCalling, _ approval: RecordID) async throws -> ApprovalView {
        switch act {
        case "pass":
            return try await service.call(
                ApprovalOperations.pass, ApprovalPassing(approval: approval, note: options.note))
        case "approve":
            return try await service.call(ApprovalOperations.approve, ApprovalInput(approval: approval))
        case "approveFast": return try await service.call(ApprovalOperations.approveFast, reasoning(approval))
        case "refuse":
            return try await service.call(
                ApprovalOperations.refuse,
                ApprovalRefusing(
                    approval: approval, reason: try reason(), note: options.note,
                    alternatives: try alternatives.map { text in
                        guard let code = Code(text) else {
                            throw CommandError(.usage, CaseWords.noCode.filled(["code": text]))
                        }
                        return code
                    }))
        case "sendBack":
            guard let target = to.flatMap({ Code($0) }) else {
                throw CommandError(.usage, CaseFaultWords.noTarget.filled(["value": to ?? ""]), place: "--to")
            }
            return try await service.call(
                ApprovalOperations.sendBack,
                ApprovalReturning(approval: approval, step: target, reason: try reason(), note: options.note))
        case "revise":
            guard let amount = amount.flatMap({ Int64($0) }) else {
                throw CommandError(.usage, CaseFaultWords.noAmount.filled(["value": amount ?? ""]), place: "AMOUNT")
            }
            return try await service.call(
                ApprovalOperations.revise,
                ApprovalRevising(approval: approval, amount: amount, reason: try reason(), note: options.note))
        case "confer": return try await service.call(ApprovalOperations.confer, try conference(approval))
        case "putUpNotice":
            return try await service.call(ApprovalOperations.putUpNotice, ApprovalInput(approval: approval))
        case "settleObjection":
            return try await service.call(ApprovalOperations.settleObjection, reasoning(approval))
        case "takeDownNotice":
            return try await service.call(ApprovalOperations.takeDownNotice, ApprovalInput(approval: approval))
        default:
            let known =
                "pass, approve, approveFast, refuse, sendBack, revise, confer, putUpNotice, object, settleObjection, "
                + "takeDownNotice"
            throw CommandError(.usage, CaseWords.noStep.filled(["step": act, "steps": known]))
        }
    }

    private func reason() throws -> String {
        guard let reason = try options.reasonCode() ?? (options.note == nil ? nil : "note") else {
            throw CommandError(.usage, CaseFaultWords.noReason.text, place: "--reason")
        }
        return reason
    }

    private func reasoning(_ approval: RecordID) throws -> ApprovalReasoning {
        ApprovalReasoning(approval: approval, reason: try reason(), note: options.note)
    }

    private func conference(_ approval: RecordID) throws -> ApprovalConferring {
        guard !participants.isEmpty, let finding = options.note, let reasons = because else {
            throw CommandError(.usage, CaseWords.confer.text)
        }
        let counts = try amount.map { text in
            let numbers = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
            guard numbers.count == 3, !numbers.contains(nil) else {
                throw CommandError(.usage, CaseFaultWords.noVotes.filled(["value": text]), place: "AMOUNT")
            }
            return numbers.compactMap { $0 }
        }
        return ApprovalConferring(
            approval: approval, participants: participants.map(participant), votesFor: counts?[0],
            votesAgainst: counts?[1], abstentions: counts?[2], finding: finding, reasons: reasons)
    }

    /// `陈某（居民代表）=for`: what stands behind the last sign is a vote where it is one.
    private func participant(_ text: String) -> ApprovalConferring.Participant {
        var (who, vote): (String, Conference.Vote?) = (text, nil)
        if let sign = text.lastIndex(where: { $0 == "=" || $0 == "＝" }),
            let said = Self.votes[String(text[text.index(after: sign)...])]
        {
            (who, vote) = (String(text[..<sign]), said)
        }
        guard let person = RecordID(who) else { return ApprovalConferring.Participant(name: who, vote: vote) }
        return ApprovalConferring.Participant(person: person, vote: vote)
    }

    private static let votes: [String: Conference.Vote] = [
        "for": .for, "against": .against, "abstained": .abstained, "赞成": .for, "反对": .against, "弃权": .abstained,
    ]
}
