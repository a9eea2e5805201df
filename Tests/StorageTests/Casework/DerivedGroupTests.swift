import AlmonerTesting
import CaseRecords
import Casework
import Foundation
import MatchCore
import Storage
import Testing

/// Groups that follow from household files reach matching, stay fresh, and end with the person.
@Suite struct DerivedGroupTests {
    private typealias Town = DeskTests.Town

    static func book(_ ages: String = "ages/0-5") throws -> GroupBook {
        try JSONDecoder().decode(
            GroupBook.self,
            from: Data(
                """
                {"groups": [
                  {"code": "elders", "name": {"zh-Hans": "老年人", "en": "Elders"},
                   "derived": [{"when": [{"fact": "ages/60-150", "atLeast": 1}]}]},
                  {"code": "childUnder6", "name": {"zh-Hans": "六岁以下幼儿", "en": "Children under 6"},
                   "derived": [{"when": [{"fact": "\(ages)", "atLeast": 1}]}]}
                ]}
                """.utf8))
    }

    private func town() throws -> Town {
        let town = try Town()
        town.rules.groups = try Self.book()
        return town
    }

    /// What matching sees of each wish, read anew.
    private func groups(_ town: Town, for eyes: RegistrySnapshot.Eyes = .coordinators) throws -> [RecordID: [String]] {
        let registry = try town.store.blockingRead {
            try RegistrySnapshot.load(from: $0, areas: .empty, categories: .empty, for: eyes)
        }
        return Dictionary(
            uniqueKeysWithValues: (0..<registry.wishes.count).map { row in
                (
                    registry.wishes[row].key.id,
                    registry.vocabularies.groups.words(of: registry.wishes.groups.bits(of: row)).sorted()
                )
            })
    }

    /// Which wishes matching is told to read again by what the body does, and that reading them gives what loading gives.
    private func touched(_ town: Town, _ body: () throws -> Void) throws -> Set<RecordID> {
        let before = try town.store.blockingRead { $0.registryVersion }
        try body()
        let loaded = try groups(town)
        return try town.store.blockingRead { store in
            guard let before else { return [] }
            let touches = store.registryTouches(after: before)
            let changes = try RegistrySnapshot.changes(of: touches, in: store, areas: .empty, categories: .empty)
            for wish in changes?.wishes ?? [] { #expect(wish.groups.sorted() == loaded[wish.key.id]) }
            return touches.wishes
        }
    }

    private let child = RecordID(high: 5, low: 1)
    private let grandmother = RecordID(high: 5, low: 2)

    private func family(_ town: Town, filing wishes: LineReference...) throws -> RecordID {
        let id = try town.desk { try $0.openHousehold(area: "c") }
        for wish in wishes { try town.desk { try $0.file(wish.record, under: id) } }
        return id
    }

    @Test func whatFollowsFromTheFileStandsBesideWhatWasStated() throws {
        let town = try town()
        let (wish, other) = (try town.wish(1), try town.wish(2))
        let id = try family(town, filing: wish)
        #expect(try groups(town)[wish.record] == [])
        var told = try touched(town) {
            _ = try town.desk { try $0.note(.personCame(child, birthYear: 2_022), of: id) }
        }
        #expect(told == [wish.record])
        #expect(try groups(town) == [wish.record: ["childUnder6"], other.record: []])
        // What the wish itself states stays, and stands once.
        told = try touched(town) {
            _ = try town.desk { try $0.note(.personCame(grandmother, birthYear: 1_950), of: id) }
        }
        #expect(told == [wish.record])
        #expect(try groups(town)[wish.record] == ["childUnder6", "elders"])
        // Another wish that is filed there has them, too, and one that is noted without news is not read again.
        told = try touched(town) { try town.desk { try $0.file(other.record, under: id) } }
        #expect(told.contains(other.record))
        #expect(try groups(town)[other.record] == ["childUnder6", "elders"])
        #expect(try touched(town) { _ = try town.desk { try $0.note(.visited, of: id) } } == [])
        told = try touched(town) { _ = try town.desk { try $0.note(.personLeft(child), of: id) } }
        #expect(told == [wish.record, other.record])
        #expect(try groups(town)[wish.record] == ["elders"])
    }

    @Test func aWishThatIsMovedToAnotherFileHasTheGroupsOfThat() throws {
        let town = try town()
        let wish = try town.wish(1)
        let (wrong, right) = (try family(town, filing: wish), try family(town))
        _ = try town.desk { try $0.note(.personCame(child, birthYear: 2_022), of: wrong) }
        _ = try town.desk { try $0.note(.personCame(grandmother, birthYear: 1_950), of: right) }
        #expect(try groups(town)[wish.record] == ["childUnder6"])
        let told = try touched(town) {
            try town.desk { try $0.refile(wish.record, under: right, reason: Reason("misfiled")) }
        }
        #expect(told.contains(wish.record))
        #expect(try groups(town)[wish.record] == ["elders"])
    }

    @Test func donorsMatchByNothingOfIt() throws {
        let town = try town()
        let wish = try town.wish(1)
        let id = try family(town, filing: wish)
        _ = try town.desk { try $0.note(.personCame(child, birthYear: 2_022), of: id) }
        #expect(try groups(town, for: .donors) == [wish.record: []])
        // Who did not agree to have circumstances looked at is matched without them, whoever looks.
        try town.store.blockingWrite { try $0.setHolds([.sensitive], of: wish.record, at: town.now) }
        #expect(try groups(town) == [wish.record: []])
        try town.store.blockingWrite { try $0.setHolds([], of: wish.record, at: town.now) }
        #expect(try groups(town) == [wish.record: ["childUnder6"]])
    }

    @Test func theTurnOfTheYearIsDoneOnceByTheRunner() throws {
        let town = try town()
        let wish = try town.wish(1)
        let id = try family(town, filing: wish)
        _ = try town.desk { try $0.note(.personCame(child, birthYear: 2_020), of: id) }
        // In January 2026 it turns six within the year.
        #expect(try groups(town)[wish.record] == [])
        _ = try town.desk { try $0.note(.personCame(grandmother, birthYear: 2_021), of: id) }
        #expect(try groups(town)[wish.record] == ["childUnder6"])
        town.now = try #require(CivilDate(2026, 12, 31).map { ProgramTimeZone.shanghai.moment(on: $0, minute: 1_439) })
        _ = try town.desk { try $0.run() }
        #expect(try groups(town)[wish.record] == ["childUnder6"])
        town.now = town.now.adding(milliseconds: 60_000)
        let told = try touched(town) { _ = try town.desk { try $0.run() } }
        #expect(told.contains(wish.record))
        #expect(try groups(town)[wish.record] == [])
        // Done: it is not due again before the next year.
        let due = try town.store.blockingRead {
            try $0.householdsToDerive(by: Self.book().fingerprint, at: town.now, limit: 10)
        }
        #expect(due == [])
        #expect(
            try town.store.blockingRead { try $0.derivedGroups(of: id)?.until }
                == CivilDate(2028, 1, 1).map { ProgramTimeZone.shanghai.moment(on: $0) })
    }

