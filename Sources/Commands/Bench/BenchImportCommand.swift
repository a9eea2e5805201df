import ArgumentParser
import DemoCity
import MatchCore

/// `almoner bench import`: generates offers, imports them into a database of its own, and says what that took.
struct BenchImportCommand: LocalCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("import", .benchImport, isLocal: true) }

    @Option(help: ArgumentHelp(.demoOffers, value: "count"))
    var offers: Int = 1_000_000

    @Option(help: ArgumentHelp(.demoSeed, value: "number"))
    var seed: UInt64 = 1

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Record: Encodable {
        var rows: Int
        var rowsPerSecond: Double
        var effort: Effort
    }

    func perform(in session: Session) throws -> ExitStatus {
        var record: Record?
        let options = CityOptions(seed: seed, wishes: 0, parties: max(1, offers * 3 / 5), offers: offers)
        try BenchCity.with(options, in: session) { city in
            let store = try city.store()
            defer { store.close() }
            _ = try city.load("parties", into: store)
            var rows = 0
            let effort = try Effort.measure { rows = try city.load("offers", into: store).rows }
            record = Record(rows: rows, rowsPerSecond: Double(rows) / max(effort.wallSeconds, 1e-9), effort: effort)
        }
        guard let record else { return .failure }
        if session.options.json {
            try session.emit(record)
        } else {
            session.say(BenchReport.sheet(record.effort, rows: record.rows, in: session.language))
        }
        return .success
    }
}

/// `almoner bench match`: matches every wish of a generated city, and says what that took.
struct BenchMatchCommand: LocalCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("match", .benchMatch, isLocal: true) }

    @Option(help: ArgumentHelp(.demoWishes, value: "count"))
    var wishes: Int = 800

    @Option(help: ArgumentHelp(.demoParties, value: "count"))
    var parties: Int = 1522

    @Option(help: ArgumentHelp(.threads, value: "count"))
    var threads: Int = 1

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Record: Encodable {
        var wishes: Int
        var offers: Int
        var effort: Effort
    }

    func perform(in session: Session) throws -> ExitStatus {
        var record: Record?
        let options = CityOptions(seed: 1, wishes: wishes, parties: parties)
        try BenchCity.with(options, in: session) { city in
            let store = try city.store()
            defer { store.close() }
            for kind in ["parties", "offers", "wishes"] { _ = try city.load(kind, into: store) }
            // From the tables to the stored suggestions, as `almoner match --all` does it.
            let effort = try Effort.measure {
                let desk = try MatchDesk(session: city.session, store: store, profileName: "default")
                try MatchAll(
                    desk: desk, store: store, session: city.session, limit: 5, threads: threads, countsVetoes: false
                ).run()
            }
            record = Record(wishes: options.wishes, offers: options.offers, effort: effort)
        }
        guard let record else { return .failure }
        if session.options.json {
            try session.emit(record)
        } else {
            session.say(BenchReport.sheet(record.effort, rows: record.wishes, in: session.language))
        }
        return .success
    }
}

/// An effort as labels and values.
enum BenchReport {
    static func sheet(_ effort: Effort, rows: Int, in language: Language) -> FactSheet {
        FactSheet([
            (BenchWords.rows[language], Numbers.grouped(Int64(rows))),
            (BenchWords.rowsPerSecond[language], Numbers.grouped(Int64(Double(rows) / max(effort.wallSeconds, 1e-9)))),
            (BenchWords.cpuSeconds[language], Numbers.thousandths(effort.cpuSeconds)),
            (BenchWords.wallSeconds[language], Numbers.thousandths(effort.wallSeconds)),
            (BenchWords.peakMemory[language], "\(Numbers.grouped(effort.peakBytes / 1_000_000)) MB"),
        ])
    }
}
