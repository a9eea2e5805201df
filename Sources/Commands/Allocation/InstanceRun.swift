import Exchange
import Foundation
import MatchCore

/// One run over a file of the benchmark format: solve, check the proof, write the result, print what it took.
struct InstanceRun {
    let session: Session
    let file: String
    let mode: AllocationMode
    /// Where the plan and its prices go; nil for nowhere.
    let out: String?

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

        enum CodingKeys: String, CodingKey {
            case objective, matched, mode
            case loadCPU = "load_cpu"
            case solveCPU = "solve_cpu"
            case proofCPU = "proof_cpu"
            case solveWall = "solve_wall"
            case rssMB = "rss_mb"
            case worstArea = "worst_area"
        }
    }

    func run() throws {
        let source = try open()
        let run: AllocationRun
        do {
            run = try AllocationRun(mode, meter: ProcessMeter.allocation) { try piece(of: source) }
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
            worstArea: mode == .fair ? run.result.areas.worst.map { Double($0.served) / Double($0.wishes) } : nil)
        guard !session.options.json else { return try session.emitLine(record) }
        session.say(
            AllocateWords.instanceResult.filled([
                "objective": Numbers.grouped(Int64(record.objective)),
                "matched": Numbers.grouped(Int64(record.matched)),
                "solve": String(format: "%.3f", record.solveCPU), "proof": String(format: "%.3f", record.proofCPU),
            ])[session.language])
    }

    private func open() throws -> FileSource {
        do {
            return try FileSource(path: file)
        } catch {
            throw CommandError(.notFound, BenchWords.missingFile.filled(["file": file]))
        }
    }

    /// The next piece of the file, or nil at its end; a file of gigabytes never stands in memory.
    private func piece(of source: FileSource) throws -> [UInt8]? {
        let piece = try [UInt8](unsafeUninitializedCapacity: 1 << 18) { buffer, count in
            count = try source.read(into: UnsafeMutableRawBufferPointer(buffer))
        }
        return piece.isEmpty ? nil : piece
    }

    /// Microseconds are as fine as the system counts.
    private func rounded(_ seconds: Double) -> Double { (seconds * 1e6).rounded() / 1e6 }
}
