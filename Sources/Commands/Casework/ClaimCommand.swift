import ArgumentParser
import Casework
import MatchCore
import Storage

/// `almoner claim`: a lease on a quantity of one offer for one wish line.
struct ClaimCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "claim", CaseWords.claim,
            subcommands: [ClaimProposeCommand.self] + steps + [
                ClaimSplitCommand.self, ClaimLegCommand.self, ClaimQueueCommand.self, ClaimListCommand.self,
                ClaimShowCommand.self,
            ])
    }

    private static var steps: [any ParsableCommand.Type] {
        [
            ClaimAccept.self, ClaimDecline.self, ClaimDispatch.self, ClaimReceive.self, ClaimConfirm.self,
            ClaimRenew.self, ClaimRelease.self, ClaimReturn.self,
        ]
    }
}

struct ClaimRecord: Encodable {
    var id: String
    var state: String
    var quantity: Int64
    var offer: String
    var offerLine: Int
    var wish: String
    var wishLine: Int
    var party: String
    var leaseEnd: Int64?
    var changedAt: Int64
    var version: Int

    init(_ kept: KeptClaim) {
        id = "\(kept.claim.id)"
        state = kept.claim.state.rawValue
        quantity = kept.claim.quantity
        offer = "\(kept.offer.record)"
        offerLine = kept.offer.number
        wish = "\(kept.wish.record)"
        wishLine = kept.wish.number
        party = "\(kept.claim.party)"
        leaseEnd = kept.claim.lease?.end.milliseconds
        changedAt = kept.claim.changedAt.milliseconds
        version = kept.claim.version
    }
}

extension Session {
    fileprivate func show(_ claims: [KeptClaim]) throws {
        if options.json { return try claims.forEach { try emitLine(ClaimRecord($0)) } }
        var table = Table([
            .name(RecordWords.id[language]), .name(CaseWords.state[language]), .number(RecordWords.quantity[language]),
            .name(CaseWords.time[language]), .name(CaseWords.due[language]), .name(RecordWords.wanted[language]),
        ])
        for kept in claims {
            table.add([
                Table.Cell("\(kept.claim.id)"), Table.Cell(kept.claim.state.rawValue),
                Table.Cell("\(kept.claim.quantity)"), Table.Cell(CaseTime.text(kept.claim.changedAt)),
                Table.Cell(kept.claim.lease.map { CaseTime.text($0.end) } ?? ""), Table.Cell("\(kept.wish)"),
            ])
        }
        say(table)
    }

    fileprivate func claimID(_ text: String) throws -> RecordID {
        guard let id = RecordID(text) else { throw CommandError(.notFound, CaseWords.noClaim.filled(["id": text])) }
        return id
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

    func perform(in session: Session) throws -> ExitStatus {
        let kinds = try legs.map { name in
            guard let kind = Leg.Kind(rawValue: name) else {
                throw CommandError(.usage, CaseWords.noStep.filled(["step": name, "steps": "carrier, fitter"]))
            }
            return kind
        }
        let claim = try options.perform(in: session) { desk, reason in
            try desk.propose(
                offer: LineName.line(offer, of: .offer, in: desk.store),
                wish: LineName.line(wish, of: .wish, in: desk.store), quantity: quantity, legs: kinds, reason: reason)
        }
        try session.show([claim])
        return .success
    }
}

/// One step of a claim as a command of its own: `claim accept ID`.
protocol ClaimStepCommand: SessionCommand {
    static var name: String { get }
    var claim: String { get }
    var options: CaseOptions { get }
    func step() throws -> ClaimStep
}

extension ClaimStepCommand {
    static var configuration: CommandConfiguration { HelpText.configuration(name, CaseWords.claimStep) }

