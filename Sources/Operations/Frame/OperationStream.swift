public import Wire

/// What an operation answers, or takes, besides one piece of JSON.
public enum OperationStream: Sendable {
    /// A list that goes on: besides its pages, events as they happen (`text/event-stream`).
    case feed(FeedReading)
    /// Rows in, in a body that is read in parts, and a line about each of them out.
    case intake(@Sendable (_ input: JSONValue, OperationContext) throws -> Importing)
    /// Rows out, for as long as there are any.
    case rows(@Sendable (_ input: JSONValue, OperationContext) throws -> Exporting)
    /// A file, which is made whole before the first byte of it is given out.
    case file(@Sendable (_ input: JSONValue, OperationContext) throws -> FileMaking)
}

/// A file that is made to be handed out once.
public struct FileMaking: Sendable {
    /// What the file is called by whoever keeps it.
    public let name: String
    /// Makes the file at a path where there is none, and blocks for as long as that takes. Throws ``Problem`` where it
    /// cannot be made.
    public let make: @Sendable (_ path: String) throws -> Void
    /// Puts on record that it is handed out; in a transaction of its own, before the first byte leaves.
    public let note: @Sendable (_ bytes: Int64, OperationContext) throws -> Void
}

extension OperationStream {
    /// Whether what is answered is one piece of JSON after the other, a line each.
    public var isRows: Bool {
        switch self {
        case .feed, .file: false
        case .intake, .rows: true
        }
    }
}

/// A list whose items have places of their own, behind which it can be read on.
protocol FeedItem: Projection {
    /// The place of the item: what is asked for next is behind it.
    var cursor: String { get }
}

/// Reads the part of a feed behind a place.
///
/// - Parameters:
///   - after: nil for what the input itself says.
/// - Returns: the events with their places, and the place to go on from, which is also moved by what the viewer may not see.
public typealias FeedReading = @Sendable (_ input: JSONValue, _ after: String?, OperationContext) throws -> FeedBatch

/// Some events of a feed, as the viewer may see them.
public struct FeedBatch: Sendable {
    public struct Event: Sendable {
        public var place: String
        public var bytes: [UInt8]
    }

    public var events: [Event]
    public var place: String
}

extension AnyOperation {
    /// An operation whose list can also be followed.
    ///
    /// - Parameter continuing: the input that asks for what is behind a place.
    init<Input: Described, Item: FeedItem>(
        feed operation: Operation<Input, Page<Item>>,
        continuing: @escaping @Sendable (_ input: Input, _ place: String) -> Input
    ) {
        self.init(
            operation,
            stream: .feed { json, after, context in
                var input = try WireDecoder().decode(Input.self, from: json)
                if let after { input = continuing(input, after) }
                let page = try operation.answer(input, in: context)
                guard let place = page.next else { throw Cursor.unreadable }
                return FeedBatch(
                    events: try page.items.map {
                        FeedBatch.Event(place: $0.cursor, bytes: try WireEncoder().encode($0))
                    }, place: place)
            })
    }
}
