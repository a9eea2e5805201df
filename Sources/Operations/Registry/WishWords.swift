internal import Casework
internal import MatchCore

/// By which words a wish is found: decided here for every list and every search by name.
///
/// Whoever sees the person's side of a wish finds it by what names it and by its words as they stand, approved or not: a
/// coordinator has to find what waits. Everybody else finds it by approved wording alone, and never by its name elsewhere.
enum WishWords {
    /// - Parameters:
    ///   - isClose: as ``WishView/isClose(_:in:)`` says; nil finds nothing by words that nobody approved.
    ///   - isNamed: whether what names the wish in other systems finds it.
    static func of(
        _ wish: RegisteredWish, isClose: Bool?, isNamed: Bool, isApproved: () throws -> Bool
    ) rethrows -> [String] {
        let names = isNamed ? [wish.key.handle] : []
        return try isClose == true || isApproved() ? names + [wish.features.text] : names
    }
}
