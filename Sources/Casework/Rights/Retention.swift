public import MatchCore

/// What is kept for a time only.
public enum RetentionKind: String, Hashable, Sendable, Codable, CaseIterable {
    /// Inbound records that nobody confirmed.
    case inbox
    /// What is personal in wishes that were closed or ended.
    case closedFiles
    /// Files of families that nothing has happened to for long.
    case households
    /// Answers that are kept for an `Idempotency-Key`, with their own short time.
    case answers

    public var title: LocalizedText {
        switch self {
        case .inbox: LocalizedText(zhHans: "未确认的受理记录", en: "inbound records nobody confirmed")
        case .closedFiles: LocalizedText(zhHans: "已办结心愿的个人内容", en: "personal content of closed wishes")
        case .households: LocalizedText(zhHans: "停用的家庭档案", en: "files of families at rest")
        case .answers: LocalizedText(zhHans: "重复请求的应答", en: "answers kept for repeated requests")
        }
    }
}

/// For how long a program keeps what (`Data/casework/retention.yaml`), in days; 0 keeps it.
public struct RetentionRules: Hashable, Sendable, Codable {
    /// The setting of the program `inboxRetentionDays` goes before it.
    public let inboxDays: Int
    public let closedFileDays: Int
    /// Counted from when the last wish of the family was closed, or later somebody came by, or something in the file changed.
    public let householdDays: Int

    public init(inboxDays: Int, closedFileDays: Int, householdDays: Int = 0) {
        self.inboxDays = inboxDays
        self.closedFileDays = closedFileDays
        self.householdDays = householdDays
    }

    /// A file of before there was a period for families keeps theirs.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        inboxDays = try container.decode(Int.self, forKey: .inboxDays)
        closedFileDays = try container.decode(Int.self, forKey: .closedFileDays)
        householdDays = try container.decodeIfPresent(Int.self, forKey: .householdDays) ?? 0
    }

    public static let standard = RetentionRules(inboxDays: 90, closedFileDays: 0)

    /// Throws `malformed` for a time that is none.
    public func check() throws {
        guard [inboxDays, closedFileDays, householdDays].allSatisfy((0...36_500).contains) else {
            throw CaseworkError(
                .malformed, "In retention.yaml, days are 0 (kept) to 36500.",
                zhHans: "retention.yaml 中天数须为 0（保留）至 36500。")
        }
    }
}

/// That a run took something away.
public struct RetentionRun: Hashable, Sendable {
    public let kind: RetentionKind
    public let at: Moment
    public let count: Int

    public init(kind: RetentionKind, at: Moment, count: Int) {
        self.kind = kind
        self.at = at
        self.count = count
    }
}

/// What was taken away so far of a kind.
public struct RetentionTotal: Hashable, Sendable {
    public let kind: RetentionKind
    public let count: Int
    public let lastAt: Moment

    public init(kind: RetentionKind, count: Int, lastAt: Moment) {
        self.kind = kind
        self.count = count
        self.lastAt = lastAt
    }
}

/// How it stands with one kind.
public struct RetentionState: Hashable, Sendable {
    public let kind: RetentionKind
    /// Nil where it is kept without an end.
    public let days: Int?
    public let kept: Int
    public let oldest: Moment?
    public let removed: Int
    public let lastRemoved: Moment?
}

extension CaseDesk {
    public static let inboxRetentionSetting: Code = "inboxRetentionDays"

    private func inboxDays() throws -> Int {
        try store.setting(Self.inboxRetentionSetting).flatMap { Int($0) } ?? rules.retention.inboxDays
    }

    /// How it stands with everything that is kept for a time only.
    public func retention() throws -> [RetentionState] {
        try require([.coordinator, .auditor], to: LocalizedText(zhHans: "查看保存期限", en: "see what is kept how long"))
        let totals = Dictionary(try store.retentionTotals().map { ($0.kind, $0) }) { first, _ in first }
        return try RetentionKind.allCases.map { kind in
            let days =
                switch kind {
                case .inbox: try inboxDays()
                case .closedFiles: rules.retention.closedFileDays
                case .households: rules.retention.householdDays
                case .answers: 1
                }
            let kept = try store.kept(kind)
            return RetentionState(
                kind: kind, days: days > 0 ? days : nil, kept: kept.count, oldest: kept.oldest,
                removed: totals[kind]?.count ?? 0, lastRemoved: totals[kind]?.lastAt)
        }
    }

