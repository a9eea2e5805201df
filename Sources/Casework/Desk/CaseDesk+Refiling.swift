public import MatchCore

extension CaseDesk {
    /// Moves a wish into another household's file, where it was filed with the wrong one. Both files tell of it, both are
    /// graded anew, and what was said for the right household counts for the wish from now on. It can be moved back.
    ///
    /// Nothing that is sealed is touched: what the wish says is under its own key, and what its people are called under theirs.
    ///
    /// - Parameter round: nil for the round that it was filed in.
    ///
    /// Throws `wrongState` for a wish that is in no file or in this one, `notCovered` where the household has an open wish in
    /// the round and the program lets it have one, `reasonRequired` without a reason.
    public func refile(_ wish: RecordID, under id: RecordID, round: Int? = nil, reason: Reason?) throws {
        try require([.intake, .coordinator], to: LocalizedText(zhHans: "更正心愿所属家庭", en: "move a wish to another file"))
        guard let reason else {
            throw CaseworkError(
                .reasonRequired, "Say why the wish belongs to another household: a reason (--reason or --note).",
                zhHans: "更正心愿所属家庭须填写理由（--reason 或 --note）。")
        }
        guard let former = try store.household(ofWish: wish), var (source, _) = try store.household(former) else {
            throw CaseworkError(
                .wrongState, "The wish is in no household's file. File it: household file HOUSEHOLD WISH.",
                zhHans: "该心愿尚未归入任何家庭档案。请先归档：household file 家庭 心愿。")
        }
        guard former != id else {
            throw CaseworkError(
                .wrongState, "The wish is in this household's file already; nothing was changed.",
                zhHans: "该心愿已在此家庭的档案中，未作变更。")
        }
        guard var (target, _) = try store.household(id) else {
            throw unknown(LocalizedText(zhHans: "家庭", en: "household"), id)
        }
        let filed = try source.release(wish)
        let round = round ?? filed.round
        try target.file(
            wish, round: round, onePerRound: rules.onePerRound, at: filed.openedAt, closedAt: filed.closedAt,
            calling: handle(ofWish:))
        try store.refile(wish, from: former, to: id, round: round)
        if var wishCase = try store.wishCase(wish) {
            wishCase.household = id
            try store.save(wishCase)
        }
        try write(
            "household/unfile", on: "household", former, reason: reason,
            [
                FieldChange("wish", before: .record(wish), after: nil),
                FieldChange("household", before: .record(former), after: .record(id)),
            ])
        try write(
            "household/file", on: "household", id, reason: reason,
            [
                FieldChange("wish", before: nil, after: .record(wish)),
                FieldChange("household", before: .record(former), after: .record(id)),
            ])
        try settleConsents(of: wish)
        try regrade(former)
        try regrade(id)
    }
}
