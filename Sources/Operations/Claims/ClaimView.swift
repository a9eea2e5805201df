public import Casework
public import MatchCore
public import Wire

/// A claim as a viewer sees it.
public struct ClaimView: Projection {
    public let id: RecordID
    public let state: ClaimState
    public let quantity: Int64
    public let offer: RecordID
    public let offerLine: Int
    public let offerHandle: String?
    public let offerTitle: String?
    public let wish: RecordID
    public let wishLine: Int
    public let wishHandle: String?
    public let wishTitle: String?
    /// Left out for the recipient: who gives is the donor's to tell.
    public let party: RecordID?
    public let partyName: String?
    public let legs: [LegView]
    public let leaseEnd: Timestamp?
    public let renewals: Int?
    public let version: Int
    public let madeAt: Timestamp
    public let changedAt: Timestamp
    /// Never blocks anything; empty for the recipient.
    public let warnings: [ClaimWarning]

    public struct LegView: Described {
        public let kind: Leg.Kind
        public let party: RecordID?
        public let isDone: Bool

        public static let schema = JSONSchema.object(
            "Leg",
            [
                .required("kind", .choice(Leg.Kind.self), "What is needed besides the donor.", "除捐赠方外所需的环节。"),
                .optional("party", .id, "Who took it on.", "承接方。"),
                .required("isDone", .flag, "Whether the work is done.", "是否完成。"),
            ])
        public static let sample = LegView(kind: .carrier, party: .sample(4), isDone: false)
    }

    public static let schema = JSONSchema.object(
        "Claim",
        [
            .required("id", .id, "The claim's id.", "认领编号。"),
            .required("state", .choice(ClaimState.self), "Where it stands.", "状态。"),
            .required("quantity", .quantity, "What it holds, in the lines' unit.", "占用数量，以明细单位计。"),
            .required("offer", .id, "The offer.", "资源编号。"),
            .required("offerLine", .lineNumber, "The offer's line.", "资源明细序号。"),
            .optional("offerHandle", .handle, "What people call the offer.", "资源的通用编号。"),
            .optional("offerTitle", .titleWords, "The offer in words, or its items.", "资源的文字说明或品类。"),
            .required("wish", .id, "The wish.", "心愿编号。"),
            .required("wishLine", .lineNumber, "The wish's line.", "心愿明细序号。"),
            .optional("wishHandle", .handle, "What people call the wish.", "心愿的通用编号。"),
            .optional("wishTitle", .titleWords, "The wish's approved wording, or its items.", "心愿的核准文字或品类。"),
            .optional("party", .id, "Whose offer it is.", "资源所属主体。"),
            .optional("partyName", .text(1...200), "What that party is called.", "该主体的名称。"),
            .required("legs", .list(of: LegView.schema, 0...2), "Carrier and fitter, where needed.", "承运和安装环节。"),
            .optional("leaseEnd", .moment, "Until when it holds its quantity unless it moves on.", "租期截止时间。"),
            .optional("renewals", .integer(0...20), "How often the lease was renewed.", "已续期次数。"),
            .required("version", .integer(1...Int64(Int32.max)), "Counts its steps; also the ETag.", "版本号，即 ETag。"),
            .required("madeAt", .moment, "When it was proposed.", "发起时间。"),
            .required("changedAt", .moment, "When its last step was made.", "最近变更时间。"),
            .required(
                "warnings", .list(of: ClaimWarning.schema, 0...10),
                "What somebody should look at before it is on its way.", "发出前应核对的事项。"),
        ])

    public static let sample = ClaimView(
        id: .sample(1), state: .proposed, quantity: 1, offer: .sample(2), offerLine: 1,
        offerHandle: "O-3", offerTitle: "五辆轮椅", wish: .sample(3), wishLine: 1, wishHandle: "W-12",
        wishTitle: "一台轮椅", party: .sample(5), partyName: "示例公益基金", legs: [.sample], leaseEnd: .sample, renewals: 0,
        version: 1, madeAt: .sample,
        changedAt: .sample, warnings: [.sample])

    public var entityVersion: String? { "\(version)" }

    public static func projecting(_ kept: KeptClaim, in context: OperationContext) throws -> ClaimView? {
        let claim = kept.claim
        let viewer = context.viewer
        let parts = context.parts(
            of: .claim, isOwn: isOwn(claim, viewer), isWithin: try context.isInScope(wish: claim.wish))
        guard parts.contains(.existence) else { return nil }
        // Who gives is not told by what is given, either.
        let isTold = parts.contains(.giver)
        let offer = isTold ? try context.title(ofOffer: kept.offer.record) : .nothing
        let wish = try context.title(ofWish: claim.wish)
        return ClaimView(
            id: claim.id, state: claim.state, quantity: claim.quantity, offer: kept.offer.record,
            offerLine: kept.offer.number, offerHandle: offer.handle, offerTitle: offer.words, wish: kept.wish.record,
            wishLine: kept.wish.number, wishHandle: wish.handle, wishTitle: wish.words,
            party: isTold ? claim.party : nil, partyName: isTold ? try context.partyName(claim.party) : nil,
            legs: claim.legs.map { leg in
                let isShown = parts.contains(.giver) || leg.party == viewer.actor.party
                return LegView(kind: leg.kind, party: isShown ? leg.party : nil, isDone: leg.isDone)
            },
            leaseEnd: claim.lease.map { Timestamp($0.end) }, renewals: claim.lease?.renewals, version: claim.version,
            madeAt: Timestamp(kept.madeAt), changedAt: Timestamp(claim.changedAt),
            warnings: parts.contains(.warnings) ? try ClaimWarning.warnings(of: kept, in: context) : [])
    }