    @Test func anotherListAndFilesOfBeforeThereWasOneAreDerivedByTheRunner() throws {
        let town = try Town()
        let wish = try town.wish(1)
        let id = try family(town, filing: wish)
        _ = try town.desk { try $0.note(.personCame(child, birthYear: 2_018), of: id) }
        for number in 10..<14 as Range<UInt64> { _ = try family(town, filing: town.wish(number)) }
        #expect(try groups(town)[wish.record] == [])
        town.rules.groups = try Self.book()
        #expect(try !isComplete(town))
        for _ in 0..<3 { _ = try isComplete(town) }
        #expect(try isComplete(town))
        #expect(try groups(town)[wish.record] == [])
        town.rules.groups = try Self.book("ages/0-8")
        let told = try touched(town) { _ = try town.desk { try $0.run() } }
        #expect(told.contains(wish.record))
        #expect(try groups(town)[wish.record] == ["childUnder6"])
    }

    /// Runs the clock over two of each kind, and says whether that was all.
    private func isComplete(_ town: Town) throws -> Bool {
        let outcome = try town.desk { try $0.run(limit: 2) }
        guard case .ran(let report) = outcome else { return false }
        return report.isComplete
    }

    @Test func nothingOfItStandsInTheOpen() throws {
        let town = try town()
        let wish = try town.wish(1)
        let id = try family(town, filing: wish)
        _ = try town.desk { try $0.note(.personCame(child, birthYear: 2_022), of: id) }
        let row = try town.database.blockingRead {
            try $0.first("SELECT groups_sealed FROM household WHERE groups_sealed IS NOT NULL")
        }
        let kept: String = try #require(row)[0]
        #expect(!kept.contains("child") && kept.count > 30)
    }

    @Test func whatFollowsFromAPersonEndsWithThePerson() throws {
        let town = try town()
        let wish = try town.wish(1)
        let id = try family(town, filing: wish)
        for (person, year) in [(child, 2_022), (grandmother, 1_950)] {
            _ = try town.desk { try $0.note(.personCame(person, birthYear: year), of: id) }
        }
        #expect(try groups(town)[wish.record] == ["childUnder6", "elders"])
        let told = try touched(town) {
            _ = try town.desk { try $0.erasePerson(child, reason: Reason("personAsked")) }
        }
        #expect(told.contains(wish.record))
        #expect(try groups(town)[wish.record] == [])
        // The grandmother still lives there.
        _ = try town.desk { try $0.run() }
        #expect(try groups(town)[wish.record] == ["elders"])
        _ = try town.desk { try $0.erasePerson(id, reason: Reason("personAsked")) }
        _ = try town.desk { try $0.run() }
        #expect(try town.store.blockingRead { try $0.derivedGroups(of: id)?.codes } == [])
    }
}
