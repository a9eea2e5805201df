import Foundation

/// A value that one thread at a time may touch.
///
/// Over a lock that the thread sanitizer knows: `Synchronization.Mutex` is invisible to it on Linux, so that each use is
/// reported as a race and real ones drown. Unchecked, since the compiler cannot see that every access to the value is
/// inside the lock; it is, as the value is private.
final class Guarded<Value>: @unchecked Sendable {
    private let lock = NSLock()
    private var value: Value

    init(_ value: sending Value) {
        self.value = value
    }

    func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        try lock.withLock { try body(&value) }
    }
}
