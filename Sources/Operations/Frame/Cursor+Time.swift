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
