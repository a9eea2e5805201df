internal import CaseRecords
internal import MatchCore

/// A file that is imported again says something else of a wish that is known.
extension CaseDesk {
    /// The wish as a file may say it: what the file has no word for stays as it is, and of a wish that has ended all does.
    ///
    /// Throws ``AdmissionRefusal``, field by field, where a file may not say this of a wish that the registry has: what
    /// ``settled(_:over:on:)`` holds it to.
    ///
    /// - Parameters:
    ///   - unsaid: what the file has no word for.
    ///   - isApproved: whether the file's wishes were approved where they come from, as it says them now.
    func readmitting(
        _ wish: Wish, known stored: WishRecord, unsaid: Set<WishField>, isApproved: Bool
    ) throws -> (wish: Wish, isLeft: Bool) {
        var wish = wish
        if unsaid.contains(.lane) { wish.lane = stored.features.lane }
        if unsaid.contains(.urgency) { wish.urgency = stored.features.urgency }
        if unsaid.contains(.place) { wish.place = stored.features.place }
        if wish.text.isEmpty { wish.text = stored.features.text }
        let settled = try settled(wish, over: stored, on: .file(isApproved: isApproved))
        guard settled.isEmpty else {
            throw AdmissionRefusal(
                faults: settled.map {
                    AdmissionFault(field: $0.field, at: $0.place, code: .settled, message: $0.error.text)
                })
        }
        // Of somebody who was erased the store says so itself.
        guard stored.state != .open, try !store.isErased(stored.key.id) else { return (wish, false) }
        wish.key = stored.key
        var said = WishRecord(new: wish)
        said.state = stored.state
        guard !said.says(sameAs: stored) else { return (wish, false) }
        return (stored.asWanted, true)
    }
}
