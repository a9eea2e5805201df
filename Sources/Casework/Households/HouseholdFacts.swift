/// What the rules of the watch look at: whole numbers by name, taken from a household's file.
public struct HouseholdFacts: Hashable, Sendable {
    public let values: [Code: Int]
    /// The ages that the members reach in the year of the facts; of those alone whose year of birth is known.
    public let ages: [Int]

    /// The names that need no prefix. `hardship/CODE` and `benefit/CODE` are 1 or 0 besides, and `ages/FROM-TO`, such as
    /// `ages/0-5`, counts the members of these ages.
    public static let names: [Code] = [
        "members", "children", "elders", "eldersAlone", "hardships", "benefits", "openWishes", "daysSinceVisit",
        "overdueClocks", "unansweredCalls",
    ]

    /// Draws the facts from a file.
    ///
    /// Children are under 16, elders 70 and over, by the year of birth; a member without one counts as neither. A
    /// household nobody has visited yet counts its days from the beginning of its file's first member.
    public init(
        _ household: Household, asOf moment: Moment, zone: ProgramTimeZone, overdueClocks: Int, unansweredCalls: Int
    ) {
        let year = zone.date(at: moment).year
        let members = household.members.filter { $0.from <= moment && ($0.to.map { moment < $0 } ?? true) }
        // Dates and years of birth come from files; wild ones must not trap.
        let ages = members.compactMap { $0.birthYear.map { year - min(max($0, 1), 9_999) } }
        func holding(_ list: [Household.Circumstance]) -> [Code] {
            list.filter { $0.from <= moment && ($0.to.map { moment < $0 } ?? true) }.map(\.code)
        }
        let (hardships, benefits) = (holding(household.hardships), holding(household.benefits))
        let elders = ages.count { $0 >= 70 }
        let since = household.lastVisit ?? members.map(\.from).min() ?? moment
        var values: [Code: Int] = [
            "members": members.count,
            "children": ages.count { $0 < 16 },
            "elders": elders,
            "eldersAlone": elders > 0 && elders == members.count ? 1 : 0,
            "hardships": hardships.count,
            "benefits": benefits.count,
            "openWishes": household.wishes.count { wish in
                wish.openedAt <= moment && (wish.closedAt.map { moment < $0 } ?? true)
            },
            "daysSinceVisit": max(0, Int(moment.milliseconds(since: since) / Moment.day)),
            "overdueClocks": overdueClocks,
            "unansweredCalls": unansweredCalls,
        ]
        for (prefix, codes) in [("hardship", hardships), ("benefit", benefits)] {
            for code in codes {
                if let name = Code("\(prefix)/\(code)") { values[name] = 1 }
            }
        }
        self.values = values
        self.ages = ages
    }

    /// A fact; one nobody noted is 0.
    public subscript(name: Code) -> Int {
        if let wanted = Self.ages(in: name) { return ages.count { wanted.contains($0) } }
        return values[name] ?? 0
    }

    /// Whether there is such a fact; which hardships and benefits there are is for ``CircumstanceBook`` to say.
    public static func isKnown(_ name: Code) -> Bool {
        names.contains(name) || name.text.hasPrefix("hardship/") || name.text.hasPrefix("benefit/")
            || ages(in: name) != nil
    }

    /// The ages, in whole years, that `ages/FROM-TO` counts; nil for another name, and for ages that nobody reaches.
    static func ages(in name: Code) -> ClosedRange<Int>? {
        guard name.text.hasPrefix("ages/") else { return nil }
        let ends = name.text.dropFirst(5).split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard ends.count == 2, let from = ends[0], let to = ends[1], 0 <= from, from <= to, to <= 150 else {
            return nil
        }
        return from...to
    }
}
