internal import CLibPQ
internal import Dispatch
internal import Foundation

/// Stops what a connection is at, from another thread, and tells how long it has waited for its server.
///
/// Unchecked: libpq's cancel object may be used from any thread; what changes is touched inside the lock only, and the
/// object is freed when nobody asks by it any more.
final class PostgreSQLCanceller: @unchecked Sendable {
    /// The server that the connection leads to.
    let host: PostgreSQLAddress.Host
    private let lock = NSLock()
    private let handle: OpaquePointer?
    /// A descriptor of our own: libpq closes its one as soon as the connection breaks, and the number may be another's then.
    private var socket: CInt
    private var asking = 0
    private var isOver = false
    private var waitingSince: ContinuousClock.Instant?

    /// How long a server may take to heed a request to stop, in seconds.
    private static let patience = 2.0

    init(_ link: OpaquePointer, host: PostgreSQLAddress.Host) {
        self.host = host
        handle = PQgetCancel(link)
        socket = fcntl(PQsocket(link), F_DUPFD_CLOEXEC, 0)
    }

    /// Asks the server to stop what it is at, and blocks for a round trip on a connection of its own; what the server was
    /// not at any more goes on unharmed. Where the server does not answer, the connection is ended: the request may still
    /// reach it, and would strike what came next.
    func cancel() {
        let isAsked = lock.withLock {
            guard handle != nil, !isOver else { return false }
            asking += 1
            return true
        }
        guard isAsked else { return }
        let answered = DispatchSemaphore(value: 0)
        // libpq waits for the answer without end, so on a thread that may be lost.
        Thread.detachNewThread { [self] in
            var text = [CChar](repeating: 0, count: 256)
            _ = PQcancel(handle, &text, CInt(text.count))
            lock.withLock {
                asking -= 1
                freeIfUnused()
            }
            answered.signal()
        }
        if answered.wait(timeout: .now() + Self.patience) == .timedOut { cut() }
    }

    /// Ends the connection without a word to the server: whoever waits for it is told at once that it was lost.
    func cut() { lock.withLock { if socket >= 0 { _ = shutdown(socket, CInt(SHUT_RDWR)) } } }

    /// Before the connection is freed.
    func invalidate() {
        lock.withLock {
            if socket >= 0 { close(socket) }
            (socket, isOver) = (-1, true)
            freeIfUnused()
        }
    }

    private func freeIfUnused() { if isOver, asking == 0 { PQfreeCancel(handle) } }

    // MARK: How long it waits

    /// Runs what waits for the server.
    func waiting<Result>(_ body: () throws -> Result) rethrows -> Result {
        lock.withLock { waitingSince = .now }
        defer { lock.withLock { waitingSince = nil } }
        return try body()
    }

    /// Whether its user has waited for the server since before a moment.
    func waits(since moment: ContinuousClock.Instant) -> Bool {
        lock.withLock { waitingSince.map { $0 <= moment } ?? false }
    }
}
