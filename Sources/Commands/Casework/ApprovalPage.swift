import Casework
import MatchCore
import Operations

/// What was done at each step of an approval, by whom, and what they found: for people.
struct ApprovalPage {
    let session: Session

    private var language: Language { session.language }

    func show(_ approval: ApprovalView) {
        let writing = session.codeWriting()
        session.say()
        session.say(FactSheet(facts(approval, writing)))
        show(approval.acts, of: approval, writing)
    }

    /// What the case waits for, and until when.
    private func facts(_ approval: ApprovalView, _ writing: CodeWriting) -> [(label: String, value: String)] {
        let isWaiting = approval.status == "open"
        let needed = approval.level.map { level in
            CaseWords.approvalsOf.filled([
                "level": writing(.level, level.rawValue), "approvals": "\(approval.approvals)",
                "needed": "\(approval.approvalsNeeded)",
            ])[language]
        }
        let notice = approval.notice.map { notice in
            CaseWords.noticeStands.filled([
                "from": CaseTime.text(notice.from), "until": CaseTime.text(notice.until),
                "objections": "\(notice.openObjections)",
            ])[language]
        }
        return [
            (writing.field("path"), "\(writing(.lane, approval.path.text)) \(approval.pathVersion)"),
            (writing.field("amount"), approval.amount.map { Numbers.grouped($0) } ?? ""),
            (writing.field("level"), isWaiting ? needed ?? "" : ""),
            (CaseWords.fast[language], approval.isFast ? writing(.approval, "approvedFast") : ""),
            (writing.field("papersDue"), approval.papersDue.map { CaseTime.text($0) } ?? ""),
            (CodeWords.text(.clock, "publicNotice")?[language] ?? "notice", notice ?? ""),
        ]
    }

    private func show(_ acts: [ApprovalView.Act], of approval: ApprovalView, _ writing: CodeWriting) {
        guard !acts.isEmpty else { return }
        var table = Table([
            .name(CaseWords.time[language]), .name(CaseWords.step[language]), .name(CaseWords.action[language]),
            .name(CaseWords.who[language]), .prose(CaseWords.value[language]),
        ])
        for act in acts {
            table.add([
                Table.Cell(CaseTime.text(act.at)), Table.Cell(writing.step(act.step.text, of: approval.path.text)),
                Table.Cell(writing.action(act.act.text)),
                Table.Cell(writing.actor(act.by, act.role?.rawValue ?? "", act.name)),
                Table.Cell(text(act, writing)),
            ])
        }
        session.say()
        session.say(table)
    }

    private func text(_ act: ApprovalView.Act, _ writing: CodeWriting) -> String {
        if let conference = act.conference { return text(conference) }
        return [act.reason.map { writing.reason($0.text) }, act.words].compactMap { $0 }.joined(separator: colon)
    }

    private func text(_ conference: ConferenceView) -> String {
        let people = conference.participants.map { participant in
            let name = participant.name ?? "…\("\(participant.person)".suffix(6))"
            return participant.vote.map { "\(name) (\(CodeWords.text(.vote, $0.rawValue)?[language] ?? $0.rawValue))" }
                ?? name
        }
        let votes = CaseWords.votesCount.filled([
            "for": "\(conference.votesFor)", "against": "\(conference.votesAgainst)",
            "abstained": "\(conference.abstentions)",
        ])[language]
        let parts: [(CaseWords, String?)] = [
            (.finding, conference.finding), (.reasons, conference.reasons), (.votes, votes),
            (.tookPart, people.joined(separator: GeneralWords.listSeparator[language])),
        ]
        return parts.compactMap { word, value in value.map { word[language] + colon + $0 } }.joined(separator: "  ")
    }

    private var colon: String { language == .zhHans ? "：" : ": " }
}
