/// Ranks over a ``RegistryView``: the same answer, to the bit, as ranking over one registry of the same records.
///
/// The large snapshot is ranked first; what the small ones hold must then beat its last place.
public struct ViewRanker: Sendable {
    public let plan: ScoringPlan
    public let view: RegistryView
    public let now: Timestamp
    public let utcOffsetSeconds: Int

    public init(plan: ScoringPlan, view: RegistryView, now: Timestamp, utcOffsetSeconds: Int = 28_800) {
        self.plan = plan
        self.view = view
        self.now = now
        self.utcOffsetSeconds = utcOffsetSeconds
    }

    /// The best `limit` offers for a wish line of this view, among those that the filter lets through, best first.
    public func offers(
        for wish: WishRow, limit: Int, filter: RankFilter = .everything, countingVetoes: Bool = false
    ) -> ViewRanking<OfferRow> {
        let own = view.part(of: wish)
        return merged(limit) { number, atLeast in
            let live = view.parts[number]
            let ranking = ranker(wishes: own, offers: number).offers(
                for: wish, limit: limit, filter: filter, countingVetoes: countingVetoes, gone: live.goneOfferRows,
                atLeast: atLeast)
            return (ranking, { live.registry.offers[$0] })
        }
    }

    /// The best `limit` wish lines for an offer line of this view; the mirror of
    /// ``offers(for:limit:filter:countingVetoes:)``.
    public func wishes(
        for offer: OfferRow, limit: Int, filter: RankFilter = .everything, countingVetoes: Bool = false
    ) -> ViewRanking<WishRow> {
        let own = view.part(of: offer)
        return merged(limit) { number, atLeast in
            let live = view.parts[number]
            let ranking = ranker(wishes: number, offers: own).wishes(
                for: offer, limit: limit, filter: filter, countingVetoes: countingVetoes, gone: live.goneWishRows,
                atLeast: atLeast)
            return (ranking, { live.registry.wishes[$0] })
        }
    }

    /// Every scorer's say on one pair of this view.
    public func explain(wish: WishRow, offer: OfferRow) -> Explanation {
        ranker(wishes: view.part(of: wish), offers: view.part(of: offer)).explain(wish: wish, offer: offer)
    }

    private func ranker(wishes: Int, offers: Int) -> Ranker {
        Ranker(
            plan: plan,
            context: ScoringContext(
                registry: view.registry(wishes: wishes, offers: offers), now: now, utcOffsetSeconds: utcOffsetSeconds))
    }

    func merged<Row: KeyedRow>(
        _ limit: Int, _ rank: (_ part: Int, _ atLeast: Int32) -> (Ranking, (Int) -> Row)
    ) -> ViewRanking<Row> {
        var result = ViewRanking<Row>(candidates: [], scored: 0, vetoes: nil, vote: nil)
        for number in view.parts.indices {
            // A total under the last place of a full list cannot enter; one that equals it may, by its key.
            let isFull = limit > 0 && result.candidates.count == limit
            let (ranking, row) = rank(number, isFull ? result.candidates[limit - 1].total : -1)
            result.scored += ranking.scored
            if let vetoes = ranking.vetoes { result.add(vetoes, in: plan) }
            let own = ranking.candidates.map { ViewRanking<Row>.Candidate(row: row($0.row), total: $0.total) }
            result.merge(own, limit: limit)
        }
        return result
    }
}

/// The best candidates of a view, best first.
public struct ViewRanking<Row: KeyedRow>: Sendable {
    public private(set) var candidates: [Candidate]
    /// How many rows were scored; see ``Ranking/scored``.
    public internal(set) var scored: Int
    /// How many of them each veto made ineligible; nil unless asked for.
    public internal(set) var vetoes: [Ranking.VetoCount]?
    /// The vote that made the order, where one did; see ``Ranking/vote``.
    public internal(set) var vote: VoteCount?

    public struct Candidate: Sendable {
        public let row: Row
        /// 0…1,000,000.
        public let total: Int32

        func precedes(_ other: Candidate) -> Bool {
            if total != other.total { return total > other.total }
            let (own, others) = (row.key, other.row.key)
            return own != others ? own < others : row.lineNumber < other.row.lineNumber
        }
    }

    /// How many rows no scorer vetoed; nil unless vetoes were counted.
    public var eligible: Int? { vetoes.map { vetoes in scored - vetoes.reduce(0) { $0 + $1.count } } }

    mutating func merge(_ others: [Candidate], limit: Int) {
        guard !others.isEmpty else { return }
        guard !candidates.isEmpty else { return candidates = others }
        var merged: [Candidate] = []
        merged.reserveCapacity(min(max(0, limit), candidates.count + others.count))
        var (left, right) = (0, 0)
        while merged.count < limit, left < candidates.count || right < others.count {
            let takesLeft =
                right == others.count || left < candidates.count && candidates[left].precedes(others[right])
            merged.append(takesLeft ? candidates[left] : others[right])
            if takesLeft { left += 1 } else { right += 1 }
        }
        candidates = merged
    }

    mutating func add(_ others: [Ranking.VetoCount], in plan: ScoringPlan) {
        var vetoes = vetoes ?? []
        defer { self.vetoes = vetoes }
        for other in others {
            if let known = vetoes.firstIndex(where: { $0.scorer == other.scorer && $0.reason == other.reason }) {
                vetoes[known].count += other.count
            } else {
                vetoes.append(other)
            }
        }
        // In the order of the profile and of the scorer's list, as one registry has it.
        func place(_ veto: Ranking.VetoCount) -> (Int, Int) {
            // A scorer that only a layer brings in stands behind the others.
            guard let step = plan.steps.firstIndex(where: { $0.descriptor.id == veto.scorer }) else { return (.max, 0) }
            return (step, plan.steps[step].descriptor.vetoes.firstIndex { $0.reason == veto.reason } ?? 0)
        }
        if vetoes.count > 1 { vetoes.sort { place($0) < place($1) } }
    }
}

/// A line of a record that has a key: an offer's or a wish's.
public protocol KeyedRow: Sendable {
    var key: RecordKey { get }
    var lineNumber: Int { get }
}

extension OfferRow: KeyedRow {}
extension WishRow: KeyedRow {}
