import AlmonerTesting
import Dispatch
import Foundation
import Synchronization
import Testing

@testable import Storage

/// Which connections are used again, and which are not; see `TestDatabase`.
@Suite(.enabled(if: TestDatabase.server != nil)) struct LinkPoolTests {
    private func pid(_ link: PostgreSQLLink) throws -> String {
        try #require(try link.firstRow("SELECT pg_backend_pid()")[0])
    }

    /// A pool of one link, to a server that is current as long as the limit is not above its timeline.
    private func pool(_ lowest: SharedNumber) throws -> LinkPool {
        let hosts = PostgreSQLHosts(try PostgreSQLAddress(#require(TestDatabase.server)), options: .init())
        return LinkPool(limit: 1, isCurrent: { $0.timeline >= lowest.value }, open: { try hosts.connect() })
    }

    private final class SharedNumber: Sendable {
        private let number: Mutex<Int>
        init(_ number: Int) { self.number = Mutex(number) }
        var value: Int {
            get { number.withLock { $0 } }
            set { number.withLock { $0 = newValue } }
        }
    }

    private var soon: ContinuousClock.Instant { .now + .seconds(60) }

    @Test func aLinkInsideATransactionIsNotLentAgain() throws {
        let pool = try pool(SharedNumber(0))
        defer { pool.close(until: soon) }
        let first = try pool.lease(until: soon)
        let number = try pid(first)
        pool.giveBack(first)
        let second = try pool.lease(until: soon)
        #expect(try pid(second) == number)
        try second.execute("BEGIN")
        #expect(throws: DatabaseError.self) { try second.execute("SELECT 1 / 0") }
        pool.giveBack(second)
        let third = try pool.lease(until: soon)
        #expect(try pid(third) != number)
        pool.giveBack(third)
    }

    @Test func noLinkToAServerThatWasReplacedIsLent() throws {
        let lowest = SharedNumber(0)
        let pool = try pool(lowest)
        defer { pool.close(until: soon) }
        let first = try pool.lease(until: soon)
        #expect(first.timeline > 0)
        let number = try pid(first)
        let known = first.timeline
        pool.giveBack(first)
        lowest.value = known + 1
        let second = try pool.lease(until: soon)
        #expect(try pid(second) != number)
        // One that was lent meanwhile goes as well.
        let another = try pid(second)
        pool.giveBack(second)
        let third = try pool.lease(until: soon)
        #expect(try pid(third) != another)
        pool.giveBack(third)
    }

    /// A server that stands still neither answers nor closes; one that is slow is there when it is asked.
    @Test(arguments: [false, true]) func aLinkIsEndedWhereItsServerIsNotThere(isThere: Bool) throws {
        let pool = try pool(SharedNumber(0))
        defer { pool.close(until: soon) }
        let asked = SharedNumber(0)
        LinkWatch.begin(pool) { _ in
            asked.value += 1
            return isThere
        }
        let link = try pool.lease(until: soon)
        let begun = ContinuousClock.now
        if isThere {
            try link.execute("SELECT pg_sleep(8)")
            #expect(!link.isBroken && asked.value > 0)
        } else {
            #expect(throws: DatabaseError.self) { try link.execute("SELECT pg_sleep(50)") }
            #expect(link.isBroken && asked.value == 3 && begun.duration(to: .now) < .seconds(40))
        }
        pool.giveBack(link)
    }

    /// libpq closes the descriptor of a connection that breaks, and the next connection may get its number.
    @Test func endingABrokenLinkEndsNoOther() throws {
        let hosts = PostgreSQLHosts(try PostgreSQLAddress(#require(TestDatabase.server)), options: .init())
        for _ in 1...5 {
            let broken = try hosts.connect()
            #expect(throws: DatabaseError.self) {
                try broken.execute("SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(5)")
            }
            #expect(broken.isBroken)
            let others = try (1...4).map { _ in try hosts.connect() }
            broken.canceller.cut()
            for other in others { try other.execute("SELECT 1") }
        }
    }

    /// A commit on a primary that was replaced waits for ever for the standby that follows it no more.
    @Test func whatRunsOnAServerThatWasReplacedIsStopped() throws {
        let lowest = SharedNumber(0)
        let pool = try pool(lowest)
        defer { pool.close(until: soon) }
        let link = try pool.lease(until: soon)
        let known = link.timeline
        // The link is the thread's alone until it has ended.
        let done = DispatchSemaphore(value: 0)
        DispatchQueue.global().asyncAfter(deadline: .now() + 0.3) {
            pool.leaveSuperseded()
            lowest.value = known + 1
            pool.leaveSuperseded()
            done.signal()
        }
        let begun = ContinuousClock.now
        #expect(throws: DatabaseError.self) { try link.execute("SELECT pg_sleep(50)") }
        #expect(begun.duration(to: .now) < .seconds(40))
        done.wait()
        pool.giveBack(link)
    }
}
