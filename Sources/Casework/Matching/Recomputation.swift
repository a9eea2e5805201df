internal import CaseRecords
public import MatchCore

/// Judges every stored explanation again.
public struct Recomputation: Sendable {
    /// How many stored matches were read.
    public private(set) var checked = 0
    /// The explanations that differ.
    public private(set) var differences: [Difference] = []
    /// Parts that could not be judged again, such as a scorer version that is not built in.
    public private(set) var skipped: Set<String> = []

    public struct Difference: Sendable, Hashable, Codable {
        public var place: String
        public var faults: [String]

        public init(place: String, faults: [String]) {
            self.place = place
            self.faults = faults
        }
    }

    /// What there is to judge by under the reference that a match names, such as `default@1`.
    public enum PlanFinding: Sendable {
        case found(ScoringPlan)
        /// The store or the program does not have it.
        case missing
        /// It is there and cannot be read: what is wrong with it.
        case damaged(String)
    }

    public init() {}

    /// Notes something that differs outside of the explanations.
    public mutating func add(_ difference: Difference) { differences.append(difference) }

    /// Adds each stored explanation up again; with plans (deep), each scorer also judges the listed inputs again.
    ///
    /// - Parameter profile: looks only at what was made under it, with a revision under that one; what cannot be read is
    ///   told of in any case.
    public mutating func run(
        over transaction: any CaseTransaction, wish: RecordID? = nil,
        under profile: (name: String, revision: Int?)? = nil, plan: ((String) throws -> PlanFinding)?
    ) throws {
        var plans: [String: ScoringPlan?] = [:]
        func known(_ reference: String, by plan: (String) throws -> PlanFinding) throws -> ScoringPlan? {
            if let known = plans[reference] { return known }
            switch try plan(reference) {
            case .found(let found): plans[reference] = .some(found)
            case .missing: plans[reference] = .some(nil)
            case .damaged(let fault):
                plans[reference] = .some(nil)
                differences.append(Difference(place: "profile \(reference)", faults: [fault]))
            }
            return plans[reference] ?? nil
        }
        func look(at stored: StoredMatch) throws {
            if let profile, case .intact(let match) = stored {
                guard let made = ProfileReference(match.explanation.profile), made.name == profile.name,
                    profile.revision ?? made.revision == made.revision
                else { return }
            }
            checked += 1
            switch stored {
            case .faulty(let place, let fault):
                differences.append(Difference(place: place, faults: [fault]))
            case .intact(let match):
                let explanation = match.explanation
                var found: [String] = explanation.arithmeticFaults()
                if let plan {
                    if let known = try known(explanation.profile, by: plan) {
                        found = known.faults(in: explanation, skipped: &skipped)
                        found += explanation.faultsOfVoices(under: known.profile.vote)
                    } else {
                        skipped.insert("profile \(explanation.profile)")
                    }
                    for (voice, said) in zip(explanation.vote?.voices ?? [], explanation.ofVoices) {
                        guard let own = try known(said.profile, by: plan) else {
                            skipped.insert("profile \(said.profile)")
                            continue
                        }
                        let more = own.faults(in: said, skipped: &skipped).map { "\(voice.name): \($0)" }
                        found += more.filter { !found.contains($0) }
                    }
                }
                if let vote = explanation.vote, vote.place != match.rank {
                    found.append("kept at place \(match.rank), the vote gave it place \(vote.place)")
                }
                guard !found.isEmpty else { return }
                let place =
                    "\(explanation.wish.handle)/\(explanation.wishLine) #\(match.rank) "
                    + "\(explanation.offer.handle)/\(explanation.offerLine)"
                differences.append(Difference(place: place, faults: found))
            }
        }
        try transaction.forEachMatch(wish: wish) { try look(at: $0) }
        // Lists that somebody chose from are kept when a later run replaces them; what is learned rests on them.
        try transaction.forEachPastMatch { stored in
            if let wish {
                guard case .intact(let match) = stored, match.explanation.wish.id == wish else { return }
            }
            try look(at: stored)
        }
    }
}

extension Explanation {
    /// What differs between the voices of the account and those that the revision asked.
    fileprivate func faultsOfVoices(under terms: VoteTerms?) -> [String] {
        func names(_ voices: [VoteTerms.Voice]) -> String { voices.map(\.description).joined(separator: ", ") }
        let asked = names(terms?.voices ?? [])
        let told = names(
            (vote?.voices ?? []).map { voice in
                let base = ProfileReference(voice.profile).map {
                    ProfileReference(name: $0.name, revision: $0.revision)
                }
                return VoteTerms.Voice(
                    name: voice.name, votes: voice.votes, profile: base?.description ?? voice.profile)
            })
        return asked == told ? [] : ["the voices are \(told), the revision asks \(asked)"]
    }
}
