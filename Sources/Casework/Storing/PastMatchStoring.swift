/// Lists of suggestions that somebody has chosen from, as they stood then.
public protocol PastMatchStoring {
    /// Every stored suggestion that was replaced after a claim had been made from its list, by wish, line, time and rank.
    func forEachPastMatch(_ body: (StoredMatch) throws -> Void) throws
}
