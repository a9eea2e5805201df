import DemoCity
import Testing

/// What Data/demo says of itself: seed 1, 800 wishes, 1,522 parties.
struct CheckedInCityTests {
    @Test(arguments: ["parties.csv", "offers.csv", "wishes.csv"])
    func filesAreWhatTheGeneratorWrites(name: String) throws {
        try withCity(CityOptions(seed: 1, wishes: 800, parties: 1_522)) { city in
            let isSame = try city.bytes(name) == DemoData().checkedIn(name)
            #expect(
                isSame,
                "Data/demo/\(name) is out of date. Run: almoner demo generate --seed 1 --wishes 800 --parties 1522 --out Data/demo"
            )
        }
    }

    @Test func cityHasTheSizeThatWasAskedFor() throws {
        try withCity(CityOptions(seed: 1, wishes: 800, parties: 1_522)) { city in
            let partiesRows = try city.rows("parties.csv")
            #expect(partiesRows.count == 1_522)
            let offersRows = try city.rows("offers.csv")
            #expect(offersRows.count >= 2_500)
            let wishesRows = try city.rows("wishes.csv")
            #expect(wishesRows.count == 800)
        }
    }
}
