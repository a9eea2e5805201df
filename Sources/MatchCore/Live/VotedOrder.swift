/// The order of offers for one wish line that several voices made by their vote, held once for all that is asked of it.
public struct VotedOrder: Sendable {
    let ranker: FamilyViewRanker
    let wish: WishRow
    let terms: VoteTerms
    let ranking: ViewRanking<OfferRow>

    /// How an offer stands in it.
    ///
    /// - Parameter explanation: what the program itself makes of the pair.
    public func standing(of offer: OfferRow, explained explanation: Explanation) -> VoteStanding {
        let ofVoices = ranker.voices.map { $0.explain(wish: wish, offer: offer) }
        let place = ranking.candidates.firstIndex {
            $0.row.key == offer.key && $0.row.lineNumber == offer.lineNumber
        }
        if let place, let vote = ranking.vote {
            return .voted(vote.account(at: place, entries: ofVoices.map(\.entries)))
        }
        guard explanation.total != nil else { return .vetoed }
        let vetoing = zip(terms.voices, ofVoices).filter { $0.1.total == nil }.map(\.0.name)
        return vetoing.isEmpty ? .notPut(top: terms.top) : .vetoedBy(vetoing)
    }
}
