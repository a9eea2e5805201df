#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a piece of work took of the machine.
struct Effort: Encodable {
    /// Processor time of all threads, user and system.
    var cpuSeconds: Double
    var wallSeconds: Double
    /// The most memory the process has had so far, what came before the work included.
    var peakBytes: Int64

    /// Does the work and measures it.
    static func measure(_ work: () throws -> Void) rethrows -> Effort {
        let start = ContinuousClock.now
        let before = usage()
        try work()
        let after = usage()
        let elapsed = ContinuousClock.now - start
        return Effort(
            cpuSeconds: after.cpu - before.cpu,
            wallSeconds: Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18,
            peakBytes: after.peak)
    }

    private static func usage() -> (cpu: Double, peak: Int64) {
        var usage = rusage()
        #if canImport(Glibc)
            let asked = getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
            // Linux counts in KiB.
            let scale: Int64 = 1024
        #else
            let asked = getrusage(RUSAGE_SELF, &usage)
            let scale: Int64 = 1
        #endif
        guard asked == 0 else { return (0, 0) }
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return (seconds(usage.ru_utime) + seconds(usage.ru_stime), Int64(usage.ru_maxrss) * scale)
    }
}
