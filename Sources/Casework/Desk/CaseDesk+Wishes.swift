internal import CaseRecords
public import MatchCore

extension CaseDesk {
    /// Opens the case of a wish that is registered: its clocks start, and its approval, where the lane has a path.
    ///
    /// - Parameters:
    ///   - level: who answers for it first.
    ///   - needsApproval: false for a wish that was approved where it comes from; the history says so.
    public func open(
        _ wish: RecordID, channel: Channel, level: AreaLevel = .village, household: RecordID? = nil,
        needsApproval: Bool = true
    ) throws -> WishCase {
        guard let record = try store.wish(wish) else {
            throw unknown(LocalizedText(zhHans: "心愿", en: "wish"), wish)
        }
        guard try store.wishCase(wish) == nil else {
            throw CaseworkError(.wrongState, "The case of this wish is open already.", zhHans: "该心愿已立案。")
        }
        if let submitted = record.features.submitted {
            try requireNot(before: Moment(milliseconds: submitted.milliseconds))
        }
        let features = record.features
        let wishCase = WishCase(
            wish: wish, area: features.place.area.flatMap { Code($0) } ?? "unplaced", level: level,
            lane: Code(features.lane.code) ?? "microWish", channel: channel.code,
            category: WishCase.category(of: features), urgency: Urgency(features.urgency),
            household: try household ?? store.household(ofWish: wish), receivedAt: now, changedAt: now)
        try store.save(wishCase)
        let clocks = try system.take(.opened, wishCase)
        let path = rules.paths[wishCase.lane]
        try write(
            "wish/open", on: "wish", wish,
            reason: path == nil || needsApproval ? nil : Reason("approvedElsewhere"),
            [
                FieldChange("area", before: nil, after: .code(wishCase.area)),
                FieldChange("lane", before: nil, after: .code(wishCase.lane)),
                FieldChange("channel", before: nil, after: .code(wishCase.channel)),
                FieldChange("category", before: nil, after: .code(wishCase.category)),
            ] + dueChanges(clocks))
        if !rules.consent.required.isEmpty { try settleConsents(of: wish) }
        if let path {
            if needsApproval {
                try openApproval(of: wishCase, along: path, amount: amount(of: record))
            } else {
                // It is decided: nobody is to be reminded of a decision that nobody will make here.
                try system.take(.decided, wishCase)
            }
        }
        return wishCase
    }

    /// Answers the person: what will be done, and by when.
    ///
    /// An answer that was given before the case was closed can be entered after it, at the desk's moment and with a reason.
    public func answer(_ wish: RecordID, reason: Reason? = nil) throws {
        try require([.intake, .coordinator, .approver], to: LocalizedText(zhHans: "答复", en: "answer a wish"))
        if let late = try answerBeforeClosing(wish) { return try enter(late, reason: reason) }
        try noteAnswer(to: try openCase(wish), reason: reason)
    }

    func noteAnswer(to open: WishCase, reason: Reason?) throws {
        var wishCase = open
        guard try store.clocks(of: open.wish).contains(where: { $0.kind == .answer && $0.end == nil }) else {
            throw CaseworkError(
                .wrongState,
                "The person was answered already. What is told them besides belongs into a note of the next step.",
                zhHans: "已答复过申请人。补充的说明请写在下一步的备注中。")
        }
        try system.take(.answered, wishCase)
        wishCase.changedAt = now
        try store.save(wishCase)
        try write("wish/answer", on: "wish", wishCase.wish, reason: reason)
    }

    /// Takes in what the person says after closing: 1 to 5, and words. Who is not satisfied by the program's rule has the
    /// wish opened again; who is undecided is called back once more.
    ///
    /// - Parameter isSatisfied: what the person says of it, where the stars do not tell.
    public func rate(_ wish: RecordID, stars: Int, words: String? = nil, isSatisfied: Bool? = nil) throws {
        try require(
            [.recipient, .intake, .coordinator], to: LocalizedText(zhHans: "评价", en: "rate what was done"))
        guard actor.role != .recipient || actor.wish == wish else {
            throw CaseworkError(.notYours, "This look-up code opens another wish.", zhHans: "该查询码对应其他心愿。")
        }
        guard (1...5).contains(stars) else {
            throw CaseworkError(.quantity, "\(stars) is no rating; give 1 to 5.", zhHans: "评分 \(stars) 无效；应为 1 至 5。")
        }
        guard var wishCase = try store.wishCase(wish), wishCase.state == .closed else {
            throw CaseworkError(.wrongState, "Only a closed wish is rated.", zhHans: "只有已办结的心愿可以评价。")
        }
        try requireNot(before: wishCase.changedAt)
        let verdict = try rules.satisfaction.verdict(stars, isSatisfied: isSatisfied)
        let isReopened = verdict == .unsatisfied
        // What a file of the past says of an undecided person needs no call today.
        let touched = try system.take(
            .calledBack(isReplaying && verdict == .undecided ? .satisfied : verdict), wishCase)
        let note = try keep(words, as: "feedback", about: wish)
        try write(
            "wish/rate", on: "wish", wish, reason: note.map { Reason("feedback", note: $0) },
            [FieldChange("rating", before: nil, after: .integer(Int64(stars)))])
        wishCase.changedAt = now
        if isReopened {
            try restoreCancelled(of: wish)
            wishCase.state = .open
            wishCase.outcome = nil
            wishCase.round += 1
            // The answer of the first round stays the one that is measured; only the new delivery is due.
            try write(
                "wish/reopen", on: "wish", wish, reason: Reason("notSatisfied"),
                [
                    FieldChange(
                        "round", before: .integer(Int64(wishCase.round - 1)), after: .integer(Int64(wishCase.round)))
                ]
                    + dueChanges(touched.filter { $0.kind == .delivery && $0.end == nil }))
        }
        try store.save(wishCase)
        guard isReopened else { return }
        try reopenInHousehold(wish)
        try reopenApproval(of: wishCase)
        // Up to a version of before, a file could say something else of it while it was closed.
        try followContent(of: wish, reason: nil)
    }

    func openCase(_ wish: RecordID) throws -> WishCase {
        guard let wishCase = try store.wishCase(wish) else {
            throw unknown(LocalizedText(zhHans: "个案", en: "case of wish"), wish)
        }
        guard wishCase.state == .open else {
            let isClosed = wishCase.state == .closed
            throw CaseworkError(
                .wrongState, "The wish is \(wishCase.state.rawValue); this needs an open one.",
                zhHans: "该心愿\(isClosed ? "已办结" : "已终止")，须为未办结的心愿。")
        }
        try requireNot(before: wishCase.changedAt)
        return wishCase
    }
}

extension Urgency {
    init(_ grade: UrgencyGrade) {
        self =
            switch grade {
            case .normal: .ordinary
            case .urgent: .urgent
            case .critical: .emergency
            }
    }
}
