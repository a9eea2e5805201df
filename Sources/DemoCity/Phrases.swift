internal import MatchCore

/// A request as somebody might word it.
struct WishPhrase: Sendable {
    /// A leaf item of the catalogue.
    var category: String
    var textZh: String
    var textEn: String
    /// In the category's unit.
    var quantity: ClosedRange<Int64>
    var groups: [String]
    var urgency: UrgencyGrade
    var lane: Lane
}

/// An offer as a party of that kind might word it.
struct OfferPhrase: Sendable {
    /// A leaf item of the catalogue, or a group for a budget.
    var category: String
    var kind: OfferKind
    var partyKind: PartyKind
    var textZh: String
    var textEn: String
    /// In fen for money, else in the category's unit.
    var quantity: ClosedRange<Int64>
    var delivers: Bool
    var skills: [String]
    var languages: [String]

    /// Given over the telephone or the net.
    var isRemote: Bool { textZh.contains("线上") || textZh.contains("电话") && kind == .service }
}

/// What may stand before or after a wish's wording. Empty conditions hold always.
struct Variation: Sendable {
    var isBefore: Bool
    var lane: Lane
    /// Top groups of the catalogue.
    var categories: [String]
    var groups: [String]
    var urgency: UrgencyGrade?
    var text: String

    func suits(_ phrase: WishPhrase, urgency: UrgencyGrade) -> Bool {
        lane == phrase.lane && (self.urgency ?? urgency) == urgency
            && (categories.isEmpty || categories.contains(String(phrase.category.prefix { $0 != "." })))
            && (groups.isEmpty || groups.contains(where: phrase.groups.contains))
    }
}

/// The months of the year in which a thing is wanted; from 10 until 2 runs over New Year.
struct Season: Sendable {
    var category: String
    var from: Int
    var until: Int

    func contains(_ month: Int) -> Bool {
        from <= until ? (from...until).contains(month) : month >= from || month <= until
    }

    /// The season that `day` lies in, or else the next one.
    func window(around day: Day) -> DayWindow {
        let (year, month, _) = day.parts
        let runsOver = from > until
        let began = contains(month) ? (runsOver && month <= until ? year - 1 : year) : month < from ? year : year + 1
        let endYear = runsOver ? began + 1 : began
        let afterEnd =
            until == 12 ? Day(year: endYear + 1, month: 1, day: 1) : Day(year: endYear, month: until + 1, day: 1)
        return DayWindow(
            from: Day(year: began, month: from, day: 1), until: afterEnd.map { Day(number: $0.number - 1) })
    }
}

/// A trade that parties of a kind ply: what their names say and which groups of the catalogue they offer.
struct Trade: Sendable {
    var name: String
    /// Empty: any.
    var categories: [String]
}
