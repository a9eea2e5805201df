internal import CaseRecords
public import MatchCore

/// How a wish's wording stands before publication.
public struct WordingState: Hashable, Sendable {
    public let wish: RecordID
    public let wording: String
    public let findings: [MaskingFinding]
    /// Whether a coordinator let what was found pass.
    public let isAccepted: Bool
    /// Whether an approval stands, or none is asked for.
    public let isApproved: Bool
    /// What keeps the wish from publication, or from matching.
    public let holds: Set<WishHold>

    /// Whether donors and the public read it now.
    public var isPublished: Bool { isApproved && holds.isDisjoint(with: WishHold.fromPublication) }
}

extension CaseDesk {
    private var thisYear: Int { rules.calendar.zone.date(at: clock).year }

    /// Looks wordings over with the names of staff: for many, read once.
    public func wordingCheck() throws -> WordingCheck {
        WordingCheck(names: try store.staffNames(limit: 10_000), thisYear: thisYear)
    }

    /// What stands in a wording, looked over with the names of the wish's household and of staff.
    public func findings(in wording: String, of wish: RecordID?) throws -> [MaskingFinding] {
        let household = try wish.map { try householdNames(of: $0) } ?? []
        return try wordingCheck().knowing(household).findings(in: wording)
    }

    private func householdNames(of wish: RecordID) throws -> [String] {
        guard let household = try store.household(ofWish: wish),
            let members = try store.household(household)?.household.members
        else { return [] }
        return try members.compactMap { try store.note($0.person)?.words }
    }

    /// How a wish's wording stands. Throws `unknown`.
    public func wording(of wish: RecordID) throws -> WordingState {
        guard let record = try store.wish(wish) else {
            throw unknown(LocalizedText(zhHans: "心愿", en: "wish"), wish)
        }
        let holds = try store.holds(of: wish)
        return WordingState(
            wish: wish, wording: record.features.text, findings: try findings(in: record.features.text, of: wish),
            isAccepted: holds.contains(.wordingAccepted),
            isApproved: try store.approval(ofWish: wish)?.isApproved ?? true, holds: holds)
    }

    /// Lets a wording be published although something was found in it; it counts until the wish is changed.
    ///
    /// Throws `reasonRequired`, and ``WordingRefusal`` for what the program never lets pass.
    public func acceptWording(of wish: RecordID, reason: Reason?) throws {
        try require([.coordinator], to: LocalizedText(zhHans: "放行文字", en: "let a wording pass"))
        guard let reason else {
            throw CaseworkError(
                .reasonRequired, "To publish what was found takes a reason.", zhHans: "发布检查出的内容须说明理由。")
        }
        let state = try wording(of: wish)
        let refusal = WordingRefusal(state.findings)
        guard refusal.mayBeOverridden(by: rules.masking) else { throw refusal }
        guard !state.findings.isEmpty || state.holds.contains(.wording) else { return }
        let after = state.holds.subtracting([.wording]).union([.wordingAccepted])
        guard after != state.holds else { return }
        try store.setHolds(after, of: wish, at: now)
        try write(
            "wish/acceptWording", on: "wish", wish, reason: reason,
            [FieldChange("findings", before: nil, after: .integer(Int64(state.findings.count)))])
    }

    /// Called where a person publishes a wording. Throws ``WordingRefusal`` for one that holds what nobody let pass.
    func requirePublishable(_ wish: RecordID) throws {
        let state = try wording(of: wish)
        guard !state.findings.isEmpty else {
            guard !state.holds.contains(.wording) else {
                throw CaseworkError(
                    .wrongState,
                    "This wording is held back: when it came in, it said a name that is kept nowhere. Look at it; then change it, "
                        + "or let it pass: almoner wish wording WISH --reason wordingChecked.",
                    zhHans: "该文字暂不发布：导入时文字中有当事人姓名（姓名未保存）。请核查后修改文字，或说明理由放行："
                        + "almoner wish wording 心愿 --reason wordingChecked。")
            }
            return
        }
        let refusal = WordingRefusal(state.findings)
        guard state.isAccepted, refusal.mayBeOverridden(by: rules.masking) else { throw refusal }
    }

    /// Called where a wish is approved with a publication still to come, or by itself: what is found is held back until a
    /// coordinator has looked at it, and the help goes on.
    func holdWording(of wish: RecordID) throws {
        let state = try wording(of: wish)
        if !state.isAccepted, !state.findings.isEmpty { try settleWording(of: wish, isClean: false) }
    }

    /// Called where a wording was registered or changed, by whatever way; what is found holds it. Returns that.
    ///
    /// - Parameter check: with the names that its source tells. Without one, names are looked for where a wording is approved.
    func reviewWording(
        _ wording: String, of outcome: SaveOutcome, by check: WordingCheck? = nil
    ) throws -> [MaskingFinding] {
        switch outcome {
        case .unchanged: return []
        case .created(let id):
            let findings = (check ?? WordingCheck(thisYear: thisYear)).findings(in: wording)
            if !findings.isEmpty { try settleWording(of: id, isClean: false) }
            return findings
        case .changed(let id):
            let holds = try store.holds(of: id)
            // Who let the earlier wording pass may not have seen this one.
            if holds.contains(.wordingAccepted) {
                try store.setHolds(holds.subtracting([.wordingAccepted]), of: id, at: now)
            }
            let findings =
                try check.map { try $0.knowing(householdNames(of: id)).findings(in: wording) }
                ?? WordingCheck(thisYear: thisYear).findings(in: wording)
            try settleWording(of: id, isClean: findings.isEmpty)
            return findings
        }
    }

    /// Called where more names are known than when a wording was looked over: one that holds a name is held, unless somebody
    /// has let it pass. Returns the names that are found.
    ///
    /// - Parameter names: besides those of the wish's household.
    @discardableResult
    public func reviewNames(of wish: RecordID, besides names: [String] = []) throws -> [MaskingFinding] {
        let names = try names + householdNames(of: wish)
        guard !names.isEmpty, let wording = try store.wish(wish)?.features.text, !wording.isEmpty else { return [] }
        let found = WordingCheck(names: names, thisYear: thisYear).findings(in: wording).filter { $0.kind == .name }
        guard !found.isEmpty, try !store.holds(of: wish).contains(.wordingAccepted) else { return [] }
        try settleWording(of: wish, isClean: false)
        return found
    }

    private func settleWording(of wish: RecordID, isClean: Bool) throws {
        let before = try store.holds(of: wish)
        let after =
            isClean ? before.subtracting([.wording, .wordingAccepted]) : before.union([.wording])
        guard after != before else { return }
        try store.setHolds(after, of: wish, at: now)
        try writeHolds(of: wish, before, after)
    }
}
