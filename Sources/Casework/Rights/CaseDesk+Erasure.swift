internal import CaseRecords
public import MatchCore

/// What erasing a person did.
public struct Erasure: Hashable, Sendable {
    public let file: PersonFile
    /// Claims that were released for it.
    public var released = 0
    /// Claims that something is on its way for, or that wait for a confirmation: they go on without the person's words.
    public var underWay = 0
    /// What was cancelled of wishes, and withdrawn of offers.
    public var linesClosed = 0
}

extension CaseDesk {
    /// Erases a person: what is sealed of them is gone from here, and dead in every backup. Ledger and history stay.
    ///
    /// What they still wait for ends by the ordinary steps first: promises are released, what is open is cancelled, offers of
    /// a party are withdrawn; so the balances hold. What is on its way stays on its way.
    public func erasePerson(_ id: RecordID, reason: Reason?) throws -> Erasure {
        try require([], to: LocalizedText(zhHans: "删除个人资料", en: "erase a person"))
        guard let reason else {
            throw CaseworkError(
                .reasonRequired, "Erasing a person takes a reason.", zhHans: "删除个人资料须说明理由。")
        }
        guard let file = try store.personFile(id) else { throw unknownPerson(id) }
        var erasure = Erasure(file: file)
        try begin(erasing: file.holders, reason: reason)
        for holder in file.holders { try end(holder, reason: reason, &erasure) }
        try store.erase(file, at: now)
        try settleHouseholds(among: file.holders)
        return erasure
    }

    /// Ends by the ordinary steps what people who were erased still wait for in an older copy of the database, after their
    /// content was taken away again: then the balances are as the erasure had left them.
    ///
    /// Whatever was said of the reason stands in the database that was lost; here it is `erasedSince`.
    public func finishErasures(of holders: [PersonFile.Holder]) throws -> Erasure {
        let (desk, reason) = (desk(as: .system, isReplaying: true), Reason("erasedSince"))
        var erasure = Erasure(file: PersonFile(id: CaseActor.system.id, holders: holders))
        try desk.begin(erasing: holders, reason: reason)
        for holder in holders { try desk.end(holder, reason: reason, &erasure) }
        try desk.settleHouseholds(among: holders)
        return erasure
    }

    private func begin(erasing holders: [PersonFile.Holder], reason: Reason) throws {
        for holder in holders {
            try write("person/erase", on: Code(holder.kind.rawValue) ?? "person", holder.id, reason: reason)
        }
        // All of them before anything comes free, so that none is served with what another gives back.
        for holder in holders where holder.kind == .wish {
            for place in try store.queuePlaces(ofWish: holder.id) { try system.leave(place) }
        }
    }

    private func end(_ holder: PersonFile.Holder, reason: Reason, _ erasure: inout Erasure) throws {
        switch holder.kind {
        case .wish: try endWish(holder.id, reason: reason, &erasure)
        case .party: try endParty(holder.id, reason: reason, &erasure)
        case .inbox: try cancelClocks(of: holder.id, because: reason)
        case .staff: if let account = try store.account(holder.id) { try system.end(account) }
        case .household, .member: break
        }
    }

    /// A file without content is watched no more.
    func settleHouseholds(among holders: [PersonFile.Holder]) throws {
        for holder in holders where holder.kind == .household { try system.regrade(holder.id) }
    }

    private func endWish(_ wish: RecordID, reason: Reason, _ erasure: inout Erasure) throws {
        let before = try store.claims(ofWish: wish).filter { !$0.claim.state.isEnded }
        let moving = before.filter { [.inTransit, .received].contains($0.claim.state) }
        erasure.underWay += moving.count
        erasure.released += before.count - moving.count
        for number in try store.lines(ofWish: wish)
        where try store.balance(ofWish: LineReference(wish, number))?[.open] ?? 0 > 0 { erasure.linesClosed += 1 }
        if moving.isEmpty, try store.wishCase(wish)?.state == .open {
            // A reason to close is asked of people; this one is why the person is erased.
            try desk(as: .system, isReplaying: true).end(wish, reason: reason)
            // Nobody is called back who is forgotten.
            return try cancelClocks(of: wish, because: reason)
        }
        // Held, so that nobody who waits or looks is served with what comes free here.
        try store.setHolds([.matching, .publication], of: wish, at: now)
        for kept in before where !moving.contains(kept) { _ = try system.step(kept.claim.id, .release, reason: reason) }
        try cancelOpen(of: wish, reason: reason)
        try cancelClocks(of: wish, because: reason)
    }

    private func endParty(_ party: RecordID, reason: Reason, _ erasure: inout Erasure) throws {
        // Closed first, so that nobody who waits is promised what ends here.
        if try store.party(party)?.state != .closed { try system.close(party: party, reason: reason) }
        let claims = try store.claims(ClaimFilter(party: party), limit: 100_000)
        for kept in claims where !kept.claim.state.isEnded {
            guard [.proposed, .accepted].contains(kept.claim.state) else {
                erasure.underWay += 1
                continue
            }
            _ = try system.step(kept.claim.id, .release, reason: reason)
            erasure.released += 1
        }
        for offer in try store.offers(RecordQuery(party: party), limit: 100_000) where offer.state != .withdrawn {
            erasure.linesClosed += try system.withdraw(offer.key.id, reason: reason).count
        }
    }
}
