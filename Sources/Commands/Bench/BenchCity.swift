import DemoCity
import Exchange
import Foundation
import MatchCore

/// A generated city in a folder of its own, which goes when the work is done.
struct BenchCity {
    let folder: String
    /// Like the session of the command, but its database is in the folder and nothing it says is shown.
    let session: Session

    /// Generates the city and hands it to the body.
    static func with(_ options: CityOptions, in session: Session, _ body: (BenchCity) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "almoner-bench-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let directory = try session.dataDirectory()
        let material = try CityMaterial(
            areas: try directory.areas(), categories: try directory.categories(),
            phrases: directory.path(of: "demo/phrases"))
        try CityGenerator(options: options, material: material).write(to: folder)
        var global = session.options
        global.database = "sqlite:\(folder)/bench.db"
        global.quiet = true
        global.json = false
        let silent = Session(
            options: global, environment: session.environment, terminal: Terminal(width: nil), now: session.now,
            write: { _ in }, writeError: { _ in })
        try body(BenchCity(folder: folder, session: silent))
    }

    /// Makes the database, opened for writing.
    func store() throws -> Store {
        try Store.create(
            session, name: DemoWords.programName.text, profile: session.profile(named: "default")
        ).0
    }

    /// Imports one of the city's files. Throws where any row is refused.
    func load(_ kind: String, into store: Store) throws -> ImportOutcome {
        let map = try session.dataDirectory().path(of: "mappings/almoner-\(kind).yaml")
        let request = ImportRequest(
            file: "\(folder)/\(kind).csv", map: map, mapping: try ImportSource.mapping(at: map), isDryRun: false,
            rejects: nil, areApproved: true)
        let outcome = try RecordImport(request: request, session: session, store: store).run()
        if outcome.isRefused {
            throw CommandError(
                .failure, BenchWords.refused.filled(["count": "\(outcome.faulty)"]),
                advice: outcome.firstFaults.first)
        }
        return outcome
    }
}
