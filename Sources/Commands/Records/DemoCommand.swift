import ArgumentParser
import Exchange
import Foundation
import MatchCore
import Storage

/// `almoner demo`: makes the database and loads the city of `Data/demo`, whose people are all invented.
struct DemoCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "demo", .demo, subcommands: [DemoLoadCommand.self, DemoGenerateCommand.self],
            defaultSubcommand: DemoLoadCommand.self)
    }
}

struct DemoLoadCommand: LocalCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("load", .demoLoad, isLocal: true) }

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Record: Encodable {
        var database: String
        var program: String
        var parties: Part?
        var offers: Part?
        var wishes: Part?
        var people: Part?
        /// Files of families that were opened.
        var households: Int

        struct Part: Encodable {
            var rows: Int
            var created: Int
            var changed: Int
            var unchanged: Int
        }
    }

    func perform(in session: Session) throws -> ExitStatus {
        let directory = try session.dataDirectory()
        let kinds = ["parties", "offers", "wishes"]
        for kind in kinds {
            for file in ["demo/\(kind).csv", "mappings/almoner-\(kind).yaml"]
            where !FileManager.default.fileExists(atPath: directory.path(of: file)) {
                throw CommandError(
                    .notFound, DemoWords.missing.filled(["file": directory.path(of: file)]),
                    advice: DemoWords.missingAdvice.text)
            }
        }
        let (store, _) = try Store.create(
            session, name: DemoWords.programName.text, profile: session.profile(named: "default"))
        defer { store.close() }
        var parts: [String: Record.Part] = [:]
        // A city that was generated has nobody's telephone: then there is nothing to compare.
        let hasPeople = FileManager.default.fileExists(atPath: directory.path(of: "demo/people.csv"))
        for kind in kinds + (hasPeople ? ["people"] : []) {
            let file = directory.path(of: "demo/\(kind).csv")
            let map = directory.path(of: "mappings/almoner-\(kind).yaml")
            let request = ImportRequest(
                file: file, map: map, mapping: try ImportSource.mapping(at: map), isDryRun: false, rejects: nil,
                areApproved: true)
            let outcome = try RecordImport(request: request, session: session, store: store).run()
            parts[kind] = Record.Part(
                rows: outcome.rows, created: outcome.created, changed: outcome.changed, unchanged: outcome.unchanged)
            if !session.options.json, let heading = DemoWords(rawValue: kind) { session.say(heading, style: .heading) }
            if !session.options.json || outcome.isRefused {
                try ImportReport(request: request, outcome: outcome).show(in: session)
            }
            if outcome.isRefused { return .refused }
        }
        let households = try DemoHouseholds(session: session, store: store).open(directory.demoHouseholds())
        if households > 0, !session.options.json { session.say(DemoWords.households, ["count": "\(households)"]) }
        if session.options.json {
            try session.emit(
                Record(
                    database: session.databaseName, program: store.program.code, parties: parts["parties"],
                    offers: parts["offers"], wishes: parts["wishes"], people: parts["people"],
                    households: households))
        }
        session.note(DemoWords.next.text)
        return .success
    }
}
