internal import MatchCore

/// A family of the demo city: invented, as everybody there.
public struct DemoHousehold: Sendable, Hashable {
    /// What the file calls it.
    public var name: String
    /// The external ids of its wishes.
    public var wishes: [String]
    public var birthYears: [Int]
}

extension DataDirectory {
    /// The families of `demo/households.csv`; none where the city has no such file, as one that was generated.
    public func demoHouseholds() throws(DataFault) -> [DemoHousehold] {
        guard files(in: "demo", suffix: ".csv").contains("households.csv") else { return [] }
        let table = try DataTable(
            path: path(of: "demo/households.csv"), columns: ["household", "wishes", "birthYears"])
        var households: [DemoHousehold] = []
        for row in table.rows {
            var years: [Int] = []
            for text in row.list("birthYears") {
                guard let year = Int(text), (1_850...2_200).contains(year) else {
                    throw row.fault(
                        .badValue, "birthYears",
                        "'\(text.prefix(20))' is no year of birth. Write whole years, with | between.",
                        "“\(text.prefix(20))”不是出生年份。请写年份，以 | 分隔。")
                }
                years.append(year)
            }
            households.append(
                DemoHousehold(name: try row.required("household"), wishes: row.list("wishes"), birthYears: years))
        }
        return households
    }
}
