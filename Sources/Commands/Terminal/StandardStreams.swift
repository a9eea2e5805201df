#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The process's output and error streams, written in whole pieces.
enum StandardStreams {
    static func write(_ text: String) { write(text, to: STDOUT_FILENO) }

    static func writeError(_ text: String) { write(text, to: STDERR_FILENO) }

    /// A reader that went away (`almoner wish list | head`) ends the process quietly, as other commands do.
    private static func write(_ text: String, to descriptor: Int32) {
        var text = text
        text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)[...]
            while !rest.isEmpty {
                let count = UnsafeRawBufferPointer(rebasing: rest).withUnsafeBytesPointer { base, length in
                    #if canImport(Glibc)
                        Glibc.write(descriptor, base, length)
                    #else
                        Darwin.write(descriptor, base, length)
                    #endif
                }
                if count < 0 {
                    if errno == EINTR || errno == EAGAIN { continue }
                    exit(errno == EPIPE ? 0 : 74)
                }
                rest = rest.dropFirst(count)
            }
        }
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func withUnsafeBytesPointer<Result>(_ body: (UnsafeRawPointer?, Int) -> Result) -> Result {
        body(baseAddress, count)
    }
}
