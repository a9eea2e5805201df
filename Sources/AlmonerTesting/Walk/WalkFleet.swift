public import Casework
internal import Foundation
internal import MatchCore
internal import Storage

/// Many walks, each over a program of its own in a database in memory, on some threads.
public struct WalkFleet: Sendable {
    /// What the walks came to.
    public struct Report: Sendable {
        /// How often each thing was done.
        public internal(set) var counts: [String: Int] = [:]
        /// What diverged, with its seed and step: `CaseWalk` with that seed makes the same steps again.
        public internal(set) var faults: [String] = []
        public internal(set) var historyEntries: Int64 = 0
    }

    public let seeds: ClosedRange<UInt64>
    public let steps: Int
    public let start: Moment
    public let threads: Int

    public init(seeds: ClosedRange<UInt64>, steps: Int = 200, start: Moment, threads: Int = 2) {
        self.seeds = seeds
        self.steps = steps
        self.start = start
        self.threads = max(1, threads)
    }

    /// Walks all seeds to their ends. A walk that diverges ends there; the others go on.
    public func run() -> Report {
        let logbook = Logbook()
        let crew = (0..<threads).map { number in
            Thread {
                logbook.note(walk(number))
            }
        }
        for thread in crew {
            // What SQLite and a deep call chain need; the default of a second thread is small.
            thread.stackSize = 8 << 20
            thread.start()
        }
        return logbook.whole(after: threads)
    }

    private func walk(_ number: Int) -> Report {
        var report = Report()
        do {
            let rules = try SampleRules.rules()
            let database = try TestDatabase.empty()
            try Schema.migrate(database, at: 0)
            for seed in seeds where Int(seed % UInt64(threads)) == number {
                do { try walk(seed, rules, database, &report) } catch { report.faults.append("\(error)") }
            }
            try database.close()
        } catch { report.faults.append("\(error)") }
        return report
    }

    private func walk(
        _ seed: UInt64, _ rules: CaseRules, _ database: any Database, _ report: inout Report
    ) throws {
        let code = "walk\(seed)"
        _ = try Programs(database: database).create(
            Programs.Program(code: code, name: LocalizedText(zhHans: "走", en: "walk")), at: Timestamp(milliseconds: 0))
        let store = SQLCaseStore(database: database, program: code, vault: try TestDatabase.vault(for: database))
        var walk = CaseWalk(seed: seed, rules: rules, start: start)
        try walk.prepare(store)
        try walk.run(to: steps, on: store)
        report.counts.merge(walk.counts) { $0 + $1 }
        if let fault = try Audit.verify(store) {
            throw CaseWalk.Divergence("seed \(seed), at its end: \(fault.text.en)")
        }
        report.historyEntries += try store.blockingRead { try $0.chainHead() }.number
    }
}

/// Where the threads put their reports down. Every access holds the condition's lock, so it may be shared.
private final class Logbook: @unchecked Sendable {
    private let condition = NSCondition()
    private var report = WalkFleet.Report()
    private var finished = 0

    func note(_ part: WalkFleet.Report) {
        condition.lock()
        defer { condition.unlock() }
        report.counts.merge(part.counts) { $0 + $1 }
        report.faults += part.faults
        report.historyEntries += part.historyEntries
        finished += 1
        condition.signal()
    }

    func whole(after threads: Int) -> WalkFleet.Report {
        condition.lock()
        defer { condition.unlock() }
        while finished < threads { condition.wait() }
        return report
    }
}
