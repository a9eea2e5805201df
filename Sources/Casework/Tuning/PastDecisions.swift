internal import CaseRecords
public import MatchCore

/// What coordinators decided, put together from the lists that were stored and the claims that were made from them.
///
/// A decision is a list of suggestions from which at least one claim was proposed by staff; a claim belongs to the
/// newest list that is not younger than it. The values of the candidates are those that were stored with the list, so
/// nothing that came later enters them.
public struct PastDecisions: Sendable {
    public let history: DecisionHistory
    /// Every list that is kept, those included that nobody chose from: there each candidate was passed over, and the time
    /// is when the list was made. Scoring them again says what would have been shown, not what people want.
    public let shown: DecisionHistory
    /// Decisions whose wish, or whose household's file, was changed afterwards, so that something of it may be told as it is
    /// now: its groups in any case, stated or derived, which the history does not keep, and its area, lane and category where
    /// that change did not note them.
    public let factsOfToday: Int
    /// What was left out, and how many times.
    public let leftOut: [LeftOut: Int]

    public enum LeftOut: String, Sendable, Hashable, CaseIterable, Codable {
        /// A stored suggestion that cannot be read or was altered.
        case damaged
        /// A claim from no list: nothing was stored for its line before it.
        case noList
        /// A claim on an offer that did not stand in the list.
        case notInList
        /// A claim that a donor made without being chosen.
        case byDonor
        /// A list that nobody chose from.
        case notDecided
    }

    /// Reads everything that was decided until a moment.
    public init(reading transaction: any CaseTransaction, until moment: Timestamp) throws {
        var reader = PastDecisionReader(transaction, until: moment)
        (history, shown) = try reader.histories()
        leftOut = reader.leftOut
        factsOfToday = reader.factsOfToday
    }
}

/// The work of putting decisions together.
private struct PastDecisionReader {
    private let transaction: any CaseTransaction
    private let moment: Timestamp
    var leftOut: [PastDecisions.LeftOut: Int] = [:]
    var factsOfToday = 0
    private var parties: [RecordID: RecordID] = [:]

    init(_ transaction: any CaseTransaction, until moment: Timestamp) {
        self.transaction = transaction
        self.moment = moment
    }

    private typealias Line = LineReference
    private typealias Shown = [MatchRecord]

    /// What was decided, and with it what was shown and not decided.
    mutating func histories() throws -> (decided: DecisionHistory, shown: DecisionHistory) {
        let lists = try lists()
        let derived = try transaction.derivedGroups(among: nil)
        let unlooked = try transaction.heldWishes(by: [.sensitive], among: nil)
        try transaction.forEachOffer { parties[$0.key.id] = $0.features.party }
        let known = Set(lists.values.flatMap { $0 }.flatMap { $0 }.flatMap { $0.explanation.entries.map(\.scorer) })
        let scorers = known.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        var read: (decided: [Decision], undecided: [Decision]) = ([], [])
        for (wish, lines) in Dictionary(grouping: lists.keys, by: \.record).sorted(by: { $0.key < $1.key }) {
            guard let record = try transaction.wish(wish) else { continue }
            let story = try transaction.history(of: [wish])
            var features = record.features
            features.join(derived[wish])
            if unlooked.contains(wish) { features.hideSensitive() }
            let told = Told(
                wish: record, groups: features.groups, story: story,
                household: try transaction.household(ofWish: wish).map { try transaction.history(of: [$0]) } ?? [])
            let claims = try transaction.claims(ofWish: wish).sorted {
                ($0.madeAt, $0.claim.id) < ($1.madeAt, $1.claim.id)
            }
            for line in lines.sorted(by: { $0.number < $1.number }) {
                let own = try decisions(
                    told, line, lists[line] ?? [], claims.filter { $0.wish == line }, scorers)
                read.decided += own.decided
                read.undecided += own.undecided
            }
        }
        return (
            try DecisionHistory(scorers: scorers, decisions: read.decided),
            try DecisionHistory(scorers: scorers, decisions: read.decided + read.undecided)
        )
    }

    /// Every list that was ever kept, by wish line, oldest first.
    private mutating func lists() throws -> [Line: [Shown]] {
        var byTime: [Line: [Int64: Shown]] = [:]
        var damaged = 0
        let take = { (stored: StoredMatch) in
            switch stored {
            case .faulty: damaged += 1
            case .intact(let match):
                let explanation = match.explanation
                let line = LineReference(explanation.wish.id, explanation.wishLine)
                byTime[line, default: [:]][explanation.asOf.milliseconds, default: []].append(match)
            }
        }
        try transaction.forEachPastMatch { take($0) }
        try transaction.forEachMatch(wish: nil) { take($0) }
        if damaged > 0 { leftOut[.damaged, default: 0] += damaged }
        return byTime.mapValues { lists in
            lists.sorted { $0.key < $1.key }.map { $0.value.sorted { $0.rank < $1.rank } }
        }
    }

    /// A wish with all that is told of it.
    private struct Told {
        var wish: WishRecord
        /// Those of the household's file included.
        var groups: [String]
        var story: [HistoryEntry]
        var household: [HistoryEntry]
    }

