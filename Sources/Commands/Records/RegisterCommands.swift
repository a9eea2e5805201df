import ArgumentParser
import Casework
import Exchange
import MatchCore
import Operations

/// One thing that is offered or wished for, as it is said at the keyboard.
struct ItemOptions: ParsableArguments {
    @Option(help: ArgumentHelp(DeskWords.itemHelp, value: "category")) var item: String
    @Option(help: ArgumentHelp(DeskWords.quantityHelp, value: "quantity")) var quantity: Int64?
    @Option(help: ArgumentHelp(DeskWords.unitHelp, value: "unit")) var unit: String?
    @Option(help: ArgumentHelp(DeskWords.areaHelp, value: "area")) var area: String?
    @Option(help: ArgumentHelp(DeskWords.textHelp, value: "words")) var text: String
    @Option(help: ArgumentHelp(DeskWords.sourceHelp, value: "source")) var source: String?
    @Option(help: ArgumentHelp(DeskWords.externalIDHelp, value: "id")) var externalID: String?

    func checkedUnit() throws -> String? { try Choice.read(unit, from: Unit.allCases.map(\.code)) }

    /// The codes of the category and of the place.
    func codes(in session: Session) throws -> (category: String, place: PlaceView?) {
        let directory = try session.dataDirectory()
        let resolver = CodeResolver(areas: try directory.areas(), categories: try directory.categories())
        guard let category = resolver.category(item) else {
            throw CommandError(
                .notFound, OfficeWords.noCategory.filled(["name": item]),
                advice: NameList.didYouMean(resolver.categories(near: item)))
        }
        guard let area else { return (category.code, nil) }
        guard case .code(let code) = resolver.area(area) else {
            throw CommandError(.notFound, CaseWords.noCode.filled(["code": area]))
        }
        return (category.code, PlaceView(Place(area: code)))
    }
}

/// `almoner offer create`.
struct OfferCreateCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("create", DeskWords.offerCreate) }

    @Option(help: ArgumentHelp(DeskWords.partyHelp, value: "party")) var party: String
    @Option(help: ArgumentHelp(DeskWords.kindHelp, value: "kind")) var kind: String?
    @Flag(help: ArgumentHelp(DeskWords.deliversHelp)) var delivers = false
    @OptionGroup var thing: ItemOptions
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let (category, place) = try thing.codes(in: session)
        let kind = try Choice.read(kind, from: OfferKind.allCases.map(\.code))
        let unit = try thing.checkedUnit()
        let made = try await session.withService(options, changing: true) { service in
            try await service.call(
                OfferOperations.create,
                OfferDraft(
                    party: try await service.id(of: .party, named: party), kind: kind, place: place, delivers: delivers,
                    text: thing.text,
                    lines: [OfferDraft.Line(category: category, quantity: thing.quantity, unit: unit)],
                    source: thing.source, externalID: thing.externalID))
        }
        if session.options.json {
            try session.emit(answer: made)
        } else {
            session.say(OfficeWords.nowInState, ["name": made.record.handle, "state": made.state])
        }
        return .success
    }
}

/// `almoner wish create`.
struct WishCreateCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("create", DeskWords.wishCreate) }

    @Option(help: ArgumentHelp(OfficeWords.laneHelp, value: "lane")) var lane: String?
    @Option(help: ArgumentHelp(OfficeWords.urgencyHelp, value: "urgency")) var urgency: String?
    @Option(help: ArgumentHelp(DeskWords.hardshipHelp, value: "grade")) var hardship: Int?
    @Option(help: ArgumentHelp(DeskWords.channelHelp, value: "channel")) var channel: String?
    @Option(name: .customLong("group"), help: ArgumentHelp(OfficeWords.groupHelp, value: "group"))
    var groups: [String] = []
    @Flag(help: ArgumentHelp(DeskWords.wholeHelp)) var whole = false
    @OptionGroup var thing: ItemOptions
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let (category, place) = try thing.codes(in: session)
        let channel = try Choice.read(channel, from: Channel.allCases.map(\.rawValue)).flatMap(Channel.init(rawValue:))
        let draft = WishDraft(
            lane: try Choice.read(lane, from: Lane.allCases.map(\.code)),
            urgency: try Choice.read(urgency, from: UrgencyGrade.allCases.map(\.code)), hardship: hardship,
            place: place, groups: groups, text: thing.text,
            lines: [
                WishDraft.Line(
                    category: category, quantity: thing.quantity, unit: try thing.checkedUnit(), isWhole: whole)
            ], channel: channel, source: thing.source, externalID: thing.externalID)
        let made = try await session.withService(options, changing: true) {
            try await $0.call(WishOperations.create, draft)
        }
        if session.options.json {
            try session.emit(answer: made)
        } else {
            session.say(OfficeWords.nowInState, ["name": made.record.handle, "state": made.state])
        }
        return .success
    }
}

/// `almoner wish pledge WISH[/LINE] QUANTITY --party NAME`.
struct WishPledgeCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("pledge", DeskWords.wishPledge) }

    @Argument(help: ArgumentHelp(CaseWords.wishLine, value: "wish")) var wish: String
    @Argument(help: ArgumentHelp(CaseWords.quantityHelp, value: "quantity")) var quantity: Int64
    @Option(help: ArgumentHelp(DeskWords.partyHelp, value: "party")) var party: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let made = try await session.withService(options, changing: true) { service in
            let line = try await service.line(of: .wish, named: wish)
            return try await service.call(
                WishOperations.pledge,
                PledgeDraft(
                    wish: line.record, line: line.number, quantity: quantity,
                    party: try await service.id(of: .party, named: party)))
        }
        if session.options.json {
            try session.emit(answer: made)
        } else {
            session.say(OfficeWords.nowInState, ["name": "\(made.id)", "state": made.state.rawValue])
        }
        return .success
    }
}

/// `almoner wish code WISH`.
struct WishCodeCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("code", DeskWords.wishCode) }

    @Argument(help: ArgumentHelp(.recordName, value: "wish")) var wish: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let made = try await session.withService(options, changing: true) { service in
            try await service.call(
                LookUpOperations.issue, WishInput(wish: try await service.id(of: .wish, named: wish)))
        }
        if session.options.json {
            try session.emit(answer: made)
            return .success
        }
        session.say(FactSheet([(DeskWords.code[session.language], made.code)]))
        session.note(DeskWords.onlyOnce.text, isWarning: true)
        return .success
    }
}
