public import MatchCore

/// A charity federation's fund: an offer of money with one budget a period, each an offer line of its own.
///
/// Almoner records what the fund pledged and handed over; it never holds or moves the money.
public struct Fund: Hashable, Sendable {
    /// One period's budget: from its first day to its last, both included, in the program's local dates.
    public struct Budget: Hashable, Sendable {
        public let days: ClosedRange<CivilDate>
        /// The offer line, in fen, that claims on this budget draw from.
        public let line: RecordID

        public init(days: ClosedRange<CivilDate>, line: RecordID) {
            self.days = days
            self.line = line
        }
    }

    public let party: RecordID
    /// In order of time.
    public let budgets: [Budget]

    /// Throws `malformed` when two periods share a day: then it would be open which budget pays.
    public init(party: RecordID, budgets: [Budget]) throws {
        let sorted = budgets.sorted { $0.days.lowerBound < $1.days.lowerBound }
        for (earlier, later) in zip(sorted, sorted.dropFirst()) where earlier.days.overlaps(later.days) {
            throw CaseworkError(
                .malformed, "Two budgets share \(later.days.lowerBound). End the first the day before.",
                zhHans: "两个预算期都包含 \(later.days.lowerBound)。请让前一期在其前一天结束。")
        }
        self.party = party
        self.budgets = sorted
    }

    /// The budget that pays for what is decided on `day`. Throws `notCovered` when no period holds that day.
    public func budget(on day: CivilDate) throws -> Budget {
        guard let budget = budgets.first(where: { $0.days.contains(day) }) else {
            throw CaseworkError(
                .notCovered, "The fund has no budget for \(day). Add the period or choose another fund.",
                zhHans: "该基金没有覆盖 \(day) 的预算。请补录预算期或改用其他基金。")
        }
        return budget
    }

    /// Withdraws what nobody claimed from every budget whose last day lies before `day`; returns the lines it closed.
    ///
    /// What is reserved stays: a promise made within the period is kept after it. Run again, it does nothing.
    public func closeBudgets(endedBefore day: CivilDate, in ledger: inout PromiseLedger) throws -> [RecordID] {
        var closed: [RecordID] = []
        for budget in budgets where budget.days.upperBound < day {
            let left = ledger.offers[budget.line]?[.available] ?? 0
            guard left > 0 else { continue }
            try ledger.withdraw(left, from: budget.line)
            closed.append(budget.line)
        }
        return closed
    }
}
