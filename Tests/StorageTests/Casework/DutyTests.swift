import AlmonerTesting
import Casework
import Foundation
import MatchCore
import Storage
import Synchronization
import Testing

/// Sealing and the due work with two nodes over one database.
@Suite struct DutyTests {
    private let start = Moment(milliseconds: 1_767_576_600_000)
    private let nodes = (RecordID(high: 70, low: 1), RecordID(high: 70, low: 2))

    private func store(_ sealing: HistorySealing, path: String? = nil) throws -> SQLCaseStore {
        let database =
            try path.map { try SQLiteDatabase(path: $0, access: .create) } ?? TestDatabase.empty()
        try Schema.migrate(database, at: 0)
        _ = try Programs(database: database).create(
            Programs.Program(code: "p", name: LocalizedText(zhHans: "项", en: "p")), at: Timestamp(milliseconds: 0))
        return SQLCaseStore(
            database: database, program: "p", vault: try TestDatabase.vault(for: database), sealing: sealing)
    }

    private func numbers(_ store: SQLCaseStore) throws -> [Int64] {
        var numbers: [Int64] = []
        try store.blockingRead { transaction in
            try transaction.forEachSealed(after: 0) { _, sealed in
                if case .integer(let number)? = sealed?.entry.changes.first?.after { numbers.append(number) }
                return true
            }
        }
        return numbers
    }

    // MARK: Sealing

    @Test func whatWaitsIsSealedInTheOrderOfItsCommitsWhateverTheClocksSay() async throws {
        let store = try store(.apart)
        // Each transaction sees what the one before it did; the second one's clock is an hour behind.
        for (number, minutes) in [(1, 60), (2, 0), (3, 61), (4, 1)] {
            try await store.write { [start] transaction in
                for part in 0..<2 {
                    var entry = Tampering.entry(number * 10 + part, "p")
                    entry = HistoryEntry(
                        program: "p", at: start.adding(milliseconds: Int64(minutes) * 60_000), by: .system,
                        subjectKind: "wish", subject: entry.subject, action: entry.action, changes: entry.changes)
                    try transaction.append(entry)
                }
            }
        }
        let late = start.adding(hours: 2)
        let tail = try store.blockingRead { try $0.tail(asOf: late) }
        #expect(tail.count == 8 && tail.isLate)
        let outcome = try await HistorySealer(node: nodes.0, limit: 3).run(on: store, now: { late })
        #expect(outcome == .done(HistorySealer.Report(sealed: 8, isComplete: true)))
        #expect(try numbers(store) == [10, 11, 20, 21, 30, 31, 40, 41])
        #expect(try store.blockingRead { try $0.tail(asOf: late) }.count == 0)
        #expect(try Audit.verify(store) == nil)
    }

    @Test func oneNodeSealsAndAnotherTakesOverWhenItFallsSilent() async throws {
        let store = try store(.apart)
        let (one, other) = (HistorySealer(node: nodes.0), HistorySealer(node: nodes.1))
        func write(_ number: Int) throws {
            try store.blockingWrite { try $0.append(Tampering.entry(number, "p")) }
        }
        func seal(_ sealer: HistorySealer, after milliseconds: Int64) async throws -> Int? {
            let now = start.adding(milliseconds: milliseconds)
            guard case .done(let report) = try await sealer.run(on: store, now: { now }) else { return nil }
            return report.sealed
        }
        try write(1)
        #expect(try await seal(one, after: 0) == 1)
        try write(2)
        #expect(try await seal(other, after: 500) == nil)
        #expect(try await seal(one, after: 1_000) == 1)
        try write(3)
        #expect(try await seal(other, after: 1_000 + DutyLease.length) == 1)
        #expect(try await seal(one, after: 1_500 + DutyLease.length) == nil)
        // Whoever leaves need not be waited for.
        try store.blockingWrite { [nodes, start] in
            try $0.leave(.sealing, node: nodes.1, at: start.adding(milliseconds: 2_000 + DutyLease.length))
        }
        try write(4)
        #expect(try await seal(one, after: 2_000 + DutyLease.length) == 1)
        #expect(try Audit.verify(store) == nil && numbers(store) == [1, 2, 3, 4])
    }

