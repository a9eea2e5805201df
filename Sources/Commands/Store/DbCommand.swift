import ArgumentParser
import MatchCore
import Storage

/// `almoner db`: the database as a whole.
struct DbCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration("db", ServeWords.db, subcommands: [DbCopyCommand.self])
    }
}

/// `almoner db copy FROM TO`: moves everything into another database, from a file to a server or back.
struct DbCopyCommand: LocalCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("copy", ServeWords.dbCopy, isLocal: true) }

    @Argument(help: ArgumentHelp(ServeWords.dbFrom, value: "database"))
    var from: String

    @Argument(help: ArgumentHelp(ServeWords.dbTo, value: "database"))
    var to: String

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Record: Encodable {
        var table: String
        var rows: Int64
        var resumed: Int64
        var digest: String
    }

    private struct HeadRecord: Encodable {
        var program: String
        var head: Int64
        var hash: String
    }

    func perform(in session: Session) throws -> ExitStatus {
        let (one, other) = (try session.databaseAddress(of: from), try session.databaseAddress(of: to))
        guard one != other else { throw CommandError(.usage, ServeWords.dbSame.filled(["database": one.description])) }
        let foreign = try other.foreignTables()
        guard foreign.isEmpty else {
            throw CommandError(
                .refused,
                StoreWords.foreign.filled([
                    "path": other.description, "tables": foreign.prefix(3).joined(separator: ", "),
                ]), advice: StoreWords.foreignAdvice.text)
        }
        let source = try one.open(.readOnly, options: .unhurried)
        defer { try? source.close() }
        let target = try other.open(.create, options: .unhurried)
        defer { try? target.close() }
        try Schema.migrateForCopy(target, at: session.now.milliseconds)
        var line: (table: String, progress: ProgressLine)?
        let copy = DatabaseCopy(from: source, to: target, at: session.now.milliseconds)
        let reports = try copy.run { table, done, total in
            if line?.table != table {
                line?.progress.finish()
                let made = ProgressLine(table, total: total, language: session.language, terminal: session.terminal)
                line = (table, made)
            }
            line?.progress.update(done)
        }
        line?.progress.finish()
        let heads = try copy.heads()
        if session.options.json {
            for report in reports {
                try session.emitLine(
                    Record(
                        table: report.table, rows: report.rows, resumed: report.resumed, digest: report.digest))
            }
            for head in heads {
                try session.emitLine(HeadRecord(program: head.program, head: head.number, hash: head.hash))
            }
            return .success
        }
        for report in reports where report.rows > 0 {
            session.say("✓ \(report.table)  \(Numbers.grouped(report.rows))  \(report.digest.prefix(16))")
        }
        for head in heads {
            session.say(
                ServeWords.dbHead,
                ["program": head.program, "number": Numbers.grouped(head.number), "hash": "\(head.hash.prefix(16))"])
        }
        session.say(
            ServeWords.dbCopied,
            [
                "rows": Numbers.grouped(reports.reduce(0) { $0 + $1.rows }), "from": one.description,
                "to": other.description,
            ])
        session.say(
            SealingWords.notCopied,
            [
                "file": session.sealingKeyFile(of: one).path, "store": try session.keyStore(of: one).description,
                "target": "\(other.stem).key",
            ])
        return .success
    }
}
