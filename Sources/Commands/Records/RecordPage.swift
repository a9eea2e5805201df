import ArgumentParser
import Casework
import Exchange
import MatchCore
import Storage

/// What the lists of records have in common: a word to look for, and how many to show.
struct RecordPage: ParsableArguments {
    @Argument(help: ArgumentHelp(.search, value: "word"))
    var word: String?

    @Option(help: ArgumentHelp(.limit, value: "count"))
    var limit: Int = 100

    /// Shows one record of a list: its names, what `--json` prints, and how its row is added to the table.
    typealias Show = (_ names: [String], _ json: any Encodable, _ row: (RecordWriting) -> Void) throws -> Void

    /// Goes through the records with `each`, and shows those that fit.
    func run(
        in session: Session, each: (RegistryReader, Show) throws -> Void, table: () -> Table
    ) throws {
        try CommandError.check("--limit", limit, least: 0)
        let store = try Store.open(session, forWriting: false)
        defer { store.close() }
        let wanted = word.map { FoldedName($0) }
        let writing = session.options.json ? nil : try session.recordWriting()
        var count = 0
        try store.cases.blockingRead { transaction in
            try each(RegistryReader(transaction)) { names, json, row in
                if let wanted, !names.contains(where: { FoldedName($0).contains(wanted) }) { return }
                count += 1
                if session.options.json {
                    if count <= limit || limit == 0 { try session.emitLine(json) }
                } else if let writing, count <= limit || limit == 0 {
                    row(writing)
                }
            }
        }
        if !session.options.json {
            session.say(table())
            session.note(RecordWords.count.filled(["count": Numbers.grouped(Int64(count))]))
        }
    }

    /// The record that a person means, and how to write about it.
    static func one<Record>(
        _ kind: RecordKind, named name: String, in session: Session,
        _ read: (RegistryReader, RecordID) throws -> Record?
    ) throws -> (Record, RecordWriting) {
        let store = try Store.open(session, forWriting: false)
        defer { store.close() }
        let record = try store.cases.blockingRead { transaction in
            let id = try RecordNames(transaction: transaction, kind: kind).id(named: name)
            return try read(RegistryReader(transaction), id)
        }
        guard let record else { throw CommandError(.notFound, RecordNames.missing(kind).filled(["name": name])) }
        return (record, try session.recordWriting())
    }
}

extension Session {
    func recordWriting() throws -> RecordWriting {
        let directory = try dataDirectory()
        return RecordWriting(areas: try directory.areas(), categories: try directory.categories(), language: language)
    }
}
