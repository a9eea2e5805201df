internal import MatchCore

extension City {
    func wish(_ number: Int) -> Wish {
        var random = CityRandom(seed: options.seed, .wish, number)
        let lane: Lane = random.chance(85) ? .microWish : .microProject
        let phrase = material.wishes[wishPhrases[lane]?.drawn(by: &random) ?? 0]
        let unit = material.unit(of: phrase.category)
        let town = material.towns[material.peopleTowns.drawn(by: &random)]
        let village = town.villages.isEmpty ? nil : random.pick(town.villages)

        var wish = Wish(
            key: key("W", number), lane: lane, urgency: phrase.urgency, place: home(in: town, &random), lines: [])
        if lane == .microProject, let village {
            wish.place = Place(
                point: village.centre.moved(north: random.scatter(300), east: random.scatter(300)), area: village.area)
        }
        if phrase.urgency == .normal, random.chance(4) { wish.urgency = .urgent }
        date(&wish, &random)
        wish.groups = phrase.groups
        if lane == .microWish, !wish.groups.contains("lowIncome"), random.chance(15) { wish.groups.append("lowIncome") }
        wish.hardship = hardship(of: wish, &random)

        let needed = material.neededSkills[phrase.category] ?? []
        if !needed.isEmpty, random.chance(70) {
            wish.skills = needed
            if random.chance(60) { wish.requiredQualifications = needed.filter(material.licensed.contains) }
        }
        schedule(&wish, phrase, unit, &random)
        let quantity = quantity(phrase.quantity, unit, &random)
        let isEnglish = random.chance(3)
        wish.text = isEnglish ? phrase.textEn : text(phrase, quantity, unit, wish.urgency, village, &random)
        if lane == .microWish {
            wish.languages = isEnglish ? ["eng"] : languages(of: phrase, in: town, &random)
        }
        wish.lines = [line(phrase, quantity, unit, &random)]
        // As in real life: nobody knows where, or nobody has said what kind of thing it is.
        let gap = random.below(1000)
        if gap < 25 {
            wish.place = Place()
        } else if gap < 50 {
            wish.lines = [WishLine(category: nil, quantity: random.chance(50) ? nil : 1)]
            wish.skills = []
            wish.requiredQualifications = []
        }
        return wish
    }

    private func line(
        _ phrase: WishPhrase, _ quantity: Int64, _ unit: Unit, _ random: inout CityRandom
    ) -> WishLine {
        var line = WishLine(category: phrase.category, quantity: quantity, unit: unit)
        if unit != .fen, let typical = material.categories[phrase.category]?.typicalPriceFen, random.chance(80) {
            let price = typical * Int64(80 + random.below(41)) / 100
            line.estimatedPriceFen = max(1, price < 1_000 ? price : price / 100 * 100)
        }
        line.isWhole = unit == .piece && quantity <= 3 && phrase.lane == .microWish && random.chance(40)
        return line
    }

    /// Sets when the wish came in and when an answer is due; some are late, as some always are.
    private func date(_ wish: inout Wish, _ random: inout CityRandom) {
        let (open, allowed): (Int, Int)
        switch (wish.lane, wish.urgency) {
        case (_, .critical): (open, allowed) = (4, 1)
        case (.microWish, .urgent): (open, allowed) = (20, 10)
        case (.microWish, .normal): (open, allowed) = (75, 45)
        case (.microProject, .urgent): (open, allowed) = (60, 60)
        case (.microProject, .normal): (open, allowed) = (150, 120)
        }
        let submitted = moment(daysAgo: 1 + min(random.below(open), random.below(open)), &random)
        wish.submitted = submitted
        if random.chance(95) {
            wish.due = Timestamp(milliseconds: submitted.milliseconds + Int64(allowed) * 86_400_000)
        }
    }

    private func hardship(of wish: Wish, _ random: inout CityRandom) -> Int? {
        if wish.lane == .microProject || random.chance(8) { return nil }
        var grade = random.below(3)
        for (group, steps) in City.gravity where wish.groups.contains(group) { grade += steps }
        if wish.urgency == .critical { grade += 1 }
        return min(grade, 4)
    }

    private static let gravity = [
        ("lowIncome", 1), ("extremePoverty", 2), ("seriousIllness", 1), ("orphans", 1), ("homeless", 1),
    ]

    /// Sets when help is of use: a span of days, hours of the week.
    private func schedule(_ wish: inout Wish, _ phrase: WishPhrase, _ unit: Unit, _ random: inout CityRandom) {
        let group = phrase.category.prefix { $0 != "." }
        let isVisit = unit == .minute || ["transport", "lodging", "repair", "access"].contains(group)
        if isVisit, random.chance(60) {
            let from = wish.urgency == .critical ? 0 : random.below(21)
            wish.window = DayWindow(from: day(from), until: day(from + 7 + random.below(54)))
        } else if !isVisit, random.chance(15) {
            wish.window = DayWindow(from: nil, until: day(20 + random.below(100)))
        }
        if isVisit, group != "lodging", random.chance(45) {
            wish.hours = material.hours["wish"]?.drawn(by: &random)
        }
    }

    private func languages(of phrase: WishPhrase, in town: Town, _ random: inout CityRandom) -> [String] {
        if phrase.groups.contains("hearingImpaired"), random.chance(60) { return ["csl", "cmn"] }
        if City.dialect.contains(where: phrase.textZh.contains) { return random.chance(50) ? ["yue"] : ["yue", "cmn"] }
        if phrase.groups.contains("migrantWorkers") { return ["cmn"] }
        if random.chance(8) { return [] }
        if random.chance(town.hakkaPercent) { return random.chance(50) ? ["hak"] : ["hak", "cmn"] }
        if random.chance(45) { return ["cmn"] }
        return random.chance(40) ? ["yue"] : ["yue", "cmn"]
    }

    private static let dialect = ["冇", "唔", "咗", "瞓", "倾偈", "点样", "屋企", "成日", "冲凉", "车衫", "耳仔", "同孙"]
}
