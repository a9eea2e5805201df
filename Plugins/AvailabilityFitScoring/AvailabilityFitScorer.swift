public import MatchCore

/// Scores which part of the time that the wish names is covered by the offer: days times weekly hours.
///
/// The share of the wish's days that lie in the offer's window, multiplied by the share of the wish's weekly hours in
/// which the offer is there. A window that is open at an end has no length: any day in common covers it. A wish that
/// names no time is `.notApplicable`; an offer that says nothing of the kind of time that the wish names is
/// `.notKnown`; one that says something of it counts as free in what it leaves open.
public struct AvailabilityFitScorer: Scorer {
    public init(parameters: ParameterValues) {}

    public func inputs(wish: WishRow, offer: OfferRow, in context: ScoringContext) -> ScoreInputs {
        let hours = context.registry.hours
        let wanted = wish.hours >= 0 ? hours[Int(wish.hours)] : nil
        let offered = offer.hours >= 0 ? hours[Int(offer.hours)] : nil
        let shared = wanted.flatMap { wanted in offered.map { Int64(wanted.intersection($0).count) } }
        return [
            "wishFrom": Self.text(wish.firstDay), "wishUntil": Self.text(wish.lastDay),
            "offerFrom": Self.text(offer.firstDay), "offerUntil": Self.text(offer.lastDay),
            "wishHours": .optional(wanted.map { Int64($0.count) }),
            "offerHours": .optional(offered.map { Int64($0.count) }), "sharedHours": .optional(shared),
        ]
    }

    public func judge(_ inputs: ScoreInputs) throws(ScoreInputError) -> Judgement {
        let wish = DaySpan(
            first: try Self.day("wishFrom", of: inputs) ?? .min, last: try Self.day("wishUntil", of: inputs) ?? .max)
        let offer = DaySpan(
            first: try Self.day("offerFrom", of: inputs) ?? .min, last: try Self.day("offerUntil", of: inputs) ?? .max)
        let wishHours = try Self.hours("wishHours", of: inputs)
        let offerHours = try Self.hours("offerHours", of: inputs)
        let shared = try Self.hours("sharedHours", of: inputs)
        return TimeFit(wish: wish, wishHours: wishHours).answer(offer: offer, offerHours: offerHours, shared: shared)
            .judgement
    }

    private static func text(_ day: Day?) -> ScoreInputs.Value { day.map { .text($0.description) } ?? .missing }

    private static func day(_ name: String, of inputs: ScoreInputs) throws(ScoreInputError) -> Int32? {
        if case .missing? = inputs[name] { return nil }
        guard let day = Day(try inputs.text(name)) else {
            throw ScoreInputError(name: name, expected: "a day such as 2026-11-22, or nothing")
        }
        return day.number
    }

    /// −1 where none are stated.
    private static func hours(_ name: String, of inputs: ScoreInputs) throws(ScoreInputError) -> Int32 {
        guard let hours = try inputs.optionalInteger(name) else { return -1 }
        guard (0...168).contains(hours) else {
            throw ScoreInputError(name: name, expected: "hours of a week, 0…168, or nothing")
        }
        return Int32(hours)
    }

    public func offers(for wish: WishRow, in context: ScoringContext) -> OfferFiller {
        let hours = context.registry.hours
        let wanted = wish.hours >= 0 ? hours[Int(wish.hours)] : nil
        let span = DaySpan(first: wish.columns.firstDay[wish.row], last: wish.columns.lastDay[wish.row])
        let fit = TimeFit(wish: span, wishHours: Int32(wanted?.count ?? -1))
        if !fit.namesDays && !fit.namesHours { return .constant(.notApplicable) }
        if !fit.namesHours, span.isClosed, let share = ShareOfWhole(max(1, span.length)) {
            return Self.filler(days: span, share: share)
        }
        let offered = Column(hours.map { Int32($0.count) })
        let shared = Column(hours.map { Int32(wanted?.intersection($0).count ?? -1) })
        let bound = ScoreBound(greatest: Score.best, mayBeNotKnown: true, mayBeNotApplicable: false)
        return OfferFiller(bound: { _, _ in bound }) { block, column in
            let start = block.rows.lowerBound
            let first = block.columns.firstDay.base + start
            let last = block.columns.lastDay.base + start
            let numbers = block.columns.hours.base + start
            for row in 0..<column.count {
                let number = Int(numbers[row])
                column[row] =
                    fit.answer(
                        offer: DaySpan(first: first[row], last: last[row]),
                        offerHours: number < 0 ? -1 : offered.base[number],
                        shared: number < 0 ? -1 : shared.base[number]
                    ).raw
            }
        }
    }

