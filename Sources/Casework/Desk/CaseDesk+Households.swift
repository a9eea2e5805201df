public import MatchCore

extension CaseDesk {
    /// Opens the file of a family.
    public func openHousehold(area: Code) throws -> RecordID {
        try require([.intake, .coordinator], to: LocalizedText(zhHans: "建立家庭档案", en: "open a household's file"))
        let household = Household(id: newID(), area: area)
        try write(
            "household/open", on: "household", household.id, [FieldChange("area", before: nil, after: .code(area))])
        _ = try grade(household, after: nil)
        return household.id
    }

    /// Notes something in a household's file and grades it anew.
    public func note(_ event: HouseholdEvent, of id: RecordID, reason: Reason? = nil) throws -> HouseholdWatch {
        try require([.intake, .coordinator], to: LocalizedText(zhHans: "更新家庭档案", en: "keep a household's file"))
        guard var (household, watch) = try store.household(id) else {
            throw unknown(LocalizedText(zhHans: "家庭", en: "household"), id)
        }
        try rules.circumstances?.admit(event)
        switch event {
        case .personCame(let person, let birthYear):
            try PersonHints.check(birthYear: birthYear, thisYear: rules.calendar.zone.date(at: clock).year)
            household.take(person, birthYear: birthYear, at: now)
        case .personLeft(let person): try household.leave(person, at: now)
        case .hardship(let code): household.noteHardship(code, at: now)
        case .hardshipEnded(let code): household.endHardship(code, at: now)
        case .benefit(let code): household.noteBenefit(code, at: now)
        case .benefitEnded(let code): household.endBenefit(code, at: now)
        case .visited: household.noteVisit(at: now)
        case .unanswered: break
        }
        try write(event.action, on: "household", id, reason: reason, event.changes(of: id))
        watch = try grade(household, after: watch)
        if case .personCame = event {
            for filed in household.wishes where filed.closedAt == nil { try reviewNames(of: filed.wish) }
        }
        return watch
    }

    /// Files a wish under its household.
    ///
    /// Throws `notCovered` where the program lets a household have one open wish in a round, and it has one.
    public func file(_ wish: RecordID, under id: RecordID, round: Int = 1) throws {
        try require([.intake, .coordinator], to: LocalizedText(zhHans: "归入家庭档案", en: "file a wish"))
        guard var (household, watch) = try store.household(id) else {
            throw unknown(LocalizedText(zhHans: "家庭", en: "household"), id)
        }
        if let other = try store.household(ofWish: wish), other != id {
            throw try filedElsewhere(wish, other, instead: id)
        }
        var wishCase = try store.wishCase(wish)
        // What was over before the family had a file is no open wish of theirs.
        let closedAt = wishCase.flatMap { $0.state == .open ? nil : $0.changedAt }
        try household.file(
            wish, round: round, onePerRound: rules.onePerRound, at: now, closedAt: closedAt, calling: handle(ofWish:))
        wishCase?.household = id
        if let wishCase { try store.save(wishCase) }
        try write("household/file", on: "household", id, [FieldChange("wish", before: nil, after: .record(wish))])
        watch = try grade(household, after: watch)
        // Whoever lives there is not to be named in its wording.
        try reviewNames(of: wish)
        // What was said for the household holds for this wish, too.
        try settleConsents(of: wish)
    }

    /// A family is known by what it asks for: its file has no number that people use.
    private func filedElsewhere(_ wish: RecordID, _ other: RecordID, instead id: RecordID) throws -> CaseworkError {
        let name = try handle(ofWish: wish)
        let others = try (store.household(other)?.household.wishes ?? []).map(\.wish).filter { $0 != wish }.prefix(3)
            .map { try handle(ofWish: $0) }
        let (en, zhHans) =
            others.isEmpty
            ? ("", "") : (", with \(others.joined(separator: ", "))", "，同在该档案的有 \(others.joined(separator: "、"))")
        return CaseworkError(
            .wrongState,
            "\(name) is in another family's file already\(en) (household show \(other)). Where that is the wrong one, move it: "
                + "household move \(id) \(name) --note \"…\".",
            zhHans: "\(name) 已归入另一家庭的档案\(zhHans)（household show \(other)）。如归错家庭，请移动："
                + "household move \(id) \(name) --note \"…\"。")
    }

    /// Grades a wish's household anew, after something happened to a clock of the wish.
    func regrade(householdOf wish: RecordID) throws {
        guard let id = try store.household(ofWish: wish) else { return }
        try regrade(id)
    }

    /// Grades a household anew by what is known now; where nothing changed, nothing is written.
    ///
    /// - Parameter reason: why the day of its visit may have moved, where it is not the grade.
    func regrade(_ id: RecordID, because reason: Reason? = nil) throws {
        guard let (household, watch) = try store.household(id) else { return }
        _ = try grade(household, after: watch, because: reason)
    }

