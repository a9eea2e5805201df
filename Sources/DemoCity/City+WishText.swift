internal import MatchCore

extension City {
    /// The phrase as one person says it: who speaks, how many, why.
    func text(
        _ phrase: WishPhrase, _ quantity: Int64, _ unit: Unit, _ urgency: UrgencyGrade, _ village: Town.Village?,
        _ random: inout CityRandom
    ) -> String {
        var text = phrase.textZh
        if phrase.quantity.count > 1, unit == .piece, quantity > 1, random.chance(60),
            !text.contains(where: City.numerals.contains)
        {
            text += "（共\(quantity)\(City.measureWord(phrase.category))）"
        }
        let suited = material.variations.filter { $0.suits(phrase, urgency: urgency) }
        let before = suited.filter(\.isBefore)
        let after = suited.filter { !$0.isBefore }
        if !after.isEmpty, random.chance(40) { text += random.pick(after).text }
        if phrase.lane == .microProject, let village, random.chance(35) {
            text = "\(village.name)：\(text)"
        } else if !before.isEmpty, random.chance(25) {
            text = random.pick(before).text + text
        }
        return text
    }

    private static let numerals = Set("二两三四五六七八九十百千双对每")

    private static func measureWord(_ category: String) -> String {
        switch category {
        case "lodging.longterm", "lodging.nursinghome": return "个月"
        case "food.meals", "food.canteen": return "份"
        default: break
        }
        switch category.prefix(while: { $0 != "." }) {
        case "lodging": return "晚"
        case "transport": return "趟"
        case "public", "repair", "access": return "处"
        default: return "件"
        }
    }
}
