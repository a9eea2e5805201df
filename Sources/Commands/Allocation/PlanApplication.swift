import Casework
import Foundation
import MatchCore
import Operations
import PlanCheck

/// `allocate --apply`: proposes the claims of a plan that was shown, all of them or none.
struct PlanApplication {
    let session: Session
    let options: CaseOptions
    let profile: String
    let request: PlanRequest

    private struct Record: Encodable {
        var plan: String
        var claims: [String]
        /// The goals in which nothing shows that no plan is better.
        var unproved: [String]
    }

    /// A plan that is still the one for the registry.
    private struct Look {
        var shown: ShownPlan
        var outcomes: [PlanDocument.Outcome]
        /// Pairs of the plan that cannot be claimed, since one side names no quantity.
        var suggestions: Int
        /// Guarantees that the plan of a file holds less of because time ran out.
        var short: [ShortShare] = []
    }

    /// After so many seconds what is guaranteed is no longer reckoned again, and the plan's own claims speak for it.
    private static let checkSeconds = 30.0

    /// Applies the plan of a file, or, where there is no such file, the one that the same options give now, if its digest
    /// begins as named.
    func apply(_ named: String) throws {
        guard options.reason == nil else { throw CommandError(.usage, AllocateWords.planIsReason.text) }
        guard try !ProfileName(profile, at: "--profile").isDraft else {
            throw CommandError(.refused, ProfileWords.draftNotApplied.text)
        }
        let document = try FileManager.default.contents(atPath: named).map { try read($0, named) }
        if document == nil {
            let isDigest = named.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
            guard isDigest, (8...64).contains(named.utf8.count) else {
                throw CommandError(.notFound, AllocateWords.noSuchPlan.filled(["plan": named]))
            }
        }
        let now = try options.moment(in: session)
        let applied = try options.perform(in: session) { transaction in
            if let document {
                try plan(of: document, in: transaction, at: now)
            } else {
                try plan(digest: named, in: transaction, at: now)
            }
        } _: { caseDesk, reason, look in
            guard !look.shown.claims.isEmpty || look.suggestions == 0 else {
                throw CommandError(.refused, AllocateWords.onlySuggestions.filled(["count": "\(look.suggestions)"]))
            }
            return (look, try caseDesk.apply(look.shown, note: reason?.note))
        }
        guard let (look, kept) = applied else {
            throw CommandError(.refused, AllocateWords.neverStill.text, advice: AllocateWords.planAgain.text)
        }
        let shown = look.shown
        for share in look.short { session.note(share.text, isWarning: true) }
        if look.suggestions > 0 {
            session.note(AllocateWords.suggestionsLeft.filled(["count": Numbers.grouped(Int64(look.suggestions))]))
        }
        if session.options.json {
            try session.emit(
                Record(
                    plan: shown.digest, claims: kept.map { "\($0.claim.id)" },
                    unproved: look.outcomes.filter { !$0.proved }.map(\.goal)))
        } else {
            if let note = OutcomeTable.unproved(look.outcomes) { session.note(note, isWarning: true) }
            session.say(
                AllocateWords.applied,
                ["count": Numbers.grouped(Int64(kept.count)), "digest": String(shown.digest.prefix(16))], style: .good)
        }
    }

    private func read(_ data: Data, _ file: String) throws -> PlanDocument {
        let document = try PlanFile(data, name: file).document
        do {
            try PlanVerifier.check(document)
        } catch let fault as PlanFault {
            throw CommandError(.refused, AllocateWords.refused.filled(["fault": fault.message]))
        }
        guard !request.terms.isGiven, request.asOf == nil else {
            throw CommandError(.usage, AllocateWords.termsStandInPlan.text)
        }
        return document
    }

    // MARK: A plan file

