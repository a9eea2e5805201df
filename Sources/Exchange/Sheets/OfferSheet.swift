public import MatchCore

/// The columns of `offers.csv`, one row for each line of an offer; `almoner-offers.yaml` reads them.
///
/// `party` is the party's external id, `quantity` is in `unit`, `serviceRadius` in metres, `from` and `until` are days
/// and both count, `hours` are those of ``WeeklyHours``, `receivedAt` is UTC, lists are joined by `|`.
public enum OfferSheet {
    public static let columns = [
        "externalID", "party", "kind", "line", "category", "quantity", "unit", "latitude", "longitude", "area",
        "delivers", "remote", "serviceAreas", "serviceRadius", "from", "until", "hours", "skills", "qualifications",
        "languages", "text", "receivedAt",
    ]

    /// The cells of one line, in the order of ``columns``.
    ///
    /// - Parameters:
    ///   - party: the external id of the party.
    ///   - received: when the party made the offer.
    public static func cells(of line: OfferLine, in offer: Offer, party: String, received: Timestamp?) -> [String] {
        [
            offer.key.handle, party, offer.kind.code, String(line.number), line.category ?? "",
            SheetCell.number(line.available), line.unit.code, SheetCell.degrees(offer.place.point?.latitude),
            SheetCell.degrees(offer.place.point?.longitude), offer.place.area ?? "", SheetCell.truth(offer.delivers),
            SheetCell.truth(offer.isRemote), SheetCell.list(offer.serviceAreas),
            SheetCell.number(offer.serviceRadiusMetres), SheetCell.text(offer.window?.from),
            SheetCell.text(offer.window?.until), SheetCell.text(offer.hours), SheetCell.list(offer.skills),
            SheetCell.list(offer.qualifications), SheetCell.list(offer.languages), offer.text,
            SheetCell.text(received),
        ]
    }
}
