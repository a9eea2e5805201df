public import Wire

/// One page of a list.
public struct Page<Item: Projection>: Projection {
    public let items: [Item]
    /// Give it as `cursor` for the next page; left out on the last.
    public let next: String?

    public static var schema: JSONSchema {
        .object(
            Item.schema.name.map { $0 + "Page" },
            [
                .required("items", .list(of: Item.schema, 0...PageRequest.most), "The records of this page.", "本页记录。"),
                .optional(
                    "next", .text(1...Cursor.longest),
                    "The cursor of the next page; left out on the last. Where few of many records are for you, a page may be short, even empty, and have it: go on.",
                    "下一页游标；末页没有此项。多数记录与您无关时，本页可能不满甚至为空而仍有此项，请继续。"),
            ])
    }

    public static var sample: Page { Page(items: [Item.sample], next: Cursor(["sample"]).text) }

    public static func projecting(_ page: PageRecord<Item.Record>, in context: OperationContext) throws -> Page? {
        Page(
            items: try page.items.compactMap { try Item.projecting($0, in: context) }, next: page.next?.text)
    }
}

/// A page before projection.
public struct PageRecord<Item> {
    public var items: [Item]
    public var next: Cursor?

    public init(items: [Item], next: Cursor?) {
        self.items = items
        self.next = next
    }

    /// Reads batch after batch until the page is full, nothing is left, or enough was looked at.
    ///
    /// A page may be short, even empty, and still have a next one after ``PageRequest/mostLooked`` records: so a search for
    /// a rare word takes bounded time.
    /// - Parameters:
    ///   - fetch: the records behind a cursor, at most so many.
    ///   - cursor: the place of a record.
    ///   - isWanted: what the store cannot tell.
    public static func reading(
        _ request: PageRequest, fetch: (Cursor?, Int) throws -> [Item], cursor: (Item) -> Cursor,
        where isWanted: (Item) throws -> Bool = { _ in true }
    ) throws -> PageRecord {
        var found: [Item] = []
        var place = try request.place
        var looked = 0
        while looked < PageRequest.mostLooked {
            let batch = try fetch(place, request.limit + 1)
            for (index, item) in batch.enumerated() {
                if try isWanted(item) {
                    // Only where something follows that is wanted is there a next page.
                    if found.count == request.limit { return PageRecord(items: found, next: place) }
                    found.append(item)
                }
                place = cursor(item)
                let isLast = index == batch.count - 1 && batch.count <= request.limit
                if isLast { return PageRecord(items: found, next: nil) }
            }
            if batch.isEmpty { return PageRecord(items: found, next: nil) }
            looked += batch.count
        }
        return PageRecord(items: found, next: place)
    }
}

/// Which page of a list is asked for.
public struct PageRequest: Sendable, Hashable {
    public static let most = 200
    static let mostLooked = 20_000

    public let limit: Int
    let cursor: String?

    /// - Parameter limit: 1 to 200, by default 50.
    public init(limit: Int?, cursor: String?) {
        self.limit = min(max(limit ?? 50, 1), Self.most)
        self.cursor = cursor
    }

    var place: Cursor? {
        get throws { try cursor.map { try Cursor(text: $0) } }
    }

    /// The members that every list takes.
    public static let properties: [JSONSchema.Property] = [
        .optional("limit", .integer(1...Int64(most)), "How many records at most; 50 by default.", "最多返回多少条，默认 50。"),
        .optional(
            "cursor", .text(1...Cursor.longest), "'next' of the page before; opaque.", "上一页的 next；内容不作约定。"),
    ]
}

/// Pages, whatever they hold.
protocol AnyPage {
    static var itemSchema: JSONSchema { get }
    var next: String? { get }
}

/// Answers that show several records.
protocol AnyList {
    var count: Int { get }
}

extension Page: AnyList {
    var count: Int { items.count }
}

extension Page: AnyPage {
    static var itemSchema: JSONSchema { Item.schema }
}
