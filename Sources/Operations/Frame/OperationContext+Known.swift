internal import Casework
internal import MatchCore
internal import Wire

extension OperationContext {
    /// Throws for a moment to come, of which nobody knows anything yet. A minute is left for hosts whose clocks differ.
    ///
    /// - Parameter advice: what to do instead.
    func requireKnown(_ moment: Moment, _ advice: LocalizedText) throws {
        guard moment.milliseconds(since: now) > 60_000 else { return }
        throw Problem(.invalidInput, at: "?asOf", advice)
    }
}
