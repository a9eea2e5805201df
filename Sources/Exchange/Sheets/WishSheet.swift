public import MatchCore

/// The columns of `wishes.csv`, one row for each line of a wish; `almoner-wishes.yaml` reads them.
///
/// `estimatedPriceFen` is that of one unit, `hardship` is 0…4, `submittedAt` and `due` are UTC, `from` and `until` are
/// days and both count, `qualifications` are required ones, lists are joined by `|`.
public enum WishSheet {
    public static let columns = [
        "externalID", "lane", "line", "category", "quantity", "unit", "estimatedPriceFen", "whole", "latitude",
        "longitude", "area", "groups", "languages", "from", "until", "hours", "skills", "qualifications", "urgency",
        "hardship", "submittedAt", "due", "text",
    ]

    /// The cells of one line, in the order of ``columns``.
    public static func cells(of line: WishLine, in wish: Wish) -> [String] {
        [
            wish.key.handle, wish.lane.code, String(line.number), line.category ?? "",
            SheetCell.number(line.quantity), line.unit.code, SheetCell.number(line.estimatedPriceFen),
            SheetCell.truth(line.isWhole), SheetCell.degrees(wish.place.point?.latitude),
            SheetCell.degrees(wish.place.point?.longitude), wish.place.area ?? "", SheetCell.list(wish.groups),
            SheetCell.list(wish.languages), SheetCell.text(wish.window?.from), SheetCell.text(wish.window?.until),
            SheetCell.text(wish.hours), SheetCell.list(wish.skills), SheetCell.list(wish.requiredQualifications),
            wish.urgency.code, SheetCell.number(wish.hardship), SheetCell.text(wish.submitted),
            SheetCell.text(wish.due), wish.text,
        ]
    }
}
