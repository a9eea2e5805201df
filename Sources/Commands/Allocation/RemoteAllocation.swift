import Casework
import MatchCore
import Operations
import PlanCheck

/// `allocate` through a server: the plan as it would be, or, with its digest, applied.
struct RemoteAllocation {
    let session: Session
    let input: AllocationInput
    /// Where the plan is written with its proof; nil for nowhere.
    let file: String?

    func run() async throws {
        let made = try await session.withService { service in
            if input.digest == nil {
                try await service.call(AllocationOperations.plan, input)
            } else {
                try await service.call(AllocationOperations.apply, input)
            }
        }
        if let file, let proof = made.proof { try PlanFile.write(proof, to: file) }
        if session.options.json { return try session.emit(answer: made) }
        let language = session.language
        let outcomes = made.outcomes.map {
            PlanDocument.Outcome(goal: $0.goal.rawValue, value: $0.value, bound: $0.bound, proved: $0.proved)
        }
        guard !made.isApplied else {
            if let note = OutcomeTable.unproved(outcomes) { session.note(note, isWarning: true) }
            return session.say(
                AllocateWords.applied,
                ["count": Numbers.grouped(Int64(made.claims.count)), "digest": String(made.digest.prefix(16))],
                style: .good)
        }
        var rules = AllocationRules()
        (rules.goals, rules.split) = (made.goals, made.split)
        for text in TermLines(rules, seed: nil).texts { session.say(text[language], style: .faint) }
        session.say()
        try await showClaims(made)
        let sheet = PlanSheet(
            session: session,
            words: PlanWords(
                made.prices, proved: made.outcomes.filter(\.proved).map(\.goal),
                isProved: made.outcomes.allSatisfy(\.proved)))
        sheet.showShares(areas: made.areas, groups: made.groups)
        session.say(OutcomeTable(outcomes, in: language).table)
        sheet.showGreedy(made.outcomes.map { ($0.goal, $0.greedy) })
        sheet.showReasons(made.unserved)
        sheet.showPrices(made.prices, isSplit: made.split != nil)
        for line in made.leftOut {
            session.note(
                AllocateWords.tooGreat.filled([
                    "wish": "\(line.wish)", "line": "\(line.wishLine)", "wanted": Numbers.grouped(line.quantity),
                    "most": Numbers.grouped(PlanProblem.greatestQuantity),
                ]), isWarning: true)
        }
        for share in made.shortShares {
            session.note(
                ShortShare(
                    area: share.area ?? MatchWords.noArea[language], unit: share.unit, wanted: share.guaranteed,
                    reached: share.reached, mayGrow: share.mayGrow
                ).text, isWarning: true)
        }
        if made.isCut { session.note(AllocateWords.cut.text, isWarning: true) }
        session.say(
            ServeWords.planned,
            [
                "claims": Numbers.grouped(Int64(made.claims.count)),
                "digest": "\(made.digest.prefix(16)) --as-of \(made.asOf)",
            ])
    }

    private func showClaims(_ made: AllocationView) async throws {
        let language = session.language
        let first = made.claims.sorted { $0.total > $1.total }.prefix(PlanSheet.shown)
        let (wishes, offers) = try await titles(of: first)
        var table = PlanSheet.claimTable(in: language)
        for claim in first {
            let handle = claim.wishHandle ?? "\(claim.wish)"
            table.add([
                Table.Cell(handle + (claim.wishLine == 1 ? "" : "/\(claim.wishLine)")),
                Table.Cell(wishes[claim.wish] ?? ""), Table.Cell(Numbers.grouped(claim.quantity)),
                Table.Cell(Numbers.score(Int32(claim.total)), Style.ofValue(Int32(claim.total))),
                Table.Cell(claim.offerHandle ?? "\(claim.offer)"), Table.Cell(offers[claim.offer] ?? "", .faint),
            ])
        }
        session.say(table)
        session.say(
            AllocateWords.claims,
            ["count": Numbers.grouped(Int64(made.claims.count)), "shown": Numbers.grouped(Int64(first.count))])
        session.say()
    }

    /// How the records are worded, as far as whoever asks may read it.
    private func titles(
        of claims: ArraySlice<AllocationView.Claim>
    ) async throws -> (wishes: [RecordID: String], offers: [RecordID: String]) {
        let writing = session.codeWriting()
        func title(_ text: String, _ categories: [String?]) -> String {
            text.isEmpty
                ? categories.compactMap { $0.map { writing.category($0) } }
                    .joined(separator: GeneralWords.listSeparator[session.language]) : text
        }
        return try await session.withService { service in
            var (wishes, offers): ([RecordID: String], [RecordID: String]) = ([:], [:])
            for claim in claims {
                if wishes[claim.wish] == nil {
                    let wish = try await service.call(WishOperations.show, WishInput(wish: claim.wish))
                    wishes[claim.wish] = title(wish.text, wish.lines.map(\.category))
                }
                if offers[claim.offer] == nil {
                    let offer = try await service.call(OfferOperations.show, OfferInput(offer: claim.offer))
                    offers[claim.offer] = title(offer.text, offer.lines.map(\.category))
                }
            }
            return (wishes, offers)
        }
    }
}

extension AllocationInput {
    /// The terms that were given; what was not is left to the profile.
    init(
        _ terms: AllocateTerms, profile: String, candidates: Int, complete: Bool, digest: String?, note: String?,
        asOf: Timestamp?, proof: Bool
    ) throws {
        // Read against rules that say nothing, so that what is wrong is said before anything is asked.
        let rules = try terms.applied(to: AllocationRules())
        self.init(
            profile: profile, goals: terms.goals == nil ? nil : rules.goals,
            split: terms.split == nil ? nil : rules.split,
            reserve: terms.reserve, partyCaps: terms.partyCap.isEmpty ? nil : rules.partyCaps, capDays: terms.capDays,
            areaShare: terms.areaShare, candidates: candidates, complete: complete, digest: digest, note: note,
            asOf: asOf, proof: proof ? true : nil)
    }
}
