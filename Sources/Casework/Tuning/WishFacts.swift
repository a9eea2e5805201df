internal import CaseRecords
internal import MatchCore

/// Where a wish belonged at a moment of the past: what is known of it now, with every change that came later undone.
struct WishFacts {
    var area: String?
    var lane: String
    var category: String?
    /// As they are now, those included that follow from the household's file: the history keeps no groups of people.
    var groups: [String]
    /// Whether the wish or its household's file was changed later, so that what its history does not tell of may have been
    /// otherwise then.
    var isPartlyOfToday: Bool

    /// How the history calls a place that is not known.
    private static let unplaced = "unplaced"

    /// What changes the facts of a household's file that groups follow from.
    private static let householdChanges: Set<Code> = [
        "household/come", "household/leave", "household/hardship", "household/hardshipEnded", "household/benefit",
        "household/benefitEnded",
    ]

    /// - Parameters:
    ///   - groups: as matching sees them now.
    ///   - household: the history of the household's file; empty where there is none.
    init(
        of wish: WishRecord, groups: [String], line: Int, at moment: Timestamp, story: [HistoryEntry],
        household: [HistoryEntry]
    ) {
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
        self.groups = groups
        isPartlyOfToday =
            later.contains { $0.action == "wish/change" }
            || household.contains { entry in
                guard entry.at.milliseconds > moment.milliseconds else { return false }
                return Self.householdChanges.contains(entry.action)
                    || entry.changes.contains { $0.field == "wish" && $0.after == .record(wish.key.id) }
            }
    }
}

extension HistoryEntry {
    /// The field that tells what a line of a wish asks for.
    static func category(_ line: Int) -> Code { Code("category/\(line)") ?? "category" }
}
