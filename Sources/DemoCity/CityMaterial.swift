public import MatchCore

/// What a city is made of: the areas, the catalogue, and the phrases of `Data/demo/phrases`.
public struct CityMaterial: Sendable {
    let categories: CategoryTree
    /// The code of the whole city.
    let city: String
    let towns: [Town]
    /// Numbers of towns, by where people live and by where help is offered.
    let peopleTowns: WeightedList<Int>
    let offerTowns: WeightedList<Int>
    let wishes: [WishPhrase]
    let offers: [OfferPhrase]
    let variations: [Variation]
    let seasons: [String: Season]
    let names: [PartyKind: PartyNames]
    /// Skills that need a licence.
    let licensed: Set<String>
    /// Skills that every offer of a service in a category names: what a wish for it needs.
    let neededSkills: [String: [String]]
    let hours: [String: WeightedList<WeeklyHours>]
    /// Groups by how often donors want to help them, and how often they exclude them.
    let preferredGroups: WeightedList<String>
    let excludedGroups: WeightedList<String>

    /// Reads the phrases from a folder; throws ``CityError`` where one of them is missing or names an unknown code.
    public init(areas: AreaTree, categories: CategoryTree, phrases directory: String) throws(CityError) {
        self.categories = categories
        let knownCategory = { (code: String) in categories[code] == nil ? nil : code }
        let category = ("a category of the catalogue", "目录中的品类")

        let townTable = try PhraseTable("towns", in: directory)
        let towns = try townTable.map { row throws(CityError) in
            let town = try row.value("area", ("an area with a centroid", "有坐标的区划")) { Town.read($0, in: areas) }
            return try town(Int(row.number("radiusMetres")), Int(row.number("hakkaPercent")))
        }
        self.towns = towns
        let weights = try townTable.map { row throws(CityError) in
            try (people: Int(row.number("people")), offers: Int(row.number("offers")))
        }
        peopleTowns = WeightedList(weights.enumerated().map { ($0.offset, weight: $0.element.people) })
        offerTowns = WeightedList(weights.enumerated().map { ($0.offset, weight: $0.element.offers) })
        city = areas[towns[0].area]?.parent ?? towns[0].area

        wishes = try PhraseTable("wishes", in: directory).map { row throws(CityError) in
            try WishPhrase(
                category: row.value("category", category, knownCategory), textZh: row.text("textZh"),
                textEn: row.text("textEn"), quantity: row.range("quantityLeast", "quantityMost"),
                groups: row.list("groups"),
                urgency: row.value("urgency", ("a grade of urgency", "紧急程度"), UrgencyGrade.init(code:)),
                lane: row.value("lane", ("a lane", "通道"), Lane.init(code:)))
        }
        let offers = try PhraseTable("offers", in: directory).map { row throws(CityError) in
            try OfferPhrase(
                category: row.value("category", category, knownCategory),
                kind: row.value("kind", ("a kind of offer", "资源类型"), OfferKind.init(code:)),
                partyKind: row.value("partyKind", ("a kind of party", "主体类型"), PartyKind.init(code:)),
                textZh: row.text("textZh"), textEn: row.text("textEn"),
                quantity: row.range("quantityLeast", "quantityMost"), delivers: row.text("delivers") == "yes",
                skills: row.list("skills"), languages: row.list("languages"))
        }
        self.offers = offers
        neededSkills = CityMaterial.neededSkills(in: offers)
        variations = try PhraseTable("variations", in: directory).map { row throws(CityError) in
            let urgency = try row.text("urgency")
            return try Variation(
                isBefore: row.text("part") == "before",
                lane: row.value("lane", ("a lane", "通道"), Lane.init(code:)), categories: row.list("categories"),
                groups: row.list("groups"), urgency: urgency.isEmpty ? nil : UrgencyGrade(code: urgency),
                text: row.text("textZh"))
        }
        let seasons = try PhraseTable("seasons", in: directory).map { row throws(CityError) in
            let month = { (text: String) in Int(text).flatMap { (1...12).contains($0) ? $0 : nil } }
            return try Season(
                category: row.value("category", category, knownCategory),
                from: row.value("fromMonth", ("a month", "月份"), month),
                until: row.value("untilMonth", ("a month", "月份"), month))
        }
        self.seasons = Dictionary(seasons.map { ($0.category, $0) }, uniquingKeysWith: { $1 })
        names = try PartyNames.read(from: directory, offers: offers)
        licensed = try Set(
            PhraseTable("skills", in: directory).map { row throws(CityError) in
                try row.text("qualification") == "yes" ? row.text("code") : ""
            })
        let groups = try PhraseTable("groups", in: directory).map { row throws(CityError) in
            try (code: row.text("code"), preferred: Int(row.number("preferred")), excluded: Int(row.number("excluded")))
        }
        preferredGroups = WeightedList(groups.map { ($0.code, weight: $0.preferred) })
        excludedGroups = WeightedList(groups.map { ($0.code, weight: $0.excluded) })
        let hours = try PhraseTable("hours", in: directory).map { row throws(CityError) in
            try (
                use: row.text("use"),
                hours: row.value("hours", ("weekly hours", "每周时段")) { WeeklyHours($0) },
                weight: Int(row.number("weight"))
            )
        }
        self.hours = Dictionary(grouping: hours, by: \.use).mapValues { rows in
            WeightedList(rows.map { ($0.hours, weight: $0.weight) })
        }
    }

    private static func neededSkills(in offers: [OfferPhrase]) -> [String: [String]] {
        var needed: [String: [String]] = [:]
        for offer in offers where offer.kind != .goods && offer.kind != .money {
            let skills = needed[offer.category] ?? offer.skills
            needed[offer.category] = skills.filter(offer.skills.contains)
        }
        return needed
    }
}

extension PhraseTable.Row {
    fileprivate func range(_ least: String, _ most: String) throws(CityError) -> ClosedRange<Int64> {
        let (from, until) = try (number(least), number(most))
        guard from <= until else { throw fault(most, String(until), "at least \(from)", "不小于 \(from) 的数") }
        return from...until
    }
}

extension Town {
    /// Finds the area and scatters its villages; nil where there is no such area or no centroid.
    fileprivate static func read(_ code: String, in areas: AreaTree) -> ((_ radius: Int, _ hakka: Int) -> Town)? {
        guard let index = areas.tree.index(of: code).map(Int.init), let centre = areas.areas[index].centroid else {
            return nil
        }
        let below = (index + 1)..<Int(areas.tree.ends[index])
        return { radius, hakka in
            let villages = below.map { number in
                // Where a village lies is not in the area tree; the same made-up place in every generated city.
                var random = CityRandom(seed: 0, .village, number)
                let area = areas.areas[number]
                return Village(
                    area: area.code, name: area.name.zhHans,
                    centre: area.centroid ?? centre.moved(north: random.scatter(radius), east: random.scatter(radius)))
            }
            return Town(area: code, centre: centre, radius: radius, hakkaPercent: hakka, villages: villages)
        }
    }
}
