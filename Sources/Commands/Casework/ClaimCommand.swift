import ArgumentParser
import Casework
import MatchCore
import Operations

/// `almoner claim`: a lease on a quantity of one offer for one wish line.
struct ClaimCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "claim", CaseWords.claim,
            subcommands: [ClaimProposeCommand.self] + steps + [
                ClaimReturn.self, ClaimSplitCommand.self, ClaimLegCommand.self, ClaimQueueCommand.self,
                ClaimListCommand.self, ClaimShowCommand.self,
            ])
    }

    private static var steps: [any ParsableCommand.Type] {
        [
            ClaimStepCommand<AcceptStep>.self, ClaimStepCommand<DeclineStep>.self, ClaimStepCommand<DispatchStep>.self,
            ClaimStepCommand<ReceiveStep>.self, ClaimStepCommand<ConfirmStep>.self, ClaimStepCommand<RenewStep>.self,
            ClaimStepCommand<ReleaseStep>.self,
        ]
    }
}

extension Session {
    fileprivate func show(_ claims: [ClaimView]) throws {
        if options.json { return try claims.forEach { try emit(answer: $0) } }
        let writing = codeWriting()
        func line(_ handle: String?, _ id: RecordID, _ number: Int, _ title: String?) -> String {
            ["\(handle ?? "\(id)")/\(number)", title].compactMap { $0 }.joined(separator: "  ")
        }
        var table = Table([
            .name(RecordWords.id[language]), .name(CaseWords.state[language]), .number(RecordWords.quantity[language]),
            .name(CaseWords.time[language]), .name(CaseWords.due[language]),
            .text(CaseWords.wishColumn[language], least: 16), .text(CaseWords.offerColumn[language], least: 16),
            .text(RecordWords.party[language]), .name(RecordWords.wanted[language]),
        ])
        for claim in claims {
            table.add([
                Table.Cell("\(claim.id)"), Table.Cell(writing(.claimState, claim.state.rawValue)),
                Table.Cell("\(claim.quantity)"),
                Table.Cell(CaseTime.text(claim.changedAt)), Table.Cell(claim.leaseEnd.map { CaseTime.text($0) } ?? ""),
                Table.Cell(line(claim.wishHandle, claim.wish, claim.wishLine, claim.wishTitle)),
                Table.Cell(line(claim.offerHandle, claim.offer, claim.offerLine, claim.offerTitle)),
                Table.Cell(claim.partyName ?? claim.party.map { "\($0)" } ?? ""),
                Table.Cell("\(claim.wish)/\(claim.wishLine)"),
            ])
        }
        say(table)
        for claim in claims {
            for warning in claim.warnings {
                note(CaseWords.claimWarning.filled(["claim": "\(claim.id)", "text": warning.text]), isWarning: true)
            }
        }
    }

    fileprivate func claimID(_ text: String) throws -> RecordID {
        guard let id = RecordID(text) else { throw CommandError(.notFound, CaseWords.noClaim.filled(["id": text])) }
        return id
    }

    /// Makes a change of one claim and shows it.
    fileprivate func change(
        _ options: CaseOptions, _ body: (any OperationCalling) async throws -> ClaimView
    ) async throws -> ExitStatus {
        try show([try await withService(options, changing: true, body)])
        return .success
    }
}

struct ClaimProposeCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("propose", CaseWords.claimPropose) }

    @Argument(help: ArgumentHelp(CaseWords.offerLine, value: "offer"))
    var offer: String

    @Argument(help: ArgumentHelp(CaseWords.wishLine, value: "wish"))
    var wish: String

    @Argument(help: ArgumentHelp(CaseWords.quantityHelp, value: "quantity"))
    var quantity: Int64

    @Option(name: .customLong("leg"), help: ArgumentHelp(CaseWords.legsHelp, value: "kind"))
    var legs: [String] = []

    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let kinds = try legs.map { try Leg.Kind(named: $0) }
        let reason = try options.reasonCode()
        return try await session.change(options) { service in
            let offer = try await service.line(of: .offer, named: offer)
            let wish = try await service.line(of: .wish, named: wish)
            return try await service.call(
                ClaimOperations.propose,
                ClaimProposal(
                    offer: offer.record, offerLine: offer.number, wish: wish.record, wishLine: wish.number,
                    quantity: quantity, legs: kinds, reason: reason, note: options.note))
        }
    }
}

extension Leg.Kind {
    fileprivate init(named name: String) throws {
        guard let kind = Leg.Kind(rawValue: name) else {
            throw CommandError(.usage, OfficeWords.badChoice.filled(["value": name, "known": "carrier, fitter"]))
        }
        self = kind
    }
}

/// Which step a command makes.
protocol ClaimStepChoice {
    static var operation: Operation<ClaimStepInput, ClaimView> { get }
}

enum AcceptStep: ClaimStepChoice { static let operation = ClaimOperations.accept }
enum DeclineStep: ClaimStepChoice { static let operation = ClaimOperations.decline }
enum DispatchStep: ClaimStepChoice { static let operation = ClaimOperations.dispatch }
enum ReceiveStep: ClaimStepChoice { static let operation = ClaimOperations.receive }
enum ConfirmStep: ClaimStepChoice { static let operation = ClaimOperations.confirm }
enum RenewStep: ClaimStepChoice { static let operation = ClaimOperations.renew }
enum ReleaseStep: ClaimStepChoice { static let operation = ClaimOperations.release }

/// One step of a claim as a command of its own: `claim accept ID`.
struct ClaimStepCommand<Choice: ClaimStepChoice>: SessionCommand {
    static var configuration: CommandConfiguration {
        let facts = Choice.operation.facts
        return CommandConfiguration(
            commandName: facts.id.split(separator: ".").last.map(String.init) ?? "",
            abstract: facts.summary[HelpText.language], version: "almoner \(AlmonerProgram.version)")
    }

