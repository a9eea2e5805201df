import ArgumentParser
import Casework
import MatchCore
import Storage

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

    func perform(in session: Session) throws -> ExitStatus {
        let store = try Store.open(session, forWriting: false)
        defer { store.close() }
        let (wishID, offerID) = try store.cases.blockingRead { transaction in
            (
                try RecordNames(transaction: transaction, kind: .wish).id(named: wish),
                try RecordNames(transaction: transaction, kind: .offer).id(named: offer)
            )
        }
        let desk = try MatchDesk(session: session, store: store, profileName: profile)
        let wishRows = desk.wishRows(of: wishID)
        let offerRows = desk.offerRows(of: offerID)
        guard !wishRows.isEmpty else { throw CommandError(.notFound, MatchWords.closed.filled(["name": wish])) }
        guard !offerRows.isEmpty else { throw CommandError(.notFound, MatchWords.offerClosed.filled(["name": offer])) }
        let titles = try store.cases.blockingRead { transaction in
            try RecordTitles(
                transaction, wishIDs: [wishID], offerIDs: [offerID], categories: desk.registry.categories,
                language: session.language)
        }
        for wishRow in wishRows {
            for offerRow in offerRows {
                let explanation = desk.ranker.explain(
                    wish: desk.registry.wishes[wishRow], offer: desk.registry.offers[offerRow])
                if session.options.json {
                    try session.emitLine(
                        ExplanationRecord(explanation, plan: desk.plan(of: explanation), language: session.language))
                } else {
                    ExplanationPage(
                        explanation: explanation, plan: desk.plan(of: explanation), wishTitle: titles.wish(wishID),
                        offerTitle: titles.offer(offerID), party: titles.party(ofOffer: offerID)
                    ).show(in: session)
                    session.say()
                }
            }
        }
        return .success
    }
}
