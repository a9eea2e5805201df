import Casework
import Foundation

/// The service's time: the host's, or one that was set for a test and goes on from there.
struct ServiceTime: Sendable {
    private let offset: Int64

    init(startingAt moment: Moment? = nil) {
        offset = moment.map { $0.milliseconds - Self.host } ?? 0
    }

    var now: Moment { Moment(milliseconds: Self.host &+ offset) }

    private static var host: Int64 { Int64((Date().timeIntervalSince1970 * 1_000).rounded(.down)) }
}
