import ArgumentParser
import Casework
import MatchCore
import Operations

/// `almoner changes`: what changed, in the order in which it did.
struct ChangesCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("changes", ServeWords.changes) }

    @Option(help: ArgumentHelp(ServeWords.changesAfter, value: "cursor")) var after: String?
    @Option(help: ArgumentHelp(ServeWords.changesLimit, value: "count")) var limit = 50
    @Flag(help: ArgumentHelp(ServeWords.changesFollow)) var follow = false
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        try CommandError.check("--limit", limit, least: 0)
        try await session.withService { service in
            var place = after
            var count = 0
            while true {
                let wanted = limit == 0 || follow ? PageRequest.most : min(PageRequest.most, limit - count)
                let page = try await service.call(
                    ChangeOperations.list, ChangeListInput(after: place, limit: wanted))
                for change in page.items { try show(change, in: session) }
                count += page.items.count
                // Short pages may still have a next one; one that does not move is the end.
                let isEnd = page.items.isEmpty && page.next == place
                place = page.next
                if follow {
                    if page.items.isEmpty { try await Task.sleep(for: .seconds(1)) }
                } else if isEnd || page.items.isEmpty || limit > 0 && count >= limit {
                    return
                }
            }
        }
        return .success
    }

    private func show(_ change: ChangeView, in session: Session) throws {
        if session.options.json { return try session.emit(answer: change) }
        session.say(
            "\(CaseTime.text(change.at))  \(change.what.rawValue)  \(change.kind.rawValue)  \(change.id ?? "–")")
    }
}
