import ArgumentParser
import Casework
import MatchCore
import Operations

/// `almoner wish wording WISH`: what in a wording is not to be published, and what may stand there instead.
struct WishWordingCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("wording", RightsWords.wording) }

    @Argument(help: ArgumentHelp(.recordName, value: "wish")) var wish: String
    @Option(help: ArgumentHelp(RightsWords.wordingText, value: "words")) var text: String?
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let reason = try options.reasonCode() ?? (options.note == nil ? nil : "note")
        let isChange = text != nil || reason != nil
        let view = try await session.withService(options, changing: isChange) { service in
            let id = try await service.id(of: .wish, named: wish)
            guard isChange else { return try await service.call(WordingOperations.show, WishInput(wish: id)) }
            return try await service.call(
                WordingOperations.change, WordingChange(wish: id, text: text, reason: reason, note: options.note))
        }
        if session.options.json {
            try session.emit(answer: view)
            return .success
        }
        let language = session.language
        session.say(view.text)
        session.say()
        if view.findings.isEmpty {
            session.say(view.holds.contains("wording") ? RightsWords.wordingHeld : .wordingClean)
        } else {
            var table = Table([
                .name(CaseWords.kind[language]), .name(RightsWords.from[language]), .prose(RightsWords.found[language]),
                .prose(RightsWords.proposed[language]),
            ])
            for finding in view.findings {
                table.add([
                    Table.Cell(finding.kind.title[language]), Table.Cell("\(finding.from + 1)–\(finding.to)"),
                    Table.Cell(finding.text), Table.Cell(finding.replacement),
                ])
            }
            session.say(table)
        }
        var facts = [
            (CaseWords.state[language], (view.isPublished ? RightsWords.published : .notPublished)[language])
        ]
        if view.isAccepted { facts.append(("", RightsWords.accepted[language])) }
        if !view.holds.isEmpty { facts.append((RightsWords.heldFor[language], view.holds.joined(separator: ", "))) }
        if !view.findings.isEmpty { facts.append((RightsWords.proposed[language], view.proposed)) }
        session.say(FactSheet(facts))
        return .success
    }
}
