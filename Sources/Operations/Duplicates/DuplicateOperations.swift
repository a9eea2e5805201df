internal import Casework
internal import MatchCore
internal import Wire

/// What can be asked about duplicates: requests that may be one. They are warned of, and nothing is blocked.
public enum DuplicateOperations {
    /// More requests than this are compared in stretches of time.
    private static let greatestComparison = 500_000

    public static let list = Operation<DuplicateListInput, Page<DuplicateClusterView>>(
        OperationFacts(
            .duplicatesList, .get, "/v1/duplicates", "Lists clusters, the surest first.",
            zhHans: "列出重复组，最可能的在前。", weight: .heavy)
    ) { input, context in
        let from = input.from.map { Moment($0) } ?? Moment(milliseconds: .min)
        let until = input.until.map { Moment($0) } ?? Moment(milliseconds: .max)
        guard from <= until else {
            throw Problem(
                .invalidInput, at: "?until",
                LocalizedText(zhHans: "until 不能早于 from。", en: "'until' cannot be before 'from'."))
        }
        let found = try context.desk().clusters(receivedIn: from...until, limit: greatestComparison)
        let sorted = found.map { ($0, place: ClusterPlace($0)) }.sorted { $0.place < $1.place }
        return try PageRecord.reading(
            PageRequest(limit: input.limit, cursor: input.cursor),
            fetch: { place, limit in
                let behind = try place.map { try ClusterPlace($0) }
                return sorted.drop { cluster in behind.map { cluster.place <= $0 } ?? false }.prefix(limit).map(\.0)
            }, cursor: { ClusterPlace($0).cursor },
            where: { try DuplicateClusterView.projecting($0, in: context) != nil })
    }

    public static let show = Operation<WishInput, WishDuplicatesView>(
        OperationFacts(
            .duplicatesShow, .get, "/v1/duplicates/{wish}",
            "Shows what may be the same as a wish, and why.", zhHans: "查看与某心愿疑似重复的申请及依据。")
    ) { try duplicates(of: $0.wish, $1) }

    public static let join = judging(.same, .duplicatesJoin, "Joins requests that are one.", "判定为同一申请。")
    public static let apart = judging(.different, .duplicatesApart, "Tells requests apart.", "判定为不同申请。")
    public static let reopen = judging(
        .open, .duplicatesReopen, "Takes earlier judgements back: the pairs are open again.", "撤回判定，重新待判。")

    static let all: [AnyOperation] = [
        AnyOperation(list), AnyOperation(show), AnyOperation(join), AnyOperation(apart), AnyOperation(reopen),
    ]

    private static func duplicates(of wish: RecordID, _ context: OperationContext) throws -> WishDuplicatesView.Record {
        try context.requireWish(wish)
        let desk = try context.desk()
        return (wish: wish, pairs: try desk.duplicates(of: wish), cluster: try desk.cluster(of: wish))
    }

    private static func judging(
        _ verdict: DuplicateBook.Verdict, _ id: OperationID, _ en: String, _ zhHans: String
    ) -> Operation<DuplicateJudging, WishDuplicatesView> {
        Operation(
            OperationFacts(
                id, .post, "/v1/duplicates/\(id.verb)", en, zhHans: zhHans,
                details: LocalizedText(
                    zhHans: "逐对判定，返回第一个心愿的现状。", en: "Every pair is judged; the answer is about the first wish."))
        ) { input, context in
            guard Set(input.wishes).count == input.wishes.count else {
                throw Problem(
                    .invalidInput, at: "/wishes",
                    LocalizedText(zhHans: "同一心愿出现了两次。", en: "A wish is named twice; name each once."))
            }
            for (place, wish) in input.wishes.enumerated() {
                guard try context.registry.wish(wish) != nil, try context.isInScope(wish: wish) else {
                    throw Problem(
                        .invalidInput, at: "/wishes/\(place)",
                        LocalizedText(zhHans: "没有此心愿。", en: "There is no such wish."))
                }
            }
            let desk = try context.desk()
            let reason = try desk.reason(input.reason, note: input.note, about: input.wishes[0])
            for (place, one) in input.wishes.enumerated() {
                for other in input.wishes[(place + 1)...] {
                    try desk.judge(RecordPair(one, other), verdict, reason: reason)
                }
            }
            return try duplicates(of: input.wishes[0], context)
        }
    }
}

/// Where a cluster stands: the surest first, then by its first wish.
private struct ClusterPlace: Comparable {
    let points: Int
    let wish: RecordID

    init(_ cluster: DuplicateCluster) {
        points = cluster.pairs.first?.points ?? 0
        wish = cluster.members[0]
    }

    init(_ cursor: Cursor) throws {
        guard cursor.parts.count == 2, let points = Int(cursor.parts[0]), let wish = RecordID(cursor.parts[1]) else {
            throw Cursor.unreadable
        }
        self.points = points
        self.wish = wish
    }

    var cursor: Cursor { Cursor(["\(points)", wish.description]) }

    static func < (left: ClusterPlace, right: ClusterPlace) -> Bool {
        (right.points, left.wish) < (left.points, right.wish)
    }
}
