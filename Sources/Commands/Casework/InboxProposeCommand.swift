import ArgumentParser
import Casework
import Exchange
import MatchCore
import Operations

/// `almoner inbox propose`: what the words seem to ask for, and why.
struct InboxProposeCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("propose", OfficeWords.inboxPropose) }

    @Argument(help: ArgumentHelp(CaseWords.inboxShow, value: "record")) var record: String
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let input = InboxInput(record: try session.inboxID(record))
        let proposal = try await session.withService { try await $0.call(InboxOperations.propose, input) }
        if session.options.json {
            try session.emit(answer: proposal)
        } else {
            ProposalPage(proposal: proposal, session: session).show()
        }
        return .success
    }
}

/// A proposal, for people.
private struct ProposalPage {
    let proposal: ProposalView
    let session: Session

    private var language: Language { session.language }

    func show() {
        session.sayProse(proposal.words)
        session.say()
        session.say(OfficeWords.proposed, style: .heading)
        if proposal.candidates.isEmpty {
            session.say(OfficeWords.noCandidate, style: .fault)
        } else {
            var table = Table([
                .number(OfficeWords.points[language]), .name(RecordWords.item[language]),
                .name(CaseWords.kind[language]),
                .prose(CaseWords.reason[language]),
            ])
            for candidate in proposal.candidates {
                table.add([
                    Table.Cell("\(candidate.points)"), Table.Cell(candidate.name),
                    Table.Cell(candidate.category.text), Table.Cell(joined(candidate.because)),
                ])
            }
            session.say(table)
        }
        let codes = session.codeWriting()
        session.say(
            FactSheet([
                (OfficeWords.quantity[language], quantity), (OfficeWords.lane[language], said(proposal.lane, .lane)),
                (OfficeWords.urgency[language], said(proposal.urgency, .urgency)),
                (
                    OfficeWords.groups[language],
                    proposal.groups.map { said(codes.group($0.value), $0.because) }.joined(separator: "  ")
                ),
            ]))
        session.note(OfficeWords.confirmAdvice.filled(["id": "\(proposal.record)"]))
    }

    private var quantity: String {
        guard let amount = proposal.quantity, let unit = Unit(code: amount.unit) else {
            return OfficeWords.unsaid[language]
        }
        let number: String =
            switch unit {
            case .fen: "CNY \(Numbers.yuan(fen: amount.value))"
            default: "\(Numbers.grouped(amount.value)) \(DataWords.unit(unit)[language])"
            }
        return said(number, amount.because)
    }

    private func said(_ part: ProposalView.Part, _ kind: CodeWords.Kind) -> String {
        said(CodeWords.text(kind, part.value)?[language] ?? part.value, part.because)
    }

    private func said(_ value: String, _ because: [String]) -> String {
        because.isEmpty ? value : "\(value) (\(joined(because)))"
    }

    private func joined(_ because: [String]) -> String {
        because.joined(separator: language == .zhHans ? "；" : "; ")
    }
}

/// `almoner inbox confirm`: a person says what a record asks for; a wish is registered, or one that is there is linked.
struct InboxConfirmCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("confirm", CaseWords.inboxConfirm) }

    @Argument(help: ArgumentHelp(CaseWords.inboxShow, value: "record")) var record: String
    @Argument(help: ArgumentHelp(OfficeWords.wishHelp, value: "wish")) var wish: String?
    @Option(help: ArgumentHelp(OfficeWords.categoryHelp, value: "category")) var category: String?
    @Option(help: ArgumentHelp(OfficeWords.laneHelp, value: "lane")) var lane: String?
    @Option(help: ArgumentHelp(OfficeWords.urgencyHelp, value: "urgency")) var urgency: String?
    @Option(help: ArgumentHelp(OfficeWords.quantityHelp, value: "quantity")) var quantity: Int64?
    @Option(name: .customLong("group"), help: ArgumentHelp(OfficeWords.groupHelp, value: "code")) var groups: [String] =
        []
    @Option(help: ArgumentHelp(OfficeWords.areaHelp, value: "area")) var area: String?
    @Option(help: ArgumentHelp(OfficeWords.wordingHelp, value: "text")) var wording: String?
    @OptionGroup var person: PersonOptions
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let id = try session.inboxID(record)
        let directory = try session.dataDirectory()
        var confirming = InboxConfirming(record: id)
        if wish == nil {
            let areas = try directory.areas()
            confirming = try choice(
                CodeResolver(areas: areas, categories: directory.categories()), areas, id)
        }
        confirming.person = person.input
        let (wishCase, alike) = try await session.withService(options, changing: true) { service in
            if let wish { confirming.wish = try await service.id(of: .wish, named: wish) }
            let wishCase = try await service.call(InboxOperations.confirm, confirming)
            return (wishCase, try await service.call(DuplicateOperations.show, WishInput(wish: wishCase.wish)))
        }
        try session.show([wishCase])
        // A warning while the person is still on the telephone; it blocks nothing.
        for pair in alike.pairs.prefix(5) {
            let other = pair.first == wishCase.wish ? pair.second : pair.first
            let handle = alike.cluster?.members.first { $0.wish == other }?.handle
            session.note(
                OfficeWords.mayRepeat.filled(["wish": handle ?? "\(other)", "why": pair.why]), isWarning: true)
        }
        // Said where it is done: later nobody looks for a wish that is in nobody's list.
        if wishCase.area == "unplaced" { session.note(CaseWords.noPlace.text, isWarning: true) }
        return .success
    }

    private func choice(_ resolver: CodeResolver, _ areas: AreaTree, _ record: RecordID) throws -> InboxConfirming {
        var choice = InboxConfirming(record: record, quantity: quantity, wording: wording)
        if let category {
            guard let found = resolver.category(category) else {
                let near = resolver.categories(near: category)
                throw CommandError(
                    .notFound, OfficeWords.noCategory.filled(["name": category]), advice: NameList.didYouMean(near))
            }
            choice.category = Code(found.code)
        }
        choice.lane = try known(lane, Lane.allCases.map(\.code))
        choice.urgency = try known(urgency, UrgencyGrade.allCases.map(\.code))
        if !groups.isEmpty {
            choice.groups = try groups.map { text in
                guard let code = Code(text) else { throw CommandError(.usage, CaseWords.noCode.filled(["code": text])) }
                return code
            }
        }
        if let area {
            choice.area = Code(try areas.area(named: area).code)
        }
        return choice
    }

    private func known(_ text: String?, _ values: [String]) throws -> String? {
        guard let text else { return nil }
        guard values.contains(text) else {
            throw CommandError(
                .usage, OfficeWords.badChoice.filled(["value": text, "known": values.joined(separator: ", ")]))
        }
        return text
    }
}
