import ArgumentParser
import Casework
import Exchange
import Foundation
import MatchCore
import Operations
import Storage

/// `almoner profile preview DRAFT`: what a draft would change for the open wishes of today.
struct ProfilePreviewCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("preview", .preview) }

    @Argument(help: ArgumentHelp(.draftArgument, value: "draft"))
    var draft: String

    @Option(help: ArgumentHelp(.againstOption, value: "profile"))
    var against: String = "default"

    @Option(help: ArgumentHelp(.topOption, value: "count"))
    var top: Int = 5

    @Option(help: ArgumentHelp(.wishOption, value: "wish"))
    var wish: String?

    @Option(help: ArgumentHelp(.pageOption, value: "file"), completion: .file(extensions: ["html"]))
    var html: String?

    @Option(help: ArgumentHelp(.threads, value: "count"))
    var threads: Int = ProcessInfo.processInfo.activeProcessorCount

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        try CommandError.check("--top", top, least: 1)
        try CommandError.check("--threads", threads, least: 1)
        let (published, changed) = (try session.profile(choice: against), try session.profile(choice: draft))
        let store = try Store.open(session, forWriting: false)
        defer { store.close() }
        let directory = try session.dataDirectory()
        let (areas, categories) = (try directory.areas(), try directory.categories())
        let registry = try store.cases.blockingRead {
            try RegistrySnapshot.load(from: $0, areas: areas, categories: categories)
        }
        let context = ScoringContext(
            registry: registry, now: session.now, utcOffsetSeconds: store.program.utcOffsetSeconds)
        func ranker(_ profile: ScoringProfile) throws -> Ranker {
            Ranker(plan: try ScoringPlan(profile, scorers: session.scorers), context: context)
        }
        let run = PreviewRun(
            published: try ranker(published), draft: try ranker(changed), top: top, threads: threads)
        if let wish {
            let id = try store.cases.blockingRead { try RecordNames(transaction: $0, kind: .wish).id(named: wish) }
            return try explain(id, run, store, in: session)
        }
        let progress = session.progress(TuningWords.previewing, total: Int64(registry.wishes.count))
        let preview = run.preview { progress.update(Int64($0)) }
        progress.finish()
        let parties = try store.cases.blockingRead { transaction in
            var names: [String: String] = [:]
            try RegistryReader(transaction).forEachParty { names[$0.key.id.description] = $0.name }
            return names
        }
        let report = PreviewReport(
            preview, published: published.reference, draft: changed.reference, registry: registry, parties: parties,
            language: session.language)
        if let html {
            let file = try OutputFile(path: html, apartFrom: try Store.files(session) + [draft])
            try file.write(Array(PreviewPage(report: report, language: session.language).html.utf8))
            try file.finish()
        }
        if session.options.json {
            try session.emit(report)
        } else {
            report.show(in: session)
            if let html { session.say(TuningWords.pageWritten, ["file": html]) }
        }
        return .success
    }

    /// The old and the new first offer of one wish, each explained under both profiles.
    private func explain(_ id: RecordID, _ run: PreviewRun, _ store: Store, in session: Session) throws -> ExitStatus {
        let registry = run.published.context.registry
        let rows = (0..<registry.wishes.count).filter { registry.wishes[$0].key.id == id }
        guard !rows.isEmpty else { throw CommandError(.notFound, MatchWords.closed.filled(["name": wish ?? ""])) }
        for row in rows {
            let wishRow = registry.wishes[row]
            let before = run.published.offers(for: wishRow, limit: 1).candidates.first?.row
            let after = run.draft.offers(for: wishRow, limit: 1).candidates.first?.row
            if before == after, !session.options.json { session.say(TuningWords.noChange) }
            let offers = [before, after].compactMap { $0 }.reduce(into: [Int]()) {
                if !$0.contains($1) { $0.append($1) }
            }
            let titles = try store.cases.blockingRead { transaction in
                try RecordTitles(
                    transaction, wishIDs: [id], offerIDs: Set(offers.map { registry.offers[$0].key.id }),
                    categories: registry.categories, language: session.language)
            }
            for offer in offers {
                for ranker in [run.published, run.draft] {
                    let explanation = ranker.explain(wish: wishRow, offer: registry.offers[offer])
                    let view = ExplanationView(explanation, plan: ranker.plan, language: session.language)
                    if session.options.json {
                        try session.emit(answer: view)
                        continue
                    }
                    session.say(TuningWords.under, ["profile": ranker.plan.profile.reference], style: .heading)
                    let key = registry.offers[offer].key.id
                    ExplanationPage(
                        explanation: view, wishTitle: titles.wish(id), offerTitle: titles.offer(key),
                        party: titles.party(ofOffer: key)
                    ).show(in: session)
                    session.say()
                }
            }
        }
        return .success
    }
}
