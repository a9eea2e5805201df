public import MatchCore

/// Where a record stands in a list by time and id.
public struct TimedPlace: Hashable, Sendable {
    public let time: Moment
    public let id: RecordID

    public init(_ time: Moment, _ id: RecordID) {
        self.time = time
        self.id = id
    }
}
