internal import CaseRecords
internal import MatchCore

/// What became of somebody who came to wait for an offer line.
public struct QueueJoin: Hashable, Sendable {
    public let place: QueuePlace
    /// How many wait before it.
    public let ahead: Int
    /// The claim, where it was served at once, with all of it or a part.
    public let claim: KeptClaim?
    /// What it waits for still; 0 where all of it was served at once.
    public let waiting: Int64

    public init(place: QueuePlace, ahead: Int, claim: KeptClaim?, waiting: Int64) {
        self.place = place
        self.ahead = ahead
        self.claim = claim
        self.waiting = waiting
    }
}

/// Who waits for an offer line is served in the order they came, whenever something of it is available: nobody claims
/// past them.
extension CaseDesk {
    /// Puts a wish line into the queue behind an offer line; being there already changes nothing. Where something is
    /// available and it is its turn, it is served at once, and waits on for what is missing.
    ///
    /// A wish that waits for its approval may wait here as well: it is served once it is approved, and holds nobody up.
    ///
    /// Throws `wrongState` for a wish that is closed or an offer that was withdrawn, `notCovered` for a budget whose period is
    /// over, `quantity` for more than is open, or for a part of a line that goes to one offer as a whole.
    public func join(offer: LineReference, wish: LineReference, quantity: Int64, least: Int64) throws -> QueueJoin {
        try require([.donor, .coordinator, .integration], to: LocalizedText(zhHans: "排队", en: "queue for an offer"))
        if actor.role == .donor, try store.offer(offer.record)?.features.party != actor.party {
            throw CaseworkError(
                .notYours, "This offer is another party's. Ask its coordinator.", zhHans: "该资源属于其他主体。请联系协调员。")
        }
        try requireSameUnit(offer, wish)
        guard let wished = try store.wish(wish.record) else {
            throw unknown(LocalizedText(zhHans: "心愿", en: "wish"), wish.record)
        }
        guard wished.state == .open else {
            throw CaseworkError(
                .wrongState, "The wish is closed; open it again first.", zhHans: "该心愿已办结；如需继续请先重新打开。")
        }
        try requireComing(from: offer)
        let open = try store.balance(ofWish: wish)?[.open] ?? 0
        guard quantity <= open else {
            throw CaseworkError(
                .quantity, "The wish's line still wants \(open); it cannot queue for \(quantity).",
                zhHans: "该心愿明细尚缺 \(open)，不能排队等候 \(quantity)。")
        }
        if let whole = Self.whole(wish, of: wished), quantity != whole || least != whole {
            throw CaseworkError(
                .quantity, "Line \(wish.number) goes to one offer as a whole: queue for \(whole), and no less.",
                zhHans: "第 \(wish.number) 条明细须由一方整体认领：排队数量与最低数量均应为 \(whole)。")
        }
        let place = QueuePlace(
            place: try ClaimQueue.Place(
                id: newID(), wishLine: wish.id, quantity: quantity, least: least, since: now), offer: offer, wish: wish)
        if try store.join(place) {
            try write(
                "wish/queue", on: "wish", wish.record,
                [
                    FieldChange("offerLine", before: nil, after: .record(offer.id)),
                    FieldChange("quantity", before: nil, after: .integer(quantity)),
                ])
        }
        let served = try system.serveQueue(behind: offer)
        let queue = try store.queue(for: offer)
        let claim = served.last { $0.wish == wish }
        guard let index = queue.firstIndex(where: { $0.wish == wish }) else {
            return QueueJoin(place: place, ahead: 0, claim: claim, waiting: 0)
        }
        return QueueJoin(
            place: queue[index], ahead: index, claim: claim, waiting: queue[index].place.quantity)
    }

    /// Proposes to those who wait, in their order, what is available; returns the claims. Nobody is overtaken: what is of no
    /// use to the first waits for them, and who gets a part keeps the place for the rest.
    @discardableResult
    func serveQueue(behind offer: LineReference) throws -> [KeptClaim] {
        var served: [KeptClaim] = []
        var others: [LineReference] = []
        for kept in try store.queue(for: offer) {
            guard try isWaiting(kept) else {
                // Served elsewhere, or closed: nobody waits here any more.
                try leave(kept)
                continue
            }
            // Who waits for more than can still come keeps the place, should more be pledged, and holds nobody up.
            guard try store.canStillCome(for: kept) else { continue }
            let available = try store.balance(ofOffer: offer)?[.available] ?? 0
            let quantity = min(available, try claimable(kept.wish), kept.place.quantity)
            // An offer that is closed, or pays at another time, keeps its queue until it can be claimed.
            guard quantity >= kept.place.least, try canServe(offer) else { break }
            // A wish that waits for its approval again keeps its place, and holds nobody up.
            let noted = notes?.work.count ?? 0
            do {
                served.append(
                    try store.attempt {
                        try hold(offer: offer, wish: kept.wish, quantity: quantity, reason: Reason("queue"))
                    })
            } catch is CaseworkError {
                notes?.shorten(to: noted)
                continue
            }
            notes?.add("queueServe", offer.record, of: kept.wish.record, at: now)
            try keepRest(of: kept, after: quantity)
            others.append(kept.wish)
        }
        for wish in others { try settleQueues(of: wish) }
        return served
    }