    /// Days alone, with both ends named: the share by the number of days that are covered.
    private static func filler(days: DaySpan, share: ShareOfWhole) -> OfferFiller {
        let (wantedFirst, wantedLast) = (days.first, days.last)
        return OfferFiller(bounds: { summaries, blocks, column in
            let first = summaries.leastFirstDay.base + blocks.lowerBound
            let last = summaries.greatestLastDay.base + blocks.lowerBound
            let unnamed = summaries.hasUnnamedDays.base + blocks.lowerBound
            let result = column.base
            for block in 0..<blocks.count {
                let (from, until) = (first[block], last[block])
                let covered = max(0, min(until, wantedLast) &- max(from, wantedFirst) &+ 1)
                result[block] = ScoreBound.packed(share.value(of: covered), mayBeNotKnown: unnamed[block])
            }
        }) { block, column in
            let first = block.columns.firstDay.base + block.rows.lowerBound
            let last = block.columns.lastDay.base + block.rows.lowerBound
            let result = column.base
            let notKnown = Score.notKnown.raw
            for row in 0..<column.count {
                let (from, until) = (first[row], last[row])
                // Both windows end within the years 1…9999 or at the ends of 32 bits, so this wraps only to below 0.
                let covered = max(0, min(until, wantedLast) &- max(from, wantedFirst) &+ 1)
                let value = share.value(of: covered)
                let isOpen = (from == .min ? 1 : 0) & (until == .max ? 1 : 0)
                result[row] = isOpen != 0 ? notKnown : value
            }
        }
    }

    public func wishes(for offer: OfferRow, in context: ScoringContext) -> WishFiller {
        let hours = context.registry.hours
        let offered = offer.hours >= 0 ? hours[Int(offer.hours)] : nil
        let span = DaySpan(first: offer.columns.firstDay[offer.row], last: offer.columns.lastDay[offer.row])
        let offerHours = Int32(offered?.count ?? -1)
        let wanted = Column(hours.map { Int32($0.count) })
        let shared = Column(hours.map { Int32(offered?.intersection($0).count ?? -1) })
        return WishFiller(bounds: { summaries, blocks, column in
            for block in blocks {
                let meets =
                    summaries.leastFirstDay[block] <= span.last && summaries.greatestLastDay[block] >= span.first
                let canFit = meets || summaries.hasHours[block]
                column[block - blocks.lowerBound] = ScoreBound(
                    greatest: canFit ? Score.best : 0, mayBeNotKnown: !span.isNamed || summaries.hasHours[block],
                    mayBeNotApplicable: summaries.hasUnnamedDays[block])
            }
        }) { block, column in
            let start = block.rows.lowerBound
            let first = block.columns.firstDay.base + start
            let last = block.columns.lastDay.base + start
            let numbers = block.columns.hours.base + start
            for row in 0..<column.count {
                let number = Int(numbers[row])
                let wish = DaySpan(first: first[row], last: last[row])
                if number < 0 {
                    // Most wishes name no hours.
                    column[row] = wish.rawShareOfDays(coveredBy: span)
                } else {
                    let fit = TimeFit(wish: wish, wishHours: wanted.base[number])
                    column[row] = fit.answer(offer: span, offerHours: offerHours, shared: shared.base[number]).raw
                }
            }
        }
    }
}