    /// The plan as it stands in the file, after a look whether the registry is still what it was made for.
    private func plan(
        of document: PlanDocument, in transaction: any CaseTransaction, at now: Moment
    ) throws -> Look {
        if let making = document.making, ProfileReference(making.profile) == nil, !making.profile.contains("@") {
            throw CommandError(.refused, ProfileWords.draftNotApplied.text)
        }
        guard let making = document.making, let registry = document.registry,
            let at = making.profile.lastIndex(of: "@"),
            let revision = Int(making.profile[making.profile.index(after: at)...])
        else { throw CommandError(.refused, AllocateWords.noMaking.text) }
        try requireGood(Timestamp(milliseconds: making.asOf), at: now)
        let goals = document.goals.compactMap { PlanGoal(rawValue: $0) }
        let rules = AllocationRules(
            goals: goals.filter { $0 != .lottery }, split: making.split.flatMap { SplitRule(rawValue: $0) },
            reserve: making.reserve, partyCaps: making.partyCaps, capDays: making.capDays, areaShare: making.areaShare)
        let name = String(making.profile[..<at])
        try requireInForce(name, revision, in: transaction)
        let desk = try MatchDesk(
            session: session, transaction: transaction, profileName: name, revision: revision,
            asOf: Timestamp(milliseconds: making.asOf))
        let bars = try bars(desk, transaction, rules, on: now, asOf: Moment(milliseconds: making.asOf))
        let run = MatchRun(ranker: desk.ranker, limit: making.candidates, threads: request.threads)
        let seed = document.seed.flatMap { AllocationSeed($0) }
        let ranked: RegistryAllocation
        var allocation: RegistryAllocation?
        do {
            ranked = try RegistryAllocation(
                run: run, rules: rules, bars: bars, seed: seed,
                leftOut: Set(document.lines.indices.filter { document.lines[$0][6] == 0 }))
            if ranked.fingerprint == registry, let added = added(to: ranked, by: document, desk) {
                allocation =
                    added.isEmpty
                    ? ranked : try RegistryAllocation(ranked, adding: added, run: run, rules: rules, bars: bars)
            }
        } catch let error as AllocationError {
            throw CommandError(.refused, LocalizedText(same: error.description))
        }
        guard let allocation, isSame(document, allocation) else {
            throw CommandError(
                .refused, AllocateWords.changed.filled(["registry": String(ranked.fingerprint.prefix(16))]),
                advice: AllocateWords.planAgain.text)
        }
        let short = try shortShares(document, allocation, goals).map { guarantee in
            let bulk = allocation.bulkShare(guarantee)
            let area = allocation.areas[bulk?.area ?? guarantee]
            return ShortShare(
                area: area < 0
                    ? MatchWords.noArea[session.language] : desk.registry.areas.areas[Int(area)].name[session.language],
                unit: bulk?.unit.code, wanted: allocation.problem.guarantees[guarantee],
                reached: document.guarantees[guarantee], mayGrow: true)
        }
        let given = document.pairs.filter { $0[3] > 0 }
        let claims = given.compactMap { row -> ShownPlan.Claim? in
            let pair = PlanProblem.Pair(line: Int(row[0]), offer: Int(row[1]), score: row[2])
            guard allocation.isClaimable(pair, in: desk.registry) else { return nil }
            return ShownPlan.Claim(
                offer: allocation.offers[pair.offer], wish: allocation.lines[pair.line], quantity: row[3])
        }
        return Look(
            shown: ShownPlan(registry: registry, goals: goals, seed: seed, claims: claims),
            outcomes: document.outcomes, suggestions: given.count - claims.count, short: short)
    }

    /// A plan of a revision that another has followed is applied only where `--profile` names that very revision.
    private func requireInForce(_ name: String, _ revision: Int, in transaction: any CaseTransaction) throws {
        guard let newest = try transaction.profile(name)?.revision, newest != revision else { return }
        let made = ProfileName.revision(name, revision)
        guard try ProfileName(profile, at: "--profile") != made else { return }
        throw CommandError(
            .refused, AllocateWords.otherRevision.filled(["made": "\(made)", "now": "\(name)@\(newest)"]),
            advice: AllocateWords.planAgainOrName.filled(["made": "\(made)"]))
    }

    /// The pairs that a plan over all pairs has besides the candidates, by row of the wish: what is given of a short supply
    /// hangs on them too. Nil where one of them has another score by now, or none.
    private func added(
        to ranked: RegistryAllocation, by document: PlanDocument, _ desk: MatchDesk
    ) -> [Int: [Ranking.Candidate]]? {
        guard document.lines.count == ranked.lines.count, document.offers.count == ranked.offers.count else {
            return nil
        }
        let known = Set(ranked.problem.pairs.map { [Int64($0.line), Int64($0.offer)] })
        var added: [Int: [Ranking.Candidate]] = [:]
        for row in document.pairs where !known.contains([row[0], row[1]]) {
            let (wish, offer) = (ranked.wishRows[Int(row[0])], ranked.offerRows[Int(row[1])])
            let explanation = desk.ranker.explain(wish: desk.registry.wishes[wish], offer: desk.registry.offers[offer])
            guard let total = explanation.total, Int64(total) == row[2] else { return nil }
            added[wish, default: []].append(Ranking.Candidate(row: offer, total: total))
        }
        return added
    }

