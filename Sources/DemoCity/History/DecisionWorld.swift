public import MatchCore

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A made-up history of decisions whose true weights are known, to hold learning against.
///
/// Coordinators look down the list that today's profile shows: the chance to look at a position falls with it. Of what
/// they looked at they take what is worth most to them by the true weights, give or take a noise. What they take is
/// sometimes declined: because it is far, because it is too small.
public struct DecisionWorld: Sendable {
    public var options: Options

    public struct Options: Sendable {
        public var seed: UInt64
        public var decisions: Int
        /// Candidates that there are for a wish.
        public var pool: Int
        /// Candidates that are shown of them: the best by today's profile.
        public var shown: Int
        /// The chance to be looked at is position to the power of minus this; 0 for no position bias.
        public var positionBias: Double
        /// How much a true total counts beside noise; 0 for decisions at random, which then end at random too.
        public var decidedness: Double
        /// Of 100 choices, so many are made blindly among what was looked at.
        public var blindPercent: Int
        public var areas: Int
        /// When the first decision is made; one follows an hour.
        public var start: Timestamp

        public init(
            seed: UInt64 = 1, decisions: Int = 5000, pool: Int = 20, shown: Int = 10, positionBias: Double = 0.7,
            decidedness: Double = 30, blindPercent: Int = 10, areas: Int = 8,
            start: Timestamp = Timestamp(milliseconds: 1_735_689_600_000)
        ) {
            self.seed = seed
            self.decisions = max(0, decisions)
            self.pool = max(1, pool)
            self.shown = max(1, shown)
            self.positionBias = positionBias
            self.decidedness = decidedness
            self.blindPercent = blindPercent
            self.areas = max(1, areas)
            self.start = start
        }
    }

    public init(options: Options = Options()) {
        self.options = options
    }

    /// What coordinators truly weigh, though the profile says otherwise: the profile's weights in reversed order of
    /// size.
    public static func truth(behind profile: ScoringProfile) -> ScoringProfile {
        let bySize = profile.entries.indices.sorted {
            let (one, other) = (profile.entries[$0].weight, profile.entries[$1].weight)
            return one != other ? one > other : $0 < $1
        }
        var weights = profile.entries.map(\.weight)
        for (place, entry) in bySize.enumerated() {
            weights[entry] = profile.entries[bySize[bySize.count - 1 - place]].weight
        }
        var truth = profile.weighted(weights)
        truth.name = "truth"
        truth.revision = 0
        return truth
    }

    /// The decisions that the options describe, made by the true weights over lists that today's profile ordered.
    public func history(today: ScoringProfile, truth: ScoringProfile) throws(TuningError) -> DecisionHistory {
        try DecisionHistory(
            scorers: today.entries.map(\.scorer),
            decisions: (0..<options.decisions).map { decision($0, today: today, truth: truth) })
    }

    private func decision(_ number: Int, today: ScoringProfile, truth: ScoringProfile) -> Decision {
        // A source of its own for each, so that a longer history begins with the same decisions.
        var random = TuningRandom(seed: options.seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(number))
        let time = Timestamp(milliseconds: options.start.milliseconds + Int64(number) * 3_600_000)
        var candidates = (0..<options.pool).map { index in
            let metres = Int64(random.unit() * random.unit() * 40_000)
            return Decision.Candidate(
                offer: "O\(number)-\(index)", party: "P\(random.below(200))", position: 1,
                values: today.entries.map { value($0.scorer, metres: metres, &random) }, metres: metres)
        }
        let shownOrder = Self.totals(candidates, today)
        let order = candidates.indices.sorted {
            shownOrder[$0] != shownOrder[$1] ? shownOrder[$0] > shownOrder[$1] : $0 < $1
        }
        candidates = order.prefix(options.shown).map { candidates[$0] }
        for index in candidates.indices { candidates[index].position = index + 1 }

        let isBlind = random.below(100) < options.blindPercent
        let worth = Self.totals(candidates, truth)
        var best: (index: Int, worth: Double)?
        for index in candidates.indices {
            let isSeen = random.unit() < pow(Double(index + 1), -options.positionBias)
            let decided = isBlind ? 0 : options.decidedness
            let own = decided * Double(worth[index]) / 1e6 + random.gumbel()
            // The first is always looked at.
            guard isSeen || index == 0 else { continue }
            if best.map({ own > $0.worth }) ?? true { best = (index, own) }
        }
        if let best { settle(&candidates[best.index], time, today, &random) }
        return Decision(
            name: "W\(number)/1", wish: "W\(number)", time: time, area: "area\(random.below(options.areas))",
            lane: "microWish", candidates: candidates)
    }

    private func value(_ scorer: String, metres: Int64, _ random: inout TuningRandom) -> Int32 {
        let drawn = random.unit()
        if scorer == "Proximity" { return Int32(exp(-Double(metres) / 10_000) * 1e6) }
        // Some scorers have nothing to say now and then, as in life.
        let silence = random.below(100)
        if silence < 5 { return -1 }
        if silence < 12 { return -2 }
        return Int32(drawn * 1e6)
    }

    private func settle(
        _ candidate: inout Decision.Candidate, _ time: Timestamp, _ today: ScoringProfile, _ random: inout TuningRandom
    ) {
        let chance = random.unit()
        func poor(_ scorer: String) -> Bool {
            guard let column = today.entries.firstIndex(where: { $0.scorer == scorer }) else { return false }
            return (0..<200_000).contains(candidate.values[column])
        }
        candidate.fateTime = Timestamp(milliseconds: time.milliseconds + Int64(1 + random.below(240)) * 3_600_000)
        if options.decidedness == 0 {
            candidate.fate = chance < 0.2 ? .declined : .delivered
            candidate.reason = chance < 0.1 ? "tooFar" : chance < 0.2 ? "wrongSize" : nil
        } else if poor("Proximity"), chance < 0.5 {
            candidate.fate = .declined
            candidate.reason = "tooFar"
        } else if poor("QuantityFit"), chance < 0.5 {
            candidate.fate = .declined
            candidate.reason = "wrongSize"
        } else if chance < 0.06 {
            candidate.fate = .lapsed
        } else {
            candidate.fate = .delivered
            let stars = 3 + random.below(3)
            candidate.rating = stars
            candidate.satisfaction = stars >= 4 ? .satisfied : .undecided
        }
    }

    private static func totals(_ candidates: [Decision.Candidate], _ profile: ScoringProfile) -> [Int32] {
        let order = HistoryOrder(profile)
        return candidates.map { order.total($0.values) }
    }
}
