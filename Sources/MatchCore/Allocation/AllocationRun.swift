/// One run over an instance's text: read, solve, check, with what each part took.
public struct AllocationRun: Sendable {
    /// Where a run reads its times. The core has no clock of its own.
    public struct Meter: Sendable {
        /// CPU seconds of the process.
        public var cpuSeconds: @Sendable () -> Double
        /// Seconds on a clock that never goes back.
        public var wallSeconds: @Sendable () -> Double
        /// The process's greatest resident memory so far, in megabytes.
        public var peakMegabytes: @Sendable () -> Int

        /// Makes a meter.
        public init(
            cpuSeconds: @escaping @Sendable () -> Double, wallSeconds: @escaping @Sendable () -> Double,
            peakMegabytes: @escaping @Sendable () -> Int
        ) {
            self.cpuSeconds = cpuSeconds
            self.wallSeconds = wallSeconds
            self.peakMegabytes = peakMegabytes
        }
    }

    /// The plan and its proof; already checked.
    public let result: AllocationResult
    /// CPU seconds to read the text.
    public let loadCPU: Double
    /// CPU seconds to solve.
    public let solveCPU: Double
    /// CPU seconds to check the proof.
    public let proofCPU: Double
    /// Wall seconds to solve.
    public let solveWall: Double
    /// The process's greatest resident memory, in megabytes.
    public let rssMB: Int

    /// The total score.
    public var objective: Int { result.objective }
    /// The number of wishes served.
    public var matched: Int { result.matched }

    /// Reads the text of an instance, solves it and checks the proof.
    ///
    /// - Parameters:
    ///   - limit: Wall seconds from now, reading included, after which the solver ends with the best so far.
    ///   - nextPiece: Gives the text piece by piece, and nil at its end, so that a file need not stand in memory.
    /// - Throws: ``AllocationError``, or what `nextPiece` throws.
    public init(
        _ mode: AllocationMode, meter: Meter, secondsAtMost limit: Double? = nil, nextPiece: () throws -> [UInt8]?
    ) throws {
        let begin = meter.cpuSeconds()
        let start = meter.wallSeconds()
        var reader = AllocationInstanceReader()
        while let piece = try nextPiece() { try piece.withUnsafeBytes { try reader.append($0) } }
        let instance = try reader.finish()
        let solver = try AllocationSolver(instance)
        let loaded = meter.cpuSeconds()
        let wall = meter.wallSeconds()
        let result = solver.solve(mode) { limit.map { meter.wallSeconds() - start > $0 } ?? false }
        let solved = meter.cpuSeconds()
        solveWall = meter.wallSeconds() - wall
        try AllocationCertificate.check(result, of: instance)
        self.result = result
        loadCPU = loaded - begin
        solveCPU = solved - loaded
        proofCPU = meter.cpuSeconds() - solved
        rssMB = meter.peakMegabytes()
    }

    /// Reads the whole text of an instance, solves it and checks the proof.
    ///
    /// - Throws: ``AllocationError``.
    public init(bytes: [UInt8], _ mode: AllocationMode, meter: Meter) throws {
        var rest: [UInt8]? = bytes
        try self.init(mode, meter: meter) {
            defer { rest = nil }
            return rest
        }
    }
}
