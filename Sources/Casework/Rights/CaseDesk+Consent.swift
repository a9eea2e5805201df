internal import CaseRecords
public import MatchCore

/// What was done with a consent that was recorded or taken back.
public struct ConsentOutcome: Hashable, Sendable {
    public let said: [Consent]
    /// Wishes that it speaks of.
    public var wishes: [RecordID] = []
    /// Claims that were released because of it.
    public var released = 0
    /// Claims that something is on its way for: they go on.
    public var underWay = 0
}

extension CaseDesk {
    /// Writes down what a person agreed to, or no longer agrees to. It counts at once: what is not to be matched leaves the
    /// matching, its proposals and promises that nothing was sent for are released, its suggestions are taken away; what is
    /// not to be published is seen by no donor any more.
    ///
    /// Said of a household it holds for all the wishes in its file, as long as they are in it, but for one that something
    /// else was said of; a refusal for those as well.
    /// - Parameters:
    ///   - id: a wish, a household, a member of one, or an inbound record.
    ///   - relation: what the guardian is to the person, where a guardian spoke.
    ///
    /// Throws `unknown`, `notCovered` for a child without a guardian, `malformed` for a relation that is not declared,
    /// `notInTime` for a time to come.
    public func record(
        _ scopes: [Consent.Scope], of id: RecordID, isGiven: Bool, by giver: Consent.Giver = .person,
        relation: Code? = nil, saidAt: Moment? = nil, version: Code? = nil
    ) throws -> ConsentOutcome {
        try require([.intake, .coordinator], to: LocalizedText(zhHans: "登记同意", en: "record a consent"))
        guard let file = try store.personFile(id) else { throw unknownPerson(id) }
        let holders = file.holders.filter { $0.kind != .party }
        guard !holders.isEmpty, !scopes.isEmpty else {
            throw CaseworkError(
                .malformed,
                "A consent is of a wish, a household, a member of one or an inbound record, and names a scope.",
                zhHans: "同意须针对心愿、家庭、家庭成员或受理记录，并写明事项。")
        }
        let saidAt = saidAt ?? now
        guard saidAt <= now else {
            throw CaseworkError(.notInTime, "Nobody has agreed tomorrow.", zhHans: "同意时间不能晚于现在。")
        }
        try check(giver, relation)
        if isGiven, giver == .person, try holders.contains(where: { try isChild($0) }) {
            throw CaseworkError(
                .notCovered,
                "The person is, or may still be, under \(rules.consent.childUnder): a guardian has to agree. Say who, with "
                    + "'guardian' and a relation.",
                zhHans: "本人不满（或可能不满）\(rules.consent.childUnder) 周岁，须由监护人同意。请填写监护人及其关系。")
        }
        // What a household says is said of its file: a wish that turns out to be another family's takes nothing of it along.
        let isOfHousehold = holders.contains { $0.kind == .household }
        var outcome = ConsentOutcome(
            said: holders.filter { !isOfHousehold || $0.kind != .wish }.flatMap { holder in
                scopes.map { scope in
                    Consent(
                        id: newID(), subject: holder.id, scope: scope, version: version ?? rules.consent.version,
                        giver: giver, relation: giver == .guardian ? relation : nil, saidAt: saidAt,
                        recordedBy: actor.id, isGiven: isGiven)
                }
            })
        for consent in outcome.said {
            try store.insert(consent)
            try write(
                isGiven ? "consent/give" : "consent/withdraw", on: "consent", consent.subject,
                [
                    FieldChange("scope", before: nil, after: Code(consent.scope.rawValue).map { .code($0) }),
                    FieldChange("version", before: nil, after: .code(consent.version)),
                    FieldChange("saidAt", before: nil, after: .moment(saidAt)),
                ])
        }
        outcome.wishes = try wishes(of: holders)
        for wish in outcome.wishes {
            let recalled = try settleConsents(of: wish)
            outcome.released += recalled.released
            outcome.underWay += recalled.underWay
        }
        return outcome
    }

    private func check(_ giver: Consent.Giver, _ relation: Code?) throws {
        guard giver == .guardian else { return }
        let known = rules.consent.relations.codes
        guard let relation, known.isEmpty || known.contains(relation) else {
            throw CaseworkError(
                .malformed,
                "Say what the guardian is to the person: \(known.map(\.text).joined(separator: ", ")).",
                zhHans: "请填写监护人与本人的关系：\(known.map(\.text).joined(separator: "、"))。")
        }
    }

    private func isChild(_ holder: PersonFile.Holder) throws -> Bool {
        let thisYear = rules.calendar.zone.date(at: now).year
        let years: [Int]
        switch holder.kind {
        case .wish: years = try subjects(ofWish: holder.id).compactMap { try store.traits(of: $0)?.birthYear }
        case .inbox: years = try store.traits(of: holder.id)?.birthYear.map { [$0] } ?? []
        case .member:
            years = try store.birthYear(ofMember: holder.id).map { [$0] } ?? []
        case .household, .party, .staff: years = []
        }
        return years.contains { rules.consent.isChild(bornIn: $0, on: thisYear) }
    }

