import ArgumentParser
import Casework
import Exchange
import Foundation
import MatchCore
import Operations

/// `almoner tune voices [WISH]`: the offers for a wish, or for every open one, in the order of a vote between several
/// profiles, and who wanted what.
struct TuneVoicesCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("voices", .voices) }

    @Argument(help: ArgumentHelp(.wishName, value: "wish"))
    var wish: String?

    @Option(name: .customLong("voice"), help: ArgumentHelp(.voiceOption, value: "voice"))
    var voices: [String] = []

    @Option(help: ArgumentHelp(.voteTopOption, value: "count"))
    var top: Int = 10

    @Option(help: ArgumentHelp(.voteOutOption, value: "file"), completion: .file(extensions: ["yaml"]))
    var out: String?

    @Option(help: ArgumentHelp(.profileOption, value: "profile"))
    var profile: String?

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        try CommandError.check("--top", top, within: TuningLimits.voteTop)
        let speakers = try voices.map { try speaker($0, session) }
        guard speakers.count > 1 else { throw CommandError(.usage, TuningWords.tooFewVoices.text) }
        try CommandError.check("--voice", speakers.count, within: TuningLimits.voices)
        if let twice = Dictionary(grouping: speakers, by: \.name).first(where: { $0.value.count > 1 })?.key {
            throw CommandError(.usage, TuningWords.voiceTwice.filled(["name": twice]))
        }
        try CommandError.refuse("--profile", if: profile != nil && out == nil, because: TuningWords.onlyWithOut)
        try await write(speakers, in: session)
        let vote = try await session.withService { service in
            var id: RecordID?
            if let wish { id = try await service.id(of: .wish, named: wish) }
            return try await service.call(
                TuningOperations.voices, VoteInput(wish: id, voices: speakers, top: top))
        }
        if session.options.json {
            try vote.items.forEach { try session.emit(answer: $0) }
        } else {
            show(vote.items, speakers.map(\.name), in: session)
            if vote.lines < vote.open {
                session.say(
                    TuningWords.partialVote,
                    ["lines": Numbers.grouped(Int64(vote.lines)), "open": Numbers.grouped(Int64(vote.open))],
                    style: .fair)
            }
        }
        return .success
    }

    /// Writes the draft by which the vote becomes the program's order, where one is asked for.
    private func write(_ speakers: [VoteInput.Voice], in session: Session) async throws {
        guard let out else { return }
        var draft = try await session.profile(choice: profile ?? "default").profile
        var terms = VoteTerms(top: top, voices: [])
        for (speaker, text) in zip(speakers, voices) {
            // What a voice wants is settled when the vote is published: by the revision that is in force now.
            let own = try await session.profile(choice: Self.profile(of: text))
            guard let named = ProfileReference(own.title) else {
                throw CommandError(.usage, TuningWords.voiceNotPublished.filled(["name": speaker.name]))
            }
            terms.voices.append(
                VoteTerms.Voice(name: speaker.name, votes: speaker.votes ?? 1, profile: named.description))
        }
        (draft.basedOn, draft.revision) = (draft.revision > 0 ? draft.revision : draft.basedOn, 0)
        (draft.vote, draft.trial) = (terms, nil)
        try ProfileCheck(scorers: session.scorers).check(draft)
        let file = try OutputFile(path: out, apartFrom: [])
        try file.write(Array(ProfileDocument.yaml(of: draft).utf8))
        try file.finish()
        if !session.options.json { session.say(TuningWords.draftWritten, ["file": out]) }
    }

    /// The profile in `donors=donors@1*2`.
    private static func profile(of text: String) -> String {
        let right = text.split(separator: "=", maxSplits: 1).last.map(String.init) ?? text
        return right.split(separator: "*", maxSplits: 1).first.map(String.init) ?? right
    }

    /// `donors=donors.yaml*2`.
    private func speaker(_ text: String, _ session: Session) throws -> VoteInput.Voice {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { throw CommandError(.usage, TuningWords.badVoice.filled(["text": text])) }
        let ends = parts[1].split(separator: "*", maxSplits: 1).map(String.init)
        guard let profile = ends.first, let votes = ends.count == 2 ? Int(ends[1]) : 1,
            TuningLimits.votes.contains(votes)
        else { throw CommandError(.usage, TuningWords.badVoice.filled(["text": text])) }
        return VoteInput.Voice(name: parts[0], profile: try session.profileSource(profile), votes: votes)
    }

    private func show(_ records: [VoteView.Standing], _ names: [String], in session: Session) {
        let language = session.language
        var table = Table(
            [
                .name(TuningWords.wish[language]), .number(MatchWords.rank[language]),
                .name(MatchWords.offer[language]),
                .number(TuningWords.points[language]),
            ] + names.map { .number($0) })
        for record in records {
            table.add(
                [
                    Table.Cell(record.rank == 1 ? "\(record.wish.handle)/\(record.wishLine)" : ""),
                    Table.Cell("\(record.rank)"), Table.Cell(record.offer.handle, .heading),
                    Table.Cell(String(format: "%.1f", record.points)),
                ] + record.voices.map { Table.Cell("#\($0.place)") })
        }
        session.say(table)
        session.say(TuningWords.voicesNote, style: .faint)
    }
}
