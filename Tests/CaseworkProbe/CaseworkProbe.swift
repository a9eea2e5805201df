import AlmonerTesting
import Casework
import Foundation
import MatchCore
import Storage

/// A second process for the tests of casework, and the measure of its speed.
///
///     CaseworkProbe walk FILE SEED STEPS FROM   walks on a durable file from a step on; kills itself at a crash step
///     CaseworkProbe walks COUNT                 measures COUNT seeds of 200 steps over a database in memory
///     CaseworkProbe audit COUNT                 measures the check of COUNT entries, in a file under the temporary folder
///     CaseworkProbe queries COUNT               measures lists, figures and overdue queries over COUNT wishes
///     CaseworkProbe offers COUNT                measures the registration of COUNT offers with their history
@main
struct CaseworkProbe {
    static let start = Moment(milliseconds: 1_767_600_000_000)

    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        switch (arguments.first, arguments.count) {
        case ("walk", 5):
            try walk(
                arguments[1], seed: UInt64(arguments[2]) ?? 1, steps: Int(arguments[3]) ?? 0,
                from: Int(arguments[4]) ?? 0)
        case ("walks", 2): try Measures.walks(Int(arguments[1]) ?? 1_000)
        case ("audit", 2): try Measures.audit(Int(arguments[1]) ?? 1_000_000)
        case ("queries", 2): try Measures.queries(Int(arguments[1]) ?? 67_000)
        case ("offers", 2): try Measures.offers(Int(arguments[1]) ?? 1_000_000)
        default:
            FileHandle.standardError.write(Data("usage: CaseworkProbe walk|walks|audit|queries|offers …\n".utf8))
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
}

func say(_ line: String) { FileHandle.standardOutput.write(Data("\(line)\n".utf8)) }
