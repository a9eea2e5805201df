internal import Foundation

/// Ends connections to a server that stands still: one whose disk hangs, or that was stopped, neither answers nor closes,
/// and whoever waits for it would wait as long as it stands.
///
/// A statement may take its time, so it is not the clock that decides: where one waits for long, the server is asked on a
/// connection of its own whether it is there at all.
enum LinkWatch {
    /// How often is looked, and how long a link waits before its server is asked, in seconds.
    private static let (interval, calm) = (1.0, 3.0)
    /// How long a server that answered is trusted.
    private static let trust = Duration.seconds(5)

    /// Watches the links that a pool has lent, on a thread of its own, until the pool is closed or gone.
    ///
    /// - Parameter answers: whether a server is there; blocks for some seconds where it is not.
    static func begin(_ pool: LinkPool, _ answers: @escaping @Sendable (PostgreSQLAddress.Host) -> Bool) {
        let thread = Thread { [weak pool] in
            var trusted: [PostgreSQLAddress.Host: ContinuousClock.Instant] = [:]
            while true {
                Thread.sleep(forTimeInterval: interval)
                guard let waiting = pool?.waiting(since: .now - .seconds(calm)) else { return }
                for (host, links) in Dictionary(grouping: waiting, by: \.host) {
                    if let moment = trusted[host], moment + trust > .now { continue }
                    // Three times, since a machine that is very busy may miss one.
                    if answers(host) || answers(host) || answers(host) {
                        trusted[host] = .now
                    } else {
                        for link in links { link.cut() }
                    }
                }
            }
        }
        thread.name = "almoner watch"
        thread.start()
    }
}
