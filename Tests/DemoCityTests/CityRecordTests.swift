import CaseRecords
import Casework
import DemoCity
import Foundation
import MatchCore
import Testing

/// What every row of a generated city keeps to, whatever the seed.
struct CityRecordTests {
    private let options = CityOptions(seed: 7, wishes: 1_000, parties: 500)

    @Test func everyRecordMayEnterTheRegistry() throws {
        let admission = Admission(areas: try DemoData().areas(), categories: try DemoData().categories())
        try withCity(options) { city in
            for row in try city.rows("parties.csv") { #expect(admission.faults(in: row.party).isEmpty, "\(row.cells)") }
            for row in try city.rows("offers.csv") { #expect(admission.faults(in: row.offer).isEmpty, "\(row.cells)") }
            for row in try city.rows("wishes.csv") { #expect(admission.faults(in: row.wish).isEmpty, "\(row.cells)") }
        }
    }

    @Test func everyCodeIsKnown() throws {
        let data = DemoData()
        let groups = try data.codes("groups")
        let skills = try data.codes("skills")
        let languages = try data.codes("languages")
        try withCity(options) { city in
            let parties = Set(try city.rows("parties.csv").map { $0["externalID"] })
            for row in try city.rows("offers.csv") {
                #expect(parties.contains(row["party"]))
                #expect(skills.isSuperset(of: row.list("skills")), "\(row.cells)")
                #expect(Set(row.list("skills")).isSuperset(of: row.list("qualifications")), "\(row.cells)")
                #expect(languages.isSuperset(of: row.list("languages")), "\(row.cells)")
            }
            for row in try city.rows("wishes.csv") {
                #expect(groups.isSuperset(of: row.list("groups")), "\(row.cells)")
                #expect(skills.isSuperset(of: row.list("skills") + row.list("qualifications")), "\(row.cells)")
                #expect(languages.isSuperset(of: row.list("languages")), "\(row.cells)")
            }
            for row in try city.rows("parties.csv") {
                #expect(groups.isSuperset(of: row.list("preferredGroups") + row.list("excludedGroups")))
                #expect(Set(row.list("preferredGroups")).isDisjoint(with: row.list("excludedGroups")))
            }
        }
    }

    @Test func quantitiesAreInTheUnitOfTheirCategory() throws {
        let categories = try DemoData().categories()
        try withCity(options) { city in
            for row in try city.rows("offers.csv") {
                let unit = row["kind"] == "money" ? "fen" : categories[row["category"]]?.unit.code
                #expect(row["unit"] == unit, "\(row.cells)")
            }
            for row in try city.rows("wishes.csv") where !row["category"].isEmpty {
                #expect(row["unit"] == categories[row["category"]]?.unit.code, "\(row.cells)")
                #expect(row["unit"] != "fen" || row["estimatedPriceFen"].isEmpty, "\(row.cells)")
            }
        }
    }

    @Test func lanesDifferInWhatTheyAskForAndWhere() throws {
        try withCity(options) { city in
            let wishes = try city.rows("wishes.csv").map(\.wish.features)
            let projects = wishes.filter { $0.lane == .microProject }
            let share = Double(projects.count) / Double(wishes.count)
            #expect((0.11...0.19).contains(share))
            #expect(projects.allSatisfy { $0.groups.contains("community") && $0.hardship == nil })
            let micro = wishes.filter { $0.lane == .microWish }
            #expect(micro.allSatisfy { !$0.lines.contains { $0.category?.hasPrefix("public") ?? false } })
        }
    }

    @Test func aboutOneWishInTwentyLacksItsPlaceOrItsCategory() throws {
        try withCity(options) { city in
            let wishes = try city.rows("wishes.csv").map(\.wish.features)
            let unplaced = wishes.count { $0.place == Place() }
            let unsorted = wishes.count { $0.lines[0].category == nil }
            #expect((0.012...0.04).contains(Double(unplaced) / Double(wishes.count)))
            #expect((0.012...0.04).contains(Double(unsorted) / Double(wishes.count)))
        }
    }

    @Test func everyPartyIsSeenToBeInvented() throws {
        try withCity(CityOptions(seed: 3, wishes: 0, parties: 3_000, offers: 0)) { city in
            let names = try city.rows("parties.csv").map { $0["name"] }
            #expect(names.allSatisfy { $0.hasPrefix("示例") })
            #expect(Set(names).count == names.count)
        }
    }

    @Test func datesLieAroundTheGivenDay() throws {
        let today = try #require(Day("2027-07-15"))
        try withCity(CityOptions(seed: 7, wishes: 300, parties: 200, today: today)) { city in
            let now = Timestamp(milliseconds: Int64(today.number) * 86_400_000 - 8 * 3_600_000)
            for row in try city.rows("wishes.csv") {
                let wish = row.wish.features
                #expect(try #require(wish.submitted) < now)
                #expect(wish.due.map { $0 > wish.submitted! } ?? true)
                #expect(wish.window?.until.map { $0 >= today } ?? true)
            }
            for row in try city.rows("offers.csv") {
                #expect(try #require(row.offer.received) < now)
                #expect(row.offer.features.window?.until.map { $0 >= today } ?? true, "\(row.cells)")
            }
        }
    }

    @Test func fansAreWantedInSummerAndQuiltsInWinter() throws {
        func counts(today: String) throws -> [String: Int] {
            try withCity(CityOptions(seed: 5, wishes: 2_500, parties: 0, offers: 0, today: Day(today))) { city in
                Dictionary(grouping: try city.rows("wishes.csv")) { $0["category"] }.mapValues(\.count)
            }
        }
        let summer = try counts(today: "2026-07-01")
        let winter = try counts(today: "2026-12-01")
        #expect(summer["appliance.fan", default: 0] > 2 * winter["appliance.fan", default: 0])
        #expect(winter["bedding.quilt", default: 0] > 2 * summer["bedding.quilt", default: 0])
    }
}
