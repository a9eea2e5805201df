import MatchCore
import Operations

/// The parts of a plan's page that are the same wherever the plan was made.
struct PlanSheet {
    let session: Session
    let words: PlanWords

    /// How many claims, left-out lines and prices are shown; `--json` gives all.
    static let shown = 20

    /// The columns of a plan's claims: wish, its words, units, total, offer, its words.
    static func claimTable(in language: Language) -> Table {
        Table([
            .name(MatchWords.wish[language]), .text(RecordWords.text[language], least: 14),
            .number(AllocateWords.units[language]), .number(MatchWords.total[language]),
            .name(MatchWords.offer[language]), .text("", least: 14),
        ])
    }

    func showShares(areas: [AllocationShare], groups: [AllocationShare]) {
        let language = session.language
        let writing = session.codeWriting()
        let parts: [(AllocateWords, [AllocationShare], (String?) -> String)] = [
            (.byArea, areas, { $0.map { writing.areaName($0) } ?? MatchWords.noArea[language] }),
            (.byGroup, groups, { $0.map { writing.group($0) } ?? AllocateWords.noGroup[language] }),
        ]
        for (title, shares, name) in parts {
            var table = Table([
                .text(title[language], least: 14), .number(AllocateWords.lines[language]),
                .number(AllocateWords.servedHere[language]), .number(AllocateWords.greedy[language]),
            ])
            for share in shares {
                table.add([
                    Table.Cell(name(share.code)), Table.Cell(Numbers.grouped(share.lines)),
                    Table.Cell(OutcomeTable.lines(share.served)),
                    Table.Cell(OutcomeTable.lines(share.greedy), .faint),
                ])
            }
            session.say(table)
            session.say()
        }
    }

    /// What greedy would have reached in each goal.
    func showGreedy(_ values: [(goal: PlanGoal, value: Int64)]) {
        for (goal, value) in values where goal != .lottery {
            session.say(
                AllocateWords.greedyWould.filled([
                    "goal": OutcomeTable.name(of: goal.rawValue, in: session.language),
                    "value": OutcomeTable.amount(value, goal.rawValue),
                ])[session.language], style: .faint)
        }
        session.say()
    }

    func showReasons(_ lines: [UnservedLine]) {
        guard !lines.isEmpty else { return }
        session.say(AllocateWords.leftOut, ["count": Numbers.grouped(Int64(lines.count))])
        for line in lines.prefix(Self.shown) {
            session.sayProse("\(line.wish.handle)  \(words.why(line)[session.language])", indent: 2)
        }
        session.say()
    }

    /// The offers whose next unit would do most, in words.
    ///
    /// - Parameter isSplit: whether each line is given a part of a short supply, which a price leaves as it is.
    func showPrices(_ prices: [AllocationView.Price], isSplit: Bool) {
        guard !prices.isEmpty else { return }
        session.say(
            isSplit ? AllocateWords.scarceParts : .scarce, ["count": Numbers.grouped(Int64(prices.count))])
        for price in prices.prefix(Self.shown) {
            session.sayProse(
                "\(price.offerHandle ?? "\(price.offer)")  \(words.text(of: price)[session.language])", indent: 2)
        }
        session.say()
    }
}
