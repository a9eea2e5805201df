internal import CaseRecords
internal import MatchCore

/// What was handed over before the program began: it goes through the same ledger, as claims that were confirmed then on
/// offers of their own, so that what is fulfilled has been received.
extension CaseDesk {
    /// The source of the offers and the party that keep deliveries of the past.
    static let pastSource = "history"

    /// Notes that something had arrived.
    ///
    /// Throws `insufficient` for more than is open, `quantity` for a line that names no quantity.
    func deliverPast(_ delivery: PastEvent.Delivery, to wish: RecordID) throws {
        _ = try openCase(wish)
        let line = LineReference(wish, delivery.line)
        guard let balance = try store.balance(ofWish: line) else {
            throw unknown(LocalizedText(zhHans: "心愿明细", en: "line of a wish"), wish)
        }
        guard balance.total != nil else {
            throw CaseworkError(
                .quantity, "Line \(line.number) of the wish names no quantity; change the wish first.",
                zhHans: "心愿第 \(line.number) 条明细未写数量，请先补充。")
        }
        let quantity = delivery.quantity ?? balance[.open]
        guard quantity > 0, quantity <= balance[.open] else {
            throw CaseworkError(
                .insufficient, "Line \(line.number) has \(balance[.open]) open; \(quantity) cannot have arrived.",
                zhHans: "心愿第 \(line.number) 条明细尚缺 \(balance[.open])，不可能送达 \(quantity)。")
        }
        let party = try delivery.party ?? unnamedParty()
        guard try store.party(party) != nil else { throw unknown(LocalizedText(zhHans: "主体", en: "party"), party) }
        let offer = try pastOffer(of: party, balance.unit, pledging: quantity)
        let claim = Claim(
            id: newID(), offerLine: offer.id, wishLine: line.id, wish: wish, party: party, quantity: quantity,
            state: .confirmed, terms: rules.leases, lease: nil, legs: [], version: 1, changedAt: now)
        let kept = KeptClaim(claim: claim, offer: offer, wish: line, madeAt: now)
        try store.move(quantity, .handedOver, offer: offer, wish: line)
        try store.insert(kept)
        let reason = Reason("imported")
        try append(.claimImport(claim, by: actor, at: now, reason: reason, program: store.programCode()))
        if delivery.party != nil { try noteParty(of: kept) }
        try write(
            "wish/deliver", on: "wish", wish, reason: reason,
            [
                FieldChange("line", before: nil, after: .integer(Int64(line.number))),
                FieldChange("quantity", before: nil, after: .integer(quantity)),
                FieldChange("claim", before: nil, after: .record(claim.id)),
            ] + (delivery.party.map { [FieldChange("party", before: nil, after: .record($0))] } ?? []))
    }

    /// Closes a wish as a file of the past says. Where it says that all was fulfilled, and not who brought what, all that is
    /// open was handed over by a party that is not named.
    ///
    /// Throws `insufficient` for `partly` where no row says what had arrived.
    func closePast(_ wish: RecordID, as outcome: WishOutcome) throws {
        let wishCase = try openCase(wish)
        let claims = try store.claims(ofWish: wish)
        guard !claims.contains(where: { !$0.claim.state.isEnded }) else {
            throw CaseworkError(
                .wrongState, "A claim on this wish is still under way. Finish or release it first.",
                zhHans: "该心愿仍有进行中的认领。请先完成或释放。")
        }
        try requireNotBefore(claims)
        if outcome == .fulfilled {
            for number in try store.lines(ofWish: wish) {
                guard let line = try store.balance(ofWish: LineReference(wish, number)), line[.open] > 0 else {
                    continue
                }
                try deliverPast(PastEvent.Delivery(line: number), to: wish)
            }
        }
        try cancelOpen(of: wish, reason: Reason("imported"))
        try finish(wishCase, as: try borneOut(outcome, of: wish), reason: Reason("imported"))
    }

    /// The outcome that the ledger bears out.
    private func borneOut(_ outcome: WishOutcome, of wish: RecordID) throws -> WishOutcome {
        let lines = try store.lines(ofWish: wish).compactMap { try store.balance(ofWish: LineReference(wish, $0)) }
        switch outcome {
        // A wish of which everything was given up, and nothing came, was not fulfilled.
        case .fulfilled: return WishOutcome.isFulfilled(lines) ? .fulfilled : .unfulfilled
        case .unfulfilled: return try hasReceived(wish) ? .partly : .unfulfilled
        case .partly:
            guard try hasReceived(wish) || lines.allSatisfy({ $0.total == nil }) else {
                throw CaseworkError(
                    .insufficient,
                    "The wish was fulfilled in part, and no row says what arrived: put one before it, 'delivered' with its "
                        + "quantity.",
                    zhHans: "该心愿为部分实现，但没有说明送达了什么：请在其前增加一行 delivered，并填写数量。")
            }
            return .partly
        }
    }

    private func unnamedParty() throws -> RecordID {
        if let known = try store.party(source: Self.pastSource, externalID: "unnamed") { return known.key.id }
        let id = newID()
        return try registrar.admit(
            Party(id: id, kind: .department), key: RecordKey(source: Self.pastSource, externalID: "unnamed", id: id),
            name: "以往送达（未注明主体） / Delivered before, by whom is not noted"
        ).id
    }

    /// The line of a party's past deliveries in a unit, with so much more to hand over.
    private func pastOffer(of party: RecordID, _ unit: Unit, pledging quantity: Int64) throws -> LineReference {
        let name = "\(party)-\(unit.code)"
        if let known = try store.offer(source: Self.pastSource, externalID: name) {
            let line = LineReference(known.key.id)
            try store.pledge(quantity, on: line)
            try notePledge(quantity, on: line)
            return line
        }
        let id = newID()
        try registrar.admit(
            Offer(
                key: RecordKey(source: Self.pastSource, externalID: name, id: id), party: party,
                kind: unit == .fen ? .money : unit == .minute ? .service : .goods,
                lines: [OfferLine(category: nil, available: quantity, unit: unit)]))
        // It is never matched, nor claimed by anybody.
        try store.setState(OfferState.withdrawn, of: id)
        try write(
            "offer/state", on: "offer", id, reason: Reason("imported"),
            [FieldChange("state", before: .code("open"), after: .code("withdrawn"))])
        return LineReference(id)
    }

    private var registrar: Registrar {
        Registrar(transaction: store, admission: Admission(areas: .empty, categories: .empty), desk: self)
    }
}
