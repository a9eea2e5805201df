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

    @OptionGroup var list: ListOptions

    /// Goes through the pages of a list, shows the first records, and says how many there are in all; with `--json` that there
    /// are more, where there are.
    func run<Input, View>(
        in session: Session, _ operation: Operations.Operation<Input, Page<View>>, table: Table,
        asking input: (_ word: String?, _ limit: Int, _ cursor: String?) -> Input,
        row: (inout Table, View, RecordWriting) -> Void
    ) async throws -> ExitStatus {
        let limit = list.limit
        try CommandError.check("--limit", limit, least: 0)
        guard word == nil || text == nil else {
            throw CommandError(
                .usage, CaseWords.notWith.filled(["option": "--text", "act": word ?? ""]), place: "--text")
        }
        let wanted = word ?? text
        let writing = session.options.json ? nil : try session.recordWriting()
        var table = table
        var shown = Listing<View>(next: list.after, isFromStart: list.after == nil)
        var count = 0
        try await session.withService { service in
            shown = try await service.list(operation, list) { input(wanted, $0, $1) }
            count = shown.items.count
            // All are counted where a person reads how many there are.
            var cursor = session.options.json ? nil : shown.next
            while let place = cursor {
                let page = try await service.call(operation, input(wanted, PageRequest.most, place))
                count += page.items.count
                cursor = page.next
            }
        }
        guard let writing else {
            try shown.items.forEach { try session.emit(answer: $0) }
            try session.noteEnd(of: shown)
            return .success
        }
        for item in shown.items { row(&table, item, writing) }
        session.say(table)
        guard let next = shown.next, count > shown.items.count else {
            if shown.isFromStart {
                session.note(RecordWords.count.filled(["count": Numbers.grouped(Int64(count))]))
            } else {
                try session.noteEnd(of: Listing(items: shown.items, isFromStart: false))
            }
            return .success
        }
        // What stands before the cursor was counted the time before.
        session.note(
            (shown.isFromStart ? RecordWords.countMore : .countRest).filled([
                "count": Numbers.grouped(Int64(count)), "shown": Numbers.grouped(Int64(shown.items.count)),
                "after": next,
            ]))
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
