import ArgumentParser
import Casework
import Exchange
import MatchCore
import Storage

/// `almoner inbox propose`: what the words seem to ask for, and why.
struct InboxProposeCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("propose", OfficeWords.inboxPropose) }

    @Argument(help: ArgumentHelp(CaseWords.inboxShow, value: "record")) var record: String
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let id = try session.inboxID(record)
        let (proposer, categories) = (try session.proposer(), try session.dataDirectory().categories())
        let store = try Store.open(session, forWriting: false)
        defer { store.close() }
        guard let found = try store.cases.blockingRead({ try $0.inboxRecord(id) }) else {
            throw CommandError(.notFound, CaseWords.noID.filled(["id": record]))
        }
        let page = ProposalPage(
            record: found, proposal: proposer.proposal(for: found.words), categories: categories, session: session)
        try page.show()
        return .success
    }
}

/// A proposal, for people and for scripts.
private struct ProposalPage {
    let record: InboxRecord
    let proposal: WishProposal
    let categories: CategoryTree
    let session: Session

    private struct Record: Encodable {
        var record: String
        var words: String
        var version: Int
        var candidates: [Candidate]
        var lane: Part
        var urgency: Part
        var quantity: Quantity?
        var groups: [Part]

        struct Candidate: Encodable {
            var category: String
            var name: String
            var points: Int
            var because: [String]
        }

        struct Part: Encodable {
            var value: String
            var because: [String]
        }

        struct Quantity: Encodable {
            var value: Int64
            var unit: String
            var because: [String]
        }
    }

    private var language: Language { session.language }

    private func texts(_ list: [LocalizedText]) -> [String] { list.map { $0[language] } }

    private func name(_ code: Code) -> String { categories[code.text]?.name[language] ?? code.text }

    func show() throws {
        if session.options.json { return try session.emit(json) }
        session.sayProse(record.words)
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
                    Table.Cell("\(candidate.points)"), Table.Cell(name(candidate.category)),
                    Table.Cell(candidate.category.text), Table.Cell(joined(candidate.because)),
                ])
            }
            session.say(table)
        }
        session.say(
            FactSheet([
                (OfficeWords.quantity[language], quantity),
                (OfficeWords.lane[language], said(proposal.lane.value.code, proposal.lane.because)),
                (OfficeWords.urgency[language], said(proposal.urgency.value.code, proposal.urgency.because)),
                (
                    OfficeWords.groups[language],
                    proposal.groups.map { said($0.value.text, $0.because) }.joined(separator: "  ")
                ),
            ]))
        session.note(OfficeWords.confirmAdvice.filled(["id": "\(record.id)"]))
    }

    private var quantity: String {
        guard let amount = proposal.amount else { return OfficeWords.unsaid[language] }
        let number: String =
            switch amount.value.unit {
            case .fen: "CNY \(Numbers.yuan(fen: amount.value.quantity))"
            default: "\(Numbers.grouped(amount.value.quantity)) \(DataWords.unit(amount.value.unit)[language])"
            }
        return said(number, amount.because)
    }

    private func said(_ value: String, _ because: [LocalizedText]) -> String {
        because.isEmpty ? value : "\(value) (\(joined(because)))"
    }

    private func joined(_ because: [LocalizedText]) -> String {
        texts(because).joined(separator: language == .zhHans ? "；" : "; ")
    }

    private var json: Record {
        Record(
            record: "\(record.id)", words: record.words, version: proposal.version,
            candidates: proposal.candidates.map {
                Record.Candidate(
                    category: $0.category.text, name: name($0.category), points: $0.points, because: texts($0.because))
            },
            lane: Record.Part(value: proposal.lane.value.code, because: texts(proposal.lane.because)),
            urgency: Record.Part(value: proposal.urgency.value.code, because: texts(proposal.urgency.because)),
            quantity: proposal.amount.map {
                Record.Quantity(value: $0.value.quantity, unit: $0.value.unit.code, because: texts($0.because))
            }, groups: proposal.groups.map { Record.Part(value: $0.value.text, because: texts($0.because)) })
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

    func perform(in session: Session) throws -> ExitStatus {
        let id = try session.inboxID(record)
        let directory = try session.dataDirectory()
        let (areas, categories) = (try directory.areas(), try directory.categories())
        let choice = try choice(CodeResolver(areas: areas, categories: categories))
        let (proposer, index) = (try session.proposer(), try session.blindIndex())
        let wishCase = try options.perform(in: session) { desk, _ in
            if let inbound = try desk.store.inboxRecord(id) {
                try person.keep(for: inbound, index, at: desk, in: session)
            }
            if let wish {
                return try desk.confirm(id, as: RecordNames(transaction: desk.store, kind: .wish).id(named: wish))
            }
            let words = try desk.store.inboxRecord(id)?.words ?? ""
            return try desk.confirm(
                id, choice, proposed: proposer.proposal(for: words),
                admission: Admission(areas: areas, categories: categories), categories: categories)
        }
        try session.show([wishCase])
        return .success
    }

    private func choice(_ resolver: CodeResolver) throws -> IntakeChoice {
        var choice = IntakeChoice(quantity: quantity, wording: wording ?? "")
        if let category {
            guard let found = resolver.category(category) else {
                let near = resolver.categories(near: category)
                throw CommandError(
                    .notFound, OfficeWords.noCategory.filled(["name": category]), advice: NameList.didYouMean(near))
            }
            choice.category = Code(found.code)
        }
        choice.lane = try read(lane, Lane.init(code:), Lane.allCases.map(\.code))
        choice.urgency = try read(urgency, UrgencyGrade.init(code:), UrgencyGrade.allCases.map(\.code))
        if !groups.isEmpty {
            choice.groups = try groups.map { text in
                guard let code = Code(text) else { throw CommandError(.usage, CaseWords.noCode.filled(["code": text])) }
                return code
            }
        }
        if let area {
            guard case .code(let code) = resolver.area(area) else {
                throw CommandError(.notFound, CaseWords.noCode.filled(["code": area]))
            }
            choice.area = Code(code)
        }
        return choice
    }

    private func read<Value>(_ text: String?, _ make: (String) -> Value?, _ known: [String]) throws -> Value? {
        guard let text else { return nil }
        guard let value = make(text) else {
            throw CommandError(
                .usage, OfficeWords.badChoice.filled(["value": text, "known": known.joined(separator: ", ")]))
        }
        return value
    }
}
