import AlmonerTesting
import Casework
import Foundation
import MatchCore
import Storage
import Testing

/// A wish that was filed with the wrong household.
@Suite struct RefilingTests {
    private typealias Town = DeskTests.Town

    private func refusal(_ body: () throws -> Void) -> CaseworkError? {
        do { try body() } catch { return error as? CaseworkError }
        return nil
    }

    private func file(_ id: RecordID, _ town: Town) throws -> (household: Household, watch: HouseholdWatch) {
        try #require(try town.store.blockingRead { try $0.household(id) })
    }

    private func differences(_ town: Town) throws -> [ToldStates.Difference] {
        try town.store.blockingRead { transaction in
            var told = ToldStates()
            #expect(try Audit.verify(transaction, reading: { told.take($0) }) == nil)
            return try told.differences(in: transaction)
        }
    }

    @Test func itMovesBothFilesTellOfItAndItMovesBack() throws {
        let town = try Town()
        let (wrong, right) = try (
            town.desk { try $0.openHousehold(area: "town1") }, town.desk { try $0.openHousehold(area: "town1") }
        )
        let wish = try town.wish(1)
        try town.desk { try $0.file(wish.record, under: wrong, round: 3) }
        let filed = try file(wrong, town).household.wishes
        let words = "说错了户主"
        town.later(hours: 2)
        #expect(
            refusal { try town.desk { try $0.refile(wish.record, under: right, reason: nil) } }?.code == .reasonRequired
        )
        try town.desk {
            try $0.refile(wish.record, under: right, reason: try $0.reason("note", words: words, about: wish.record))
        }
        #expect(try file(wrong, town).household.wishes.isEmpty)
        #expect(try file(right, town).household.wishes == filed, "in the round and since the day it was filed")
        try town.store.blockingRead { store in
            try #expect(store.household(ofWish: wish.record) == right)
            try #expect(store.wishCase(wish.record)?.household == right)
            for (household, action) in [(wrong, "household/unfile"), (right, "household/file")] {
                let entry = try #require(try store.history(of: [household]).last { $0.action.text == action })
                try #expect(entry.reason?.note.flatMap { try store.note($0)?.words } == words)
                #expect(entry.changes.contains { $0.field == "wish" })
            }
        }
        #expect(try differences(town).isEmpty)
        #expect(
            refusal { try town.desk { try $0.refile(wish.record, under: right, reason: Reason("x")) } }?.code
                == .wrongState)
        town.later(hours: 2)
        try town.desk { try $0.refile(wish.record, under: wrong, reason: Reason("afterAll")) }
        #expect(try file(wrong, town).household.wishes == filed && file(right, town).household.wishes.isEmpty)
        #expect(try differences(town).isEmpty)
        // What is closed now is closed in the right file.
        try town.desk { try $0.end(wish.record, reason: Reason("done")) }
        #expect(try file(wrong, town).household.wishes.first?.closedAt == town.now)
    }

    @Test func aHouseholdHasOneOpenWishInARoundHowEverItCameThere() throws {
        let town = try Town()
        town.rules.onePerRound = true
        let (first, second) = try (
            town.desk { try $0.openHousehold(area: "town1") }, town.desk { try $0.openHousehold(area: "town1") }
        )
        let (own, strange) = (try town.wish(1), try town.wish(2))
        try town.desk { try $0.file(own.record, under: first) }
        try town.desk { try $0.file(strange.record, under: second) }
        let refused = refusal { try town.desk { try $0.refile(strange.record, under: first, reason: Reason("x")) } }
        #expect(refused?.code == .notCovered && refused?.message.contains("round 1") == true)
        #expect(try town.store.blockingRead { try $0.household(ofWish: strange.record) } == second, "nothing was moved")
        try town.desk { try $0.refile(strange.record, under: first, round: 2, reason: Reason("x")) }
        // The place that it left is free again.
        let third = try town.wish(3)
        try town.desk { try $0.file(third.record, under: second) }
        #expect(try differences(town).isEmpty)
    }

    @Test func bothAreGradedAnew() throws {
        let town = try Town()
        let (wrong, right) = try (
            town.desk { try $0.openHousehold(area: "town1") }, town.desk { try $0.openHousehold(area: "town1") }
        )
        let rule = try JSONDecoder().decode(
            WatchRules.Rule.self,
            from: Data(
                """
                {"id": "forgotten", "grade": "orange", "title": {"zh-Hans": "逾期", "en": "overdue"},
                 "when": [{"fact": "overdueClocks", "atLeast": 1}]}
                """.utf8))
        town.rules.watch = WatchRules(visits: town.rules.watch.visits, rules: [rule])
        let wish = try town.wish(1)
        try town.desk { try $0.file(wish.record, under: wrong) }
        town.later(hours: 24 * 40)
        try town.desk { _ = try $0.note(.visited, of: wrong) }
        try town.desk { _ = try $0.note(.visited, of: right) }
        #expect(try file(wrong, town).watch.because.contains(rule.id))
        #expect(try !file(right, town).watch.because.contains(rule.id))
        try town.desk { try $0.refile(wish.record, under: right, reason: Reason("x")) }
        #expect(try !file(wrong, town).watch.because.contains(rule.id))
        #expect(try file(right, town).watch.because.contains(rule.id))
    }

    @Test func whatIsSealedStaysReadableAndIsNotErasedWithTheWrongFamily() throws {
        let town = try Town()
        let (wrong, right) = try (
            town.desk { try $0.openHousehold(area: "town1") }, town.desk { try $0.openHousehold(area: "town1") }
        )
        let wish = try town.wish(1)
        try town.desk { try $0.file(wish.record, under: wrong) }
        let note = try #require(
            try town.desk { try $0.reason("note", words: "家住三楼", about: wish.record) }.note)
        try town.desk { try $0.refile(wish.record, under: right, reason: Reason("x")) }
        #expect(try town.store.blockingRead { try $0.note(note)?.words } == "家住三楼")
        let holders = try #require(try town.store.blockingRead { try $0.personFile(wrong)?.holders })
        #expect(!holders.contains { $0.id == wish.record }, "the wrong family's file holds nothing of it")
        let moved = try #require(try town.store.blockingRead { try $0.personFile(right)?.holders })
        #expect(moved.contains { $0.id == wish.record })
    }

    @Test func whatWasSaidForTheRightHouseholdCounts() throws {
        let town = try Town()
        let (wrong, right) = try (
            town.desk { try $0.openHousehold(area: "town1") }, town.desk { try $0.openHousehold(area: "town1") }
        )
        let wish = try town.wish(1)
        try town.desk { try $0.file(wish.record, under: wrong) }
        try town.desk { _ = try $0.record([.matching], of: right, isGiven: false) }
        func isHeld() throws -> Bool {
            try town.store.blockingRead { try $0.holds(of: wish.record) }.contains(.matching)
        }
        #expect(try !isHeld())
        try town.desk { try $0.refile(wish.record, under: right, reason: Reason("x")) }
        #expect(try isHeld())
        try town.desk { try $0.refile(wish.record, under: wrong, reason: Reason("x")) }
        #expect(try !isHeld())
    }

    @Test func whatTheWrongHouseholdSaidStaysWithIt() throws {
        let town = try Town()
        let (wrong, right) = try (
            town.desk { try $0.openHousehold(area: "town1") }, town.desk { try $0.openHousehold(area: "town1") }
        )
        let (wish, own) = (try town.wish(1), try town.wish(2))
        try town.desk { try $0.file(wish.record, under: wrong) }
        try town.desk { try $0.file(own.record, under: wrong) }
        try town.desk { _ = try $0.record([.matching], of: own.record, isGiven: true) }
        town.later(hours: 1)
        let said = try town.desk { try $0.record([.matching], of: wrong, isGiven: false) }
        #expect(said.wishes.count == 2 && said.said.allSatisfy { $0.subject == wrong })
        func isHeld(_ wish: LineReference) throws -> Bool {
            try town.store.blockingRead { try $0.holds(of: wish.record) }.contains(.matching)
        }
        #expect(try isHeld(wish) && isHeld(own), "what the family takes back holds for all its wishes")
        try town.desk { try $0.refile(wish.record, under: right, reason: Reason("x")) }
        #expect(try !isHeld(wish), "another family's refusal is not theirs")
        #expect(try town.store.blockingRead { try $0.consents(of: [wish.record]) }.isEmpty)
        town.later(hours: 1)
        try town.desk { _ = try $0.record([.matching], of: wrong, isGiven: true) }
        #expect(try !isHeld(own))
    }
}
