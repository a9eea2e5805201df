import ArgumentParser
import Foundation
import MatchCore
import Operations

/// `almoner match`: the best offers for a wish, the best wishes for an offer, or every open wish at once.
struct MatchCommand: SessionCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration("match", .match, discussion: .matchDiscussion)
    }

    @Argument(help: ArgumentHelp(.wishName, value: "wish"))
    var wish: String?

    @Option(help: ArgumentHelp(.matchOffer, value: "offer"))
    var offer: String?

    @Flag(help: ArgumentHelp(.matchAll))
    var all = false

    @Option(help: ArgumentHelp(.matchTop, value: "count"))
    var top: Int?

    @Flag(help: ArgumentHelp(.matchExplain))
    var explain = false

    @Flag(help: ArgumentHelp(.matchVetoes))
    var vetoes = false

    @Option(help: ArgumentHelp(.threads, value: "count"))
    var threads: Int?

    @Option(help: ArgumentHelp(.profileName, value: "name"))
    var profile: String = "default"

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        guard [wish != nil, offer != nil, all].filter({ $0 }).count == 1 else {
            throw CommandError(
                .usage, MatchWords.wrongArguments.text, advice: MatchWords.wrongArgumentsAdvice.text)
        }
        try CommandError.check("--top", top, least: 1)
        try CommandError.check("--threads", threads, least: 1)
        let one = MatchOne(
            session: session, limit: top ?? 20, profile: profile, explains: explain, countsVetoes: vetoes)
        if let wish {
            try await one.offers(forWish: wish)
        } else if let offer {
            try await one.wishes(forOffer: offer)
        } else if try session.remoteService() != nil {
            if threads != nil {
                throw CommandError(
                    .usage, ImportWords.notThrough.filled(["option": "--threads"]),
                    advice: ServeWords.localOnlyAdvice.text)
            }
            if try ProfileName(profile, at: "--profile").isDraft {
                throw CommandError(
                    .usage, ProfileWords.draftNotKept.text,
                    advice: ProfileWords.previewInstead.filled(["draft": profile]))
            }
            try await RemoteMatchAll(session: session, limit: top ?? 5, profile: profile, countsVetoes: vetoes)
                .run()
        } else {
            try matchAll(in: session)
        }
        return .success
    }

    private func matchAll(in session: Session) throws {
        let isDraft = try ProfileName(profile, at: "--profile").isDraft
        let store = try Store.open(session, forWriting: !isDraft)
        defer { store.close() }
        // Fewer for each of many: what is shown is stored, and nobody reads twenty for eight hundred wishes.
        try MatchAll(
            desk: try MatchDesk(session: session, store: store, profileName: profile), store: store, session: session,
            limit: top ?? 5, threads: threads ?? ProcessInfo.processInfo.activeProcessorCount, countsVetoes: vetoes,
            keeps: !isDraft
        ).run()
    }
}
