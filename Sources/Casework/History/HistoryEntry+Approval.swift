extension HistoryEntry {
    /// The entry for an act on an approval path: where the case stood and stands, and what the act carried.
    public static func approvalAct(
        _ act: ApprovalAct, before: ApprovalCase, after: ApprovalCase, by actor: CaseActor, at moment: Moment,
        program: Code
    ) -> HistoryEntry {
        var changes = standing(before: before, after: after)
        func note(_ field: Code, _ old: HistoryValue?, _ new: HistoryValue?) {
            if old != new { changes.append(FieldChange(field, before: old, after: new)) }
        }
        switch act {
        case .pass(let finding): note("finding", nil, finding.map { .record($0) })
        case .confer(let conference):
            note("finding", nil, .record(conference.finding))
            note("reasons", nil, conference.reasons.map { .record($0) })
            note("votesFor", nil, .integer(Int64(conference.votesFor)))
            note("votesAgainst", nil, .integer(Int64(conference.votesAgainst)))
            note("abstentions", nil, .integer(Int64(conference.abstentions)))
            for participant in conference.participants.sorted() {
                let vote = conference.vote(of: participant).flatMap { Code("participant/\($0.rawValue)") }
                note(vote ?? "participant", nil, .record(participant))
            }
        case .refuse(_, let alternatives):
            for alternative in alternatives { note("alternative", nil, .code(alternative)) }
        default: break
        }
        return HistoryEntry(
            program: program, at: moment, by: actor, subjectKind: "approval", subject: after.id, action: act.action,
            reason: act.reason, changes: changes)
    }
}

extension HistoryEntry {
    /// The entry for a case whose request is another now: what is asked for, and where the case stands with that.
    static func rereadApproval(
        before: ApprovalCase, after: ApprovalCase, by actor: CaseActor, at moment: Moment, program: Code
    ) -> HistoryEntry {
        var changes = standing(before: before, after: after)
        func note(_ field: Code, _ value: (ApprovalCase) -> Code?) {
            let (old, new) = (value(before).map { HistoryValue.code($0) }, value(after).map { HistoryValue.code($0) })
            if old != new { changes.append(FieldChange(field, before: old, after: new)) }
        }
        note("category") { $0.request.category }
        note("urgency") { Code($0.request.urgency.rawValue) }
        note("fastLane") { $0.takesFastLane ? "open" : "closed" }
        note("level") { $0.levelNeeded.flatMap { Code($0.rawValue) } }
        let (old, new) = (before.request, after.request)
        let isReclassified = (old.category, old.urgency) != (new.category, new.urgency)
        return HistoryEntry(
            program: program, at: moment, by: actor, subjectKind: "approval", subject: after.id,
            action: "approval/reread", reason: Reason(isReclassified ? "reclassified" : "amountChanged"),
            changes: changes)
    }

    /// The entry for a notice or papers whose day moved when a calendar was loaded.
    static func recomputedApproval(
        before: ApprovalCase, after: ApprovalCase, by actor: CaseActor, at moment: Moment, program: Code
    ) -> HistoryEntry {
        HistoryEntry(
            program: program, at: moment, by: actor, subjectKind: "approval", subject: after.id,
            action: "approval/recompute", reason: Reason("calendarLoaded"),
            changes: standing(before: before, after: after))
    }

    /// Where a case stood and stands.
    private static func standing(before: ApprovalCase, after: ApprovalCase) -> [FieldChange] {
        var changes: [FieldChange] = []
        func note(_ field: Code, _ old: HistoryValue?, _ new: HistoryValue?) {
            if old != new { changes.append(FieldChange(field, before: old, after: new)) }
        }
        note("step", before.step.map { .code($0.id) }, after.step.map { .code($0.id) })
        note("status", .code(before.statusCode), .code(after.statusCode))
        note("amount", before.request.amount.map { .integer($0) }, after.request.amount.map { .integer($0) })
        note("approvals", .integer(Int64(before.approvals.count)), .integer(Int64(after.approvals.count)))
        note("papersDue", before.papersDue.map { .moment($0) }, after.papersDue.map { .moment($0) })
        note("noticeUntil", before.notice.map { .moment($0.until) }, after.notice.map { .moment($0.until) })
        return changes
    }
}

extension ApprovalCase {
    /// Where the case stands, as the history calls it.
    var statusCode: Code {
        switch status {
        case .open: isFast ? "approvedFast" : isApproved ? "approved" : "open"
        case .completed: "completed"
        case .refused: "refused"
        case .revoked: "revoked"
        case .ended: "ended"
        }
    }
}

extension ApprovalAct {
    /// The act's name in the history.
    public var action: Code {
        switch self {
        case .pass: "approval/pass"
        case .approve: "approval/approve"
        case .approveFast: "approval/approveFast"
        case .refuse: "approval/refuse"
        case .sendBack: "approval/sendBack"
        case .revise: "approval/revise"
        case .confer: "approval/confer"
        case .putUpNotice: "approval/putUpNotice"
        case .object: "approval/object"
        case .settleObjection: "approval/settleObjection"
        case .takeDownNotice: "approval/takeDownNotice"
        case .end: "approval/end"
        }
    }

    /// The reason the act carries; nil for acts that need none.
    public var reason: Reason? {
        switch self {
        case .approveFast(let reason), .refuse(let reason, _), .sendBack(_, let reason), .revise(_, let reason),
            .object(let reason), .settleObjection(let reason), .end(let reason):
            reason
        case .pass, .approve, .confer, .putUpNotice, .takeDownNotice: nil
        }
    }
}
