/// Joins the rankings of several voices into one order, and keeps account of who wanted what.
///
/// Borda's count: in a ballot of m candidates the first gets m − 1 points, the last 0, times the voice's votes; equal
/// totals share the points of their places. (WeBuildAI, Lee et al. 2019, joined stakeholders' models this way.) Points
/// are counted in halves, so that sharing stays whole.
public struct BordaVote: Sendable {
    /// Best first.
    public let result: [Standing]

    /// One voice's totals for each candidate, in the same order of candidates as everybody's.
    public struct Ballot: Sendable, Hashable {
        public var voice: String
        /// 1…1,000.
        public var votes: Int
        /// 0…1,000,000 for each candidate; nil where the voice's profile vetoes it.
        public var totals: [Int32?]

        public init(voice: String, votes: Int = 1, totals: [Int32?]) {
            self.voice = voice
            self.votes = votes
            self.totals = totals
        }
    }

    /// What became of a candidate.
    public struct Standing: Sendable, Hashable {
        /// Place of the candidate in the ballots.
        public var candidate: Int
        /// Twice the points, all voices together.
        public var halfPoints: Int
        /// For each ballot: twice the points it gave, and the place on it, among the candidates put to the vote (1 for the
        /// first; the best of those it shares). In the voice's own list of everything the place may be lower.
        public var account: [Wanted]

        public struct Wanted: Sendable, Hashable {
            public var voice: String
            public var halfPoints: Int
            public var place: Int
        }
    }

    /// - Parameter names: the candidates' names, by which ties break.
    /// - Throws: ``TuningError`` where a ballot does not rank every candidate, or votes are out of range. A candidate
    ///   that any voice's profile vetoes is left out: a veto is a rule of the program, not a taste.
    public init(_ ballots: [Ballot], names: [String]) throws(TuningError) {
        try self.init(ballots, count: names.count) { names[$0].utf8.lexicographicallyPrecedes(names[$1].utf8) }
    }

    /// The same, where the candidates stand in the order by which ties break.
    public init(_ ballots: [Ballot], count: Int) throws(TuningError) {
        try self.init(ballots, count: count, precedes: <)
    }

    private init(_ ballots: [Ballot], count: Int, precedes: (Int, Int) -> Bool) throws(TuningError) {
        guard !ballots.isEmpty, ballots.allSatisfy({ $0.totals.count == count }),
            ballots.allSatisfy({ (1...1000).contains($0.votes) })
        else {
            throw TuningError(
                .badBallot,
                LocalizedText(
                    zhHans: "至少要有一张选票；每张须给每个候选一个总分，票数为 1…1000。",
                    en: "Give at least one ballot; each has a total for every candidate, and 1…1,000 votes."))
        }
        let eligible = (0..<count).filter { candidate in ballots.allSatisfy { $0.totals[candidate] != nil } }
        var accounts = Array(repeating: [Standing.Wanted](), count: count)
        for ballot in ballots {
            let order = eligible.sorted { (ballot.totals[$0] ?? 0) > (ballot.totals[$1] ?? 0) }
            var start = 0
            while start < order.count {
                var end = start
                while end < order.count, ballot.totals[order[end]] == ballot.totals[order[start]] { end += 1 }
                // Places start…end − 1 would get m − 1 − place points each; sharing gives each the mean.
                let points = 2 * (eligible.count - 1) - start - (end - 1)
                for candidate in order[start..<end] {
                    accounts[candidate].append(
                        Standing.Wanted(voice: ballot.voice, halfPoints: points * ballot.votes, place: start + 1))
                }
                start = end
            }
        }
        result = eligible.map { candidate in
            Standing(
                candidate: candidate, halfPoints: accounts[candidate].reduce(0) { $0 + $1.halfPoints },
                account: accounts[candidate])
        }.sorted { one, other in
            if one.halfPoints != other.halfPoints { return one.halfPoints > other.halfPoints }
            return precedes(one.candidate, other.candidate)
        }
    }
}
