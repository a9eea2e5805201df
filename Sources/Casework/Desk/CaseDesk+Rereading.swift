internal import CaseRecords
internal import MatchCore

/// What is asked for becomes more urgent, or is another thing, while the case is open: the program's rules are read again.
extension CaseDesk {
    /// Lets a wish's case follow what its record says now, on whatever way that changed: its time limits count anew from
    /// their start, and an approval that is not decided looks at what is asked for now.
    ///
    /// What was decided stays decided, and the history says so. A wish whose case is closed keeps what it was closed as.
    func followContent(of wish: RecordID, reason: Reason?) throws {
        guard var wishCase = try store.wishCase(wish), wishCase.state == .open, let record = try store.wish(wish) else {
            return
        }
        let before = wishCase
        wishCase.category = WishCase.category(of: record.features)
        wishCase.urgency = Urgency(record.features.urgency)
        if wishCase != before {
            try store.save(wishCase)
            try write("wish/reclassify", on: "wish", wish, reason: reason, changes(from: before, to: wishCase))
            try redealClocks(of: wishCase)
        }
        try rereadApproval(of: wishCase, asking: record)
    }

    private func changes(from before: WishCase, to after: WishCase) throws -> [FieldChange] {
        var changes: [FieldChange] = []
        if before.category != after.category {
            changes.append(FieldChange("category", before: .code(before.category), after: .code(after.category)))
        }
        if before.urgency != after.urgency {
            let (old, new) = (Code(before.urgency.rawValue), Code(after.urgency.rawValue))
            changes.append(FieldChange("urgency", before: old.map { .code($0) }, after: new.map { .code($0) }))
        }
        if let approval = try store.approval(ofWish: after.wish), approval.isApproved {
            changes.append(FieldChange("decision", before: nil, after: .code("stands")))
        }
        return changes
    }

    private func redealClocks(of wishCase: WishCase) throws {
        let context = try context(wishCase)
        for before in try store.clocks(of: wishCase.wish) {
            guard let terms = rules.clocks.limit(for: before.kind, of: context),
                let after = before.redealt(terms, calendar: rules.calendar, at: now)
            else { continue }
            try append(.redealt(before: before, after: after, by: actor, at: now, program: store.programCode()))
            try noteDue(before: before, after: after)
            try keep(after)
        }
    }

    /// Lets an approval that was decided, and is not any more, look at what is asked for now.
    func rereadApproval(of wish: RecordID) throws {
        guard let wishCase = try store.wishCase(wish), wishCase.state == .open, let record = try store.wish(wish) else {
            return
        }
        try rereadApproval(of: wishCase, asking: record)
    }

    private func rereadApproval(of wishCase: WishCase, asking record: WishRecord) throws {
        guard let before = try store.approval(ofWish: wishCase.wish) else { return }
        guard let after = before.rereading(request(of: wishCase, asking: record), at: now) else { return }
        try store.save(after)
        try append(
            .rereadApproval(before: before, after: after, by: actor, at: now, program: store.programCode()))
        try follow(after, from: before)
    }

    /// What an approval is asked for by a wish as its record stands.
    func request(of wishCase: WishCase, asking record: WishRecord) -> ApprovalCase.Request {
        ApprovalCase.Request(
            wish: wishCase.wish, category: wishCase.category, urgency: wishCase.urgency, amount: amount(of: record),
            groups: rules.categories.groups(of: wishCase.category))
    }
}