    func reopenInHousehold(_ wish: RecordID) throws {
        guard let id = try store.household(ofWish: wish), var (household, watch) = try store.household(id) else {
            return
        }
        try household.reopen(wish)
        watch = try grade(household, after: watch)
    }

    func closeInHousehold(_ wish: RecordID) throws {
        guard let id = try store.household(ofWish: wish), var (household, watch) = try store.household(id) else {
            return
        }
        try household.close(wish, at: now)
        watch = try grade(household, after: watch)
    }

    /// Grades a household and keeps its file: the one place that gives a grade, passed by whatever happens to the family, its
    /// wishes or a clock of theirs.
    private func grade(
        _ household: Household, after previous: HouseholdWatch?, because reason: Reason? = nil
    ) throws -> HouseholdWatch {
        let watch = try watch(of: household, after: previous)
        try store.save(household, watch: watch)
        try derive(groupsOf: household)
        let program = desk(as: .system, at: try present())
        // The day of the visit moves with the grade and with each visit; that it moved is told.
        if previous != nil, watch.visitDue != previous?.visitDue,
            try watch.visitDue != nil || store.isErased(household.id)
        {
            notes?.add("visit", household.id, of: nil, at: now)
            try program.write(
                "household/visitDue", on: "household", household.id, reason: reason,
                [
                    FieldChange(
                        "visitDue", before: previous?.visitDue.map { .moment($0) },
                        after: watch.visitDue.map { .moment($0) })
                ])
        }
        if watch.grade != previous?.grade, let grade = Code(watch.grade.rawValue) {
            // What it was given for speaks of the family: it stands in the file alone, sealed, and goes with it.
            try program.write(
                "household/grade", on: "household", household.id,
                [
                    FieldChange(
                        "grade", before: previous.flatMap { Code($0.grade.rawValue) }.map { .code($0) },
                        after: .code(grade))
                ])
        }
        return watch
    }

    /// The grade that the rules give a household by everything that is known of it; nothing is kept.
    func watch(of household: Household, after previous: HouseholdWatch?) throws -> HouseholdWatch {
        // Nothing is kept of an erased family that a grade could be made of, and nobody comes by on account of it.
        guard try !store.isErased(household.id) else { return .ended(household.id, after: previous, at: now) }
        let present = try present()
        var overdue = 0
        for filed in household.wishes where filed.closedAt == nil {
            overdue += try store.clocks(of: filed.wish).count { $0.isOverdue(asOf: present) }
        }
        let facts = HouseholdFacts(
            household, asOf: present, zone: rules.calendar.zone, overdueClocks: overdue,
            unansweredCalls: try unansweredCalls(of: household.id))
        return HouseholdWatch.grading(
            household, facts, by: rules.watch, after: previous, at: present, calendar: rules.calendar)
    }

    /// As of when a household is judged: as of the step, but never by less than the runner has noted. A step that is entered
    /// days after it was made hides nothing that was missed since.
    private func present() throws -> Moment { max(now, min(try store.runnerTime() ?? now, clock)) }
}

extension CaseDesk {
    /// How many calls running nobody answered: what was noted last since somebody came by.
    private func unansweredCalls(of household: RecordID) throws -> Int {
        for entry in try store.history(of: [household]).reversed() {
            switch entry.action {
            case "household/visit": return 0
            case "household/unanswered":
                for change in entry.changes where change.field == "calls" {
                    if case .integer(let calls) = change.after { return Int(clamping: calls) }
                }
            default: continue
            }
        }
        return 0
    }
}

/// What happens to a household.
public enum HouseholdEvent: Hashable, Sendable {
    case personCame(RecordID, birthYear: Int?)
    case personLeft(RecordID)
    case hardship(Code), hardshipEnded(Code)
    case benefit(Code), benefitEnded(Code)
    case visited
    /// Nobody answered, that many times running.
    case unanswered(calls: Int)

    var action: Code {
        switch self {
        case .personCame: "household/come"
        case .personLeft: "household/leave"
        case .hardship: "household/hardship"
        case .hardshipEnded: "household/hardshipEnded"
        case .benefit: "household/benefit"
        case .benefitEnded: "household/benefitEnded"
        case .visited: "household/visit"
        case .unanswered: "household/unanswered"
        }
    }

    /// Which hardship or benefit it is, is sealed in the file: the history says only where it stands.
    func changes(of household: RecordID) -> [FieldChange] {
        let sealed = HistoryValue.field(
            FieldReference(table: "household_circumstance", row: household, column: "code", version: 1))
        return switch self {
        case .personCame(let person, _): [FieldChange("person", before: nil, after: .record(person))]
        case .personLeft(let person): [FieldChange("person", before: .record(person), after: nil)]
        case .hardship, .benefit: [FieldChange("code", before: nil, after: sealed)]
        case .hardshipEnded, .benefitEnded: [FieldChange("code", before: sealed, after: nil)]
        case .visited: []
        case .unanswered(let calls): [FieldChange("calls", before: nil, after: .integer(Int64(calls)))]
        }
    }
}