    /// A donor's are those on its offers, a recipient's those on the wish that the code opened, a carrier's or fitter's
    /// those that have, or need, a leg of theirs.
    private static func isOwn(_ claim: Claim, _ viewer: Viewer) -> Bool {
        switch viewer.role {
        case .recipient: viewer.actor.wish == claim.wish
        case .donor: viewer.isParty(claim.party)
        case .carrier: claim.legs.contains { isOpen($0, .carrier, to: viewer) }
        case .fitter: claim.legs.contains { isOpen($0, .fitter, to: viewer) }
        default: false
        }
    }

    private static func isOpen(_ leg: Leg, _ kind: Leg.Kind, to viewer: Viewer) -> Bool {
        leg.kind == kind && (leg.party == nil || leg.party == viewer.actor.party)
    }
}

/// Two claims that one was split into.
public struct ClaimSplit: Projection {
    public let claim: ClaimView
    public let part: ClaimView

    public static let schema = JSONSchema.object(
        "ClaimSplit",
        [
            .required("claim", ClaimView.schema, "What is left of the claim.", "原认领的剩余部分。"),
            .required("part", ClaimView.schema, "The part that was split off.", "拆出的部分。"),
        ])
    public static let sample = ClaimSplit(claim: .sample, part: .sample)

    public static func projecting(_ record: (claim: KeptClaim, part: KeptClaim), in context: OperationContext) throws
        -> ClaimSplit?
    {
        guard let claim = try ClaimView.projecting(record.claim, in: context),
            let part = try ClaimView.projecting(record.part, in: context)
        else { return nil }
        return ClaimSplit(claim: claim, part: part)
    }
}

/// A place in the queue behind an offer line.
public struct QueuePlaceView: Projection {
    public let id: RecordID
    public let offer: RecordID
    public let offerLine: Int
    public let wish: RecordID
    public let wishLine: Int
    public let quantity: Int64
    public let least: Int64
    public let since: Timestamp
    public let ahead: Int
    public let claim: RecordID?
    public let waiting: Int64

    public static let schema = JSONSchema.object(
        "QueuePlace",
        [
            .required("id", .id, "The place's id.", "排队编号。"),
            .required("offer", .id, "The offer waited for.", "等候的资源。"),
            .required("offerLine", .lineNumber, "The offer's line.", "资源明细序号。"),
            .required("wish", .id, "The wish that waits.", "等候的心愿。"),
            .required("wishLine", .lineNumber, "The wish's line.", "心愿明细序号。"),
            .required("quantity", .quantity, "What it would take.", "所需数量。"),
            .required("least", .quantity, "The least that is of use.", "最低可用数量。"),
            .required("since", .moment, "Since when it waits; first come, first served.", "开始等候的时间，先到先得。"),
            .required("ahead", .integer(0...Int64(Int32.max)), "How many wait before it.", "前面还有几个。"),
            .optional(
                "claim", .id, "The claim, where it was served at once, with all of it or a part.", "已即时满足（全部或部分）时的认领编号。"
            ),
            .required(
                "waiting", .integer(0...Int64.max), "What it waits for still; 0 where all of it was served at once.",
                "仍在等候的数量；已全部满足时为 0。"),
        ])
    public static let sample = QueuePlaceView(
        id: .sample(1), offer: .sample(2), offerLine: 1, wish: .sample(3), wishLine: 1, quantity: 2, least: 1,
        since: .sample, ahead: 0, claim: .sample(6), waiting: 2)

    public static func projecting(_ join: QueueJoin, in context: OperationContext) throws -> QueuePlaceView? {
        let place = join.place
        let isOwn = try context.actor.party.map { own in
            try context.registry.offer(place.offer.record)?.features.party == own
        }
        let isWithin = try context.isInScope(wish: place.wish.record)
        guard context.sees(.queuePlace, isOwn: isOwn ?? false, isWithin: isWithin) else { return nil }
        return QueuePlaceView(
            id: place.place.id, offer: place.offer.record, offerLine: place.offer.number, wish: place.wish.record,
            wishLine: place.wish.number, quantity: place.place.quantity, least: place.place.least,
            since: Timestamp(place.place.since), ahead: join.ahead, claim: join.claim?.claim.id,
            waiting: join.waiting)
    }
}
