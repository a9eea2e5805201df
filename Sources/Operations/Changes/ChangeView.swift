public import Casework
public import MatchCore
public import Wire

/// An entry of the feed of changes, for whoever may see the record.
public struct ChangeView: Projection, FeedItem {
    public let cursor: String
    public let kind: Change.Kind
    /// A record's id, or a profile's name; nil where there is only one of the kind.
    public let id: String?
    public let what: Change.What
    public let at: Timestamp
    public let path: String

    public static let schema = JSONSchema.object(
        "Change",
        [
            .required("cursor", .text(1...Cursor.longest), "Its place: give it as 'after'.", "位置，可用作 after。"),
            .required("kind", .choice(Change.Kind.self), "The kind of record.", "记录种类。"),
            .optional(
                "id", .text(1...200), "The record's id; left out where there is only one of the kind.",
                "记录编号；该种类仅有一个时没有此项。"),
            .required("what", .choice(Change.What.self), "What happened to it.", "发生了什么。"),
            .required("at", .moment, "When.", "时间。"),
            .required("path", .text(1...400), "Where it can be read now.", "现可在此地址读取。"),
        ])

    public static let sample = ChangeView(
        cursor: Cursor(ChangePlace(transaction: 12, position: 1)).text, kind: .offer,
        id: RecordID.sample(2).description,
        what: .changed, at: .sample, path: "/v1/offers/\(RecordID.sample(2))")

    public static func projecting(_ kept: KeptChange, in context: OperationContext) throws -> ChangeView? {
        guard try ChangedRecord(kept.change).isVisible(in: context) else { return nil }
        return ChangeView(
            cursor: Cursor(kept.place).text, kind: kept.change.kind,
            id: kept.change.subject.isEmpty ? nil : kept.change.subject, what: kept.change.what, at: Timestamp(kept.at),
            path: ChangedRecord(kept.change).path)
    }
}

extension Cursor {
    init(_ place: ChangePlace) {
        // Where one server has written everything it goes without saying.
        self.init(
            ["\(place.transaction)", "\(place.position)"] + (place.timeline == 0 ? [] : ["\(place.timeline)"]))
    }

    var changePlace: ChangePlace {
        get throws {
            guard (2...3).contains(parts.count), let transaction = Int64(parts[0]), let position = Int64(parts[1]),
                let timeline = Int64(parts.count == 3 ? parts[2] : "0"), transaction >= 0, position >= 0, timeline >= 0
            else { throw Self.unreadable }
            return ChangePlace(transaction: transaction, position: position, timeline: timeline)
        }
    }
}
