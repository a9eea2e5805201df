import Casework
import MatchCore
import Operations

/// What stands in a household's file, for people: members, hardships, benefits and wishes, with since when and until when.
struct HouseholdPage {
    let session: Session

    private var language: Language { session.language }

    func show(_ household: HouseholdView) {
        let writing = session.codeWriting()
        var table = Table([
            .name(CaseWords.kind[language]), .prose(CaseWords.value[language]),
            .name(SealingWords.since[language]), .name(SealingWords.ended[language]),
        ])
        for member in household.members ?? [] {
            let born = member.birthYear.map { "\(CaseWords.born[language]) \($0)" }
            table.add([
                Table.Cell(writing(.holder, "member")),
                Table.Cell([member.name, born, "\(member.person)"].compactMap { $0 }.joined(separator: "  ")),
                Table.Cell(CaseTime.text(member.from)), Table.Cell(member.until.map { CaseTime.text($0) } ?? ""),
            ])
        }
        for (event, list) in [("hardship", household.hardships), ("benefit", household.benefits)] {
            for circumstance in list ?? [] {
                table.add([
                    Table.Cell(writing.action("household/\(event)")),
                    Table.Cell(writing.circumstance(circumstance.code.text)),
                    Table.Cell(CaseTime.text(circumstance.from)),
                    Table.Cell(circumstance.until.map { CaseTime.text($0) } ?? ""),
                ])
            }
        }
        if let groups = household.groups, !groups.isEmpty {
            let names = groups.map { writing.group($0.text) }
            table.add([
                Table.Cell(RecordWords.groups[language]),
                Table.Cell(names.joined(separator: GeneralWords.listSeparator[language])), Table.Cell(""),
                Table.Cell(""),
            ])
        }
        for wish in household.wishes {
            table.add([
                Table.Cell(writing.action("household/file")),
                Table.Cell("\(wish.handle ?? "\(wish.wish)")  \(writing.field("round")) \(wish.round)"),
                Table.Cell(CaseTime.text(wish.openedAt)), Table.Cell(wish.closedAt.map { CaseTime.text($0) } ?? ""),
            ])
        }
        if let visit = household.lastVisit {
            table.add([
                Table.Cell(CaseWords.lastVisit[language]), Table.Cell(""), Table.Cell(CaseTime.text(visit)),
                Table.Cell(""),
            ])
        }
        session.say()
        session.say(table)
    }
}
