public import MatchCore

/// The columns of `parties.csv`, in which every field of a party can be said; `almoner-parties.yaml` reads them.
///
/// Trust and fatigue are whole numbers 0…1,000,000, moments are UTC, lists are joined by `|`.
public enum PartySheet {
    public static let columns = [
        "externalID", "name", "kind", "verified", "claimsEnded", "claimsDelivered", "confirmedAt", "statedTrust",
        "fatigue", "preferredGroups", "preferredAreas", "preferredCategories", "excludedGroups", "excludedAreas",
        "excludedCategories",
    ]

    /// The cells of one party, in the order of ``columns``.
    public static func cells(of party: Party, externalID: String, name: String) -> [String] {
        let preference = party.preference
        return [
            externalID, name, party.kind.code, party.isIdentityVerified.map(SheetCell.truth) ?? "",
            SheetCell.number(party.claimsEnded), SheetCell.number(party.claimsDelivered),
            SheetCell.text(party.lastConfirmed), SheetCell.number(party.statedTrust),
            SheetCell.number(party.fatigue), SheetCell.list(preference.groups), SheetCell.list(preference.areas),
            SheetCell.list(preference.categories), SheetCell.list(preference.excludedGroups),
            SheetCell.list(preference.excludedAreas), SheetCell.list(preference.excludedCategories),
        ]
    }
}
