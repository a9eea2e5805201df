import MatchCore

/// Some days, both ends included; `Int32.min` and `Int32.max` stand for an open end.
struct DaySpan {
    let first: Int32
    let last: Int32

    /// Whether either end is named.
    var isNamed: Bool { first != .min || last != .max }
    var isClosed: Bool { first != .min && last != .max }

    /// 0 where the last day lies before the first. Meaningful for closed spans.
    var length: Int64 { max(0, Int64(last) - Int64(first) + 1) }

    @inline(__always)
    func common(with other: DaySpan) -> DaySpan { DaySpan(first: max(first, other.first), last: min(last, other.last)) }

    /// The raw score of a wish for these days that names no hours. The same as ``TimeFit`` says, without its branches,
    /// which on mixed rows cost more than the division.
    @inline(__always)
    func rawShareOfDays(coveredBy offer: DaySpan) -> Int32 {
        let common = common(with: offer)
        let isOpen: Int64 = isClosed ? 0 : 1
        // An open span counts as one day, covered where any day is common.
        let meets: Int64 = common.first <= common.last ? 1 : 0
        let part = isOpen != 0 ? meets : common.length
        let whole = isOpen != 0 ? 1 : max(1, length)
        // Common days are never more than the wish's: the quotient is at most 10⁶, and exact as in `Score.share`.
        let value = Int32(truncatingIfNeeded: Int64(Double(part &* 1_000_000) / Double(whole)))
        let asked = offer.isNamed ? value : Score.notKnown.raw
        return isNamed ? asked : Score.notApplicable.raw
    }
}

/// When a wish wants help, asked how far an offer is there.
struct TimeFit {
    let wish: DaySpan
    /// Hours of a week; −1 where none are stated.
    let wishHours: Int32

    var namesDays: Bool { wish.isNamed }
    /// A week without any hour names none.
    var namesHours: Bool { wishHours > 0 }

    enum Answer {
        case noTimeWanted, timeNotStated
        case share(Int32)

        @inline(__always)
        var raw: Int32 {
            switch self {
            case .noTimeWanted: -2
            case .timeNotStated: -1
            case .share(let value): value
            }
        }

        var judgement: Judgement {
            let reason =
                switch self {
                case .noTimeWanted: "noTimeWanted"
                case .timeNotStated: "timeNotStated"
                case .share(Score.best): "covered"
                case .share(0): "notCovered"
                case .share: "partlyCovered"
                }
            return Judgement(Score(raw: raw), reason: reason)
        }
    }

    /// `shared` is how many of the wish's weekly hours the offer has; −1 where either side states none.
    @inline(__always)
    func answer(offer: DaySpan, offerHours: Int32, shared: Int32) -> Answer {
        guard namesDays || namesHours else { return .noTimeWanted }
        let saysDays = namesDays && offer.isNamed
        let saysHours = namesHours && offerHours >= 0
        guard saysDays || saysHours else { return .timeNotStated }
        var part: Int64 = 1
        var whole: Int64 = 1
        if saysDays {
            let common = wish.common(with: offer)
            if wish.isClosed {
                part = common.length
                whole = max(1, wish.length)
            } else {
                part = common.first <= common.last ? 1 : 0
            }
        }
        if saysHours {
            part *= Int64(max(0, min(shared, wishHours)))
            whole *= Int64(wishHours)
        }
        // At most 3.7 million days times 168 hours: a product with 10⁶ stays below 2⁶³.
        return .share(Score.share(part, of: whole))
    }
}
