import Foundation
import MatchCore

/// One run over a file of the benchmark format: solve, check the proof, write the result, print what it took.
struct InstanceRun {
    let session: Session
    let file: String
    let mode: AllocationMode
    /// Where the plan and its prices go; nil for nowhere.
    let out: String?
    /// Wall seconds after which the best so far is given.
    let limit: Double?

    private struct Record: Encodable {
        var objective: Int
        var matched: Int
        var mode: String
        var loadCPU: Double
        var solveCPU: Double
        var proofCPU: Double
        var solveWall: Double
        var rssMB: Int
        /// Mode fair: the served share of the worst served area, 0…1.
        var worstArea: Double?
        /// A run that its deadline cut: what no plan's score passes, and whether it was cut at all.
        var bound: Int?
        var isCut: Bool

        enum CodingKeys: String, CodingKey {
            case objective, matched, mode
            case loadCPU = "load_cpu"
            case solveCPU = "solve_cpu"
            case proofCPU = "proof_cpu"
            case solveWall = "solve_wall"
            case rssMB = "rss_mb"
            case worstArea = "worst_area"
            case bound
            case isCut = "is_cut"
        }
    }

    func run() throws {
        let source = try InstanceFile(path: file)
        let run: AllocationRun
        do {
            run = try AllocationRun(mode, meter: ProcessMeter.allocation, secondsAtMost: limit) { try source.piece() }
        } catch let error as AllocationError {
            throw CommandError(.refused, LocalizedText(same: error.description), place: file)
        }
        if let out {
            do {
                try Data(run.result.text).write(to: URL(filePath: out))
            } catch {
                throw CommandError(.failure, AllocateWords.cannotWrite.filled(["file": out]))
            }
        }
        let record = Record(
            objective: run.objective, matched: run.matched, mode: mode.rawValue, loadCPU: rounded(run.loadCPU),
            solveCPU: rounded(run.solveCPU), proofCPU: rounded(run.proofCPU), solveWall: rounded(run.solveWall),
            rssMB: run.rssMB,
            worstArea: mode == .fair ? run.result.areas.worst.map { Double($0.served) / Double($0.wishes) } : nil,
            bound: run.result.scoreBound, isCut: run.result.isCut)
        guard !session.options.json else { return try session.emitLine(record) }
        session.say(
            (run.result.isCut ? AllocateWords.instanceCut : .instanceResult).filled([
                "bound": Numbers.grouped(Int64(run.result.scoreBound ?? 0)),
                "objective": Numbers.grouped(Int64(record.objective)),
                "matched": Numbers.grouped(Int64(record.matched)),
                "solve": String(format: "%.3f", record.solveCPU), "proof": String(format: "%.3f", record.proofCPU),
            ])[session.language])
    }

    /// Microseconds are as fine as the system counts.
    private func rounded(_ seconds: Double) -> Double { (seconds * 1e6).rounded() / 1e6 }
}
