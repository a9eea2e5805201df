import ArgumentParser
import Benchmarks
import Exchange
import Foundation
import MatchCore

/// `almoner bench allocate`: solves an instance of any size, cold and after a day's changes, on generated data or a file.
struct BenchAllocateCommand: LocalCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("allocate", .benchAllocate, isLocal: true) }

    @Option(help: ArgumentHelp(.benchWishes, value: "count"))
    var wishes: Int = 100_000

    @Option(help: ArgumentHelp(.benchOffers, value: "count"))
    var offers: Int?

    @Option(help: ArgumentHelp(.allocateCandidates, value: "count"))
    var candidates: Int = 32

    @Option(help: ArgumentHelp(.benchSeed, value: "number"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp(.benchDays, value: "count"))
    var days: Int = 5

    @Option(help: ArgumentHelp(.benchSolves, value: "count"))
    var solves: Int = 1

    @Option(help: ArgumentHelp(.allocateInstance, value: "file"), completion: .file())
    var instance: String?

    @Option(help: ArgumentHelp(.benchWrite, value: "file"), completion: .file())
    var write: String?

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Record: Encodable {
        var wishes: Int
        var offers: Int
        var pairs: Int
        var objective: Int
        var matched: Int
        /// CPU seconds, each a median: solving, checking the proof, a day's changes and solving that day afresh.
        var solveCPU: Double
        var proofCPU: Double
        var warmCPU: Double
        var coldCPU: Double
        var ratio: Double
        var rssMB: Int

        enum CodingKeys: String, CodingKey {
            case wishes, offers, pairs, objective, matched, ratio
            case solveCPU = "solve_cpu"
            case proofCPU = "proof_cpu"
            case warmCPU = "warm_cpu"
            case coldCPU = "cold_cpu"
            case rssMB = "rss_mb"
        }
    }

    func perform(in session: Session) throws -> ExitStatus {
        try CommandError.check("--wishes", wishes, least: 1)
        try CommandError.check("--offers", offers, least: 1)
        try CommandError.check("--candidates", candidates, least: 1)
        try CommandError.check("--days", days, least: 0)
        try CommandError.check("--solves", solves, least: 1)
        var generator = AllocationGenerator(seed: seed)
        let instance = try made(by: &generator)
        if let write { try text(of: instance, to: write) }
        let record: Record
        do {
            record = try measure(instance, &generator)
        } catch let error as AllocationError {
            throw CommandError(.refused, LocalizedText(same: error.description))
        }
        guard !session.options.json else {
            try session.emitLine(record)
            return .success
        }
        func seconds(_ value: Double) -> String { String(format: "%.4f", value) }
        session.say(
            BenchWords.allocated,
            [
                "wishes": Numbers.grouped(Int64(record.wishes)), "offers": Numbers.grouped(Int64(record.offers)),
                "pairs": Numbers.grouped(Int64(record.pairs)), "objective": Numbers.grouped(Int64(record.objective)),
                "matched": Numbers.grouped(Int64(record.matched)), "solve": seconds(record.solveCPU),
                "proof": seconds(record.proofCPU), "warm": seconds(record.warmCPU), "cold": seconds(record.coldCPU),
                "ratio": String(format: "%.1f", record.ratio), "memory": "\(record.rssMB)",
            ])
        return .success
    }

    private func made(by generator: inout AllocationGenerator) throws -> AllocationInstance {
        do {
            guard let instance else {
                return try generator.instance(wishes: wishes, offers: offers ?? wishes, candidates: candidates)
            }
            return try InstanceFile(path: instance).instance()
        } catch let error as AllocationError {
            throw CommandError(.refused, LocalizedText(same: error.description), place: instance)
        }
    }

    /// Every result is checked against its proof, and every day's warm plan against one made afresh.
    private func measure(
        _ instance: AllocationInstance, _ generator: inout AllocationGenerator
    ) throws -> Record {
        func timed<Result>(_ body: () throws -> Result) rethrows -> (Result, Double) {
            let start = ProcessMeter.cpuSeconds
            let result = try body()
            return (result, ProcessMeter.cpuSeconds - start)
        }
        var (solve, proof): ([Double], [Double]) = ([], [])
        func solved() throws -> (objective: Int, matched: Int) {
            let (result, spent) = try timed { try AllocationSolver(instance).solve(.bypass) }
            solve.append(spent)
            proof.append(try timed { try AllocationCertificate.check(result, of: instance) }.1)
            return (result.objective, result.matched)
        }
        let first = try solved()
        for _ in 1..<solves { _ = try solved() }
        var (warm, cold): ([Double], [Double]) = ([], [])
        if days > 0 {
            let session = try AllocationSession(instance)
            _ = session.solve()
            for _ in 0..<days {
                let changes = generator.changes(to: instance)
                let (result, spent) = try timed {
                    for change in changes { try session.replaceCandidates(of: change.wish, with: change.row) }
                    return session.solve()
                }
                let today = session.instance
                try AllocationCertificate.check(result, of: today)
                let (fresh, afresh) = try timed { try AllocationSolver(today).solve(.bypass) }
                guard fresh.objective == result.objective else {
                    throw AllocationError(.proofFailed, message: "The warm plan is not the best one.")
                }
                warm.append(spent)
                cold.append(afresh)
            }
        }
        func median(_ values: [Double]) -> Double { values.isEmpty ? 0 : values.sorted()[values.count / 2] }
        return Record(
            wishes: instance.wishCount, offers: instance.offerCount, pairs: instance.candidates.count,
            objective: first.objective, matched: first.matched, solveCPU: median(solve), proofCPU: median(proof),
            warmCPU: median(warm), coldCPU: median(cold), ratio: median(zip(cold, warm).map { $0 / max($1, 1e-6) }),
            rssMB: ProcessMeter.allocation.peakMegabytes())
    }

    private func text(of instance: AllocationInstance, to path: String) throws {
        let file = try OutputFile(path: path, apartFrom: [])
        var text: [UInt8] = []
        func put(_ numbers: [Int]) { text += (numbers.map { "\($0)" }.joined(separator: " ") + "\n").utf8 }
        text += "ALLOC1 ".utf8
        put([instance.wishCount, instance.offerCount, instance.candidates.count, Int(seed % 1_000_000_000)])
        for (capacity, area) in zip(instance.capacities, instance.offerAreas) { put([Int(capacity), Int(area)]) }
        for wish in 0..<instance.wishCount {
            let row = instance.candidates[Int(instance.rowStart[wish])..<Int(instance.rowStart[wish + 1])]
            put(
                [
                    Int(instance.quantities[wish]), Int(instance.wishAreas[wish]), Int(instance.urgencies[wish]),
                    row.count,
                ] + row.flatMap { [Int($0.offer), Int($0.score)] })
            if text.count > 1 << 20 {
                try file.write(text)
                text.removeAll(keepingCapacity: true)
            }
        }
        try file.write(text)
        try file.finish()
    }
}