    func perform(in session: Session) throws -> ExitStatus {
        let (id, step) = (try session.claimID(claim), try step())
        try session.show([try options.perform(in: session) { try $0.step(id, step, reason: $1) }])
        return .success
    }
}

struct ClaimAccept: ClaimStepCommand {
    static let name = "accept"
    @Argument(help: ArgumentHelp(CaseWords.claimID, value: "claim")) var claim: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions
    func step() -> ClaimStep { .accept }
}

struct ClaimDecline: ClaimStepCommand {
    static let name = "decline"
    @Argument(help: ArgumentHelp(CaseWords.claimID, value: "claim")) var claim: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions
    func step() -> ClaimStep { .decline }
}

struct ClaimDispatch: ClaimStepCommand {
    static let name = "dispatch"
    @Argument(help: ArgumentHelp(CaseWords.claimID, value: "claim")) var claim: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions
    func step() -> ClaimStep { .dispatch }
}

struct ClaimReceive: ClaimStepCommand {
    static let name = "receive"
    @Argument(help: ArgumentHelp(CaseWords.claimID, value: "claim")) var claim: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions
    func step() -> ClaimStep { .receive }
}

struct ClaimConfirm: ClaimStepCommand {
    static let name = "confirm"
    @Argument(help: ArgumentHelp(CaseWords.claimID, value: "claim")) var claim: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions
    func step() -> ClaimStep { .confirm }
}

struct ClaimRenew: ClaimStepCommand {
    static let name = "renew"
    @Argument(help: ArgumentHelp(CaseWords.claimID, value: "claim")) var claim: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions
    func step() -> ClaimStep { .renew }
}

struct ClaimRelease: ClaimStepCommand {
    static let name = "release"
    @Argument(help: ArgumentHelp(CaseWords.claimID, value: "claim")) var claim: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions
    func step() -> ClaimStep { .release }
}

struct ClaimReturn: ClaimStepCommand {
    static let name = "return"
    @Argument(help: ArgumentHelp(CaseWords.claimID, value: "claim")) var claim: String
    @Option(help: ArgumentHelp(CaseWords.conditionHelp, value: "condition")) var condition = "usable"
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func step() throws -> ClaimStep {
        guard let condition = ClaimStep.Condition(rawValue: condition) else {
            throw CommandError(.usage, CaseWords.noStep.filled(["step": condition, "steps": "usable, unfit, lost"]))
        }
        return .giveBack(condition)
    }
}

struct ClaimSplitCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("split", CaseWords.claimSplit) }

    @Argument(help: ArgumentHelp(CaseWords.claimID, value: "claim")) var claim: String
    @Argument(help: ArgumentHelp(CaseWords.quantityHelp, value: "quantity")) var quantity: Int64
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let id = try session.claimID(claim)
        let (rest, part) = try options.perform(in: session) { try $0.split(id, quantity, reason: $1) }
        try session.show([rest, part])
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

    func perform(in session: Session) throws -> ExitStatus {
        let place = try options.perform(in: session) { desk, _ in
            try desk.join(
                offer: LineName.line(offer, of: .offer, in: desk.store),
                wish: LineName.line(wish, of: .wish, in: desk.store), quantity: quantity, least: least)
        }
        session.say("\(place.place.id)")
        return .success
    }
}

struct ClaimListCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("list", CaseWords.claimList) }

    @Option(help: ArgumentHelp(CaseWords.stateHelp, value: "state")) var state: String?
    @Option(help: ArgumentHelp(.limit, value: "count")) var limit = 100
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let wanted = try state.map { name in
            guard let state = ClaimState(rawValue: name) else {
                let known = ClaimState.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandError(.usage, CaseWords.noStep.filled(["step": name, "steps": known]))
            }
            return state
        }
        let store = try Store.open(session, forWriting: false)
        defer { store.close() }
        try session.show(try store.cases.blockingRead { try $0.claims(ClaimFilter(state: wanted), limit: limit) })
        return .success
    }
}

struct ClaimShowCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("show", CaseWords.claimShow) }

    @Argument(help: ArgumentHelp(CaseWords.claimID, value: "claim")) var claim: String
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let id = try session.claimID(claim)
        let store = try Store.open(session, forWriting: false)
        defer { store.close() }
        guard let kept = try store.cases.blockingRead({ try $0.claim(id) }) else {
            throw CommandError(.notFound, CaseWords.noClaim.filled(["id": claim]))
        }
        try session.show([kept])
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

    func perform(in session: Session) throws -> ExitStatus {
        let id = try session.claimID(claim)
        guard let kind = Leg.Kind(rawValue: kind) else {
            throw CommandError(.usage, CaseWords.noStep.filled(["step": kind, "steps": "carrier, fitter"]))
        }
        let kept = try options.perform(in: session) { desk, reason in
            let made: ClaimStep
            switch (step, party) {
            case ("agree", let party?):
                made = .agree(kind, party: try RecordNames(transaction: desk.store, kind: .party).id(named: party))
            case ("leave", _): made = .leave(kind)
            case ("finish", _): made = .finish(kind)
            default:
                throw CommandError(
                    .usage, CaseWords.noStep.filled(["step": step, "steps": "agree PARTY, leave, finish"]))
            }
            return try desk.step(id, made, reason: reason)
        }
        try session.show([kept])
        return .success
    }
}
