import ArgumentParser
import Casework
import Exchange
import MatchCore
import Operations
import Wire

/// What the lists of records have in common: a word to look for, and how many to show.
struct RecordPage: ParsableArguments {
    @Argument(help: ArgumentHelp(.search, value: "word"))
    var word: String?

    @Option(help: ArgumentHelp(.search, value: "word"))
    var text: String?

    @Option(help: ArgumentHelp(.limit, value: "count"))
    var limit: Int = 100

    /// Goes through the pages of a list, shows the first records, and says how many there are.
    func run<Input, View>(
        in session: Session, _ operation: Operations.Operation<Input, Page<View>>, table: Table,
        asking input: (_ word: String?, _ cursor: String?) -> Input,
        row: (inout Table, View, RecordWriting) -> Void
    ) async throws -> ExitStatus {
        try CommandError.check("--limit", limit, least: 0)
        guard word == nil || text == nil else {
            throw CommandError(
                .usage, CaseWords.notWith.filled(["option": "--text", "act": word ?? ""]), place: "--text")
        }
        let wanted = word ?? text
        let writing = session.options.json ? nil : try session.recordWriting()
        var table = table
        var count = 0
        try await session.withService { service in
            var cursor: String?
            repeat {
                let page = try await service.call(operation, input(wanted, cursor))
                for item in page.items {
                    count += 1
                    guard count <= limit || limit == 0 else { continue }
                    if let writing { row(&table, item, writing) } else { try session.emit(answer: item) }
                }
                cursor = page.next
            } while cursor != nil && (writing != nil || limit == 0 || count < limit)
        }
        if !session.options.json {
            session.say(table)
            session.note(RecordWords.count.filled(["count": Numbers.grouped(Int64(count))]))
        }
        return .success
    }

    /// Shows the record that a person means: with `--json` as the service answers it, else by `page`.
    static func show<Input, View>(
        _ kind: RecordKind, named name: String, in session: Session,
        _ operation: Operations.Operation<Input, View>, asking input: (RecordID) -> Input,
        page: (View, RecordWriting) -> Void
    ) async throws -> ExitStatus {
        let view = try await session.withService { service in
            try await service.call(operation, input(try await service.id(of: kind, named: name)))
        }
        if session.options.json {
            try session.emit(answer: view)
        } else {
            page(view, try session.recordWriting())
        }
        return .success
    }
}

extension Session {
    func recordWriting() throws -> RecordWriting {
        let directory = try dataDirectory()
        return RecordWriting(areas: try directory.areas(), categories: try directory.categories(), language: language)
    }
}
