import ArgumentParser
import Casework
import MatchCore
import Operations

/// `almoner explain WISH OFFER`: why a pair has its total, or why it has none.
struct ExplainCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("explain", .explain) }

    @Argument(help: ArgumentHelp(.wishName, value: "wish"))
    var wish: String

    @Argument(help: ArgumentHelp(.offerName, value: "offer"))
    var offer: String

    @Option(help: ArgumentHelp(.profileName, value: "name"))
    var profile: String = "default"

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let pairs = try await session.withService { service in
            let input = PairInput(
                wish: try await service.id(of: .wish, named: wish),
                offer: try await service.id(of: .offer, named: offer),
                profile: profile)
            return try await MatchFault.naming(wish: wish, offer: offer) {
                try await service.call(MatchOperations.explain, input)
            }
        }
        for pair in pairs.items {
            if session.options.json {
                try session.emit(answer: pair.explanation)
            } else {
                ExplanationPage(
                    explanation: pair.explanation, wishTitle: pair.wishTitle, offerTitle: pair.offerTitle,
                    party: pair.party ?? ""
                ).show(in: session)
                if let top = pair.notPutAmong {
                    session.say(MatchWords.notPutToVote, ["top": "\(top)"], style: .fair)
                }
                if let voices = pair.vetoedBy {
                    session.say(
                        voices.isEmpty ? MatchWords.vetoedInVote : .vetoedByVoices,
                        ["voices": voices.joined(separator: GeneralWords.listSeparator[session.language])],
                        style: .fair)
                }
                session.say()
            }
        }
        return .success
    }
}
