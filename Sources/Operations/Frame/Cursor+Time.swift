internal import Casework
internal import MatchCore

extension Cursor {
    /// The cursor of a list by time and id.
    init(_ place: TimedPlace) { self.init(["\(place.time.milliseconds)", place.id.description]) }

    var timedPlace: TimedPlace {
        get throws {
            guard parts.count == 2, let time = Int64(parts[0]), let id = RecordID(parts[1]) else {
                throw Self.unreadable
            }
            return TimedPlace(Moment(milliseconds: time), id)
        }
    }
}

extension Cursor {
    /// The cursor of a list of records: it goes on in the order it was given out in, and in no other.
    init(_ place: RecordPlace, in order: RecordOrder) {
        self = order == .created ? Cursor(place.id) : Cursor([order.rawValue, "\(place.value)", place.id.description])
    }

    func place(in order: RecordOrder) throws -> RecordPlace {
        guard order != .created else { return RecordPlace(try recordID) }
        guard parts.count == 3, parts[0] == order.rawValue, let value = Int64(parts[1]), let id = RecordID(parts[2])
        else { throw Self.unreadable }
        return RecordPlace(value: value, id)
    }
}
