internal import NIOCore

/// Measures how a request arrives. Only the time in which the server was ready to read counts, so that a client never
/// pays for a server that is slow to take what it sends.
struct BodyProgress {
    private var waited: Int64 = 0
    private var waitingSince: NIODeadline?
    var bytes = 0

    mutating func beginWaiting(_ now: NIODeadline) { waitingSince = waitingSince ?? now }

    mutating func endWaiting(_ now: NIODeadline) {
        waited = waitedNanoseconds(now)
        waitingSince = nil
    }

    private func waitedNanoseconds(_ now: NIODeadline) -> Int64 {
        waited + (waitingSince.map { (now - $0).nanoseconds } ?? 0)
    }

    /// Whether the client has used up its time, or sends too slowly.
    func isOver(_ limits: RouteLimits, graceSeconds: Int, now: NIODeadline) -> Bool {
        let milliseconds = Int(waitedNanoseconds(now) / 1_000_000)
        if milliseconds >= limits.arrivalSeconds * 1_000 { return true }
        return milliseconds > graceSeconds * 1_000 && bytes < limits.leastBytesPerSecond * milliseconds / 1_000
    }
}
