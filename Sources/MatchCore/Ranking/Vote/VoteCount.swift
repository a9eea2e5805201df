/// The vote of several voices on the offers for one wish line, from which it can be counted again.
public struct VoteCount: Sendable, Hashable {
    /// One for each voice. The candidates stand in the order by which equals are told apart.
    public let ballots: [BordaVote.Ballot]
    /// Under which profile each voice judged, with the layers that hold for the wish.
    public let profiles: [String]
    /// Best first.
    public let standings: [BordaVote.Standing]

    /// - Parameter ballots: each with a total for every candidate; throws ``TuningError`` as ``BordaVote`` does.
    init(_ ballots: [BordaVote.Ballot], profiles: [String]) throws(TuningError) {
        self.ballots = ballots
        self.profiles = profiles
        standings = try BordaVote(ballots, count: ballots.first?.totals.count ?? 0).result
    }

    /// What became of the candidate at a place of the order, from 0.
    ///
    /// - Parameter entries: how each voice judged it.
    func account(at place: Int, entries: [[Explanation.Entry]]) -> VoteAccount {
        let standing = standings[place]
        return VoteAccount(
            candidate: standing.candidate, place: place + 1, halfPoints: standing.halfPoints,
            voices: ballots.indices.map { index in
                VoteAccount.Voice(
                    name: ballots[index].voice, votes: ballots[index].votes, profile: profiles[index],
                    place: standing.account[index].place, halfPoints: standing.account[index].halfPoints,
                    totals: ballots[index].totals.map { $0 ?? 0 }, entries: entries[index])
            })
    }
}

/// How a candidate stands where a vote makes the order.
public enum VoteStanding: Sendable, Hashable {
    case voted(VoteAccount)
    /// It is among the first `top` of no voice, so it was not put to the vote.
    case notPut(top: Int)
    /// The program's own scorers veto it, so it was not put to the vote.
    case vetoed
    /// These voices veto it, so it was not put to the vote.
    case vetoedBy([String])
}

/// Puts to the vote whatever stands among the first few of any voice.
struct VoteRun<Row: Hashable> {
    /// The best of each voice, with their totals.
    let lists: [[(row: Row, total: Int32)]]
    /// Whether a candidate comes before another one where both have equal points.
    let precedes: (Row, Row) -> Bool
    /// What a voice makes of a candidate that does not stand in its list; nil where it vetoes it.
    let total: (_ voice: Int, Row) -> Int32?
    /// What the program's own scorers make of it; nil where they veto it.
    let ownTotal: (Row) -> Int32?

    /// The candidates in the order of the vote with their own totals, and the count; nil where there is no candidate. What
    /// the program or any voice vetoes is not put to the vote.
    func outcome(
        _ terms: VoteTerms, profiles: [String]
    ) -> (candidates: [(row: Row, total: Int32)], count: VoteCount)? {
        var known: [[Row: Int32]] = []
        for list in lists {
            known.append(Dictionary(list.map { ($0.row, $0.total) }, uniquingKeysWith: { one, _ in one }))
        }
        var rows: [Row] = []
        var own: [Int32] = []
        var totals = Array(repeating: [Int32?](), count: lists.count)
        for row in Set(lists.flatMap { $0.map(\.row) }).sorted(by: precedes) {
            let judged = lists.indices.map { known[$0][row] ?? total($0, row) }
            guard let mine = ownTotal(row), judged.allSatisfy({ $0 != nil }) else { continue }
            rows.append(row)
            own.append(mine)
            for (voice, value) in judged.enumerated() { totals[voice].append(value) }
        }
        let ballots = zip(terms.voices, totals).map {
            BordaVote.Ballot(voice: $0.name, votes: $0.votes, totals: $1)
        }
        // The terms were checked when the profile was published, so that the count cannot be refused.
        guard !rows.isEmpty, let count = try? VoteCount(ballots, profiles: profiles) else { return nil }
        return (count.standings.map { (rows[$0.candidate], own[$0.candidate]) }, count)
    }
}
