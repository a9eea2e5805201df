internal import CaseRecords
internal import MatchCore

/// The budgets of funds: one a period, each a line of the fund's offer with its own balance, so that none can be spent in
/// another's place.
extension CaseDesk {
    /// Gives a fund a budget for a period: from its first day to its last the line pays, and afterwards what nobody claimed
    /// is withdrawn.
    ///
    /// A budget for the same period (its first day or its last is the same) is revised, and the history keeps what it was.
    /// One for another period stands beside those there are: on the line that is named where that has no budget yet, else
    /// on a new one.
    ///
    /// - Parameter amount: what the budget comes to, in fen; nil to leave it, or to take what the line has pledged.
    ///
    /// Throws `malformed` for an offer that is not money, or where two periods share a day; `insufficient` for an amount below
    /// what is promised or handed over within it; `quantity` for one that is no amount, or missing for a new line.
    public func setBudget(
        _ days: ClosedRange<CivilDate>, of line: LineReference, amount: Int64? = nil, reason: Reason? = nil
    ) throws -> FundBudget {
        let record = try ownOffer(line.record)
        guard let balance = try store.balance(ofOffer: line) else {
            throw unknown(LocalizedText(zhHans: "资源明细", en: "line of an offer"), line.record)
        }
        guard balance.unit == .fen, balance.total != nil else {
            throw CaseworkError(
                .malformed, "Line \(line.number) is no sum of money; only a fund's money has a budget.",
                zhHans: "第 \(line.number) 条明细不是金额；只有资金才有预算期。")
        }
        if let amount, !ApprovalCase.amounts.contains(amount) {
            throw CaseworkError(
                .quantity, "\(amount) fen is no budget; give 1 to \(ApprovalCase.amounts.upperBound) fen.",
                zhHans: "\(amount) 分不是有效预算；应为 1 至 \(ApprovalCase.amounts.upperBound) 分。")
        }
        let budgets = try store.budgets(ofOffer: line.record, limit: Int(Int32.max))
        let before = budgets.first {
            $0.days.lowerBound == days.lowerBound || $0.days.upperBound == days.upperBound
        }
        let others = budgets.filter { $0.line != before?.line }
        _ = try Fund(
            party: record.features.party,
            budgets: (others.map { ($0.days, $0.line.id) } + [(days, line.id)]).map { Fund.Budget(days: $0, line: $1) })
        var payer = before?.line ?? line
        let isNew = try before == nil && store.budget(of: line) != nil
        let amountBefore = before == nil ? nil : try Self.amount(store.balance(ofOffer: payer))
        if isNew {
            guard let amount else {
                throw CaseworkError(
                    .quantity,
                    "Another period has line \(line.number). Say what the budget for this one comes to: --amount FEN.",
                    zhHans: "第 \(line.number) 条明细已用于其他预算期。请填写本期金额：--amount 分。")
            }
            payer = try store.addLine(like: line, pledging: amount)
            try notePledge(amount, on: payer)
        } else if let amount {
            try setAmount(amount, of: payer, reason: reason)
        }
        let budget = FundBudget(party: record.features.party, line: payer, days: days)
        try store.save(budget)
        func start(_ day: CivilDate) -> HistoryValue { .moment(rules.calendar.zone.moment(on: day)) }
        try write(
            "fund/budget", on: "offer", line.record, reason: reason,
            [
                FieldChange("line", before: nil, after: .integer(Int64(payer.number))),
                FieldChange("from", before: before.map { start($0.days.lowerBound) }, after: start(days.lowerBound)),
                FieldChange("until", before: before.map { start($0.days.upperBound) }, after: start(days.upperBound)),
                FieldChange(
                    "amount", before: amountBefore.map { .integer($0) },
                    after: .integer(try Self.amount(store.balance(ofOffer: payer)))),
            ])
        // Who waits for a period that is over waits for this one.
        try system.forwardQueues(of: line.record)
        try system.serveQueue(behind: payer)
        return budget
    }

    /// Throws `notCovered`, and names the line that pays, where a budget's line does not pay today.
    func requireBudget(of offer: LineReference) throws {
        guard let budget = try store.budget(of: offer) else { return }
        let today = rules.calendar.zone.date(at: now)
        guard !budget.days.contains(today) else { return }
        let payer = try store.budgets(ofOffer: offer.record, limit: Int(Int32.max)).first { $0.days.contains(today) }
        let (en, zhHans) =
            payer.map { ("Line \($0.line.number) does: claim that one.", "请认领第 \($0.line.number) 条明细。") }
            ?? ("Add the period, or choose another fund.", "请补录预算期或改用其他资金。")
        throw CaseworkError(
            .notCovered, "The fund's budget on line \(offer.number) does not cover \(today). \(en)",
            zhHans: "该基金第 \(offer.number) 条的预算期不包含 \(today)。\(zhHans)")
    }

    /// Notes that more is pledged on a line: for those that no file and no party states.
    func notePledge(_ quantity: Int64, on line: LineReference) throws {
        let total = try store.balance(ofOffer: line)?.total ?? 0
        try write(
            "offer/pledge", on: "offer", line.record,
            [FieldChange(HistoryEntry.pledged(line.number), before: .integer(total - quantity), after: .integer(total))]
        )
    }

    private func setAmount(_ amount: Int64, of line: LineReference, reason: Reason?) throws {
        let balance = try store.balance(ofOffer: line)
        let present = Self.amount(balance)
        let used = present - (balance?[.available] ?? 0)
        guard amount >= used else {
            throw CaseworkError(
                .insufficient,
                "\(used) fen of this budget is promised or handed over; it cannot come to \(amount). Give \(used) or more.",
                zhHans: "该预算已承诺或支付 \(used) 分，不能改为 \(amount) 分。请填写不低于 \(used) 的金额。")
        }
        if amount > present {
            try store.pledge(amount - present, on: line)
            try notePledge(amount - present, on: line)
        } else if amount < present {
            try withdraw(present - amount, from: line, reason: reason ?? Reason("budgetRevised"))
        }
    }

    /// What a budget comes to: all that was pledged, but what was taken back.
    private static func amount(_ balance: LineState<OfferPart>?) -> Int64 {
        (balance?.total ?? 0) - (balance?[.withdrawn] ?? 0)
    }
}
