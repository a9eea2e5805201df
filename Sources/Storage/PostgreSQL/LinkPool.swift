internal import Foundation

/// Connections to the server, lent to one user at a time, and opened as they are needed.
///
/// Unchecked: everything that changes is touched inside the condition's lock only, and a link belongs to whoever has it
/// on lease.
final class LinkPool: @unchecked Sendable {
    private let condition = NSCondition()
    private var idle: [PostgreSQLLink] = []
    /// Links that are open, lent or being opened.
    private var count = 0
    private var lent: [ObjectIdentifier: PostgreSQLLink] = [:]
    private var isClosed = false
    private let limit: Int
    private let open: @Sendable () throws -> PostgreSQLLink
    /// False for a link to a server whose place another has taken.
    let isCurrent: @Sendable (PostgreSQLLink) -> Bool

    init(
        limit: Int, isCurrent: @escaping @Sendable (PostgreSQLLink) -> Bool,
        open: @escaping @Sendable () throws -> PostgreSQLLink
    ) {
        self.limit = max(1, limit)
        self.isCurrent = isCurrent
        self.open = open
    }

    /// Lends a link, waiting until one is free. Throws `busy` after the deadline, `closed`, or what opening one throws.
    func lease(until deadline: ContinuousClock.Instant) throws -> PostgreSQLLink {
        condition.lock()
        defer { condition.unlock() }
        while true {
            guard !isClosed else { throw Self.closedError }
            // The one that was used last is the likeliest to be sound, and its caches are warm.
            while let link = idle.popLast() {
                if isCurrent(link) { return lend(link) }
                leaveOne()
            }
            if count < limit { break }
            let left = ContinuousClock.now.duration(to: deadline)
            guard left > .zero, condition.wait(until: Date(timeIntervalSinceNow: left / .seconds(1))) else {
                throw DatabaseError(
                    .busy, message: "All \(limit) connections to the database stayed in use. Try again, or allow more.")
            }
        }
        count += 1
        condition.unlock()
        let opened = Result { try open() }
        condition.lock()
        if case .failure = opened { leaveOne() }
        return lend(try opened.get())
    }

    private func lend(_ link: PostgreSQLLink) -> PostgreSQLLink {
        lent[ObjectIdentifier(link)] = link
        return link
    }

    /// Takes a link back; one that is broken, that a transaction still stands on, or whose server was replaced, is thrown
    /// away.
    func giveBack(_ link: PostgreSQLLink) {
        condition.lock()
        lent[ObjectIdentifier(link)] = nil
        if isClosed || link.isBroken || !link.isIdle || !isCurrent(link) {
            leaveOne()
        } else {
            idle.append(link)
            condition.signal()
        }
        condition.unlock()
    }

    /// Throws away the links that nobody uses: where one was found broken, the server has most likely gone.
    func dropIdle() {
        condition.lock()
        let dropped = idle
        idle = []
        for _ in dropped { leaveOne() }
        condition.unlock()
    }

    /// Throws away the links to a server whose place another has taken, and ends those that are lent: a commit there would
    /// wait for a standby that follows it no more, and a server that stands still never answers.
    func leaveSuperseded() {
        condition.lock()
        let superseded = idle.filter { !isCurrent($0) }
        idle.removeAll { !isCurrent($0) }
        for _ in superseded { leaveOne() }
        let working = lent.values.filter { !isCurrent($0) }.map(\.canceller)
        condition.unlock()
        for canceller in working { canceller.cut() }
    }

    /// What has waited for its server since before a moment; nil once the pool is closed.
    func waiting(since moment: ContinuousClock.Instant) -> [PostgreSQLCanceller]? {
        condition.lock()
        defer { condition.unlock() }
        return isClosed ? nil : lent.values.map(\.canceller).filter { $0.waits(since: moment) }
    }

    /// Ends every connection; waits for those that are lent, up to the deadline.
    func close(until deadline: ContinuousClock.Instant) {
        condition.lock()
        isClosed = true
        for _ in idle { leaveOne() }
        idle = []
        condition.broadcast()
        while count > 0 {
            let left = ContinuousClock.now.duration(to: deadline)
            guard left > .zero, condition.wait(until: Date(timeIntervalSinceNow: left / .seconds(1))) else { break }
        }
        condition.unlock()
    }

    private func leaveOne() {
        count -= 1
        condition.broadcast()
    }

    static var closedError: DatabaseError {
        DatabaseError(.closed, message: "The database has been closed. Open it again.")
    }
}
