import MatchCore

/// What is known of a party; −1 where it is not.
struct TrustFacts {
    var stated: Int32
    /// 1 verified, 0 looked at and not verified.
    var verified: Int8
    var ended: Int32
    var delivered: Int32
    /// Whole days since the party last confirmed that its offers stand.
    var days: Int64

    /// The facts in the columns; a negative number is a party that the registry does not have.
    init(party: Int, in parties: PartyColumns, now: Timestamp) {
        guard party >= 0 else {
            (stated, verified, ended, delivered, days) = (-1, -1, -1, -1, -1)
            return
        }
        stated = min(parties.statedTrust[party], Score.best)
        verified = parties.isVerified[party]
        // A number of claims without the number delivered says nothing.
        ended = parties.claimsDelivered[party] < 0 ? -1 : parties.claimsEnded[party]
        delivered = min(ended, parties.claimsDelivered[party])
        let confirmed = parties.lastConfirmed[party]
        if confirmed == .min {
            days = -1
        } else {
            days = TrustFacts.days(since: confirmed, now: now)
        }
    }

    static func days(since confirmed: Int64, now: Timestamp) -> Int64 {
        let (elapsed, overflows) = now.milliseconds.subtractingReportingOverflow(confirmed)
        // A confirmation in the future is a clock that runs fast: it counts as made now.
        return max(0, (overflows ? (confirmed < 0 ? .max : 0) : elapsed) / 86_400_000)
    }

    init(_ inputs: ScoreInputs) throws(ScoreInputError) {
        func number(_ name: String, upTo greatest: Int64) throws(ScoreInputError) -> Int64 {
            guard let value = try inputs.optionalInteger(name) else { return -1 }
            guard (0...greatest).contains(value) else {
                throw ScoreInputError(name: name, expected: "a whole number, 0…\(greatest)")
            }
            return value
        }
        stated = Int32(try number("statedTrust", upTo: Int64(Score.best)))
        switch inputs["identityVerified"] {
        case .flag(let isVerified)?: verified = isVerified ? 1 : 0
        case .missing?: verified = -1
        default: throw ScoreInputError(name: "identityVerified", expected: "yes, no or nothing")
        }
        ended = Int32(try number("claimsEnded", upTo: Int64(Int32.max)))
        delivered = Int32(try number("claimsDelivered", upTo: Int64(Int32.max)))
        guard delivered <= ended, (delivered < 0) == (ended < 0) else {
            throw ScoreInputError(name: "claimsDelivered", expected: "a number up to claimsEnded")
        }
        days = try number("daysSinceConfirmed", upTo: Int64.max / 86_400_000)
    }

    /// What there is to say of a party whose trust nobody states.
    func clauses(in language: Language) -> [String] {
        let isChinese = language == .zhHans
        var clauses: [String] = []
        switch verified {
        case 1: clauses.append(isChinese ? "身份已核实" : "identity verified")
        case 0: clauses.append(isChinese ? "身份未通过核实" : "identity not verified")
        default: clauses.append(isChinese ? "身份尚未核对" : "identity not looked at")
        }
        if ended > 0 {
            clauses.append(
                isChinese
                    ? "以往 \(ended) 次认领交付了 \(delivered) 次" : "\(delivered) of \(ended) past claims delivered")
        } else {
            clauses.append(isChinese ? "还没有认领记录" : "no claim has ended yet")
        }
        switch days {
        case ..<0: clauses.append(isChinese ? "从未确认过资源仍有效" : "never confirmed that its offers stand")
        case 0: clauses.append(isChinese ? "今天刚确认过" : "confirmed today")
        default: clauses.append(isChinese ? "\(days) 天前确认过" : "confirmed \(days) day\(days == 1 ? "" : "s") ago")
        }
        return clauses
    }
}
