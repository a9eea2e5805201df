internal import CLibPQ
internal import Foundation

/// Tells other processes that something was committed, and hears it from them: LISTEN and NOTIFY, on a connection and a
/// thread of its own.
///
/// Telling is no part of the transactions. NOTIFY inside one holds a lock of the whole server until the commit is on the
/// disk, so that all commits would queue up one behind another; here many commits share one notice. A notice that is lost
/// costs a second: whoever follows looks that often anyway.
///
/// Unchecked: what changes is touched inside the lock only, and the link by the thread alone.
final class ChangeLine: @unchecked Sendable {
    private let lock = NSLock()
    private var hasNews = false
    private var isOver = false
    private var isRunning = false
    /// Whether the server of the link has been replaced.
    private var isStale = false
    private var canceller: PostgreSQLCanceller?
    private var hearers: [@Sendable () -> Void] = []
    /// A byte in it wakes the thread.
    private var pipe: (reading: CInt, writing: CInt) = (-1, -1)
    private let connect: @Sendable () throws -> PostgreSQLLink
    /// Tells the notices of this process from those of others.
    private let name = UUID().uuidString.lowercased()

    /// How long commits are gathered before one notice tells of them, in milliseconds.
    static let gathering = 50
    /// How long to wait before connecting again, in milliseconds.
    private static let retrying = 500

    init(connect: @escaping @Sendable () throws -> PostgreSQLLink) {
        self.connect = connect
    }

    /// Calls the body from now on when another process tells of a change, and when something may have been missed. It is
    /// called on the line's thread and has to be short.
    func listen(_ hearer: @escaping @Sendable () -> Void) {
        lock.withLock {
            guard !isOver else { return }
            hearers.append(hearer)
            guard !isRunning else { return }
            var ends: [CInt] = [-1, -1]
            guard Foundation.pipe(&ends) == 0 else { return }
            for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
            pipe = (ends[0], ends[1])
            isRunning = true
            let thread = Thread { self.serve() }
            thread.name = "almoner changes"
            thread.start()
        }
    }

    /// Tells the others, soon and without waiting. Nothing where nobody listens here: a command that runs alone.
    func tell() {
        lock.withLock {
            guard isRunning, !isOver, !hasNews else { return }
            hasNews = true
            wake()
        }
    }

    /// Goes over to the server that has taken the place of the one it was on: the others tell and listen there.
    func renew() {
        lock.withLock {
            guard isRunning, !isOver else { return }
            isStale = true
            canceller?.cut()
            wake()
        }
    }

    func close() {
        lock.withLock {
            isOver = true
            if isRunning { wake() }
        }
    }

    private func wake() {
        var byte: UInt8 = 1
        // A pipe that is full wakes the thread as well.
        _ = write(pipe.writing, &byte, 1)
    }

    // MARK: On the thread

    private func serve() {
        var link: PostgreSQLLink?
        var channel = ""
        var lastTold = ContinuousClock.now - .seconds(1)
        while !lock.withLock({ isOver }) {
            do {
                if lock.withLock({ isStale }) { link = nil }
                if link == nil {
                    lock.withLock { isStale = false }
                    let made = try connect()
                    lock.withLock { canceller = made.canceller }
                    channel = try made.firstRow("SELECT quote_ident(left('almoner ' || current_schema(), 63))")[0] ?? ""
                    // What is told is not kept, so it need not wait for the disk or a standby.
                    try made.execute("SET synchronous_commit = off; LISTEN \(channel)")
                    link = made
                    hear()
                }
                guard let link else { continue }
                let sinceTold = Int((ContinuousClock.now - lastTold) / .milliseconds(1))
                if lock.withLock({ hasNews }), sinceTold >= Self.gathering {
                    lock.withLock { hasNews = false }
                    try link.execute("NOTIFY \(channel), '\(name)'")
                    lastTold = .now
                }
                try receive(on: link)
                let left = lock.withLock { hasNews } ? Self.gathering - sinceTold : 10_000
                wait(for: PQsocket(link.handle), milliseconds: max(1, left))
            } catch {
                link = nil
                wait(for: -1, milliseconds: Self.retrying)
            }
        }
        lock.withLock {
            isRunning = false
            Foundation.close(pipe.reading)
            Foundation.close(pipe.writing)
        }
    }

    private func receive(on link: PostgreSQLLink) throws {
        guard PQconsumeInput(link.handle) == 1, !link.isBroken else {
            throw DatabaseError(.connectionLost, message: "The connection to the database was lost.")
        }
        var isNew = false
        while let notice = PQnotifies(link.handle) {
            if String(cString: notice.pointee.extra) != name { isNew = true }
            PQfreemem(notice)
        }
        if isNew { hear() }
    }

    private func hear() {
        for hearer in lock.withLock({ hearers }) { hearer() }
    }

    /// Until something comes in, somebody has news, or the time is over.
    private func wait(for socket: CInt, milliseconds: Int) {
        var ends = [pollfd(fd: pipe.reading, events: Int16(POLLIN), revents: 0)]
        if socket >= 0 { ends.append(pollfd(fd: socket, events: Int16(POLLIN), revents: 0)) }
        _ = poll(&ends, nfds_t(ends.count), CInt(clamping: milliseconds))
        var bytes = [UInt8](repeating: 0, count: 64)
        while read(pipe.reading, &bytes, bytes.count) > 0 {}
    }
}