    /// The fingerprint says what the plan was made for; this says that the plan's own numbers are those.
    private func isSame(_ document: PlanDocument, _ allocation: RegistryAllocation) -> Bool {
        let problem = allocation.problem
        return document.lineNames == allocation.lines.map(\.description)
            && document.offerNames == allocation.offers.map(\.description)
            && document.lines == problem.lines.map(\.row) && document.offers == problem.offers.map(\.row)
            && document.partyCaps == problem.partyCaps
            && Set(document.pairs.map { Array($0.prefix(3)) })
                == Set(problem.pairs.map { [Int64($0.line), Int64($0.offer), $0.score] })
    }

    /// The guarantees of which more might be kept than the plan holds; throws where it holds less than it should.
    ///
    /// A plan that no deadline cut holds as much as can be kept. One that was cut holds what it says, and its own claims
    /// serve that; so does one that takes too long to check.
    private func shortShares(
        _ document: PlanDocument, _ allocation: RegistryAllocation, _ goals: [PlanGoal]
    ) throws -> [Int] {
        let problem = allocation.problem
        if document.guarantees == problem.guarantees { return [] }
        let refusal = CommandError(.refused, AllocateWords.holdsLess.text, advice: AllocateWords.planAgain.text)
        guard document.guarantees.count == problem.guarantees.count else { throw refusal }
        let seed = allocation.seed
        let (lines, offers) = (allocation.lines, allocation.offers)
        let own = try PlanProblem(
            lines: problem.lines, offers: problem.offers, partyCaps: problem.partyCaps,
            guarantees: problem.guarantees,
            pairs: document.pairs.map { row in
                let (line, offer) = (Int(row[0]), Int(row[1]))
                return PlanProblem.Pair(
                    line: line, offer: offer, score: row[2],
                    lot: seed?.lot(line: lines[line].description, offer: offers[offer].description) ?? 0)
            })
        let (start, limit) = (ContinuousClock.now, min(request.secondsAtMost ?? .infinity, Self.checkSeconds))
        let planner = GoalPlanner(own, goals: goals) { ContinuousClock.now - start > .seconds(limit) }
        let kept = planner.guaranteesKept()
        if document.guarantees == kept { return [] }
        let served = own.served(by: document.pairs.map { $0[3] })
        guard document.cut || kept == nil,
            served.indices.allSatisfy({ document.guarantees[$0] <= min(served[$0], problem.guarantees[$0]) })
        else { throw refusal }
        if let kept { return kept.indices.filter { document.guarantees[$0] < kept[$0] } }
        let short = served.indices.filter { document.guarantees[$0] < problem.guarantees[$0] }
        return own.growing(Dictionary(uniqueKeysWithValues: short.map { ($0, document.guarantees[$0]) })).sorted()
    }

    // MARK: A digest

    private func plan(digest: String, in transaction: any CaseTransaction, at now: Moment) throws -> Look {
        if let asOf = request.asOf { try requireGood(asOf, at: now) }
        let time = request.asOf ?? session.now
        let desk = try MatchDesk(session: session, transaction: transaction, profileName: profile, asOf: time)
        let rules = try request.terms.applied(to: desk.plan.profile.allocation)
        let asOf = Moment(milliseconds: time.milliseconds)
        let bars = try bars(desk, transaction, rules, on: now, asOf: asOf)
        let made = try PlanMaker(desk: desk, bars: bars, rules: rules, request: request, asOf: asOf).make()
        let shown = made.shown(in: desk.registry)
        guard shown.digest.hasPrefix(digest) else {
            throw CommandError(
                .refused, AllocateWords.otherDigest.filled(["digest": String(shown.digest.prefix(16))]),
                advice: AllocateWords.planAgain.text)
        }
        let given = made.plan.amounts.count { $0 > 0 }
        return Look(
            shown: shown, outcomes: made.document.outcomes, suggestions: given - shown.claims.count)
    }

    private func requireGood(_ asOf: Timestamp, at now: Moment) throws {
        guard AllocationPlanning.isGood(asOf: asOf, at: now) else {
            throw CommandError(.refused, AllocateWords.tooOld.text, advice: AllocateWords.planAgain.text)
        }
    }

    private func bars(
        _ desk: MatchDesk, _ transaction: any CaseTransaction, _ rules: AllocationRules, on now: Moment, asOf: Moment
    ) throws -> AllocationBars {
        try AllocationBars(
            of: desk.registry, in: transaction, rules: rules, on: ProgramTimeZone.shanghai.date(at: now), at: asOf)
    }
}