    /// Takes away what is kept no longer, at most `limit` of each kind, and reports how many; returns whether that was all.
    func endRetention(limit: Int, _ report: inout RunReport) throws -> Bool {
        let files = min(limit, 200)
        report.recordsExpired = try endInbox(limit: limit, &report)
        report.filesExpired = try endClosedFiles(limit: files, &report)
        report.householdsExpired = try endHouseholds(limit: files, &report)
        return report.recordsExpired < limit && report.filesExpired < files && report.householdsExpired < files
    }

    /// Adds what would be taken away; see ``endRetention(limit:_:)``.
    func foretellRetention(limit: Int, _ report: inout RunReport) throws -> Bool {
        func told(_ task: Code, after days: Int, _ find: (Moment) throws -> [RecordID]) throws -> Bool {
            guard let end = end(ofDays: days) else { return true }
            let found = try find(end)
            report.work += found.map { RunWork(at: now, task: task, record: $0, wish: nil) }
            return found.count < limit
        }
        let records = try told("recordExpire", after: inboxDays()) {
            try store.unconfirmedRecords(receivedBefore: $0, limit: limit)
        }
        let files = try told("fileExpire", after: rules.retention.closedFileDays) {
            try store.closedCases(before: $0, limit: limit)
        }
        let households = try told("householdExpire", after: rules.retention.householdDays) {
            try store.restingHouseholds(before: $0, limit: limit)
        }
        return records && files && households
    }

    private func endInbox(limit: Int, _ report: inout RunReport) throws -> Int {
        guard let end = end(ofDays: try inboxDays()) else { return 0 }
        let records = try store.unconfirmedRecords(receivedBefore: end, limit: limit)
        for record in records {
            report.work.append(RunWork(at: now, task: "recordExpire", record: record, wish: nil))
            try cancelClocks(of: record, because: Reason("retentionEnded"))
            try store.removeInboxRecord(record)
            try write("inbox/expire", on: "inbox", record)
        }
        if records.count < limit { try store.destroyQueueKeys(before: end) }
        if !records.isEmpty { try store.note(RetentionRun(kind: .inbox, at: now, count: records.count)) }
        return records.count
    }

    /// What is personal in a file that was closed long ago goes as if the person were erased; ledger and history stay.
    private func endClosedFiles(limit: Int, _ report: inout RunReport) throws -> Int {
        guard let end = end(ofDays: rules.retention.closedFileDays) else { return 0 }
        let wishes = try store.closedCases(before: end, limit: limit)
        for wish in wishes {
            guard let file = try store.personFile(wish) else { continue }
            report.work.append(RunWork(at: now, task: "fileExpire", record: wish, wish: nil))
            try write("wish/expire", on: "wish", wish)
            try store.erase(file, at: now)
        }
        if !wishes.isEmpty { try store.note(RetentionRun(kind: .closedFiles, at: now, count: wishes.count)) }
        return wishes.count
    }

    /// The file of a family at rest goes with those who lived there, but for who lives in another family's file; its wishes
    /// have a period of their own.
    private func endHouseholds(limit: Int, _ report: inout RunReport) throws -> Int {
        guard let end = end(ofDays: rules.retention.householdDays) else { return 0 }
        let households = try store.restingHouseholds(before: end, limit: limit)
        for household in households {
            guard var file = try store.personFile(household) else { continue }
            file.holders = try file.holders.filter { holder in
                switch holder.kind {
                case .household: true
                case .member: try !livesElsewhere(holder.id, than: household)
                case .wish, .party, .inbox, .staff: false
                }
            }
            report.work.append(RunWork(at: now, task: "householdExpire", record: household, wish: nil))
            try write("household/expire", on: "household", household)
            try store.erase(file, at: now)
            try settleHouseholds(among: file.holders)
        }
        if !households.isEmpty { try store.note(RetentionRun(kind: .households, at: now, count: households.count)) }
        return households.count
    }

    private func livesElsewhere(_ person: RecordID, than household: RecordID) throws -> Bool {
        try store.households(ofMember: person).contains { try $0 != household && !store.isErased($0) }
    }

    /// What was over before this moment is kept no longer; nil for a kind that is kept without an end.
    private func end(ofDays days: Int) -> Moment? {
        days > 0 ? now.adding(milliseconds: -Int64(days) * Moment.day) : nil
    }
}
