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
    /// What the list was made under, as explanations name it (``ProfileReference``); nil where that is not known.
    public var profile: String?
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
        /// When it was chosen, which may be later than the first of its list; nil where only the decision's time is
        /// known.
        public var chosenTime: Timestamp?
        /// When the fate was known; nil for one that was passed over.
        public var fateTime: Timestamp?
        /// Why it was declined or given up, as a code.
        public var reason: String?
        /// What the recipient said afterwards, 1…5.
        public var rating: Int?
        /// When that was said; nil where it is not known apart from the fate's time.
        public var ratingTime: Timestamp?
        /// What the program takes the rating for, see ``DecisionHistory/rated(by:)``; nil where there is none.
        public var satisfaction: Satisfaction?

        public init(
            offer: String, party: String? = nil, position: Int, values: [Int32], inputs: [ScoreInputs] = [],
            metres: Int64? = nil, fate: Fate = .passedOver, chosenTime: Timestamp? = nil, fateTime: Timestamp? = nil,
            reason: String? = nil, rating: Int? = nil, ratingTime: Timestamp? = nil, satisfaction: Satisfaction? = nil
        ) {
            self.offer = offer
            self.party = party
            self.position = position
            self.values = values
            self.inputs = inputs
            self.metres = metres
            self.fate = fate
            self.chosenTime = chosenTime
            self.fateTime = fateTime
            self.reason = reason
            self.rating = rating
            self.ratingTime = ratingTime
            self.satisfaction = satisfaction
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
        category: String? = nil, groups: [String] = [], profile: String? = nil, candidates: [Candidate]
    ) {
        self.name = name
        self.wish = wish
        self.time = time
        self.area = area
        self.lane = lane
        self.category = category
        self.groups = groups
        self.profile = profile
        self.candidates = candidates
    }

    /// The decision as far as it was known at a moment: what was chosen later still reads "passed over", a fate that
    /// came later "chosen", and a rating that was given later is missing.
    public func known(at moment: Timestamp) -> Decision {
        var copy = self
        for index in copy.candidates.indices { copy.candidates[index].forget(after: moment) }
        return copy
    }
}

/// What a person who was helped is by the program's rule.
public enum Satisfaction: String, Hashable, Sendable, CaseIterable {
    case satisfied
    /// Between the two: nothing is opened again, and the person is called back.
    case undecided
    /// The wish is opened again.
    case unsatisfied
}

extension Decision.Candidate {
    fileprivate mutating func forget(after moment: Timestamp) {
        guard fate.wasChosen else { return }
        let isUnchosen = chosenTime.map { $0 > moment } ?? false
        let isOpen = isUnchosen || (fateTime.map { $0 > moment } ?? false)
        if isOpen || (ratingTime.map { $0 > moment } ?? false) { (rating, ratingTime, satisfaction) = (nil, nil, nil) }
        guard isOpen else { return }
        fate = isUnchosen ? .passedOver : .chosen
        if isUnchosen { chosenTime = nil }
        (fateTime, reason) = (nil, nil)
    }
}

extension Decision.Candidate {
    /// How well the choice turned out, for measuring an order: 0 not chosen, came to nothing, or delivered to somebody
    /// who is not satisfied (the wish is opened again); 1 chosen and open yet; 2 delivered; 3 delivered to somebody who
    /// is satisfied.
    public var grade: Int {
        switch (fate, satisfaction) {
        case (.passedOver, _), (.declined, _), (.lapsed, _), (.delivered, .unsatisfied): 0
        case (.chosen, _), (.accepted, _): 1
        case (.delivered, .undecided), (.delivered, nil): 2
        case (.delivered, .satisfied): 3
        }
    }
}
