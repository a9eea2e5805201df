#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Processor seconds of this thread that a piece of work takes, the least of three: other programs on the machine
/// must not decide whether a test about growth passes.
func threadSeconds(of work: () -> Void) -> Double {
    func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    var least = Double.infinity
    for _ in 0..<3 {
        let start = now()
        work()
        least = min(least, now() - start)
    }
    return least
}
