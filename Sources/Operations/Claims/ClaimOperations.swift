internal import Casework
internal import MatchCore
internal import Wire

/// What can be asked about claims.
public enum ClaimOperations {
    public static let list = Operation<ClaimListInput, Page<ClaimView>>(
        OperationFacts(
            .claimsList, .get, "/v1/claims", "Lists claims, the last changed first.",
            zhHans: "列出认领，最近变更的在前。")
    ) { input, context in
        var filter = ClaimFilter(
            state: input.state, party: input.party, offer: input.offer, wish: input.wish,
            changedSince: input.changedSince.map { Moment($0) }, areas: context.inScope(nil))
        // The store narrows to what the viewer may see, so that pages stay full; the projection decides all the same.
        if context.viewer.role == .donor {
            guard let own = context.actor.party, filter.party ?? own == own else {
                return PageRecord(items: [], next: nil)
            }
            filter.party = own
        }
        if context.viewer.role == .recipient {
            guard let own = context.actor.wish, filter.wish ?? own == own else {
                return PageRecord(items: [], next: nil)
            }
            filter.wish = own
        }
        return try PageRecord.reading(
            PageRequest(limit: input.limit, cursor: input.cursor),
            fetch: { place, limit in
                filter.behind = try place.map { try ClaimFilter.Place($0) }
                return try context.store.claims(filter, limit: limit)
            },
            cursor: { Cursor(["\($0.claim.changedAt.milliseconds)", $0.claim.id.description]) },
            where: { try ClaimView.projecting($0, in: context) != nil })
    }

    public static let show = Operation<ClaimInput, ClaimView>(
        OperationFacts(
            .claimsShow, .get, "/v1/claims/{claim}", "Shows a claim.", zhHans: "查看认领。", cost: .point)
    ) { try claim($0.claim, $1) }

    public static let propose = Operation<ClaimProposal, ClaimView>(
        OperationFacts(
            .claimsPropose, .post, "/v1/claims",
            "Proposes a claim: it holds its quantity on both lines from now.", zhHans: "发起认领：自此占用双方明细的数量。",
            details: LocalizedText(
                zhHans: "数量不足时返回 409 insufficient-balance。租期内未答复则自动释放。",
                en:
                    "Where less is left the answer is 409 insufficient-balance. Without an answer the lease ends by itself."
            ),
            status: 201),
        location: { "/v1/claims/\($0.id)" }
    ) { input, context in
        try requireSeen(wish: input.wish, offer: input.offer, context)
        let desk = try context.desk()
        return try desk.propose(
            offer: LineReference(input.offer, input.offerLine ?? 1),
            wish: LineReference(input.wish, input.wishLine ?? 1), quantity: input.quantity, legs: input.legs ?? [],
            reason: try desk.reason(input.reason, note: input.note, about: input.offer))
    }

    public static let accept = step(.claimsAccept, .accept, "Accepts a proposed claim.", "接受认领。")
    public static let decline = step(.claimsDecline, .decline, "Declines a proposed claim.", "拒绝认领。")
    public static let dispatch = step(.claimsDispatch, .dispatch, "Notes that the goods have set off.", "登记发出。")
    public static let receive = step(.claimsReceive, .receive, "Notes that the goods have arrived.", "登记送达。")
    public static let confirm = step(
        .claimsConfirm, .confirm, "Confirms what arrived, by the recipient or after a visit.", "确认收到（本人或回访后）。")
    public static let renew = step(.claimsRenew, .renew, "Renews the lease.", "续期。")
    public static let expire = step(.claimsExpire, .expire, "Ends a lease that is over.", "结束已到期的租期。")
    public static let release = step(.claimsRelease, .release, "Releases what the claim holds.", "释放认领。")

    public static let giveBack = Operation<ClaimReturning, ClaimView>(
        facts(.claimsReturn, "Notes that goods came back.", "登记退回。"), current: { try claim($0.claim, $1) }
    ) { input, context in
        try make(.giveBack(input.condition), of: input.claim, input.reason, input.note, context)
    }

    public static let split = Operation<ClaimSplitting, ClaimSplit>(
        OperationFacts(
            .claimsSplit, .post, "/v1/claims/{claim}/split",
            "Splits a part off a claim, so that it can move alone.", zhHans: "拆分认领。")
    ) { input, context in
        _ = try visible(input.claim, context)
        let desk = try context.desk()
        return try desk.split(
            input.claim, input.quantity, reason: try desk.reason(input.reason, note: input.note, about: input.claim))
    }

    public static let agree = leg(.claimsLegsAgree, "Takes a leg on.", "承接环节。") { input, context in
        guard let party = input.party ?? context.actor.party else {
            throw Problem(
                .invalidInput, at: "/party", LocalizedText(zhHans: "请填写承接方。", en: "Say who takes the leg on."))
        }
        return .agree(input.leg, party: party)
    }
    public static let leave = leg(.claimsLegsLeave, "Gives a leg up again.", "退出环节。") { input, _ in .leave(input.leg) }
    public static let finish = leg(.claimsLegsFinish, "Notes that a leg's work is done.", "登记环节完成。") { input, _ in
        .finish(input.leg)
    }

