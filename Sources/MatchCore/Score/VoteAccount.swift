/// How an offer came to its place where several voices vote on the order: who wanted it where, and the whole count, so that
/// each explanation alone is enough to hold the vote again.
public struct VoteAccount: Sendable, Hashable {
    /// Which of the candidates this one is, from 0.
    public var candidate: Int
    /// Its place in the order of the vote, from 1.
    public var place: Int
    /// Twice its points, all voices together.
    public var halfPoints: Int
    public var voices: [Voice]

    /// What one voice said.
    public struct Voice: Sendable, Hashable {
        public var name: String
        public var votes: Int
        /// The published revision that it speaks by, with the layers that hold for the wish.
        public var profile: String
        /// The candidate's place on its ballot, among those put to the vote, from 1; the best of the places that equals share.
        public var place: Int
        /// Twice the points that it gave.
        public var halfPoints: Int
        /// Its totals for all candidates, in the order by which equals are told apart.
        public var totals: [Int32]
        /// How it judged this candidate.
        public var entries: [Explanation.Entry]

        public init(
            name: String, votes: Int, profile: String, place: Int, halfPoints: Int, totals: [Int32],
            entries: [Explanation.Entry]
        ) {
            (self.name, self.votes, self.profile) = (name, votes, profile)
            (self.place, self.halfPoints) = (place, halfPoints)
            (self.totals, self.entries) = (totals, entries)
        }
    }

    public init(candidate: Int, place: Int, halfPoints: Int, voices: [Voice]) {
        (self.candidate, self.place, self.halfPoints) = (candidate, place, halfPoints)
        self.voices = voices
    }

    /// How many were put to the vote.
    public var candidates: Int { voices.first?.totals.count ?? 0 }

    /// What does not come out when the vote is held again; empty where everything does.
    public func faults() -> [String] {
        let ballots = voices.map { BordaVote.Ballot(voice: $0.name, votes: $0.votes, totals: $0.totals) }
        guard let result = try? BordaVote(ballots, count: candidates).result,
            let again = result.firstIndex(where: { $0.candidate == candidate })
        else { return ["the vote cannot be counted again"] }
        var faults: [String] = []
        let standing = result[again]
        if again + 1 != place || standing.halfPoints != halfPoints {
            faults.append(
                "the vote gave place \(place) with \(halfPoints)/2 points, counted again it is place \(again + 1) with "
                    + "\(standing.halfPoints)/2")
        }
        for (voice, wanted) in zip(voices, standing.account)
        where voice.place != wanted.place || voice.halfPoints != wanted.halfPoints {
            faults.append(
                "\(voice.name): place \(voice.place) with \(voice.halfPoints)/2 points, counted again \(wanted.place) with "
                    + "\(wanted.halfPoints)/2")
        }
        return faults
    }
}

extension Explanation {
    /// What each voice said, as an explanation of its own.
    public var ofVoices: [Explanation] {
        guard let vote else { return [] }
        return vote.voices.map { voice in
            Explanation(
                wish: wish, wishLine: wishLine, offer: offer, offerLine: offerLine, profile: voice.profile, asOf: asOf,
                total: voice.totals.indices.contains(vote.candidate) ? voice.totals[vote.candidate] : nil,
                entries: voice.entries)
        }
    }
}