    private mutating func decisions(
        _ told: Told, _ line: Line, _ lists: [Shown], _ claims: [KeptClaim], _ scorers: [String]
    ) throws -> (decided: [Decision], undecided: [Decision]) {
        var chosen: [Int: [(claim: KeptClaim, entries: [HistoryEntry])]] = [:]
        for claim in claims where claim.madeAt.milliseconds <= moment.milliseconds {
            let entries = try transaction.history(of: [claim.claim.id]).filter {
                $0.at.milliseconds <= moment.milliseconds
            }
            if entries.first?.role == .donor {
                leftOut[.byDonor, default: 0] += 1
                continue
            }
            let list = lists.lastIndex {
                ($0.first?.explanation.asOf.milliseconds ?? .max) <= claim.madeAt.milliseconds
            }
            guard let list else {
                leftOut[.noList, default: 0] += 1
                continue
            }
            guard lists[list].contains(where: { $0.explanation.isOf(claim.offer) }) else {
                leftOut[.notInList, default: 0] += 1
                continue
            }
            chosen[list, default: []].append((claim, entries))
        }
        let begun = chosen.mapValues { $0.map(\.claim.madeAt).min() }
        var decisions: (decided: [Decision], undecided: [Decision]) = ([], [])
        for (number, shown) in lists.enumerated() {
            guard let made = shown.first?.explanation.asOf, made <= moment else { continue }
            let claims = chosen[number] ?? []
            let first = begun[number].flatMap { $0 }
            // What is said after the next choice for the line is said of that one.
            let next = begun.filter { $0.key > number }.compactMap(\.value).min()
            let stars = first.flatMap { rating(told.story, from: $0, before: next) }
            let time = first.map { Timestamp(milliseconds: $0.milliseconds) } ?? made
            let facts = WishFacts(
                of: told.wish, groups: told.groups, line: line.number, at: time, story: told.story,
                household: told.household)
            let decision = Decision(
                name: "\(told.wish.key.handle)/\(line.number)" + (lists.count > 1 ? "#\(number + 1)" : ""),
                wish: told.wish.key.handle, time: time, area: facts.area, lane: facts.lane, category: facts.category,
                groups: facts.groups, profile: shown.first?.explanation.profile,
                candidates: shown.map { match in
                    candidate(match, claims.filter { match.explanation.isOf($0.claim.offer) }, stars, scorers)
                })
            if first == nil {
                leftOut[.notDecided, default: 0] += 1
                decisions.undecided.append(decision)
            } else {
                if facts.isPartlyOfToday { factsOfToday += 1 }
                decisions.decided.append(decision)
            }
        }
        return decisions
    }

    private func candidate(
        _ match: MatchRecord, _ claims: [(claim: KeptClaim, entries: [HistoryEntry])],
        _ rating: (stars: Int, time: Timestamp)?, _ scorers: [String]
    ) -> Decision.Candidate {
        let entries = Dictionary(
            match.explanation.entries.map { ($0.scorer, $0) }, uniquingKeysWith: { first, _ in first })
        let metres = entries["Proximity"].flatMap { try? $0.inputs.optionalInteger("centimetres") }.map { $0 / 100 }
        let offer = match.explanation.offer
        var candidate = Decision.Candidate(
            offer: "\(offer.handle)/\(match.explanation.offerLine)",
            party: parties[offer.id]?.description, position: match.rank,
            values: scorers.map { entries[$0]?.raw ?? Score.notKnown.raw },
            inputs: scorers.map { entries[$0]?.inputs ?? [:] }, metres: metres)
        // Of several claims on the same offer the one that came furthest counts.
        let ends = claims.map { end($0.entries) }
        guard let best = ends.max(by: { $0.fate.rank < $1.fate.rank }) else { return candidate }
        candidate.fate = best.fate
        candidate.chosenTime = claims.map(\.claim.madeAt).min().map { Timestamp(milliseconds: $0.milliseconds) }
        candidate.fateTime = best.time
        candidate.reason = best.reason
        if best.fate == .delivered { (candidate.rating, candidate.ratingTime) = (rating?.stars, rating?.time) }
        return candidate
    }

    /// Where a claim stands after the entries about it, since when, and why.
    private func end(_ entries: [HistoryEntry]) -> (fate: Decision.Fate, time: Timestamp?, reason: String?) {
        var fate = Decision.Fate.chosen
        var time: Timestamp?
        var reason: String?
        for entry in entries {
            let next: Decision.Fate? =
                switch entry.action {
                case "claim/accept", "claim/dispatch": .accepted
                case "claim/receive", "claim/confirm": .delivered
                case "claim/decline": .declined
                case "claim/expire", "claim/release", "claim/giveBack": .lapsed
                default: nil
                }
            guard let next, next != fate else { continue }
            fate = next
            time = Timestamp(milliseconds: entry.at.milliseconds)
            reason = next == .declined || next == .lapsed ? entry.reason?.code.text : nil
        }
        return (fate, time, reason)
    }

    /// The last rating in a stretch of time: who was called back says it anew, and that is what the figures count.
    private func rating(
        _ story: [HistoryEntry], from start: Moment, before end: Moment?
    ) -> (stars: Int, time: Timestamp)? {
        var last: (stars: Int, time: Timestamp)?
        for entry in story
        where entry.action == "wish/rate" && entry.at >= start && entry.at.milliseconds <= moment.milliseconds {
            if let end, entry.at >= end { break }
            for change in entry.changes where change.field == "rating" {
                if case .integer(let stars)? = change.after {
                    last = (Int(stars), Timestamp(milliseconds: entry.at.milliseconds))
                }
            }
        }
        return last
    }
}

extension Explanation {
    fileprivate func isOf(_ line: LineReference) -> Bool { offer.id == line.record && offerLine == line.number }
}

extension Explanation.Entry {
    fileprivate var raw: Int32 {
        switch outcome {
        case .value: value
        case .notKnown: Score.notKnown.raw
        case .notApplicable, .veto: Score.notApplicable.raw
        }
    }
}

extension Decision.Fate {
    fileprivate var rank: Int {
        switch self {
        case .passedOver: 0
        case .lapsed: 1
        case .declined: 2
        case .chosen: 3
        case .accepted: 4
        case .delivered: 5
        }
    }
}