    @Argument(help: ArgumentHelp(CaseWords.claimID, value: "claim")) var claim: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let input = ClaimStepInput(
            claim: try session.claimID(claim), reason: try options.reasonCode(), note: options.note)
        return try await session.change(options) { try await $0.call(Choice.operation, input) }
    }
}

struct ClaimReturn: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("return", CaseWords.claimReturn) }

    @Argument(help: ArgumentHelp(CaseWords.claimID, value: "claim")) var claim: String
    @Option(help: ArgumentHelp(CaseWords.conditionHelp, value: "condition")) var condition: String?
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let reason = try options.reasonCode()
        let told = reason.flatMap { ["lost": "lost", "damaged": "unfit"][$0] } ?? "usable"
        guard let state = ClaimStep.Condition(rawValue: condition ?? told) else {
            throw CommandError(
                .usage, OfficeWords.badChoice.filled(["value": condition ?? told, "known": "usable, unfit, lost"]))
        }
        let input = ClaimReturning(
            claim: try session.claimID(claim), condition: state, reason: reason, note: options.note)
        return try await session.change(options) { try await $0.call(ClaimOperations.giveBack, input) }
    }
}

struct ClaimSplitCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("split", CaseWords.claimSplit) }

    @Argument(help: ArgumentHelp(CaseWords.claimID, value: "claim")) var claim: String
    @Argument(help: ArgumentHelp(CaseWords.quantityHelp, value: "quantity")) var quantity: Int64
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let input = ClaimSplitting(
            claim: try session.claimID(claim), quantity: quantity, reason: try options.reasonCode(), note: options.note)
        let split = try await session.withService(options, changing: true) {
            try await $0.call(ClaimOperations.split, input)
        }
        try session.show([split.claim, split.part])
        return .success
    }
}

struct ClaimQueueCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("queue", CaseWords.queue) }

    @Argument(help: ArgumentHelp(CaseWords.offerLine, value: "offer")) var offer: String
    @Argument(help: ArgumentHelp(CaseWords.wishLine, value: "wish")) var wish: String
    @Argument(help: ArgumentHelp(CaseWords.quantityHelp, value: "quantity")) var quantity: Int64
    @Option(help: ArgumentHelp(CaseWords.leastHelp, value: "quantity")) var least: Int64 = 1
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let place = try await session.withService(options, changing: true) { service in
            let offer = try await service.line(of: .offer, named: offer)
            let wish = try await service.line(of: .wish, named: wish)
            return try await service.call(
                ClaimOperations.queue,
                QueueJoining(
                    offer: offer.record, offerLine: offer.number, wish: wish.record, wishLine: wish.number,
                    quantity: quantity, least: least))
        }
        if session.options.json {
            try session.emit(answer: place)
        } else if let claim = place.claim, place.waiting > 0 {
            session.say(
                CaseWords.servedInPart,
                ["claim": "\(claim)", "waiting": "\(place.waiting)", "place": "\(place.id)"])
        } else if let claim = place.claim {
            session.say(CaseWords.servedAtOnce, ["claim": "\(claim)"])
        } else {
            session.say(CaseWords.waitsBehind, ["ahead": "\(place.ahead)", "place": "\(place.id)"])
        }
        return .success
    }
}

struct ClaimListCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("list", CaseWords.claimList) }

    @Option(help: ArgumentHelp(CaseWords.stateHelp, value: "state")) var state: String?
    @OptionGroup var list: ListOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let wanted = try state.map { name in
            guard let state = ClaimState(rawValue: name) else {
                let known = ClaimState.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandError(.usage, OfficeWords.badChoice.filled(["value": name, "known": known]))
            }
            return state
        }
        let listing = try await session.withService { service in
            try await service.list(ClaimOperations.list, list) {
                ClaimListInput(state: wanted, limit: $0, cursor: $1)
            }
        }
        try session.show(listing.items)
        try session.noteEnd(of: listing)
        return .success
    }
}

struct ClaimShowCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("show", CaseWords.claimShow) }

    @Argument(help: ArgumentHelp(CaseWords.claimID, value: "claim")) var claim: String
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let input = ClaimInput(claim: try session.claimID(claim))
        try session.show([try await session.withService { try await $0.call(ClaimOperations.show, input) }])
        return .success
    }
}

/// `claim leg agree|leave|finish ID carrier|fitter [PARTY]`.
struct ClaimLegCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("leg", CaseWords.leg) }

    @Argument(help: ArgumentHelp(CaseWords.legStepHelp, value: "step")) var step: String
    @Argument(help: ArgumentHelp(CaseWords.claimID, value: "claim")) var claim: String
    @Argument(help: ArgumentHelp(CaseWords.legsHelp, value: "kind")) var kind: String
    @Argument(help: ArgumentHelp(CaseWords.legParty, value: "party")) var party: String?
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        var input = ClaimLegStep(
            claim: try session.claimID(claim), leg: try Leg.Kind(named: kind), reason: try options.reasonCode(),
            note: options.note)
        let operation: Operation<ClaimLegStep, ClaimView>
        switch (step, party) {
        case ("agree", _?): operation = ClaimOperations.agree
        case ("leave", _): operation = ClaimOperations.leave
        case ("finish", _): operation = ClaimOperations.finish
        default:
            throw CommandError(.usage, CaseWords.noStep.filled(["step": step, "steps": "agree PARTY, leave, finish"]))
        }
        let name = step == "agree" ? party : nil
        return try await session.change(options) { service in
            if let name { input.party = try await service.id(of: .party, named: name) }
            return try await service.call(operation, input)
        }
    }
}
