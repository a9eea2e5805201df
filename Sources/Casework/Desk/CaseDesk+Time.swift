internal import MatchCore

/// At which moments a step may be made: decided here for every change of state, whoever asks and on whatever way.
extension CaseDesk {
    /// By how much a moment may lie ahead of the host's clock, in milliseconds: clocks of several hosts differ a little.
    static let tolerance: Int64 = 60_000

    /// Adds an entry to the history: the one way in which a desk writes.
    ///
    /// Throws `notInTime` for a moment later than the host's clock, or longer ago than the program takes in;
    /// `timeRunsBackwards` for one before what the record's last change has to come first. Files of past events are
    /// played in their own order.
    ///
    /// A step that is entered later than it was made says when: whoever reads that an answer was in time sees that it was
    /// entered days after.
    func append(_ entry: HistoryEntry) throws {
        guard now <= clock.adding(milliseconds: Self.tolerance) else {
            throw CaseworkError(
                .notInTime, "\(text(now)) is later than now (\(text(clock))). Enter a step when it has been made.",
                zhHans: "\(text(now)) 晚于现在（\(text(clock))）。请在办理之后再登记。")
        }
        guard !isReplaying else { return try store.append(entry) }
        try requireOrder(of: entry)
        let isLate = now < clock.adding(milliseconds: -Self.tolerance)
        try store.append(isLate ? entry.entered(at: clock) : entry)
    }

    private func requireOrder(of entry: HistoryEntry) throws {
        if Self.beginnings.contains(entry.action), let days = rules.enterWithinDays,
            now < clock.adding(milliseconds: -Int64(days) * Moment.day)
        {
            throw CaseworkError(
                .notInTime, "\(text(now)) is more than \(days) days ago. Check the year.",
                zhHans: "\(text(now)) 距今超过 \(days) 天。请核对年份。")
        }
        guard !Self.contents.contains(entry.action) else { return }
        let last: Moment? =
            switch entry.subjectKind {
            case "wish": try store.wishCase(entry.subject)?.receivedAt
            case "offer", "party", "household", "inbox": try store.lastStep(on: entry.subject, besides: Self.contents)
            // Claims, clocks and approvals know their last change and look at it themselves.
            default: nil
            }
        if let last { try requireNot(before: last) }
    }

    /// Throws `timeRunsBackwards` where this step would be made before something that comes first.
    func requireNot(before last: Moment) throws {
        guard isReplaying || now >= last else {
            throw CaseworkError(
                .timeRunsBackwards,
                "\(text(now)) lies before what comes first (\(text(last))). Give a later time, or look at the host's clock.",
                zhHans: "\(text(now)) 早于在先事项（\(text(last))）。请填写更晚的时间，或检查主机时钟。")
        }
    }

    /// What begins a record's life, and so has nothing before it.
    private static let beginnings: Set<Code> = ["household/open", "inbox/take", "wish/open"]

    /// What only says what a file said, written when the file is read, and what the program concludes from a step
    /// elsewhere: it orders nothing.
    private static let contents: Set<Code> = [
        "party/register", "party/change", "offer/register", "offer/change", "wish/register", "wish/change",
        "household/grade", "household/visitDue",
    ]

    /// `2026-03-02 09:00` in the program's zone.
    private func text(_ moment: Moment) -> String { rules.calendar.zone.text(moment) }
}
