import Foundation
import MatchCore

/// What this process has used so far, as the operating system counts it.
enum ProcessMeter {
    /// For ``AllocationRun``: user CPU seconds of all threads, a clock that never goes back, and the peak memory.
    static let allocation = AllocationRun.Meter(
        cpuSeconds: { ProcessMeter.cpuSeconds }, wallSeconds: { ProcessMeter.wallSeconds },
        peakMegabytes: { Int(ProcessMeter.usage.ru_maxrss) / 1024 })

    /// User CPU seconds; the peers of the measurements are counted by the same figure.
    static var cpuSeconds: Double {
        let time = usage.ru_utime
        return Double(time.tv_sec) + Double(time.tv_usec) * 1e-6
    }

    static var wallSeconds: Double { Double(DispatchTime.now().uptimeNanoseconds) * 1e-9 }

    private static var usage: rusage {
        var usage = rusage()
        #if canImport(Glibc)
            getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
        #else
            getrusage(RUSAGE_SELF, &usage)
        #endif
        return usage
    }
}
