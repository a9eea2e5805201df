internal import Casework
internal import MatchCore
public import Wire

/// From where on the feed of changes is read.
public struct ChangeListInput: Described {
    public var after: String?
    public var limit: Int?

    public init(after: String? = nil, limit: Int? = nil) {
        self.after = after
        self.limit = limit
    }

    /// Stands for the end of the feed.
    public static let latest = "latest"

    public static let schema = JSONSchema.object(
        nil,
        [
            .optional(
                "after", .text(1...Cursor.longest),
                "Only changes behind this cursor; 'latest' for none of those there are now; by default from the oldest "
                    + "kept.",
                "只要此游标之后的变更；latest 为只要今后的；默认从保留的最早一条起。"),
            PageRequest.properties[0],
        ])
    public static let sample = ChangeListInput(after: latest, limit: 100)
}

/// What can be asked about changes.
public enum ChangeOperations {
    public static let list = Operation<ChangeListInput, Page<ChangeView>>(
        OperationFacts(
            .changesList, .get, "/v1/changes",
            "Lists what changed, in order; as server-sent events with 'Accept: text/event-stream'.",
            zhHans: "按顺序列出变更；以 Accept: text/event-stream 请求时为事件流。",
            details: LocalizedText(
                zhHans: "每页都有 next：作为下次的 after，不会遗漏。一条变更只说明哪条记录发生了什么，内容请按 path 读取。"
                    + "早于保留期的游标，或数据库由另一台服务器接管后不再成立的游标，返回 410 changes-forgotten。事件流的 id 即游标，可用 Last-Event-ID 续接。",
                en:
                    "Every page has 'next': give it as 'after' the next time, and nothing is missed. An entry says "
                    + "what happened to which record; read the record at its path. A cursor from before what is kept, "
                    + "or of what a server that was replaced kept to itself, gets 410 changes-forgotten. The id of an "
                    + "event is its cursor, so that Last-Event-ID goes on from there."
            ),
            cursor: "after", refusals: [410])
    ) { input, context in
        let kept = try context.store.forgottenChanges()
        let last = try context.store.lastChange()
        var place =
            switch input.after {
            case nil: kept
            case ChangeListInput.latest?: last
            case let text?: try Cursor(text: text, at: "?after").changePlace
            }
        guard try context.store.holdsChange(place) else { throw superseded }
        guard kept <= place, place <= last else { throw forgotten }
        let limit = PageRequest(limit: input.limit, cursor: nil).limit
        var items: [KeptChange] = []
        var looked = 0
        while items.count < limit, looked < PageRequest.mostLooked {
            let batch = try context.store.changes(behind: place, limit: limit)
            for change in batch where items.count < limit {
                place = change.place
                if try ChangeView.projecting(change, in: context) != nil { items.append(change) }
            }
            looked += batch.count
            if batch.count < limit { break }
        }
        return PageRecord(items: items, next: Cursor(place))
    }

    /// Behind everything that is kept there may have been more; before everything that there is, another database
    /// spoke.
    private static let forgotten = Problem(
        .changesForgotten,
        "The feed does not go back to this cursor, or never had it. Read the lists afresh, beginning with "
            + "after=latest.",
        zhHans: "变更记录已不含此游标，或从未有过。请先以 after=latest 取得新游标，再重新读取各列表。")

    /// What the old server kept to itself when it died was undone by nobody, and its numbers are given again.
    private static let superseded = Problem(
        .changesForgotten,
        "Another server has taken the database over since this cursor was given out, and need not have all that it "
            + "counts. Read the lists afresh, beginning with after=latest.",
        zhHans: "发出此游标之后数据库已由另一台服务器接管，它未必有游标所计的全部变更。请先以 after=latest 取得新游标，再重新读取各列表。")

    static let all: [AnyOperation] = [
        AnyOperation(feed: list) { input, place in ChangeListInput(after: place, limit: input.limit) }
    ]
}
