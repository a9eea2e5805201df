import MatchCore
import Operations

/// `match --all` through a server: page after page of wishes, each stored before the next is asked for.
struct RemoteMatchAll {
    let session: Session
    let limit: Int
    let profile: String

    func run() async throws {
        let progress = session.progress(MatchWords.ranking, total: nil)
        let (lines, found) = try await session.withService { service in
            var (lines, found) = (0, 0)
            var cursor: String?
            repeat {
                let page = try await service.call(
                    MatchOperations.run, MatchRunInput(profile: profile, top: limit, limit: 100, cursor: cursor))
                for line in page.items {
                    lines += 1
                    if !line.best.isEmpty { found += 1 }
                    if session.options.json { try session.emit(answer: line) }
                }
                progress.update(Int64(lines))
                cursor = page.next
            } while cursor != nil
            return (lines, found)
        }
        progress.finish()
        guard !session.options.json else { return }
        session.say(
            MatchWords.allFound[session.language].filled(["found": Numbers.grouped(Int64(found))])
                + GeneralWords.listSeparator[session.language]
                + MatchWords.allNothing[session.language].filled(["nothing": Numbers.grouped(Int64(lines - found))]))
    }
}