    public static let queue = Operation<QueueJoining, QueuePlaceView>(
        OperationFacts(
            .claimsQueue, .post, "/v1/claims/queue",
            "Puts a wish line into the queue behind an offer line; being there already changes nothing.",
            zhHans: "让心愿明细排队等候资源；已在队中则不变。",
            details: LocalizedText(
                zhHans: "先到先得：资源一有可用即按顺序发起认领；轮到时立即认领。有人排队时，直接认领返回 409 及位次。",
                en:
                    "First come, first served: what is or becomes available is proposed to those who wait, in their order, and to this one at once where it is its turn. While others wait, a direct claim is answered with 409 and its place."
            ))
    ) { input, context in
        try requireSeen(wish: input.wish, offer: input.offer, context)
        return try context.desk().join(
            offer: LineReference(input.offer, input.offerLine ?? 1),
            wish: LineReference(input.wish, input.wishLine ?? 1), quantity: input.quantity, least: input.least ?? 1)
    }

    /// By the name of the command and of the path.
    public static let steps = [accept, decline, dispatch, receive, confirm, renew, release, expire]

    static let all: [AnyOperation] =
        [AnyOperation(list), AnyOperation(show), AnyOperation(propose)] + steps.map { AnyOperation($0) } + [
            AnyOperation(giveBack), AnyOperation(split), AnyOperation(agree), AnyOperation(leave), AnyOperation(finish),
            AnyOperation(queue),
        ]

    // MARK: What they share

    /// What the viewer may not know of is not there, whatever its state.
    private static func requireSeen(wish: RecordID, offer: RecordID, _ context: OperationContext) throws {
        guard let wish = try context.registry.wish(wish), try context.sight(of: wish).parts.contains(.existence),
            let offer = try context.registry.offer(offer),
            context.sees(.offer, isOwn: context.viewer.isParty(offer.features.party))
        else { throw Problem.notFound }
    }

    private static func facts(_ id: OperationID, _ en: String, _ zhHans: String) -> OperationFacts {
        OperationFacts(
            id, .post, "/v1/claims/{claim}/\(id.verb)", en, zhHans: zhHans)
    }

    private static func step(
        _ id: OperationID, _ step: ClaimStep, _ en: String, _ zhHans: String
    ) -> Operation<ClaimStepInput, ClaimView> {
        Operation(facts(id, en, zhHans), current: { try claim($0.claim, $1) }) { input, context in
            try make(step, of: input.claim, input.reason, input.note, context)
        }
    }

    private static func leg(
        _ id: OperationID, _ en: String, _ zhHans: String,
        _ step: @escaping @Sendable (ClaimLegStep, OperationContext) throws -> ClaimStep
    ) -> Operation<ClaimLegStep, ClaimView> {
        Operation(
            OperationFacts(
                id, .post, "/v1/claims/{claim}/legs/{leg}/\(id.verb)", en,
                zhHans: zhHans), current: { try claim($0.claim, $1) }
        ) { input, context in
            try make(try step(input, context), of: input.claim, input.reason, input.note, context)
        }
    }

    private static func make(
        _ step: ClaimStep, of id: RecordID, _ reason: String?, _ note: String?, _ context: OperationContext
    ) throws -> KeptClaim {
        _ = try visible(id, context)
        let desk = try context.desk()
        return try desk.step(id, step, reason: try desk.reason(reason, note: note, about: id))
    }

    private static func claim(_ id: RecordID, _ context: OperationContext) throws -> KeptClaim {
        guard let kept = try context.store.claim(id) else { throw Problem.notFound }
        return kept
    }

    /// The claim, where the viewer may know of it: so that a step on a stranger's claim finds nothing, whatever its state.
    private static func visible(_ id: RecordID, _ context: OperationContext) throws -> KeptClaim {
        let kept = try claim(id, context)
        guard try ClaimView.projecting(kept, in: context) != nil else { throw Problem.notFound }
        return kept
    }
}

extension ClaimFilter.Place {
    init(_ cursor: Cursor) throws {
        guard cursor.parts.count == 2, let time = Int64(cursor.parts[0]), let id = RecordID(cursor.parts[1]) else {
            throw Cursor.unreadable
        }
        self.init(changedAt: Moment(milliseconds: time), claim: id)
    }
}

extension CaseDesk {
    /// The reason of a step, with its words kept apart; nil where neither code nor words were given.
    func reason(_ code: String?, note: String?, about subject: RecordID) throws -> Reason? {
        guard code != nil || note?.isEmpty == false else { return nil }
        guard let code = Code(code ?? "note") else {
            throw Problem(
                .invalidInput, at: "/reason",
                LocalizedText(zhHans: "理由应为代码。", en: "A reason is a code: letters, digits or . - _ /."))
        }
        return try reason(code, words: note, about: subject)
    }
}
