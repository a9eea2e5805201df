internal import CaseRecords
internal import MatchCore

/// Nobody waits where nothing will ever come: behind a withdrawn offer, or behind a budget whose period is over.
extension CaseDesk {
    /// How many days after the end of a fund's last period its queue waits for the next budget.
    ///
    /// Budgets are often set some weeks into their period; who waited first is to be served first then.
    static let daysForNextBudget = 30

    /// Where those who came for a line are to wait.
    private enum Waiting {
        case here
        /// The same fund's line for the present period, or else for the next.
        case behind(LineReference)
        case nowhere(Reason)
    }

    private func waiting(for line: LineReference) throws -> Waiting {
        if try store.offer(line.record)?.state == .withdrawn { return .nowhere(Reason("withdrawn")) }
        let today = rules.calendar.zone.date(at: now)
        guard let budget = try store.budget(of: line), budget.days.upperBound < today else { return .here }
        let budgets = try store.budgets(ofOffer: line.record, limit: Int(Int32.max))
        if let next = budgets.first(where: { $0.days.upperBound >= today }) { return .behind(next.line) }
        let last = budgets.last?.days.upperBound ?? budget.days.upperBound
        return last.adding(days: Self.daysForNextBudget) < today ? .nowhere(Reason("budgetEnded")) : .here
    }

    /// Moves those who wait for a line whose period is over behind the line of the fund that pays now or next, in the order
    /// in which they came, and ends their places where nothing can come any more. Done again, it changes nothing.
    ///
    /// Returns the claims of those who were served where they wait now.
    @discardableResult
    func forwardQueue(behind line: LineReference) throws -> [KeptClaim] {
        switch try waiting(for: line) {
        case .here: return []
        case .nowhere(let reason):
            for place in try store.queue(for: line) { try leave(place, reason: reason) }
            return []
        case .behind(let next):
            for place in try store.queue(for: line) {
                try store.leaveQueue(place.place.id)
                guard try store.join(QueuePlace(place: place.place, offer: next, wish: place.wish)) else {
                    // It waits there as well, since some other time.
                    try noteLeaving(place, reason: Reason("budgetEnded"))
                    continue
                }
                notes?.add("queueMove", next.record, of: place.wish.record, at: now)
                try write(
                    "wish/queue", on: "wish", place.wish.record, reason: Reason("budgetEnded"),
                    [
                        FieldChange("offerLine", before: .record(line.id), after: .record(next.id)),
                        FieldChange(
                            "quantity", before: .integer(place.place.quantity), after: .integer(place.place.quantity)),
                    ])
            }
            return try serveQueue(behind: next)
        }
    }

    /// The same for every line of an offer.
    func forwardQueues(of offer: RecordID) throws {
        for number in try store.lines(ofOffer: offer) { try forwardQueue(behind: LineReference(offer, number)) }
    }

    /// Throws where nobody can be served any more: `wrongState` for an offer that was withdrawn, `notCovered` for a budget
    /// whose period is over, with the line to wait for instead.
    func requireComing(from line: LineReference) throws {
        if try store.offer(line.record)?.state == .withdrawn {
            throw CaseworkError(
                .wrongState, "The offer is withdrawn: nothing more will come. Choose another.",
                zhHans: "该资源已撤回，不会再有供应。请选择其他资源。")
        }
        let today = rules.calendar.zone.date(at: now)
        guard let budget = try store.budget(of: line), budget.days.upperBound < today else { return }
        let budgets = try store.budgets(ofOffer: line.record, limit: Int(Int32.max))
        let (en, zhHans) =
            budgets.first { $0.days.upperBound >= today }.map {
                ("Queue for line \($0.line.number).", "请为第 \($0.line.number) 条明细排队。")
            } ?? ("Add the period, or choose another fund.", "请补录预算期或改用其他资金。")
        throw CaseworkError(
            .notCovered, "The budget's period on line \(line.number) ended on \(budget.days.upperBound). \(en)",
            zhHans: "该基金第 \(line.number) 条的预算期已于 \(budget.days.upperBound) 结束。\(zhHans)")
    }
}

extension HistoryStoring {
    /// What was taken back of a budget because nobody had claimed it when its period was over, in fen.
    ///
    /// Counted from the last time that the budget was set: a period that was made longer has what it was given then.
    public func lapsed(of budget: FundBudget) throws -> Int64 {
        var sum: Int64 = 0
        for entry in try history(of: [budget.line.record]) {
            let line = entry.changes.last { $0.field == "line" }?.after
            guard line == .integer(Int64(budget.line.number)) else { continue }
            if entry.action == "fund/budget" { sum = 0 }
            guard entry.action == "offer/withdraw", entry.reason?.code == "budgetEnded" else { continue }
            for change in entry.changes where change.field == "withdrawn" {
                if case .integer(let quantity)? = change.after { sum += quantity }
            }
        }
        return sum
    }
}
