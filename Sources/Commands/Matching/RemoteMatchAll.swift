import MatchCore
import Operations
import Wire

/// `match --all` through a server: page after page of wishes, each stored before the next is asked for. What is shown is
/// what a database of this machine gives, in the same order.
struct RemoteMatchAll {
    let session: Session
    let limit: Int
    let profile: String
    let countsVetoes: Bool

    func run() async throws {
        let progress = session.progress(MatchWords.ranking, total: nil)
        var lines = try await session.withService { service in
            var lines: [SuggestedLine] = []
            var cursor: String?
            repeat {
                let page = try await service.call(
                    MatchOperations.run,
                    MatchRunInput(
                        profile: profile, top: limit, vetoes: countsVetoes ? true : nil,
                        // Where every offer is scored a page takes longer.
                        limit: countsVetoes ? 20 : 100, cursor: cursor))
                lines += page.items
                progress.update(Int64(lines.count))
                cursor = page.next
            } while cursor != nil
            return lines
        }
        progress.finish()
        lines.sort { (Self.key(of: $0), $0.wishLine) < (Self.key(of: $1), $1.wishLine) }
        var outcome = MatchOutcome()
        for line in lines {
            outcome.add(line)
            if session.options.json { try session.emit(answer: line) }
        }
        let page = MatchAllPage(outcome: outcome, countsVetoes: countsVetoes)
        if !session.options.json { page.show(try await titles(of: outcome.best), in: session) }
        session.note(page.stored)
    }

    /// Pages come in the order of ids, a run on this machine in that of keys.
    private static func key(of line: SuggestedLine) -> RecordKey {
        RecordKey(source: line.wish.source, externalID: line.wish.externalID, id: line.wish.id)
    }

    /// What the server calls both sides of the best pairs.
    private func titles(of best: [SuggestedLine]) async throws -> MatchAllPage.Titles {
        try await session.withService { service in
            var titles = MatchAllPage.Titles()
            for line in best {
                guard let offer = line.best.first?.offer.id else { continue }
                do {
                    let pairs = try await service.call(
                        MatchOperations.explain, PairInput(wish: line.wish.id, offer: offer, profile: profile))
                    titles.wishes[line.wish.id] = pairs.items.first?.wishTitle
                    titles.offers[offer] = pairs.items.first?.offerTitle
                } catch let problem as Problem where [.conflict, .notFound].contains(problem.kind) {
                    // Taken since; the suggestion stands without its titles.
                }
            }
            return titles
        }
    }
}
