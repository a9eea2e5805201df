import MatchCore

/// What the urgency of a wish rests on.
struct UrgencyFacts {
    var lane: Lane
    var grade: UrgencyGrade
    /// 0…4; −1 where nobody has graded it.
    var hardship: Int64
    /// Minutes since the wish came in; −1 where that is not known.
    var waited: Int64
    /// Minutes from now to the due time, negative behind it; nil where nothing is due.
    var left: Int64?

    /// The longest time that counts, in minutes: a thousand years, far from overflow.
    static let longest: Int64 = 525_960_000

    init(lane: UInt8, grade: UInt8, hardship: Int8, submitted: Int64, due: Int64, now: Timestamp) {
        self.lane = Lane(rawValue: lane) ?? .microWish
        self.grade = UrgencyGrade(rawValue: grade) ?? .normal
        self.hardship = Int64(hardship)
        waited = submitted == .min ? -1 : max(0, UrgencyFacts.minutes(from: submitted, to: now.milliseconds))
        left = due == .min ? nil : UrgencyFacts.minutes(from: now.milliseconds, to: due)
    }

    init(wish: WishRow, now: Timestamp) {
        let columns = wish.columns
        self.init(
            lane: columns.lane[wish.row], grade: columns.urgency[wish.row], hardship: columns.hardship[wish.row],
            submitted: columns.submitted[wish.row], due: columns.due[wish.row], now: now)
    }

    init(_ inputs: ScoreInputs) throws(ScoreInputError) {
        guard let lane = Lane(code: try inputs.text("lane")) else {
            throw ScoreInputError(name: "lane", expected: "microWish or microProject")
        }
        guard let grade = UrgencyGrade(code: try inputs.text("urgency")) else {
            throw ScoreInputError(name: "urgency", expected: "normal, urgent or critical")
        }
        self.lane = lane
        self.grade = grade
        hardship = try inputs.optionalInteger("hardship") ?? -1
        guard (-1...4).contains(hardship) else { throw ScoreInputError(name: "hardship", expected: "0…4") }
        waited = try inputs.optionalInteger("minutesWaited") ?? -1
        guard (-1...UrgencyFacts.longest).contains(waited) else {
            throw ScoreInputError(name: "minutesWaited", expected: "0…\(UrgencyFacts.longest)")
        }
        left = try inputs.optionalInteger("minutesLeft")
        guard (-UrgencyFacts.longest...UrgencyFacts.longest).contains(left ?? 0) else {
            throw ScoreInputError(name: "minutesLeft", expected: "at most \(UrgencyFacts.longest) either way")
        }
    }

    var inputs: ScoreInputs {
        [
            "lane": .text(lane.code), "urgency": .text(grade.code),
            "hardship": .optional(hardship < 0 ? nil : hardship),
            "minutesWaited": .optional(waited < 0 ? nil : waited), "minutesLeft": .optional(left),
        ]
    }

    private static func minutes(from start: Int64, to end: Int64) -> Int64 {
        let (elapsed, overflows) = end.subtractingReportingOverflow(start)
        if overflows { return end < start ? -longest : longest }
        return min(longest, max(-longest, elapsed / 60_000))
    }

    /// The facts in words.
    func clauses(in language: Language) -> [String] {
        let isChinese = language == .zhHans
        var clauses: [String] = []
        switch grade {
        case .critical: clauses.append(isChinese ? "危急" : "critical")
        case .urgent: clauses.append(isChinese ? "紧急" : "urgent")
        case .normal: break
        }
        switch hardship {
        case ..<0: clauses.append(isChinese ? "困难程度未评定" : "hardship not graded")
        case 0: break
        default: clauses.append(isChinese ? "困难程度 \(hardship)/4" : "hardship \(hardship) of 4")
        }
        if waited >= 1440 {
            let days = waited / 1440
            clauses.append(isChinese ? "已等 \(days) 天" : "waiting for \(days) day\(days == 1 ? "" : "s")")
        } else if waited >= 0 {
            clauses.append(isChinese ? "今天刚提出" : "came in within a day")
        }
        if let left {
            let days = abs(left) / 1440
            switch left {
            case ...0: clauses.append(isChinese ? "已过期限 \(days) 天" : "\(days) day\(days == 1 ? "" : "s") overdue")
            case ..<1440: clauses.append(isChinese ? "一天内到期" : "due within a day")
            default: clauses.append(isChinese ? "还有 \(days) 天到期" : "due in \(days) day\(days == 1 ? "" : "s")")
            }
        }
        if lane == .microProject { clauses.append(isChinese ? "微实事" : "micro-project") }
        if clauses.isEmpty { clauses.append(isChinese ? "没有特别之处" : "nothing out of the ordinary") }
        return clauses
    }
}
