import DemoCity
import Foundation
import Testing

struct DeterminismTests {
    private let files = ["parties.csv", "offers.csv", "wishes.csv"]

    @Test func sameSeedGivesTheSameBytes() throws {
        let options = CityOptions(seed: 42, wishes: 200, parties: 150)
        let first = try withCity(options) { city in try files.map(city.bytes) }
        let second = try withCity(options) { city in try files.map(city.bytes) }
        #expect(first == second)
    }

    @Test func anotherSeedGivesAnotherCity() throws {
        let first = try withCity(CityOptions(seed: 1, wishes: 50, parties: 50)) { city in try files.map(city.bytes) }
        let second = try withCity(CityOptions(seed: 2, wishes: 50, parties: 50)) { city in try files.map(city.bytes) }
        for (left, right) in zip(first, second) { #expect(left != right) }
    }

    @Test func largerCityBeginsWithTheSameWishesAndParties() throws {
        func lines(_ options: CityOptions) throws -> (wishes: [String], parties: [String]) {
            try withCity(options) { city in
                (Array(try city.lines("wishes.csv").prefix(101)), Array(try city.lines("parties.csv").prefix(81)))
            }
        }
        let small = try lines(CityOptions(seed: 9, wishes: 100, parties: 80))
        let large = try lines(CityOptions(seed: 9, wishes: 300, parties: 200))
        #expect(small.wishes == large.wishes)
        #expect(small.parties == large.parties)
    }

    @Test(arguments: [(0, 0, 0), (1, 1, 1), (0, 3, 5_000)])
    func anySizeIsKept(wishes: Int, parties: Int, offers: Int) throws {
        try withCity(CityOptions(seed: 1, wishes: wishes, parties: parties, offers: offers)) { city in
            let wishesRows = try city.rows("wishes.csv")
            #expect(wishesRows.count == wishes)
            let partiesRows = try city.rows("parties.csv")
            #expect(partiesRows.count == parties)
            let offersRows = try city.rows("offers.csv")
            #expect(offersRows.count == offers)
        }
    }
}
