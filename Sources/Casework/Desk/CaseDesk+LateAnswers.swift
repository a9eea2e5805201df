internal import MatchCore

/// Answers that were given before a case was closed, and are entered after it.
extension CaseDesk {
    /// What the desk's moment says an answer was given to.
    struct LateAnswer {
        let wish: RecordID
        /// The clock that waited for it until the case was closed.
        let clock: ServiceClock
    }

    /// The clock that an answer at the desk's moment was given to, where its case was closed or ended after that; nil where
    /// the answer is entered as any other.
    ///
    /// Throws `wrongState` where the person had been answered, or where the moment lies after the closing.
    func answerBeforeClosing(_ wish: RecordID) throws -> LateAnswer? {
        guard !isReplaying, let wishCase = try store.wishCase(wish) else { return nil }
        guard wishCase.state != .open || now < wishCase.changedAt else { return nil }
        let closings = try store.history(of: [wish])
            .filter { $0.action == "wish/close" || $0.action == "wish/end" }.map(\.at)
        guard let closing = closings.filter({ now < $0 }).min() else {
            guard wishCase.state != .open else { return nil }
            let since = rules.calendar.zone.text(wishCase.changedAt)
            throw CaseworkError(
                .wrongState,
                "The wish is \(wishCase.state.rawValue) since \(since). An answer that was given before "
                    + "is entered with the time at which it was given and a reason (case answer WISH --given TIME --reason "
                    + "CODE); to answer anew, have the wish opened again first (case rate WISH 1).",
                zhHans: "该心愿已于 \(since) \(wishCase.state == .closed ? "办结" : "终止")。此前作出的答复请填写实际答复时间和理由补录"
                    + "（case answer 心愿 --given 时间 --reason 代码）；如需重新答复，请先重新打开心愿（case rate 心愿 1）。")
        }
        let answers = try store.clocks(of: wish).filter { $0.kind == .answer && $0.startedAt <= now }
        if let clock = answers.last(where: { $0.end?.at == closing }) { return LateAnswer(wish: wish, clock: clock) }
        guard let answered = answers.compactMap({ $0.end?.at }).filter({ $0 < closing }).max() else { return nil }
        let time = rules.calendar.zone.text(answered)
        throw CaseworkError(
            .wrongState, "The person's answer of \(time) was entered already; it is the one that counts.",
            zhHans: "已登记 \(time) 的答复，以该次答复为准。")
    }

    /// Enters an answer with the moment at which it was given: its clock was met then, by what was due at that time.
    func enter(_ late: LateAnswer, reason: Reason?) throws {
        guard let reason else {
            throw CaseworkError(
                .reasonRequired,
                "An answer that is entered after the case was closed needs a reason: why it comes late (--reason or --note).",
                zhHans: "办结后补录答复须说明补录原因（--reason 或 --note）。")
        }
        let before = late.clock
        let after = try before.met(before: now)
        try keep(after)
        try append(
            .clockStep(
                .meet, before: before, after: after, by: actor, at: now, reason: reason, program: store.programCode()))
        // By what it was due then, whatever was changed between the answer and the closing.
        let due = before.due(asOf: now)?.moment
        let last = before.due?.moment
        let isMoved = before.round == 1 && due != nil && due != last
        try write(
            "wish/answer", on: "wish", late.wish, reason: reason,
            isMoved ? [FieldChange("answerDue", before: last.map { .moment($0) }, after: due.map { .moment($0) })] : [])
    }
}
