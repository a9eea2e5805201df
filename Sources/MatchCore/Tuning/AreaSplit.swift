/// Which areas a draft serves while the others stay with the published profile: by the seed alone, so that an area stays
/// on its side for as long as the trial runs, and one more area changes nothing for the rest.
public struct AreaSplit: Sendable, Hashable {
    public var seed: UInt64
    /// 0…100.
    public var percent: Int

    public init(seed: UInt64, percent: Int) {
        self.seed = seed
        self.percent = max(0, min(100, percent))
    }

    public func servesDraft(_ area: String) -> Bool {
        // FNV-1a over the code, then mixed with the seed.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in area.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        var random = TuningRandom(seed: hash ^ seed &* 0x9E37_79B9_7F4A_7C15)
        return random.below(100) < percent
    }
}

/// When a trial ends, said before it begins. One look, at the end: looking again and again until something shows would
/// find differences in noise.
public struct StopRule: Sendable, Hashable {
    /// Ended first choices that each side must have.
    public var horizon: Int
    /// The trial is stopped at once where the draft's share of deliveries falls below the other side's by more than
    /// this, in per cent points, with its whole interval, at a quarter, half and three quarters of the horizon.
    public var harmPoints: Double

    public init(horizon: Int, harmPoints: Double = 10) {
        self.horizon = max(4, horizon)
        self.harmPoints = max(0, harmPoints)
    }

    public enum Verdict: String, Sendable, Hashable, Codable {
        /// Not there yet.
        case goOn
        /// The draft does harm: back to the published profile.
        case stopForHarm
        case draftBetter, draftWorse
        /// The horizon is reached, and the difference is noise.
        case noDifference
    }

    /// What one side has come to: choices that ended, and those of them that were delivered.
    public struct Side: Sendable, Hashable, Codable {
        public var ended: Int
        public var delivered: Int

        public init(ended: Int, delivered: Int) {
            self.ended = ended
            self.delivered = delivered
        }
    }

    /// The difference of the two shares (draft less published) with 95 %, or 99.9 % for an early look, by the normal
    /// approximation with one success and one failure added to each side (Agresti and Caffo).
    public static func difference(draft: Side, published: Side, isEarly: Bool = false) -> Interval {
        func share(_ side: Side) -> (mean: Double, variance: Double) {
            let count = Double(side.ended + 2)
            let mean = Double(side.delivered + 1) / count
            return (mean, mean * (1 - mean) / count)
        }
        let (one, other) = (share(draft), share(published))
        let reach = (isEarly ? 3.29 : 1.96) * (one.variance + other.variance).squareRoot()
        let value = one.mean - other.mean
        return Interval(value: value, low: value - reach, high: value + reach)
    }

    /// A choice of a trial that has ended.
    public struct Ended: Sendable, Hashable {
        public var time: Timestamp
        public var isOfDraft: Bool
        public var isDelivered: Bool

        public init(time: Timestamp, isOfDraft: Bool, isDelivered: Bool) {
            self.time = time
            self.isOfDraft = isOfDraft
            self.isDelivered = isDelivered
        }
    }

    /// What a trial has come to.
    public struct Reading: Sendable, Hashable {
        /// The sides as they stood at the look that decided, or as they stand while none has.
        public var draft: Side
        public var published: Side
        public var verdict: Verdict
        /// When the look was that decided; nil while the trial goes on.
        public var decidedAt: Timestamp?
        /// Choices that ended after it. They say nothing any more.
        public var later: Int
    }

    /// Reads a trial as the rule was stated: a look for harm when the smaller side has a quarter, half and three quarters of
    /// the horizon, and the one look for the better at the horizon. Each looks at what had ended by then on both sides and
    /// at nothing later, so that a trial that was decided stays decided.
    public func reading(_ ended: [Ended]) -> Reading {
        let order = ended.sorted { $0.time < $1.time }
        let looks = Set([horizon / 4, horizon / 2, horizon * 3 / 4].filter { $0 > 0 && $0 < horizon })
        var (draft, published) = (Side(ended: 0, delivered: 0), Side(ended: 0, delivered: 0))
        var looked = 0
        for (index, choice) in order.enumerated() {
            if choice.isOfDraft {
                draft.ended += 1
                if choice.isDelivered { draft.delivered += 1 }
            } else {
                published.ended += 1
                if choice.isDelivered { published.delivered += 1 }
            }
            // What ended at the same moment is looked at together.
            if index + 1 < order.count, order[index + 1].time == choice.time { continue }
            let least = min(draft.ended, published.ended)
            let isEnd = least >= horizon
            let isDue = isEnd || looks.contains { $0 > looked && $0 <= least }
            guard isDue else { continue }
            looked = least
            let verdict = verdict(draft: draft, published: published)
            guard verdict != .goOn else { continue }
            return Reading(
                draft: draft, published: published, verdict: verdict, decidedAt: choice.time,
                later: order.count - index - 1)
        }
        return Reading(draft: draft, published: published, verdict: .goOn, decidedAt: nil, later: 0)
    }

    /// What the rule says of the sides at one of its looks.
    public func verdict(draft: Side, published: Side) -> Verdict {
        let least = min(draft.ended, published.ended)
        if least >= horizon {
            let gap = StopRule.difference(draft: draft, published: published)
            if gap.holdsZero { return .noDifference }
            return gap.value > 0 ? .draftBetter : .draftWorse
        }
        if least >= horizon / 4 {
            let gap = StopRule.difference(draft: draft, published: published, isEarly: true)
            if gap.high < -harmPoints / 100 { return .stopForHarm }
        }
        return .goOn
    }
}
