import AlmonerTesting
import Casework
import Foundation
import MatchCore
import Storage
import Testing

/// Files of families go when nothing has happened to them for long, and not before.
@Suite struct HouseholdRetentionTests {
    private typealias Town = DeskTests.Town

    private static let days = 100

    private func town() throws -> Town {
        let town = try Town()
        town.rules.retention = RetentionRules(inboxDays: 0, closedFileDays: 0, householdDays: Self.days)
        return town
    }

    /// Runs at a day after the beginning.
    private func run(_ town: Town, day: Int) throws -> RunReport? {
        town.now = Moment(milliseconds: 1_767_576_600_000).adding(hours: 24 * day)
        return try town.desk { desk in
            // A jump of the clock that a person has looked at.
            try desk.store.setRunnerTime(desk.now)
            guard case .ran(let report) = try desk.run() else { return nil }
            return report
        }
    }

    /// A family with a hardship, a member with a name, and a wish that is over.
    private func family(_ town: Town, _ number: UInt64, ends: Bool = true) throws -> (
        household: RecordID, wish: RecordID
    ) {
        let wish = try town.wish(number)
        let household = try town.desk { try $0.openHousehold(area: "c") }
        try town.desk { desk in
            let person = RecordID(high: 6, low: number)
            try desk.keepName("陈大文", of: person)
            _ = try desk.note(.personCame(person, birthYear: 1_950), of: household)
            let reason = try desk.reason("visit", words: "住院", about: household)
            _ = try desk.note(.hardship("illness"), of: household, reason: reason)
            try desk.file(wish.record, under: household)
            if ends { try desk.end(wish.record, reason: Reason("withdrawn")) }
        }
        return (household, wish.record)
    }

    private func differences(_ town: Town) throws -> [ToldStates.Difference] {
        try town.store.blockingRead { transaction in
            var told = ToldStates()
            let fault = try Audit.verify(transaction, reading: { told.take($0) })
            #expect(fault == nil)
            return try told.differences(in: transaction)
        }
    }

    @Test func aFileAtRestGoesOnceWithWhoLivedThere() throws {
        let town = try town()
        let (household, wish) = try family(town, 1)
        try #expect(run(town, day: 99)?.householdsExpired == 0)
        let before = try town.desk { try $0.retention() }.first { $0.kind == .households }
        #expect(before?.days == Self.days && before?.kept == 1 && before?.removed == 0)
        #expect(before?.oldest == Moment(milliseconds: 1_767_576_600_000))

        try #expect(run(town, day: 101)?.householdsExpired == 1)
        try #expect(run(town, day: 102)?.householdsExpired == 0)
        let member = RecordID(high: 6, low: 1)
        try town.store.blockingRead { store in
            let (file, watch) = try #require(try store.household(household))
            #expect(file.hardships.isEmpty && file.members.map(\.birthYear) == [nil])
            #expect(watch.grade == .green && watch.visitDue == nil)
            try #expect(store.note(member)?.words == nil)
            try #expect(store.history(of: [household]).filter { $0.action == "household/expire" }.count == 1)
            // The wish has a period of its own.
            try #expect(!store.isErased(wish))
        }
        let after = try town.desk { try $0.retention() }.first { $0.kind == .households }
        #expect(after?.kept == 0 && after?.removed == 1 && after?.lastRemoved != nil)
        try #expect(Set(town.store.vault.erasures(of: "p").map(\.person)) == [household, member])
        #expect(try differences(town).isEmpty)
    }

    @Test func aFileThatSomethingHappenedToStays() throws {
        let town = try town()
        let (open, _) = try family(town, 1, ends: false)
        let (visited, _) = try family(town, 2)
        let (changed, _) = try family(town, 3)
        let (left, _) = try family(town, 4)
        town.later(hours: 24 * 50)
        try town.desk { desk in
            _ = try desk.note(.visited, of: visited)
            _ = try desk.note(.hardshipEnded("illness"), of: changed)
            _ = try desk.note(.personLeft(RecordID(high: 6, low: 4)), of: left)
        }
        // Opened while nothing was known yet; its id says when.
        let empty = Household(id: RecordID(high: UInt64(town.now.milliseconds) << 16 | 0x7000, low: 1), area: "c")
        try town.desk { desk in
            try desk.store.save(
                empty,
                watch: HouseholdWatch(household: empty.id, grade: .green, because: [], since: desk.now, visitDue: nil))
        }
        try #expect(run(town, day: 140)?.householdsExpired == 0)
        try #expect(run(town, day: 151)?.householdsExpired == 4)
        try #expect(town.store.blockingRead { try !$0.isErased(open) })
        try #expect(run(town, day: 3_000)?.householdsExpired == 0)
        #expect(try differences(town).isEmpty)
    }

    @Test func whoLivesInAnotherFamilyTooStays() throws {
        let town = try town()
        let (resting, _) = try family(town, 1)
        let (open, _) = try family(town, 2, ends: false)
        let member = RecordID(high: 6, low: 1)
        try town.desk { _ = try $0.note(.personCame(member, birthYear: 1_950), of: open) }
        try #expect(run(town, day: 101)?.householdsExpired == 1)
        try town.store.blockingRead { store in
            try #expect(store.isErased(resting) && !store.isErased(member))
            try #expect(store.note(member)?.words == "陈大文")
        }
    }

    @Test func withoutAPeriodFilesStay() throws {
        let town = try Town()
        _ = try family(town, 1)
        try #expect(run(town, day: 20_000)?.householdsExpired == 0)
        #expect(try town.desk { try $0.retention() }.first { $0.kind == .households }?.days == nil)
        // A program's file of before there was this period says nothing of it.
        let rules = try JSONDecoder().decode(
            RetentionRules.self, from: Data(#"{"inboxDays": 90, "closedFileDays": 10}"#.utf8))
        #expect(rules == RetentionRules(inboxDays: 90, closedFileDays: 10, householdDays: 0))
        #expect(throws: CaseworkError.self) {
            try RetentionRules(inboxDays: 1, closedFileDays: 1, householdDays: -1).check()
        }
    }

    /// The watch goes on for everybody else.
    @Test func anErasedFamilyIsWatchedNoMore() throws {
        let town = try Town()
        let rule = #"""
            {"id": "longUnvisited", "grade": "orange", "title": {"zh-Hans": "久未走访", "en": "not visited"},
             "when": [{"fact": "daysSinceVisit", "atLeast": 30}]}
            """#
        town.rules.watch = WatchRules(
            visits: town.rules.watch.visits,
            rules: [try JSONDecoder().decode(WatchRules.Rule.self, from: Data(rule.utf8))])
        let (household, _) = try family(town, 1)
        let (other, _) = try family(town, 2)
        _ = try town.desk { try $0.erasePerson(household, reason: Reason("personAsked")) }
        try #expect(run(town, day: 400) != nil)
        try town.store.blockingRead { store in
            try #expect(store.household(household)?.watch.visitDue == nil)
            try #expect(store.household(household)?.watch.grade == .green)
            try #expect(store.household(other)?.watch.grade == .orange)
        }
        #expect(try differences(town).isEmpty)
    }
}