    /// Serves those who wait wherever a wish waits: for one that may be claimed for from now on.
    func serveQueues(of wish: RecordID) throws {
        for place in try store.queuePlaces(ofWish: wish) { try serveQueue(behind: place.offer) }
    }

    /// Ends the places of a wish line that wants less now than would be of use to it, and serves who waited behind it.
    ///
    /// - Parameter claimed: what it has just claimed itself, of which line: its place there is for the rest now.
    func settleQueues(
        of wish: LineReference, claimed: (offer: LineReference, quantity: Int64)? = nil
    ) throws {
        let places = try store.queuePlaces(ofWish: wish.record).filter { place in
            guard place.wish == wish else { return false }
            return try place.offer == claimed?.offer || !isWaiting(place)
        }
        for place in places {
            if let claimed, place.offer == claimed.offer {
                try system.keepRest(of: place, after: claimed.quantity)
            } else {
                try system.leave(place)
            }
        }
        for place in places { try system.serveQueue(behind: place.offer) }
    }

    /// Leaves the place with what is still missing after a part was claimed; where nothing is, it ends.
    private func keepRest(of place: QueuePlace, after claimed: Int64) throws {
        let surplus = max(0, place.place.quantity - claimed - (try claimable(place.wish)))
        guard let rest = try place.place.rest(after: claimed + surplus) else {
            return try store.leaveQueue(place.place.id)
        }
        try store.update(QueuePlace(place: rest, offer: place.offer, wish: place.wish))
        try write(
            "wish/queue", on: "wish", place.wish.record,
            [
                FieldChange("offerLine", before: .record(place.offer.id), after: .record(place.offer.id)),
                FieldChange(
                    "quantity", before: .integer(place.place.quantity), after: .integer(rest.quantity)),
            ])
    }

    func leave(_ place: QueuePlace, reason: Reason? = nil) throws {
        try store.leaveQueue(place.place.id)
        try noteLeaving(place, reason: reason)
    }

    /// Writes into the history that nobody waits there any more.
    func noteLeaving(_ place: QueuePlace, reason: Reason?) throws {
        notes?.add("queueEnd", place.offer.record, of: place.wish.record, at: now)
        try write(
            "wish/leaveQueue", on: "wish", place.wish.record, reason: reason,
            [
                FieldChange("offerLine", before: .record(place.offer.id), after: nil),
                FieldChange("quantity", before: .integer(place.place.quantity), after: nil),
            ])
    }

    /// Throws `wrongState` where others wait for the line and it is not this wish's turn.
    func requireTurn(of wish: LineReference, for offer: LineReference) throws {
        let waiting = try store.inTurn(for: offer)
        guard let first = waiting.first, first.wish != wish else { return }
        if let place = waiting.firstIndex(where: { $0.wish == wish }) {
            throw CaseworkError(
                .wrongState,
                "This wish is number \(place + 1) of \(waiting.count) that wait for line \(offer.number) of the offer. It is "
                    + "served in its turn.",
                zhHans: "该心愿在资源第 \(offer.number) 条明细的排队中位列第 \(place + 1)（共 \(waiting.count)），将按顺序满足。")
        }
        throw CaseworkError(
            .wrongState,
            "\(waiting.count) wait for line \(offer.number) of the offer; this wish would be number \(waiting.count + 1). "
                + "Queue for it: almoner claim queue OFFER WISH QUANTITY (POST /v1/claims/queue).",
            zhHans: "已有 \(waiting.count) 个心愿在等候资源第 \(offer.number) 条明细，该心愿将位列第 \(waiting.count + 1)。"
                + "请排队：almoner claim queue 资源 心愿 数量（POST /v1/claims/queue）。")
    }

    /// Whether a wish still wants what would be of use to it.
    private func isWaiting(_ place: QueuePlace) throws -> Bool { try store.isWaiting(place) }

    private func canServe(_ offer: LineReference) throws -> Bool {
        guard let record = try store.offer(offer.record) else { return false }
        do {
            try requireOpen(record)
            try requireBudget(of: offer)
            return true
        } catch is CaseworkError { return false }
    }

    /// What a line that goes to one offer as a whole asks for; nil for any other.
    static func whole(_ line: LineReference, of wish: WishRecord) -> Int64? {
        wish.features.lines.first { $0.number == line.number }.flatMap { $0.isWhole ? $0.quantity : nil }
    }
}