    /// It is asked twice a second on every node: where nothing waits, the database is not touched.
    @Test func whereNothingWaitsNoLeaseIsTakenOrRenewed() async throws {
        let store = try store(.apart)
        let sealer = HistorySealer(node: nodes.0)
        let start = start
        func run(after milliseconds: Int64) async throws -> Moment? {
            #expect(
                try await sealer.run(on: store, now: { start.adding(milliseconds: milliseconds) })
                    == .done(HistorySealer.Report(sealed: milliseconds == 500 ? 1 : 0, isComplete: true)))
            return try await store.read { try $0.dutyLease(.sealing)?.until }
        }
        #expect(try await run(after: 0) == nil)
        try await store.write { try $0.append(Tampering.entry(1, "p")) }
        let until = try await run(after: 500)
        #expect(until == start.adding(milliseconds: 500 + DutyLease.length))
        #expect(try await run(after: 9_000) == until)
        #expect(try await run(after: 60_000) == until)
    }

    /// Both sealers believe that they are on duty (their clocks are minutes apart): the store lets each entry in once.
    @Test func twoSealersAndManyWritersMakeOneChain() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "almoner-duty-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try store(.apart, path: folder.appending(path: "d.db").path)
        let start = start
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    for number in 0..<25 {
                        try await store.write { try $0.append(Tampering.entry(writer * 100 + number, "p")) }
                    }
                }
            }
            for (node, minutes) in [(nodes.0, Int64(0)), (nodes.1, 5)] {
                group.addTask {
                    let sealer = HistorySealer(node: node, limit: 7)
                    for turn in 0..<Int64(30) {
                        let now = start.adding(milliseconds: minutes * 60_000 + turn * 500)
                        _ = try await sealer.run(on: store, now: { now })
                        await Task.yield()
                    }
                }
            }
            try await group.waitForAll()
        }
        _ = try await HistorySealer(node: nodes.0).run(on: store, now: { start.adding(hours: 1) })
        let numbers = try numbers(store)
        #expect(numbers.count == 100 && Set(numbers).count == 100)
        for writer in 0..<4 {
            let own = numbers.filter { $0 / 100 == Int64(writer) }
            #expect(own == own.sorted(), "writer \(writer)")
        }
        #expect(try Audit.verify(store) == nil)
    }

    // MARK: The due work

    private func runner(_ node: RecordID, limit: Int = 1_000) -> ClockRunner {
        ClockRunner(
            node: node, limit: limit, rules: { _ in try SampleRules.rules() },
            newID: { RecordID(high: 9, low: UInt64(bitPattern: $0.milliseconds)) })
    }

    private func counts(_ town: DeskTests.Town, _ actions: [String]) throws -> [Int] {
        var found: [String: Int] = [:]
        try town.store.blockingRead { transaction in
            try transaction.forEachSealed(after: 0) { _, sealed in
                found[sealed?.entry.action.text ?? "", default: 0] += 1
                return true
            }
        }
        return actions.map { found[$0, default: 0] }
    }

    @Test func twoRunnersDoTheDueWorkExactlyOnce() async throws {
        let town = try DeskTests.Town()
        for number in 1...6 {
            let wish = try town.wish(UInt64(number), 1)
            try town.desk { _ = try $0.propose(offer: town.offer, wish: wish, quantity: 1) }
        }
        let begin = town.now
        // Two nodes, one of them two minutes ahead, three work in one transaction; both come round every six hours.
        var (one, other) = (runner(nodes.0, limit: 3), runner(nodes.1, limit: 3))
        var ended = 0
        for hours in stride(from: 0, through: 72, by: 6) {
            let now = begin.adding(hours: hours)
            for outcome in [
                try await one.run(on: town.store, now: now),
                try await other.run(on: town.store, now: now.adding(milliseconds: 120_000)),
                try await one.run(on: town.store, now: now.adding(milliseconds: 121_000)),
            ] {
                if case .done(.ran(let report)) = outcome { ended += report.leasesEnded }
            }
        }
        #expect(ended == 6)
        #expect(try counts(town, ["clock/warn", "clock/lapse", "claim/expire"]) == [6, 6, 6])
        #expect(try town.balance()?[.available] == 10)
    }

    @Test func theSecondNodeStandsByAndTakesOver() async throws {
        let town = try DeskTests.Town()
        var (one, other) = (runner(nodes.0), runner(nodes.1))
        _ = try await one.run(on: town.store, now: town.now)
        let standing = try await other.run(on: town.store, now: town.now.adding(milliseconds: 1_000))
        guard case .elsewhere(let lease) = standing else {
            Issue.record("both were on duty")
            return
        }
        #expect(lease.node == nodes.0)
        let later = try await other.run(on: town.store, now: town.now.adding(milliseconds: 1_000 + DutyLease.length))
        guard case .done(.ran) = later else {
            Issue.record("nobody took over")
            return
        }
    }

    @Test func aMachineThatSleptIsToldApartFromAClockThatJumped() async throws {
        let town = try DeskTests.Town()
        let wish = try town.wish(1)
        try town.desk { _ = try $0.propose(offer: town.offer, wish: wish, quantity: 5) }
        let hour: Int64 = 3_600_000
        var runner = runner(nodes.0)
        _ = try await runner.run(on: town.store, now: town.now, uptime: hour)
        let far = town.now.adding(hours: 24 * 5)
        guard case .done(.alarm) = try await runner.run(on: town.store, now: far, uptime: 2 * hour) else {
            Issue.record("a jump of five days was believed")
            return
        }
        #expect(try town.balance()?[.reserved] == 5)
        let slept = try await runner.run(on: town.store, now: far, uptime: hour + 5 * 24 * hour)
        guard case .done(.ran(let report)) = slept else {
            Issue.record("a machine that slept was taken for a clock that jumped")
            return
        }
        #expect(report.leasesEnded == 1)
    }

    @Test func afterAJumpBackTimeStandsAndNothingEndedComesBack() async throws {
        let town = try DeskTests.Town()
        let wish = try town.wish(1)
        let claim = try town.desk { try $0.propose(offer: town.offer, wish: wish, quantity: 5) }.claim.id
        let begin = town.now
        var runner = runner(nodes.0)
        for hours in stride(from: 0, through: 60, by: 20) {
            _ = try await runner.run(on: town.store, now: begin.adding(hours: hours))
        }
        let actions = ["clock/warn", "clock/lapse", "claim/expire"]
        let before = try counts(town, actions)
        #expect(before == [1, 1, 1])
        // The host is set back by two days, before the lease's end, and catches up again.
        for hours in [12, 30, 47, 59] {
            let outcome = try await runner.run(on: town.store, now: begin.adding(hours: hours))
            guard case .done(.ran(let report)) = outcome else {
                Issue.record("the runner stopped")
                return
            }
            #expect(report.until == begin.adding(hours: 60), "time stands")
            town.now = begin.adding(hours: hours)
            #expect(throws: CaseworkError.self) { try town.desk { _ = try $0.step(claim, .accept) } }
        }
        #expect(try counts(town, actions) == before)
        let state = try town.store.blockingRead { try $0.claim(claim)?.claim.state }
        #expect(state == .expired)
        guard case .done(.ran(let report)) = try await runner.run(on: town.store, now: begin.adding(hours: 61)) else {
            return
        }
        #expect(report.until == begin.adding(hours: 61))
    }

    /// Feeds, kept answers and sessions are swept by age: by a clock that jumped ahead all of them would be old.
    @Test func aJumpAheadSweepsNothing() async throws {
        let town = try DeskTests.Town()
        let swept = Mutex<[Moment]>([])
        var runner = ClockRunner(
            node: nil, rules: { _ in try SampleRules.rules() },
            newID: { RecordID(high: 9, low: UInt64(bitPattern: $0.milliseconds)) },
            sweep: { _, moment in
                swept.withLock { $0.append(moment) }
                return true
            })
        let now = town.now
        _ = try await runner.run(on: town.store, now: now, uptime: 0)
        #expect(swept.withLock { $0 } == [now])
        let outcome = try await runner.run(on: town.store, now: now.adding(hours: 20 * 24), uptime: 60_000)
        guard case .done(.alarm) = outcome else {
            Issue.record("a jump of twenty days was believed: \(outcome)")
            return
        }
        #expect(swept.withLock { $0 } == [now])
    }

    @Test func whatIsSweptBesideTheWorkIsDoneUntilNothingIsLeft() async throws {
        let town = try DeskTests.Town()
        let left = Mutex(3)
        for node in [nodes.0, nil] {
            left.withLock { $0 = 3 }
            var runner = ClockRunner(
                node: node, rules: { _ in try SampleRules.rules() },
                newID: { RecordID(high: 9, low: UInt64(bitPattern: $0.milliseconds)) },
                sweep: { _, _ in
                    left.withLock { count in
                        count -= 1
                        return count == 0
                    }
                })
            guard case .done(.ran(let first)) = try await runner.round(on: town.store, now: town.now) else {
                Issue.record("nothing was done")
                return
            }
            #expect(!first.isComplete && left.withLock { $0 } == 2)
            guard case .done(.ran(let rest)) = try await runner.run(on: town.store, now: town.now) else { return }
            #expect(rest.isComplete && left.withLock { $0 } == 0)
        }
        // Who has the database alone takes no lease from anybody.
        #expect(try town.store.blockingRead { try $0.dutyLease(.clocks) }?.node == nodes.0)
    }
}
