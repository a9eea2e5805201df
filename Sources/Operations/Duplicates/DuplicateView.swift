public import Casework
public import MatchCore
public import Wire

/// Two requests that may be one, and why. A warning: it blocks nothing.
public struct DuplicatePairView: Described {
    public let first: RecordID
    public let second: RecordID
    public let points: Int
    public let why: String

    public static let schema = JSONSchema.object(
        "DuplicatePair",
        [
            .required("first", .id, "One wish.", "其一心愿。"), .required("second", .id, "The other.", "另一心愿。"),
            .required("points", .integer(-10_000...10_000), "How strong the signs are.", "疑似程度。"),
            .required("why", .text(1...4_000), "The signs for it, then those against.", "疑似与不符之处。"),
        ])
    public static let sample = DuplicatePairView(
        first: .sample(3), second: .sample(9), points: 90, why: "同一电话，同一街道")

    /// Where one of the two lies outside the viewer's areas, the signs would tell of it what it asks for and when it came in.
    init(_ pair: DuplicatePair, in context: OperationContext) throws {
        first = pair.pair.first
        second = pair.pair.second
        points = pair.points
        let isWhole = try context.isInScope(wish: first) && context.isInScope(wish: second)
        let text =
            isWhole
            ? pair.explanation { context.reference.categories[$0.text]?.name }
            : LocalizedText(
                zhHans: "其中一项不在您负责的区划内。请与负责全部区划的同事核对。",
                en: "One of them lies outside your areas. Ask somebody who works on both.")
        why = text[context.viewer.language]
    }

    fileprivate init(first: RecordID, second: RecordID, points: Int, why: String) {
        self.first = first
        self.second = second
        self.points = points
        self.why = why
    }
}

/// Requests that may be one, or that a person has said are one.
public struct DuplicateClusterView: Projection {
    public let members: [Member]
    public let isConfirmed: Bool
    public let pairs: [DuplicatePairView]

    static let most = 100_000

    public struct Member: Described {
        public let wish: RecordID
        /// Left out for a wish outside the viewer's areas.
        public let handle: String?

        public static let schema = JSONSchema.object(
            "ClusterMember",
            [
                .required("wish", .id, "The wish.", "心愿编号。"),
                .optional(
                    "handle", .text(1...200), "What people call it; left out outside your areas.", "通用编号；超出您的区划时没有此项。"),
            ])
        public static let sample = Member(wish: .sample(3), handle: "W-12")
    }

    public static let schema = JSONSchema.object(
        "DuplicateCluster",
        [
            .required("members", .list(of: Member.schema, 1...most), "The wishes, by id.", "所含心愿。"),
            .required("isConfirmed", .flag, "Whether people's judgements tie all of it together.", "是否已全部人工确认。"),
            .required(
                "pairs", .list(of: DuplicatePairView.schema, 0...most), "What was found, the strongest first.",
                "疑似配对，最强在前。"),
        ])
    public static let sample = DuplicateClusterView(
        members: [.sample, Member(wish: .sample(9), handle: "W-13")], isConfirmed: false, pairs: [.sample])

    /// A cluster is seen as soon as one of its wishes is theirs; of the others they see no more than that there are such.
    public static func projecting(_ cluster: DuplicateCluster, in context: OperationContext) throws
        -> DuplicateClusterView?
    {
        let members = try cluster.members.map { id in
            let wish = try context.registry.wish(id)
            let isOwn = context.isInScope(area: wish?.features.place.area)
            return Member(wish: id, handle: isOwn ? wish?.key.handle : nil)
        }
        let isWithin = context.viewer.areas.isEmpty || members.contains { $0.handle != nil }
        guard context.sees(.duplicate, isWithin: isWithin) else { return nil }
        return DuplicateClusterView(
            members: members, isConfirmed: cluster.isConfirmed,
            pairs: try cluster.pairs.map { try DuplicatePairView($0, in: context) })
    }
}

/// What may be the same as one wish.
public struct WishDuplicatesView: Projection {
    public let wish: RecordID
    public let pairs: [DuplicatePairView]
    public let cluster: DuplicateClusterView?

    public static let schema = JSONSchema.object(
        "WishDuplicates",
        [
            .required("wish", .id, "The wish.", "心愿编号。"),
            .required(
                "pairs", .list(of: DuplicatePairView.schema, 0...DuplicateClusterView.most),
                "The wishes that may be the same, the strongest first.", "疑似重复的心愿，最强在前。"),
            .optional(
                "cluster", DuplicateClusterView.schema, "Its cluster; left out where it stands alone.",
                "所在重复组；无重复时没有此项。"),
        ])
    public static let sample = WishDuplicatesView(wish: .sample(3), pairs: [.sample], cluster: .sample)

    public static func projecting(
        _ record: (wish: RecordID, pairs: [DuplicatePair], cluster: DuplicateCluster?), in context: OperationContext
    ) throws -> WishDuplicatesView? {
        guard context.sees(.duplicate, isWithin: try context.isInScope(wish: record.wish)) else { return nil }
        return WishDuplicatesView(
            wish: record.wish, pairs: try record.pairs.map { try DuplicatePairView($0, in: context) },
            cluster: try record.cluster.flatMap { try DuplicateClusterView.projecting($0, in: context) })
    }
}
