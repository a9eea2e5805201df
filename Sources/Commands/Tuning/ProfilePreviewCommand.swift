import ArgumentParser
import Casework
import MatchCore
import Operations

/// `almoner profile preview DRAFT`: what a draft would change for the open wishes of today.
struct ProfilePreviewCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("preview", .preview) }

    @Argument(help: ArgumentHelp(.draftArgument, value: "draft"))
    var draft: String = "default:draft"

    @Option(help: ArgumentHelp(.againstOption, value: "profile"))
    var against: String = "default"

    @Option(help: ArgumentHelp(.topOption, value: "count"))
    var top: Int = 5

    @Option(help: ArgumentHelp(.wishOption, value: "wish"))
    var wish: String?

    @Option(help: ArgumentHelp(.pageOption, value: "file"), completion: .file(extensions: ["html"]))
    var html: String?

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        try CommandError.check("--top", top, least: 1)
        let (changed, published) = (try session.profileSource(draft), try session.profileSource(against))
        if let wish { return try await explain(wish, changed, published, in: session) }
        let input = PreviewInput(draft: changed, against: published, top: top, changes: TuningLimits.mostChanges)
        let view = try await session.withService { try await $0.call(TuningOperations.preview, input) }
        if let html {
            let kept = try session.remoteService() == nil ? Store.files(session) : []
            let file = try OutputFile(path: html, apartFrom: kept + [draft])
            try file.write(Array(PreviewPage(report: view, language: session.language).html.utf8))
            try file.finish()
        }
        if session.options.json {
            try session.emit(answer: view)
        } else {
            view.show(in: session)
            if let html { session.say(TuningWords.pageWritten, ["file": html]) }
        }
        return .success
    }

    /// The old and the new first offer of one wish, each explained under both profiles.
    private func explain(
        _ wish: String, _ draft: ProfileSource, _ published: ProfileSource, in session: Session
    ) async throws -> ExitStatus {
        let pairs = try await session.withService { service in
            let id = try await service.id(of: .wish, named: wish)
            return try await service.call(
                TuningOperations.explain, PreviewWishInput(draft: draft, against: published, wish: id))
        }.items
        if session.options.json {
            try pairs.forEach { try session.emit(answer: $0) }
            return .success
        }
        for line in Set(pairs.map(\.explanation.wishLine)).sorted() {
            let own = pairs.filter { $0.explanation.wishLine == line }
            // The published profile and the draft speak of each offer in turn.
            if own.count <= 2 { session.say(TuningWords.noChange) }
            for pair in own {
                session.say(TuningWords.under, ["profile": pair.explanation.profile], style: .heading)
                ExplanationPage(
                    explanation: pair.explanation, wishTitle: pair.wishTitle, offerTitle: pair.offerTitle,
                    party: pair.party ?? ""
                ).show(in: session)
                session.say()
            }
        }
        return .success
    }
}
