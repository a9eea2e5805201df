/// What a coordinator did with one list of suggestions: which candidates were shown for a wish line, in which order,
/// and what became of each.
public struct Decision: Sendable, Hashable {
    /// Names the wish line, such as `W0001/1`.
    public var name: String
    /// Decisions of one wish hang together; intervals draw them together.
    public var wish: String
    /// When the first candidate was chosen. The values of the candidates are not younger.
    public var time: Timestamp
    /// The area that fairness is measured by; nil where it is not known.
    public var area: String?
    public var lane: String?
    /// The code of what was wished for; nil where it is not known.
    public var category: String?
    public var groups: [String]
    public var candidates: [Candidate]
    /// The layers of the profile that the values were judged under, see ``DecisionHistory/judged(by:scorers:trees:)``.
    public var scopes: [ProfileScope] = []

    /// One candidate of the list.
    public struct Candidate: Sendable, Hashable {
        public var offer: String
        public var party: String?
        /// Where it was shown, 1 for the top.
        public var position: Int
        /// One per scorer of the history, as raw scores: 0…1,000,000, −1 not known, −2 not applicable.
        public var values: [Int32]
        /// What the scorers looked at, where it was stored; lets other parameters judge it again. Empty elsewhere.
        public var inputs: [ScoreInputs]
        public var metres: Int64?
        public var fate: Fate
        /// When the fate was known; nil for one that was passed over.
        public var fateTime: Timestamp?
        /// Why it was declined or given up, as a code.
        public var reason: String?
        /// What the recipient said afterwards, 1…5.
        public var rating: Int?

        public init(
            offer: String, party: String? = nil, position: Int, values: [Int32], inputs: [ScoreInputs] = [],
            metres: Int64? = nil, fate: Fate = .passedOver, fateTime: Timestamp? = nil, reason: String? = nil,
            rating: Int? = nil
        ) {
            self.offer = offer
            self.party = party
            self.position = position
            self.values = values
            self.inputs = inputs
            self.metres = metres
            self.fate = fate
            self.fateTime = fateTime
            self.reason = reason
            self.rating = rating
        }
    }

    /// What became of a candidate.
    public enum Fate: String, Sendable, Hashable, CaseIterable, Codable {
        /// Shown and not chosen.
        case passedOver
        /// Chosen; nobody has answered yet.
        case chosen
        case accepted
        case delivered
        /// Chosen, and refused by the donor or the recipient.
        case declined
        /// Chosen, and given up, run out or returned.
        case lapsed

        public var wasChosen: Bool { self != .passedOver }
    }

    public init(
        name: String, wish: String, time: Timestamp, area: String? = nil, lane: String? = nil,
        category: String? = nil, groups: [String] = [], candidates: [Candidate]
    ) {
        self.name = name
        self.wish = wish
        self.time = time
        self.area = area
        self.lane = lane
        self.category = category
        self.groups = groups
        self.candidates = candidates
    }

    /// The decision as far as it was known at a moment: a fate that came later still reads "chosen".
    public func known(at moment: Timestamp) -> Decision {
        var copy = self
        for index in copy.candidates.indices {
            guard copy.candidates[index].fate.wasChosen, let told = copy.candidates[index].fateTime, told > moment
            else { continue }
            copy.candidates[index].fate = .chosen
            copy.candidates[index].reason = nil
            copy.candidates[index].rating = nil
            copy.candidates[index].fateTime = nil
        }
        return copy
    }
}

extension Decision.Candidate {
    /// How well the choice turned out, for measuring an order: 0 not chosen or came to nothing, 1 chosen and open yet,
    /// 2 delivered, 3 delivered and rated 4 or 5.
    public var grade: Int {
        switch fate {
        case .passedOver, .declined, .lapsed: 0
        case .chosen, .accepted: 1
        case .delivered: (rating ?? 0) >= 4 ? 3 : 2
        }
    }
}
