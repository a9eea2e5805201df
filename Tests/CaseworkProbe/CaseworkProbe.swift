import AlmonerTesting
import Casework
import Foundation
import MatchCore
import Storage

/// A second process for the tests of casework, and the measure of its speed. `make prove` runs the long forms.
///
///     CaseworkProbe walk FILE SEED STEPS FROM   walks on a durable file from a step on; kills itself at a crash step
///     CaseworkProbe walks COUNT [FIRST]         walks COUNT seeds of 200 steps over databases in memory
///     CaseworkProbe kills COUNT                 walks COUNT seeds of 200 steps over a file, killed at each crash step
///     CaseworkProbe tamper COUNT                makes COUNT tamperings, and sees that each is found
///     CaseworkProbe audit COUNT                 measures the check of COUNT entries, in a file under the temporary folder
///     CaseworkProbe queries COUNT               measures lists, figures and overdue queries over COUNT wishes
///     CaseworkProbe scale [FACTOR…]             measures daily work on a PostgreSQL server as history grows
///     CaseworkProbe offers COUNT                measures the registration of COUNT offers with their history
///     CaseworkProbe histories COUNT FOLDER      writes COUNT wishes and what happened to them, as files to import
@main
struct CaseworkProbe {
    static let start = Moment(milliseconds: 1_767_600_000_000)

    static func main() {
        do {
            try run()
        } catch {
            FileHandle.standardError.write(Data("CaseworkProbe: \(error)\n".utf8))
            exit(1)
        }
    }

    private static func run() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let count = arguments.count > 1 ? Int(arguments[1]) : nil
        switch (arguments.first, arguments.count) {
        case ("walk", 5):
            try walk(
                arguments[1], seed: UInt64(arguments[2]) ?? 1, steps: Int(arguments[3]) ?? 0,
                from: Int(arguments[4]) ?? 0)
        case ("walks", 2): try Measures.walks(count ?? 1_000, from: 1)
        case ("walks", 3): try Measures.walks(count ?? 1_000, from: UInt64(arguments[2]) ?? 1)
        case ("kills", 2): try Measures.kills(count ?? 20)
        case ("tamper", 2): try Measures.tamperings(count ?? 1_000)
        case ("audit", 2): try Measures.audit(count ?? 1_000_000)
        case ("queries", 2): try QueryMeasure(wishes: count ?? 67_000).run()
        case ("scale", 1): try ScaleMeasure().run()
        case ("scale", _): try ScaleMeasure().run(factors: arguments.dropFirst().compactMap { Int($0) })
        case ("offers", 2): try Measures.offers(count ?? 1_000_000)
        case ("histories", 3): try HistoryFiles(count: count ?? 67_000).write(to: arguments[2])
        default:
            FileHandle.standardError.write(
                Data("usage: CaseworkProbe walk|walks|kills|tamper|audit|queries|scale|offers|histories …\n".utf8))
            exit(2)
        }
    }

    /// Names each step that was made. A crash step ends the process in the midst of its transaction.
    private static func walk(_ path: String, seed: UInt64, steps: Int, from: Int) throws {
        let store = try open(path)
        var walk = CaseWalk(
            seed: seed, rules: try SampleRules.rules(), start: start,
            crash: .byKilling { kill(getpid(), SIGKILL) })
        if from == 0 { try walk.prepare(store) }
        try walk.run(to: from, on: nil)
        // What a killed process left has to be what the book-keeper says.
        try walk.compare(with: store)
        try walk.run(to: steps, on: store) { say("\($0)") }
        guard try Audit.verify(store) == nil else { throw CaseWalk.Divergence("the history does not hold") }
        say("done")
    }

    static func open(_ path: String?) throws -> SQLCaseStore {
        let database =
            try path.map { try SQLiteDatabase(path: $0, access: .create) } ?? SQLiteDatabase(inMemory: .init())
        try Schema.migrate(database, at: 0)
        return try program("walk", in: database)
    }

    static func program(_ code: String, in database: any Database) throws -> SQLCaseStore {
        _ = try Programs(database: database).create(
            Programs.Program(code: code, name: LocalizedText(zhHans: "走", en: "walk"), utcOffsetSeconds: 28_800),
            at: Timestamp(milliseconds: 0))
        return SQLCaseStore(database: database, program: code)
    }

    /// A file that is gone again after the body.
    static func withFile<Result>(_ body: (SQLCaseStore) throws -> Result) throws -> Result {
        let path = NSTemporaryDirectory() + "almoner-probe-\(getpid()).db"
        defer { for suffix in ["", "-wal", "-shm", "-lock"] { unlink(path + suffix) } }
        return try body(open(path))
    }
}

func say(_ line: String) { FileHandle.standardOutput.write(Data("\(line)\n".utf8)) }

/// A probe that found something wrong ends with 1.
struct Failure: Error, CustomStringConvertible {
    let description: String
}
