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

    @Flag(help: ArgumentHelp(.allRowsFlag))
    var all = false

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        try CommandError.check("--top", top, within: TuningLimits.top)
        try CommandError.refuse("--html", if: html != nil && wish != nil, because: TuningWords.notWithWish)
        try CommandError.refuse("--all", if: all && wish != nil, because: TuningWords.notWithWish)
        try CommandError.refuse("--all", if: all && session.options.json, because: TuningWords.jsonHasAll)
        let (changed, published) = (try session.profileSource(draft), try session.profileSource(against))
        if let wish { return try await explain(wish, changed, published, in: session) }
        let input = PreviewInput(draft: changed, against: published, top: top, changes: TuningLimits.mostChanges)
        let view = try await session.withService { try await $0.call(TuningOperations.preview, input) }
        if let html {
            let kept = try session.remoteService() == nil ? Store.files(session) : []
            let file = try OutputFile(path: html, apartFrom: kept + [draft])
            try file.write(Array(PreviewPage(report: view, language: session.language, showsAll: all).html.utf8))
            try file.finish()
        }
        if session.options.json {
            try session.emit(answer: view)
        } else {
            view.show(in: session, all: all)
            if let html { session.say(TuningWords.pageWritten, ["file": html]) }
        }
        return .success
    }

    /// The lists of one wish before and after, and both profiles' explanations of each offer that changes something.
    private func explain(
        _ wish: String, _ draft: ProfileSource, _ published: ProfileSource, in session: Session
    ) async throws -> ExitStatus {
        let (lists, pairs) = try await session.withService { service in
            let id = try await service.id(of: .wish, named: wish)
            let input = PreviewWishInput(draft: draft, against: published, wish: id, top: top)
            return (
                try await service.call(TuningOperations.lists, input).items,
                try await service.call(TuningOperations.explain, input).items
            )
        }
        if session.options.json {
            try lists.forEach { try session.emit(answer: $0) }
            try pairs.forEach { try session.emit(answer: $0) }
            return .success
        }
        for line in lists {
            line.show(in: session)
            let own = pairs.filter { $0.explanation.wishLine == line.wishLine }
            for pair in own {
                session.say(
                    TuningWords.under,
                    ["profile": ProfileReference.text(pair.explanation.profile, in: session.language)], style: .heading)
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

extension PreviewLineView {
    /// The two lists as one table: every offer of either, with its places and totals.
    func show(in session: Session) {
        let language = session.language
        session.sayProse("\(MatchWords.wish[language]) \(wish.handle)/\(wishLine)  \(title)", style: .heading)
        session.say(
            TuningWords.previewDrafts,
            [
                "published": ProfileReference.text(published, in: language),
                "draft": ProfileReference.text(draft, in: language),
            ])
        var table = Table([
            .number(TuningWords.placeNow[language]), .number(TuningWords.placeByDraft[language]),
            .name(MatchWords.offer[language]), .text(RecordWords.text[language], least: 14),
            .number(TuningWords.totalNow[language]), .number(TuningWords.totalByDraft[language]), .name(""),
        ])
        func total(_ value: Int32?) -> String { value.map { Numbers.score($0) } ?? TuningWords.ruledOut[language] }
        func handle(_ standing: Standing) -> String {
            standing.offer.handle + (standing.offerLine == 1 ? "" : "/\(standing.offerLine)")
        }
        for standing in after {
            let word: TuningWords? = standing.otherPlace == nil ? .cameIn : nil
            table.add([
                Table.Cell(standing.otherPlace.map { "#\($0)" } ?? "–"), Table.Cell("#\(standing.place)"),
                Table.Cell(handle(standing), .heading), Table.Cell(standing.title),
                Table.Cell(total(standing.otherTotal)), Table.Cell(total(standing.total)),
                Table.Cell(word?[language] ?? "", .advice),
            ])
        }
        for standing in before where standing.otherPlace == nil {
            table.add([
                Table.Cell("#\(standing.place)"), Table.Cell("–"), Table.Cell(handle(standing), .heading),
                Table.Cell(standing.title), Table.Cell(total(standing.total)), Table.Cell(total(standing.otherTotal)),
                Table.Cell(TuningWords.wentOut[language], .fault),
            ])
        }
        if before.isEmpty, after.isEmpty {
            session.say(MatchWords.nothing, style: .fair)
        } else {
            session.say(table)
        }
        if before.map(\.offer) == after.map(\.offer), before.map(\.offerLine) == after.map(\.offerLine) {
            session.say(TuningWords.noListChange)
        } else if before.first?.offer == after.first?.offer {
            session.say(TuningWords.noChange)
        }
        session.say()
    }
}
