#if canImport(Glibc)
    import Glibc
#endif

/// Asks the system to back large columns with large pages.
///
/// A solve reads hundreds of megabytes by rows; with 4 KB pages a tenth of its time goes into page faults and address
/// translation. It is advice only: nothing depends on whether the system follows it, or on the platform.
enum MemoryAdvice {
    private static let pageSize = 1 << 21

    static func useLargePages(_ start: UnsafeMutableRawPointer, bytes: Int) {
        #if canImport(Glibc)
            // Whole large pages within the column only, so that no other memory is touched by the advice.
            let first = (Int(bitPattern: start) + pageSize - 1) / pageSize * pageSize
            let end = (Int(bitPattern: start) + bytes) / pageSize * pageSize
            if end > first, let address = UnsafeMutableRawPointer(bitPattern: first) {
                _ = madvise(address, end - first, MADV_HUGEPAGE)
            }
        #endif
    }
}
