import ArgumentParser
import Casework
import MatchCore
import Operations

/// Which part of a list is shown: how many records, and behind which place.
struct ListOptions: ParsableArguments {
    @Option(help: ArgumentHelp(.limit, value: "count"))
    var limit = 100

    @Option(help: ArgumentHelp(.listAfter, value: "cursor"))
    var after: String?
}

/// What of a list was asked for, and where it goes on.
struct Listing<Item> {
    var items: [Item] = []
    /// The place behind which there may be more; nil at the end of the list.
    var next: String?
    /// Whether it begins at the beginning: only then the number of its records says how many there are.
    var isFromStart = true
}

extension OperationCalling {
    /// Goes through the pages of a list until as many records are there as were asked for; 0 for all of them.
    func list<Input, View>(
        _ operation: Operations.Operation<Input, Page<View>>, _ options: ListOptions,
        _ input: (_ limit: Int, _ cursor: String?) -> Input
    ) async throws -> Listing<View> {
        try CommandError.check("--limit", options.limit, least: 0)
        var listing = Listing<View>(next: options.after, isFromStart: options.after == nil)
        repeat {
            let left = options.limit - listing.items.count
            let wanted = options.limit == 0 ? PageRequest.most : min(PageRequest.most, left)
            let page = try await call(operation, input(wanted, listing.next))
            listing.items += page.items
            listing.next = page.next
        } while listing.next != nil && (options.limit == 0 || listing.items.count < options.limit)
        return listing
    }
}

/// The last line of a list with `--json` that does not end there: how many were shown, and how to go on.
struct ListContinuation: Encodable {
    let more: Bool
    let shown: Int
    /// To be given with `--after`.
    let after: String
}

extension Session {
    /// Says how many there are, or that there are more and how to see them; with `--json` only the latter.
    func noteEnd<Item>(of listing: Listing<Item>) throws {
        let count = listing.items.count
        if let next = listing.next {
            guard !options.json else {
                return try emitLine(ListContinuation(more: true, shown: count, after: next))
            }
            return note(CaseWords.foundMore.filled(["count": "\(count)", "after": next]))
        }
        guard !options.json else { return }
        note((listing.isFromStart ? CaseWords.found : .foundRest).filled(["count": "\(count)"]))
    }
}
