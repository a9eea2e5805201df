internal import CaseRecords
public import MatchCore

/// Where a wish belongs: in whose lists it stands.
extension CaseDesk {
    /// Puts an open wish into another area, with its case and its running clocks: from now on it stands in that area's
    /// lists. What was said of the past stays with the area it was in.
    ///
    /// Throws `wrongState` for a wish that is closed or there already, and ``AdmissionRefusal`` for an area that there is
    /// not.
    public func move(_ wish: RecordID, to area: Code, admission: Admission, reason: Reason? = nil) throws {
        try require([.intake, .coordinator], to: LocalizedText(zhHans: "更改心愿区划", en: "move a wish"))
        guard let stored = try store.wish(wish) else {
            throw unknown(LocalizedText(zhHans: "心愿", en: "wish"), wish)
        }
        guard stored.features.place.area != area.text else {
            throw CaseworkError(.wrongState, "The wish is in \(area) already.", zhHans: "该心愿已在区划 \(area)。")
        }
        var moved = stored.asWanted
        moved.place.area = area.text
        try change(moved, admission: admission, because: reason)
    }

    /// Lets a wish's case and its clocks follow it to the area that its record names now, on whatever way that changed.
    func followArea(of wish: Wish, _ id: RecordID, reason: Reason?) throws {
        guard let area = wish.place.area.flatMap({ Code($0) }), var wishCase = try store.wishCase(id),
            wishCase.state == .open, wishCase.area != area
        else { return }
        let before = wishCase.area
        wishCase.area = area
        try store.save(wishCase)
        for var clock in try store.clocks(of: id) where clock.end == nil {
            clock.move(to: area, at: now)
            try keep(clock)
        }
        try write(
            "wish/move", on: "wish", id, reason: reason,
            [FieldChange("area", before: .code(before), after: .code(area))])
    }
}
