public import MatchCore

/// The scorers that are built in, one line each, in the order in which people list them.
///
/// Written by hand, because a list that is gathered at run time drifts unseen; a test compares it with the folders
/// of `Plugins/` and names the line that is missing.
public enum ScorerCatalog {
    public static let all: [any Scorer.Type] = []
}
