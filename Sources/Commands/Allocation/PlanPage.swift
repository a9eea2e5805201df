import Casework
import Foundation
import MatchCore
import Operations
import PlanCheck
import Storage

/// Shows a plan: what would be claimed, by area and group, what greedy would have done, and why a wish is left out.
struct PlanPage {
    let session: Session
    let store: Store
    let desk: MatchDesk
    let rules: AllocationRules
    let made: PlanMaker.Made
    /// When ages and due times were reckoned from.
    let asOf: Timestamp
    /// Where the plan was written; nil for nowhere.
    let file: String?

    private struct Record: Encodable {
        var registry: String
        /// What `--apply` takes.
        var digest: String
        /// What `--as-of` takes with the digest.
        var asOf: String
        var rules: AllocationRules
        var commitment: String?
        var seed: String?
        var goals: [String]
        var outcomes: [PlanDocument.Outcome]
        var greedy: [String: Int64]
        var isCut: Bool
        /// Pairs that `--complete` added; missing where it was not asked for.
        var added: Int?
        /// Whether what is proved holds over all pairs; missing where `--complete` was not asked for.
        var isComplete: Bool?
        var otherUnits: Int
        /// Lines that wait for an approval, and offers whose budget does not cover today: left out.
        var barredLines: Int
        var barredOffers: Int
        var claims: [Claim]
        var prices: [Price]
        var leftOut: [LeftOut]
        /// Lines that ask for more than a plan can reckon with.
        var tooGreat: [TooGreat]
        var areas: [Share]
        var groups: [Share]

        struct Claim: Encodable {
            var wish: RecordNameView
            var wishLine: Int
            var offer: RecordNameView
            var offerLine: Int
            var units: Int64
            var total: Int64
            /// False for a suggestion: one side states no quantity, so the ledger has nothing to hold.
            var isClaimable: Bool
        }

        /// What one more unit of a short offer would do.
        struct Price: Encodable {
            var offer: RecordNameView
            var offerLine: Int
            /// The most important goal that it would help.
            var goal: String
            /// In the goal's unit; for areas it only says that there is one.
            var amount: Int64
            /// Whether it adds just that; otherwise no more where the goal is proved, and elsewhere what no plan can pass
            /// rises by no more.
            var isExact: Bool
        }

        struct LeftOut: Encodable {
            var wish: RecordNameView
            var wishLine: Int
            var open: Int64
            var why: String
        }

        struct TooGreat: Encodable {
            var wish: RecordNameView
            var wishLine: Int
            var wanted: Int64
        }

        struct Share: Encodable {
            var name: String
            var lines: Int64
            var served: Int64
            var greedy: Int64

            init(_ share: AllocationShare, named name: String) {
                (self.name, lines, served, greedy) = (name, share.lines, share.served, share.greedy)
            }
        }
    }

    func show() throws {
        let (allocation, plan, document, goals) = (made.allocation, made.plan, made.document, made.goals)
        let shown = made.shown(in: desk.registry)
        let problem = allocation.problem
        let greedy = GreedyPlan(problem).amounts
        let registry = desk.registry
        let unserved = UnservedLines(made.planned, in: registry).all
        let prices = AllocationView.Price.all(of: made.planned, in: registry)
        let areas = AllocationShare.areas(of: made.planned, greedy, in: registry)
        let groups = AllocationShare.groups(of: made.planned, greedy, in: registry)
        let measure = PlanMeasure(problem, greedy)
        let greedyValues = goals.map { (goal: $0, value: measure.value(of: $0)) }
        let sheet = PlanSheet(
            session: session,
            words: PlanWords(
                prices, proved: plan.outcomes.filter(\.isProved).map(\.goal),
                isProved: plan.outcomes.allSatisfy(\.isProved)))
        if session.options.json {
            let (wishes, offers) = (registry.wishes, registry.offers)
            let writing = session.codeWriting()
            return try session.emit(
                Record(
                    registry: document.registry ?? "", digest: shown.digest, asOf: "\(asOf)", rules: rules,
                    commitment: document.commitment, seed: document.seed, goals: goals.map(\.rawValue),
                    outcomes: document.outcomes,
                    greedy: Dictionary(uniqueKeysWithValues: greedyValues.map { ($0.goal.rawValue, $0.value) }),
                    isCut: plan.isCut, added: made.added,
                    isComplete: made.isComplete, otherUnits: allocation.otherUnits,
                    barredLines: allocation.barred.lines,
                    barredOffers: allocation.barred.offers,
                    claims: claims(problem, plan.amounts).map { index in
                        let pair = problem.pairs[index]
                        let (wish, offer) = (
                            wishes[allocation.wishRows[pair.line]], offers[allocation.offerRows[pair.offer]]
                        )
                        return Record.Claim(
                            wish: RecordNameView(wish.key), wishLine: wish.lineNumber, offer: RecordNameView(offer.key),
                            offerLine: offer.lineNumber, units: plan.amounts[index], total: pair.score,
                            isClaimable: allocation.isClaimable(pair, in: desk.registry))
                    },
                    prices: OfferPrices(plan, of: problem).prices.map { price in
                        let offer = offers[allocation.offerRows[price.offer]]
                        return Record.Price(
                            offer: RecordNameView(offer.key), offerLine: offer.lineNumber, goal: price.goal.rawValue,
                            amount: price.amount, isExact: price.standing == .exact)
                    },
                    leftOut: unserved.map { line in
                        Record.LeftOut(
                            wish: line.wish, wishLine: line.wishLine, open: line.open,
                            why: sheet.words.why(line)[session.language])
                    },
                    tooGreat: allocation.tooGreat.map { row in
                        let wish = wishes[row]
                        return Record.TooGreat(
                            wish: RecordNameView(wish.key), wishLine: wish.lineNumber, wanted: wish.wanted ?? 0)
                    },
                    areas: areas.map { share in
                        Record.Share(
                            share, named: share.code.map { writing.areaName($0) } ?? MatchWords.noArea[session.language]
                        )
                    },
                    groups: groups.map { share in
                        Record.Share(
                            share,
                            named: share.code.map { writing.group($0) } ?? AllocateWords.noGroup[session.language])
                    }))
        }
        for text in TermLines(rules, seed: allocation.seed).texts { session.say(text[session.language], style: .faint) }
        session.say()
        try showClaims(allocation, plan)
        sheet.showShares(areas: areas, groups: groups)
        session.say(OutcomeTable(document.outcomes, in: session.language).table)
        sheet.showGreedy(greedyValues)
        sheet.showReasons(unserved)
        sheet.showPrices(prices, isSplit: rules.split != nil)
        showNotes(shown)
    }

