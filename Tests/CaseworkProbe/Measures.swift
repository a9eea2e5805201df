import AlmonerTesting
import Casework
import Foundation
import MatchCore
import Storage

/// The long forms of the proofs, each with its figure; a fault ends the process with an error.
enum Measures {
    /// In seconds, on a machine that does nothing else: held against processor time, so that a busy one fails nothing.
    private static let limit = 60.0

    static func walks(_ count: Int, from first: UInt64) throws {
        let fleet = WalkFleet(
            seeds: first...first + UInt64(max(1, count)) - 1, start: CaseworkProbe.start)
        let (before, start) = (processorSeconds(), ContinuousClock.now)
        let report = fleet.run()
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let each = (processorSeconds() - before) / Double(fleet.threads)
        for fault in report.faults.prefix(10) { say(fault) }
        let steps = report.counts.values.reduce(0, +)
        say(
            "\(count) seeds of 200 steps beside the book-keeper: \(rounded(seconds)) s on \(fleet.threads) threads "
                + "(\(rounded(each)) s of processor time each), \(steps) steps, \(report.historyEntries) entries, \(report.faults.count) faults"
        )
        say("  " + report.counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
        guard report.faults.isEmpty else { throw Failure(description: "store and book-keeper came apart") }
        guard each < limit else { throw Failure(description: "it took longer than \(limit) s") }
    }

    static func kills(_ count: Int) throws {
        let walk = KilledWalk(probe: URL(fileURLWithPath: CommandLine.arguments[0]), steps: 200)
        var kills = 0
        let seconds = try timed {
            for seed in 1...UInt64(max(1, count)) { kills += try walk.run(seed: seed) }
        }
        say("\(count) seeds of 200 steps over a file, killed \(kills) times: \(rounded(seconds)) s, nothing lost")
        guard kills > 0 else { throw Failure(description: "no process was ever killed") }
    }

    static func tamperings(_ count: Int) throws {
        let database = try SQLiteDatabase(inMemory: .init())
        try Schema.migrate(database, at: 0)
        let store = try CaseworkProbe.program("p", in: database)
        let entries = 200
        let head = try Tampering.history(of: entries, in: store)
        try Tampering.takeGuardsAway(in: database)
        var missed: [String] = []
        let seconds = try timed {
            for seed in 1...UInt64(max(1, count)) {
                missed += try [
                    Tampering.missed(seed: seed, in: database, program: "p", count: entries, head: head)
                ].compactMap { $0 }
            }
        }
        for miss in missed.prefix(10) { say(miss) }
        say("\(count) tamperings with \(entries) entries: \(count - missed.count) found, \(rounded(seconds)) s")
        guard missed.isEmpty else { throw Failure(description: "\(missed.count) tamperings were not found") }
    }

    static func audit(_ count: Int) throws {
        try CaseworkProbe.withFile { store in
            let writing = try timed { try write(count, to: store) }
            say("\(count) entries written and sealed: \(rounded(writing)) s")
            var fault: ChainFault?
            let before = processorSeconds()
            let checking = try timed { fault = try Audit.verify(store) }
            say(
                "\(count) entries checked: \(rounded(checking)) s, \(fault.map { $0.text.en } ?? "the history holds"), "
                    + "at most \(greatestMemory()) MB in memory")
            guard fault == nil else { throw Failure(description: "the history does not hold") }
            guard processorSeconds() - before < limit else {
                throw Failure(description: "it took longer than \(limit) s")
            }
        }
    }

    private static func write(_ count: Int, to store: SQLCaseStore) throws {
        for block in 0..<(count + 9_999) / 10_000 {
            try store.blockingWrite { transaction in
                let program = try transaction.programCode()
                for number in block * 10_000..<min(count, (block + 1) * 10_000) {
                    try transaction.append(
                        HistoryEntry(
                            program: program, at: CaseworkProbe.start.adding(milliseconds: Int64(number)),
                            by: .system, subjectKind: "claim", subject: RecordID(high: 1, low: UInt64(number / 4)),
                            action: "claim/accept", reason: Reason("test"),
                            changes: [
                                FieldChange("state", before: .code("proposed"), after: .code("accepted")),
                                FieldChange("leaseEnd", before: nil, after: .moment(CaseworkProbe.start)),
                            ]))
                }
            }
        }
    }

    static func offers(_ count: Int) throws {
        try CaseworkProbe.withFile { store in
            let rules = try SampleRules.rules()
            for isKept in [false, true] {
                let seconds = try timed {
                    try store.blockingWrite { transaction in
                        var number = isKept ? 1_000_000_000 : 0
                        let desk = CaseDesk(
                            rules: rules, store: transaction, actor: .system, now: CaseworkProbe.start,
                            newID: { RecordID(high: 5, low: 0) })
                        let registrar = Registrar(
                            transaction: transaction, admission: Admission(areas: .empty, categories: .empty),
                            desk: isKept ? desk : nil)
                        let party = RecordID(high: 1, low: 1)
                        try registrar.admit(
                            Party(id: party, kind: .donor), key: RecordKey(source: "m", externalID: "p", id: party),
                            name: "p")
                        for _ in 0..<count {
                            number += 1
                            try registrar.admit(
                                Offer(
                                    key: RecordKey(
                                        source: "m", externalID: "o\(number)",
                                        id: RecordID(high: 2, low: UInt64(number))),
                                    party: party, text: "一张学习桌椅, 九成新",
                                    lines: [OfferLine(category: nil, available: 5)]))
                        }
                    }
                }
                say("\(count) offers \(isKept ? "with" : "without") history: \(Int(Double(count) / seconds)) rows/s")
            }
        }
    }

    static func timed(_ body: () throws -> Void) rethrows -> Double {
        let start = ContinuousClock.now
        try body()
        return (ContinuousClock.now - start) / .seconds(1)
    }

    /// Seconds of processor time that this process has used.
    static func processorSeconds() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

    static func rounded(_ seconds: Double) -> String { "\((seconds * 10).rounded() / 10)" }

    /// What the process needed at most so far, in megabytes.
    static func greatestMemory() -> Int {
        var usage = rusage()
        #if canImport(Glibc)
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
            return usage.ru_maxrss / 1_024
        #else
            getrusage(RUSAGE_SELF, &usage)
            return usage.ru_maxrss / 1_048_576
        #endif
    }
}
