import ArgumentParser
import Casework
import Foundation
import MatchCore
import Storage

/// `almoner tune voices WISH`: the offers for a wish in the order of a vote between several profiles, and who wanted
/// what.
struct TuneVoicesCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("voices", .voices) }

    @Argument(help: ArgumentHelp(.wishName, value: "wish"))
    var wish: String

    @Option(name: .customLong("voice"), help: ArgumentHelp(.voiceOption, value: "voice"))
    var voices: [String] = []

    @Option(help: ArgumentHelp(.matchTop, value: "count"))
    var top: Int = 10

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Record: Encodable {
        var offer: String
        var offerLine: Int
        var points: Double
        var voices: [Wanted]

        struct Wanted: Encodable {
            var voice: String
            var place: Int
            var points: Double
        }
    }

    func perform(in session: Session) throws -> ExitStatus {
        try CommandError.check("--top", top, least: 1)
        let speakers = try voices.map(speaker)
        guard speakers.count > 1 else { throw CommandError(.usage, TuningWords.tooFewVoices.text) }
        let store = try Store.open(session, forWriting: false)
        defer { store.close() }
        let id = try store.cases.blockingRead { try RecordNames(transaction: $0, kind: .wish).id(named: wish) }
        let desk = try MatchDesk(session: session, store: store, profileName: "default")
        let wishes = desk.registry.wishes
        guard let row = (0..<wishes.count).first(where: { wishes[$0].key.id == id }) else {
            throw CommandError(.notFound, MatchWords.closed.filled(["name": wish]))
        }
        let wishRow = desk.registry.wishes[row]
        let context = ScoringContext(
            registry: desk.registry, now: session.now, utcOffsetSeconds: store.program.utcOffsetSeconds)
        let rankers = try speakers.map { speaker in
            Ranker(
                plan: try ScoringPlan(try session.profile(choice: speaker.profile), scorers: session.scorers),
                context: context)
        }
        // Whatever stands among the first few of any voice is put to the vote.
        let candidates = Set(rankers.flatMap { $0.offers(for: wishRow, limit: top).candidates.map(\.row) }).sorted()
        let vote = try BordaVote(
            zip(speakers, rankers).map { speaker, ranker in
                BordaVote.Ballot(
                    voice: speaker.name, votes: speaker.votes,
                    totals: candidates.map { ranker.explain(wish: wishRow, offer: desk.registry.offers[$0]).total })
            },
            names: candidates.map { desk.registry.offers[$0].key.handle })
        let records = vote.result.prefix(top).map { standing in
            let offer = desk.registry.offers[candidates[standing.candidate]]
            return Record(
                offer: offer.key.handle, offerLine: offer.lineNumber, points: Double(standing.halfPoints) / 2,
                voices: standing.account.map {
                    .init(voice: $0.voice, place: $0.place, points: Double($0.halfPoints) / 2)
                })
        }
        if session.options.json {
            for record in records { try session.emitLine(record) }
        } else {
            show(records, speakers.map(\.name), in: session)
        }
        return .success
    }

    /// `donors=donors.yaml*2`.
    private func speaker(_ text: String) throws -> (name: String, profile: String, votes: Int) {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { throw CommandError(.usage, TuningWords.badVoice.filled(["text": text])) }
        let ends = parts[1].split(separator: "*", maxSplits: 1).map(String.init)
        guard let profile = ends.first, let votes = ends.count == 2 ? Int(ends[1]) : 1, (1...1000).contains(votes)
        else { throw CommandError(.usage, TuningWords.badVoice.filled(["text": text])) }
        return (parts[0], profile, votes)
    }

    private func show(_ records: [Record], _ names: [String], in session: Session) {
        let language = session.language
        var table = Table(
            [
                .number(MatchWords.rank[language]), .name(MatchWords.offer[language]),
                .number(TuningWords.points[language]),
            ] + names.map { .number($0) })
        for (index, record) in records.enumerated() {
            table.add(
                [
                    Table.Cell("\(index + 1)"), Table.Cell(record.offer, .heading),
                    Table.Cell(String(format: "%.1f", record.points)),
                ] + record.voices.map { Table.Cell("#\($0.place)") })
        }
        session.say(table)
        session.say(TuningWords.voicesNote, style: .faint)
    }
}
