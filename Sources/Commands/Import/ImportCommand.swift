import ArgumentParser
import Casework
import Exchange
import Foundation
import MatchCore

/// `almoner import KIND FILE --map MAP.yaml`.
struct ImportCommand: SessionCommand {
    enum Kind: String, ExpressibleByArgument, CaseIterable {
        case parties, offers, wishes, areas, distances, inbox, people, histories
    }

    static var configuration: CommandConfiguration {
        HelpText.configuration("import", .importRecords, discussion: .importDiscussion)
    }

    @Argument(help: ArgumentHelp(.importKind, value: "kind"))
    var kind: Kind

    @Argument(help: ArgumentHelp(.importFile, value: "file"), completion: .file(extensions: ["csv"]))
    var file: String

    @Option(help: ArgumentHelp(.importMap, value: "mapping"), completion: .file(extensions: ["yaml"]))
    var map: String?

    @Flag(help: ArgumentHelp(.importDryRun))
    var dryRun = false

    @Flag(help: ArgumentHelp(CaseWords.registerOnly))
    var registerOnly = false

    @Flag(help: ArgumentHelp(CaseWords.approvedHelp))
    var approved = false

    @Option(help: ArgumentHelp(CaseWords.importActor, value: "id"))
    var actor: String?

    @Option(help: ArgumentHelp(.importRejects, value: "file"), completion: .file(extensions: ["csv"]))
    var rejects: String?

    @Option(name: .customLong("table"), help: ArgumentHelp(.importTable, value: "name=file"))
    var tables: [String] = []

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        if kind == .histories {
            guard actor == nil else {
                throw CommandError(
                    .usage, CaseWords.notWith.filled(["option": "--actor", "act": kind.rawValue]), place: "--actor")
            }
            // What was imported of a history cannot be taken back: an option that would be ignored is refused.
            guard !dryRun, rejects == nil else {
                throw CommandError(.usage, ImportWords.historiesWhole.text, place: dryRun ? "--dry-run" : "--rejects")
            }
            let store = try Store.open(session, forWriting: true)
            defer { store.close() }
            return try HistoriesImport(file: file, session: session, store: store).run()
        }
        guard !approved || kind == .wishes && !registerOnly else {
            throw CommandError(.usage, ImportWords.approvedWishes.text, place: "--approved")
        }
        guard let map else { throw CommandError(.usage, HelpWords.importMap.text, place: "--map") }
        let mapping = try ImportSource.mapping(at: map)
        guard mapping.kind.rawValue == kind.rawValue else {
            throw CommandError(
                .usage, ImportWords.wrongKind.filled(["map": mapping.kind.rawValue, "kind": kind.rawValue]), place: map)
        }
        let request = ImportRequest(
            file: file, map: map, mapping: mapping, isDryRun: dryRun, rejects: rejects,
            tables: try ImportSource.tables(named: tables, of: mapping), opensCases: !registerOnly,
            areApproved: approved, actor: actor)
        guard actor == nil || kind != .areas else {
            throw CommandError(
                .usage, CaseWords.notWith.filled(["option": "--actor", "act": kind.rawValue]), place: "--actor")
        }
        let outcome: ImportOutcome
        if kind != .areas, let service = try session.remoteService() {
            guard actor == nil else { throw CommandError(.usage, ServeWords.actsAsToken.text) }
            outcome = try RemoteImport(request, session: session, service: service).run()
        } else if kind == .areas {
            outcome = try AreaImport(request: request, session: session).run()
        } else {
            let store = try Store.open(session, forWriting: true)
            defer { store.close() }
            outcome = try RecordImport(request: request, session: session, store: store).run()
        }
        try ImportReport(request: request, outcome: outcome).show(in: session)
        return outcome.isRefused ? .refused : .success
    }
}

/// What to import, and how.
struct ImportRequest {
    var file: String
    var map: String
    var mapping: Mapping
    var isDryRun: Bool
    /// Where rows that cannot be taken are written; nil: one such row refuses the file.
    var rejects: String?
    /// Files that stand in for those that the mapping names for its tables, by the tables' names.
    var tables: [String: String] = [:]
    /// Whether the cases of new wishes are opened, and their clocks start.
    var opensCases = true
    /// Whether the wishes were approved where they come from; else each takes its lane's way.
    var areApproved = false
    /// Who brings it, by id or name; nil for the program itself.
    var actor: String?
}

/// What became of an import.
struct ImportOutcome {
    var rows = 0
    var skipped = 0
    var created = 0
    var changed = 0
    var unchanged = 0
    var faulty = 0
    var warnings = 0
    /// The first faults and warnings; the counts go on.
    var firstFaults: [LocalizedText] = []
    var firstWarnings: [LocalizedText] = []
    /// Whether nothing was stored because rows are at fault.
    var isRefused = false

    /// Every fault is listed up to this many; warnings up to a hundred.
    static let greatestFaultListing = 100_000
    static let greatestListing = 100

    mutating func count(_ saved: [SaveKind]) {
        for one in saved {
            switch one {
            case .created: created += 1
            case .changed: changed += 1
            case .unchanged: unchanged += 1
            }
        }
    }
}
