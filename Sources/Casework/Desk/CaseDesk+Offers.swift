internal import CaseRecords
public import MatchCore

extension CaseDesk {
    /// Pauses an open offer: it is neither matched nor claimed until it is resumed. What was claimed goes on.
    ///
    /// Throws `wrongState` for an offer that was withdrawn or is paused already.
    public func pause(offer: RecordID, reason: Reason?) throws { try set(.paused, of: offer, reason: reason) }

    /// Opens a paused offer again, and serves those who wait for it. Throws `wrongState` for any other.
    public func resume(offer: RecordID, reason: Reason?) throws { try set(.open, of: offer, reason: reason) }

    private func set(_ state: OfferState, of offer: RecordID, reason: Reason?) throws {
        let record = try ownOffer(offer)
        guard record.state != state, record.state != .withdrawn else {
            throw CaseworkError(
                .wrongState, "The offer is \(record.state.rawValue). Register a new one if there is more to give.",
                zhHans: "该资源状态为 \(record.state.rawValue)。如有新的资源请另行登记。")
        }
        try change(record, to: state, reason: reason)
    }

    /// Withdraws an offer with all that is still available of it; returns how much each line gave back. What was claimed is
    /// kept: promises are released one by one, with their own reasons.
    public func withdraw(_ offer: RecordID, reason: Reason) throws -> [(line: Int, quantity: Int64)] {
        let record = try ownOffer(offer)
        guard record.state != .withdrawn else {
            throw CaseworkError(.wrongState, "The offer is withdrawn already.", zhHans: "该资源已撤回。")
        }
        var taken: [(line: Int, quantity: Int64)] = []
        for number in try store.lines(ofOffer: offer) {
            let line = LineReference(offer, number)
            let left = try store.balance(ofOffer: line)?[.available] ?? 0
            guard left > 0 else { continue }
            try withdraw(left, from: line, reason: reason)
            taken.append((number, left))
        }
        try change(record, to: .withdrawn, reason: reason)
        return taken
    }

    /// Gives a fund's line a period: from its first day to its last it pays, and afterwards what nobody claimed is
    /// withdrawn. Set again, the period moves.
    ///
    /// Throws `malformed` for an offer that is not money, or where two lines of the fund share a day.
    public func setBudget(_ days: ClosedRange<CivilDate>, of line: LineReference, reason: Reason? = nil) throws
        -> FundBudget
    {
        let record = try ownOffer(line.record)
        guard let balance = try store.balance(ofOffer: line) else {
            throw unknown(LocalizedText(zhHans: "资源明细", en: "line of an offer"), line.record)
        }
        guard balance.unit == .fen, balance.total != nil else {
            throw CaseworkError(
                .malformed, "Line \(line.number) is no sum of money; only a fund's money has a budget.",
                zhHans: "第 \(line.number) 条明细不是金额；只有资金才有预算期。")
        }
        let others = try store.budgets(ofOffer: line.record, limit: Admission.Limits.lines).filter { $0.line != line }
        _ = try Fund(
            party: record.features.party,
            budgets: (others.map { ($0.days, $0.line.id) } + [(days, line.id)]).map { Fund.Budget(days: $0, line: $1) })
        let before = try store.budget(of: line)
        let budget = FundBudget(party: record.features.party, line: line, days: days)
        try store.save(budget)
        func start(_ day: CivilDate) -> HistoryValue { .moment(rules.calendar.zone.moment(on: day)) }
        try write(
            "fund/budget", on: "offer", line.record, reason: reason,
            [
                FieldChange("line", before: nil, after: .integer(Int64(line.number))),
                FieldChange("from", before: before.map { start($0.days.lowerBound) }, after: start(days.lowerBound)),
                FieldChange("until", before: before.map { start($0.days.upperBound) }, after: start(days.upperBound)),
            ])
        return budget
    }

    /// Loads an official notice: its years take the place of what the calendar had for them, and due times are computed
    /// anew, each with its entry. Returns the calendar and how many due times moved.
    public func load(notice rows: [WorkingCalendar.Row]) throws -> (calendar: WorkingCalendar, moved: Int) {
        guard !rows.isEmpty else {
            throw CaseworkError(.malformed, "The notice has no day.", zhHans: "通知中没有任何日期。")
        }
        let calendar = try rules.calendar.replacing(rows)
        return (calendar, try load(calendar, rows: calendar.rows))
    }

    private func ownOffer(_ offer: RecordID) throws -> OfferRecord {
        guard let record = try store.offer(offer) else {
            throw unknown(LocalizedText(zhHans: "资源", en: "offer"), offer)
        }
        try require([.donor, .coordinator], to: LocalizedText(zhHans: "变更资源", en: "change an offer"))
        if actor.role == .donor, actor.party != record.features.party {
            throw CaseworkError(
                .notYours, "This offer is another party's. Ask its coordinator.", zhHans: "该资源属于其他主体。请联系协调员。")
        }
        return record
    }

    private func change(_ record: OfferRecord, to state: OfferState, reason: Reason?) throws {
        try store.setState(state, of: record.key.id)
        try write(
            "offer/state", on: "offer", record.key.id, reason: reason,
            [
                FieldChange(
                    "state", before: Code(record.state.rawValue).map { .code($0) },
                    after: Code(state.rawValue).map { .code($0) })
            ])
        // Who waited for it is served with what it has.
        if state == .open {
            for number in try store.lines(ofOffer: record.key.id) {
                try system.serveQueue(behind: LineReference(record.key.id, number))
            }
        }
    }
}
