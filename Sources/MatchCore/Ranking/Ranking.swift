/// The best candidates for one wish line or one offer line, best first.
public struct Ranking: Sendable, Hashable {
    /// Row and total of each candidate.
    public var candidates: [Candidate]
    /// How many rows were scored: all that the filter lets through where vetoes were counted, else those that bounds
    /// did not rule out.
    public var scored: Int
    /// How many of them each veto made ineligible, counted under the first scorer that vetoes; nil unless asked for.
    public var vetoes: [VetoCount]?
    /// The vote that made the order, where one did; the candidates are the first of its standings.
    public var vote: VoteCount?

    public struct Candidate: Sendable, Hashable {
        /// Row in the registry's offer (or wish) columns.
        public var row: Int
        /// 0…1,000,000.
        public var total: Int32

        public init(row: Int, total: Int32) {
            self.row = row
            self.total = total
        }
    }

    public struct VetoCount: Sendable, Hashable {
        public var scorer: String
        public var reason: String
        public var count: Int

        public init(scorer: String, reason: String, count: Int) {
            self.scorer = scorer
            self.reason = reason
            self.count = count
        }
    }

    public init(candidates: [Candidate], scored: Int, vetoes: [VetoCount]?) {
        self.candidates = candidates
        self.scored = scored
        self.vetoes = vetoes
    }

    /// How many rows no scorer vetoed; nil unless vetoes were counted.
    public var eligible: Int? { vetoes.map { vetoes in scored - vetoes.reduce(0) { $0 + $1.count } } }
}
