internal import CaseRecords
public import MatchCore

/// Where the suggestions for each wish line are kept until a later run replaces them.
public struct SuggestionShelf {
    private let transaction: any CaseTransaction

    public init(_ transaction: any CaseTransaction) {
        self.transaction = transaction
    }

    /// Puts suggestions, best first, in place of those stored for a wish line.
    public func store(_ explanations: [Explanation], wish: RecordID, line: Int) throws {
        try transaction.replaceMatches(
            wish: wish, line: line,
            with: explanations.enumerated().map { MatchRecord(rank: $0 + 1, explanation: $1) })
    }

    /// Puts what a run found in place of what was stored for the same wish lines.
    public func store(_ results: [MatchRun.LineResult], of run: MatchRun) throws {
        let wishes = run.ranker.context.registry.wishes
        for result in results {
            let wish = wishes[result.wishRow]
            try store(result.explanations, wish: wish.key.id, line: wish.lineNumber)
        }
    }
}
