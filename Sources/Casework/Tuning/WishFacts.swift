internal import CaseRecords
internal import MatchCore

/// Where a wish belonged at a moment of the past: what is known of it now, with every change that came later undone.
struct WishFacts {
    var area: String?
    var lane: String
    var category: String?
    /// As they are now: the history keeps no groups of people.
    var groups: [String]
    /// Whether the wish was changed later, so that what its history does not tell of may have been otherwise then.
    var isPartlyOfToday: Bool

    /// How the history calls a place that is not known.
    private static let unplaced = "unplaced"

    init(of wish: WishRecord, line: Int, at moment: Timestamp, story: [HistoryEntry]) {
        let lines = wish.features.lines
        let later = story.filter { $0.at.milliseconds > moment.milliseconds }
        /// What a field was before the first change after the moment; nil where none of them tells.
        func before(_ field: Code) -> String? {
            for change in later.flatMap(\.changes) where change.field == field {
                if case .code(let code)? = change.before { return code.text }
            }
            return nil
        }
        let moved = before("area")
        area = moved == Self.unplaced ? nil : moved ?? wish.features.place.area
        lane = before("lane") ?? wish.features.lane.code
        category = before(HistoryEntry.category(line)) ?? lines.first { $0.number == line }?.category
        groups = wish.features.groups
        isPartlyOfToday = later.contains { $0.action == "wish/change" }
    }
}

extension HistoryEntry {
    /// The field that tells what a line of a wish asks for.
    static func category(_ line: Int) -> Code { Code("category/\(line)") ?? "category" }
}