    private func showNotes(_ shown: ShownPlan) {
        let (allocation, plan) = (made.allocation, made.plan)
        let problem = allocation.problem
        let suggestions = problem.pairs.indices.count {
            plan.amounts[$0] > 0 && !allocation.isClaimable(problem.pairs[$0], in: desk.registry)
        }
        if suggestions > 0 {
            session.note(AllocateWords.suggestions.filled(["count": Numbers.grouped(Int64(suggestions))]))
        }
        if allocation.barred.lines + allocation.barred.offers > 0 {
            session.note(
                AllocateWords.barred.filled([
                    "lines": Numbers.grouped(Int64(allocation.barred.lines)),
                    "offers": Numbers.grouped(Int64(allocation.barred.offers)),
                ]))
        }
        if allocation.otherUnits > 0 {
            session.note(AllocateWords.otherUnits.filled(["count": Numbers.grouped(Int64(allocation.otherUnits))]))
        }
        if let added = made.added, let isComplete = made.isComplete {
            let word: AllocateWords = isComplete ? .completed : .notCompleted
            session.note(word.filled(["count": Numbers.grouped(Int64(added))]), isWarning: !isComplete)
        }
        for row in allocation.tooGreat {
            let wish = desk.registry.wishes[row]
            session.note(
                AllocateWords.tooGreat.filled([
                    "wish": wish.key.handle, "line": "\(wish.lineNumber)", "wanted": Numbers.grouped(wish.wanted ?? 0),
                    "most": Numbers.grouped(PlanProblem.greatestQuantity),
                ]), isWarning: true)
        }
        for (area, count) in plan.shortAreas.sorted(by: { $0.key < $1.key }) {
            session.note(shortShare(area, count).text, isWarning: true)
        }
        if plan.isCut { session.note(AllocateWords.cut.text, isWarning: true) }
        session.note(
            AllocateWords.nothingClaimed.filled([
                "digest": String(shown.digest.prefix(16)), "plan": file ?? "\(shown.digest.prefix(16)) --as-of \(asOf)",
            ]))
    }

    private func shortShare(_ share: Int, _ reached: Int64) -> ShortShare {
        let (allocation, bulk) = (made.allocation, made.allocation.bulkShare(share))
        return ShortShare(
            area: areaName(allocation.areas[bulk?.area ?? share]), unit: bulk?.unit.code,
            wanted: allocation.problem.guarantees[share], reached: reached,
            mayGrow: made.plan.openAreas.contains(share))
    }

    private func claims(_ problem: PlanProblem, _ amounts: [Int64]) -> [Int] {
        problem.pairs.indices.filter { amounts[$0] > 0 }.sorted {
            (problem.pairs[$0].score, $1) > (problem.pairs[$1].score, $0)
        }
    }

    private func showClaims(_ allocation: RegistryAllocation, _ plan: Plan) throws {
        let language = session.language
        let problem = allocation.problem
        let all = claims(problem, plan.amounts)
        let first = all.prefix(PlanSheet.shown).map { ($0, problem.pairs[$0]) }
        let (wishes, offers) = (desk.registry.wishes, desk.registry.offers)
        let titles = try store.cases.blockingRead { transaction in
            try RecordTitles(
                transaction, wishIDs: Set(first.map { wishes[allocation.wishRows[$0.1.line]].key.id }),
                offerIDs: Set(first.map { offers[allocation.offerRows[$0.1.offer]].key.id }),
                categories: desk.registry.categories, language: language)
        }
        var table = PlanSheet.claimTable(in: language)
        for (index, pair) in first {
            let (wish, offer) = (wishes[allocation.wishRows[pair.line]], offers[allocation.offerRows[pair.offer]])
            table.add([
                Table.Cell(wish.key.handle + (wish.lineNumber == 1 ? "" : "/\(wish.lineNumber)")),
                Table.Cell(titles.wish(wish.key.id)), Table.Cell(Numbers.grouped(plan.amounts[index])),
                Table.Cell(Numbers.score(Int32(pair.score)), Style.ofValue(Int32(pair.score))),
                Table.Cell(offer.key.handle), Table.Cell(titles.offer(offer.key.id), .faint),
            ])
        }
        session.say(table)
        session.say(
            AllocateWords.claims,
            ["count": Numbers.grouped(Int64(all.count)), "shown": Numbers.grouped(Int64(first.count))])
        session.say()
    }

    private func areaName(_ area: Int32) -> String {
        area < 0 ? MatchWords.noArea[session.language] : desk.registry.areas.areas[Int(area)].name[session.language]
    }
}