    public func wishes(of holders: [PersonFile.Holder]) throws -> [RecordID] {
        var found: Set<RecordID> = []
        for holder in holders {
            switch holder.kind {
            case .wish: found.insert(holder.id)
            case .household:
                found.formUnion(try store.household(holder.id)?.household.wishes.map(\.wish) ?? [])
            case .inbox: if let wish = try store.inboxRecord(holder.id)?.wish { found.insert(wish) }
            case .member, .party, .staff: break
            }
        }
        return found.sorted()
    }

    /// The records that speak for a wish, the nearest first: itself, what it came in with, its household.
    private func subjects(ofWish wish: RecordID) throws -> [RecordID] {
        [wish] + (try store.inboxRecords(ofWish: wish).map(\.id))
            + (try store.household(ofWish: wish).map { [$0] } ?? [])
    }

    /// What was said last of each scope: of the wish itself, else of what it came in with, else of its household. What the
    /// household refused after that is refused.
    func standing(ofWish wish: RecordID) throws -> [Consent.Scope: Consent] {
        let subjects = try subjects(ofWish: wish)
        let rank = Dictionary(subjects.enumerated().map { ($1, $0) }) { first, _ in first }
        var standing: [Consent.Scope: Consent] = [:]
        let household = try store.household(ofWish: wish)
        var ofHousehold: [Consent.Scope: Consent] = [:]
        for consent in try store.consents(of: subjects) {
            if consent.subject == household, ofHousehold[consent.scope].map({ consent.isSaid(after: $0) }) ?? true {
                ofHousehold[consent.scope] = consent
            }
            guard let known = standing[consent.scope] else {
                standing[consent.scope] = consent
                continue
            }
            let (new, old) = (rank[consent.subject] ?? .max, rank[known.subject] ?? .max)
            // Of one subject the last word counts.
            if new < old || new == old && consent.isSaid(after: known) { standing[consent.scope] = consent }
        }
        for (scope, said) in ofHousehold where !said.isGiven {
            if let known = standing[scope], said.isSaid(after: known) { standing[scope] = said }
        }
        return standing
    }

    /// Computes anew what is held back of a wish for want of a consent, and recalls what must not go on.
    @discardableResult
    func settleConsents(of wish: RecordID) throws -> (released: Int, underWay: Int) {
        let standing = try standing(ofWish: wish)
        let before = try store.holds(of: wish)
        var after = before.subtracting(WishHold.byConsent)
        for scope in Consent.Scope.allCases {
            let isAllowed = standing[scope]?.isGiven ?? !rules.consent.required.contains(scope)
            if !isAllowed { after.insert(scope.hold) }
        }
        guard after != before else { return (0, 0) }
        try store.setHolds(after, of: wish, at: now)
        try writeHolds(of: wish, before, after)
        // What was suggested lists the groups and the hardship that it was made of.
        if after.contains(.sensitive), !before.contains(.sensitive) { try store.removeSuggestions(of: wish) }
        guard after.contains(.matching), !before.contains(.matching) else {
            if before.contains(.matching), !after.contains(.matching) { try system.serveQueues(of: wish) }
            return (0, 0)
        }
        return try recall(wish)
    }

    func writeHolds(of wish: RecordID, _ before: Set<WishHold>, _ after: Set<WishHold>) throws {
        let changes = WishHold.allCases.filter { before.contains($0) != after.contains($0) }.compactMap { hold in
            Code(hold.rawValue).map {
                FieldChange(
                    $0, before: before.contains(hold) ? .code("held") : nil,
                    after: after.contains(hold) ? .code("held") : nil)
            }
        }
        if !changes.isEmpty { try system.write("wish/hold", on: "wish", wish, changes) }
    }

    /// Releases what is promised and not yet sent, and takes suggestions away.
    private func recall(_ wish: RecordID) throws -> (released: Int, underWay: Int) {
        try store.removeSuggestions(of: wish)
        for place in try store.queuePlaces(ofWish: wish) { try system.leave(place) }
        let claims = try store.claims(ofWish: wish).filter { !$0.claim.state.isEnded && $0.claim.state != .confirmed }
        var released = 0
        for kept in claims where [.proposed, .accepted].contains(kept.claim.state) {
            _ = try system.step(kept.claim.id, .release, reason: Reason("consentWithdrawn"))
            released += 1
        }
        return (released, claims.count - released)
    }

    /// Computes what is held back anew for all open wishes where the program asks for other consents than it did.
    func reviewConsents() throws {
        let name: Code = "consentRequired"
        let declared = rules.consent.required.map(\.rawValue).sorted().joined(separator: " ")
        guard try store.setting(name) ?? "" != declared else { return }
        var after: RecordID?
        while true {
            let cases = try store.wishes(RecordQuery(state: "open", after: after), limit: 1_000)
            for wish in cases { try settleConsents(of: wish.key.id) }
            guard cases.count == 1_000, let last = cases.last?.key.id else { break }
            after = last
        }
        try store.set(name, to: declared, at: now, by: CaseActor.system.id)
    }
}

extension Consent {
    /// Whether it is the later word; of two of one moment, the one that was written down later.
    fileprivate func isSaid(after other: Consent) -> Bool { (other.saidAt, other.id) < (saidAt, id) }
}
