internal import Casework

/// Claims by their last change, of whatever state: a page of the list is found without sorting all there ever were.
extension Schema {
    static let claimList = Migration(
        number: 19, name: "claimList",
        statements: ["CREATE INDEX claim_changed ON claim (program, changed_at, id)"], oldest: 18)
}
