import MatchCore
import Operations

/// One explanation on a terminal: a line for each scorer, and the arithmetic of the total.
struct ExplanationPage {
    let explanation: ExplanationView
    let wishTitle: String
    let offerTitle: String
    let party: String

    func show(in session: Session) {
        let language = session.language
        let total = explanation.total.map { Numbers.exactScore($0) } ?? MatchWords.ineligible[language]
        session.sayProse(
            "\(MatchWords.wish[language]) \(explanation.wish.handle)\(line(explanation.wishLine, language))  \(wishTitle)",
            style: .heading)
        session.sayProse(
            "\(MatchWords.offer[language]) \(explanation.offer.handle)\(line(explanation.offerLine, language))"
                + "  \(offerTitle)\(party.isEmpty ? "" : "  (\(party))")")
        let style: Style = explanation.total.map { Style.ofValue($0) } ?? .fault
        session.say(
            session.styled("\(MatchWords.total[language]) \(total)", style)
                + session.styled(
                    "  \(ProfileReference.text(explanation.profile, in: language)), \(CaseTime.text(explanation.asOf))",
                    .faint))
        session.say(table(language))
        for text in arithmetic(language) { session.sayProse(text) }
        if let vote = explanation.vote { show(vote, in: session) }
    }

    /// Who wanted the offer where.
    private func show(_ vote: VotedPlaceView, in session: Session) {
        let language = session.language
        session.say(
            MatchWords.votedPlace,
            [
                "place": "\(vote.place)", "count": "\(vote.candidates)", "points": Self.points(vote.halfPoints),
            ], style: .heading)
        var table = Table([
            .name(MatchWords.voice[language]), .name(MatchWords.voiceProfile[language]),
            .number(MatchWords.wantedPlace[language]), .number(MatchWords.votedPoints[language]),
            .number(MatchWords.total[language]),
        ])
        for voice in vote.voices {
            table.add([
                Table.Cell(voice.votes == 1 ? voice.voice : "\(voice.voice) ×\(voice.votes)", .heading),
                Table.Cell(voice.profile, .faint), Table.Cell("\(voice.place)"),
                Table.Cell(Self.points(voice.halfPoints)), Table.Cell(Numbers.exactScore(voice.total)),
            ])
        }
        session.say(table)
    }

    /// Points are counted in halves, because equals share theirs.
    static func points(_ half: Int) -> String { half % 2 == 0 ? "\(half / 2)" : "\(half / 2).5" }

    private func line(_ number: Int, _ language: Language) -> String {
        number == 1 ? "" : " " + MatchWords.lineNumber[language].filled(["number": "\(number)"])
    }

    private func table(_ language: Language) -> Table {
        var table = Table([
            .name(MatchWords.scorer[language]), .name(MatchWords.value[language]), .number(""),
            .number(MatchWords.weight[language]), .number(MatchWords.contribution[language]),
            .prose(MatchWords.why[language], least: 24),
        ])
        for entry in explanation.entries {
            let cells: (bar: Table.Cell, value: Table.Cell, contribution: String)
            let (value, contribution) = (entry.value ?? 0, entry.contribution ?? 0)
            switch entry.outcome.map({ Explanation.Outcome(rawValue: $0) }) {
            case nil:
                cells = (Table.Cell(MatchWords.withheld[language], .faint), "", "")
            case .value:
                let style = Style.ofValue(value)
                cells = (
                    Table.Cell(Bar.text(share: Double(value) / 1e6, width: 10), style),
                    Table.Cell(Numbers.exactScore(value), style), Numbers.millionths(contribution)
                )
            case .notKnown:
                cells = (
                    Table.Cell(DataWords.outcomeNotKnown[language], .faint),
                    Table.Cell(Numbers.exactScore(value), .faint), Numbers.millionths(contribution)
                )
            case .notApplicable:
                cells = (Table.Cell(DataWords.outcomeNotApplicable[language], .faint), "", "")
            case .veto, .some(nil):
                cells = (Table.Cell("✗ " + DataWords.outcomeVeto[language], .fault), "", "")
            }
            let isCounted = entry.outcome != Explanation.Outcome.notApplicable.rawValue
            let weight = !isCounted ? "" : Numbers.grouped(Int64(entry.weight))
            table.add([
                Table.Cell(entry.title, .heading), cells.bar, cells.value, Table.Cell(weight),
                Table.Cell(cells.contribution),
                Table.Cell(entry.sentence, isCounted ? .plain : .faint),
            ])
        }
        return table
    }

    /// The sum written out, so that a reader can do it again by hand.
    private func arithmetic(_ language: Language) -> [String] {
        guard let total = explanation.total else { return [MatchWords.vetoed[language]] }
        if explanation.nothingApplies { return [MatchWords.nothingApplies[language]] }
        // A sum without one of its parts is none.
        if explanation.entries.contains(where: { $0.outcome == nil }) { return [MatchWords.withheldSum[language]] }
        let outcomes: [String?] = [Explanation.Outcome.value.rawValue, Explanation.Outcome.notKnown.rawValue]
        let counted = explanation.entries.filter { outcomes.contains($0.outcome) }
        return [
            MatchWords.arithmetic[language].filled([
                "sum": Numbers.millionths(counted.reduce(0) { $0 + ($1.contribution ?? 0) }),
                "weights": Numbers.grouped(counted.reduce(0) { $0 + Int64($1.weight) }),
                "total": Numbers.exactScore(total),
            ])
        ]
    }
}
