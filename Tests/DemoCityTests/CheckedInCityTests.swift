import DemoCity
import Foundation
import Testing

/// What Data/demo says of itself: seed 1, 800 wishes, 1,522 parties.
struct CheckedInCityTests {
    @Test func filesAreWhatTheGeneratorWrites() throws {
        try withCity(CityOptions(seed: 1, wishes: 800, parties: 1_522)) { city in
            for name in ["parties.csv", "offers.csv", "wishes.csv"] {
                let isSame = try city.bytes(name) == DemoData().checkedIn(name)
                #expect(
                    isSame,
                    """
                    Data/demo/\(name) is out of date. Run: \
                    almoner demo generate --seed 1 --wishes 800 --parties 1522 --out Data/demo
                    """)
            }
        }
    }

    @Test func cityHasTheSizeThatTheReadmeStates() throws {
        let folder = CityFolder(folder: DemoData().root.appending(path: "demo"))
        let parties = try folder.rows("parties.csv")
        let offers = try folder.rows("offers.csv")
        let wishes = try folder.rows("wishes.csv")
        #expect(parties.count == 1_522)
        #expect(offers.count >= 2_500)
        #expect(wishes.count == 800)
    }

    @Test func helpIsScarcerInSomeTownsThanInOthers() throws {
        let folder = CityFolder(folder: DemoData().root.appending(path: "demo"))
        let offers = try folder.rows("offers.csv")
        let wishes = try folder.rows("wishes.csv")
        func offersForAWish(_ towns: Set<String>) -> Double {
            let near = offers.count { towns.contains(String($0["area"].prefix(9))) }
            return Double(near) / Double(wishes.count { towns.contains(String($0["area"].prefix(9))) })
        }
        let centre = offersForAWish(["441900003", "441900004"])
        let edge = offersForAWish(["441900108", "441900125", "441900126", "441900127", "441900128"])
        #expect(centre > 3 * edge)
    }
}
