import Casework
import MatchCore

/// A program at random: the real claims, ledger and clocks, driven step by step beside the oracle.
struct Walk {
    /// Where the two came apart.
    struct Divergence: Error, CustomStringConvertible {
        let description: String
    }

    static let lines = 3
    private static let names = [
        "accept", "decline", "release", "expire", "renew", "dispatch", "receive", "confirm", "usable", "unfit", "lost",
    ]

    /// How often each thing really happened.
    private(set) var counts: [String: Int] = [:]
    private var random: SeededRandom
    private var oracle: WalkOracle
    private var ledger = PromiseLedger()
    private var claims: [Int: Claim] = [:]
    private var board: ClockBoard
    private var lapsed: Set<RecordID> = []
    private var time = RunnerTime(now: Moment(milliseconds: 0))
    private var next = 0
    private let terms: LeaseTerms
    private let calendar: WorkingCalendar

    private var now: Moment { Moment(milliseconds: oracle.now) }

    init(seed: UInt64, calendar: WorkingCalendar) throws {
        random = SeededRandom(seed: seed)
        let start = at("2026-02-11 09:00")
        oracle = WalkOracle(now: start.milliseconds, lines: Self.lines)
        terms = try LeaseTerms(answerHours: 48, dispatchHours: 72, renewals: 2)
        self.calendar = calendar
        board = ClockBoard(calendar: calendar)
        time = RunnerTime(now: start)
        for line in 0..<Self.lines {
            try offer(line, Int64.random(in: 1...60, using: &random))
            try want(line, Int64.random(in: 1...60, using: &random))
        }
    }

    /// Makes `steps` random steps; throws a `Divergence` at the first one after which the two don't agree.
    mutating func run(steps: Int) throws {
        for number in 0..<steps {
            let what = try step()
            do {
                try compare()
            } catch {
                throw Divergence(description: "step \(number) (\(what)): \(error)")
            }
        }
    }

    private mutating func step() throws -> String {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<4:
            try offer(anyLine(), Int64.random(in: -2...30, using: &random))
            return "offer"
        case 4..<8:
            try want(anyLine(), Int64.random(in: -2...30, using: &random))
            return "want"
        case 8..<12:
            try withdraw(anyLine(), Int64.random(in: -2...20, using: &random))
            return "withdraw"
        case 12..<16:
            try cancel(anyLine(), Int64.random(in: -2...20, using: &random))
            return "cancel"
        case 16..<36:
            try propose()
            return "propose"
        case 36..<42:
            try split()
            return "split"
        case 42..<52:
            oracle.now += Int64.random(in: 0...30 * WalkOracle.hour, using: &random)
            oracle.catchUp()
            return "wait"
        case 52..<58:
            try runRunner()
            return "run"
        case 58..<66:
            try turnClock()
            return "clock"
        default:
            guard let claim = anyClaim() else { return "nothing" }
            let name = anyStep(for: claim)
            try make(name, claim)
            // A client that did not hear the answer sends it again; nothing may move twice.
            if Int.random(in: 0..<5, using: &random) == 0 { try make(name, claim) }
            return name
        }
    }

    /// Mostly one that is still open, or the walk would soon only knock on closed doors.
    private mutating func anyClaim() -> Int? {
        let open = claims.keys.filter { claims[$0]?.state.isEnded == false }.sorted()
        if Int.random(in: 0..<6, using: &random) > 0, let claim = open.randomElement(using: &random) { return claim }
        return claims.keys.sorted().randomElement(using: &random)
    }

    /// Half of the time the step that leads on, else any.
    private mutating func anyStep(for claim: Int) -> String {
        let onward: [ClaimState: String] = [
            .proposed: "accept", .accepted: "dispatch", .inTransit: "receive", .received: "confirm",
        ]
        if Bool.random(using: &random), let state = claims[claim]?.state, let name = onward[state] { return name }
        return Self.names.randomElement(using: &random) ?? "accept"
    }

    private mutating func anyLine() -> Int { Int.random(in: 0..<Self.lines, using: &random) }

    private func offerID(_ line: Int) -> RecordID { rid(10 + line) }
    private func wishID(_ line: Int) -> RecordID { rid(20 + line) }

    /// Does both; they have to agree on whether it can be done.
    private func agree(_ expected: Bool, _ what: String, _ body: () throws -> Void) throws {
        var refused: CaseworkError?
        do { try body() } catch let error as CaseworkError { refused = error }
        guard expected == (refused == nil) else {
            throw Divergence(
                description: "\(what): the oracle says \(expected), casework \(refused?.description ?? "did it")")
        }
    }

    private mutating func offer(_ line: Int, _ quantity: Int64) throws {
        var ledger = ledger
        try agree(quantity > 0, "offer \(quantity)") { try ledger.pledge(quantity, on: offerID(line)) }
        self.ledger = ledger
        if quantity > 0 { oracle.pledged[line] += quantity }
    }

    private mutating func want(_ line: Int, _ quantity: Int64) throws {
        var ledger = ledger
        try agree(quantity > 0, "want \(quantity)") { try ledger.want(quantity, on: wishID(line)) }
        self.ledger = ledger
        if quantity > 0 { oracle.wanted[line] += quantity }
    }

    private mutating func withdraw(_ line: Int, _ quantity: Int64) throws {
        let can = quantity > 0 && oracle.offerParts(line)[0] >= quantity
        var ledger = ledger
        try agree(can, "withdraw \(quantity)") { try ledger.withdraw(quantity, from: offerID(line)) }
        self.ledger = ledger
        if can { oracle.withdrawnByHand[line] += quantity }
    }

    private mutating func cancel(_ line: Int, _ quantity: Int64) throws {
        let can = quantity > 0 && oracle.wishParts(line)[0] >= quantity
        var ledger = ledger
        try agree(can, "cancel \(quantity)") { try ledger.cancel(quantity, of: wishID(line)) }
        self.ledger = ledger
        if can { oracle.cancelled[line] += quantity }
    }

    private mutating func propose() throws {
        let (offer, wish) = (anyLine(), anyLine())
        let quantity = Int64.random(in: 0...15, using: &random)
        let number = next
        next += 1
        let can = oracle.propose(number, offer: offer, wish: wish, quantity: quantity)
        var ledger = ledger
        var claim: Claim?
        try agree(can, "propose \(quantity)") {
            let made = try Claim.proposing(
                rid(1_000 + number), offerLine: offerID(offer), wishLine: wishID(wish), wish: rid(30), party: rid(70),
                quantity: quantity, terms: terms, by: .coordinator, at: now)
            try ledger.apply(made.moves)
            claim = made.claim
        }
        guard let claim else { return }
        (self.ledger, claims[number]) = (ledger, claim)
        counts["propose", default: 0] += 1
        let countsDays = Bool.random(using: &random)
        let allowed = Int.random(in: 1...(countsDays ? 4 : 90), using: &random)
        let clock = ServiceClock(
            id: rid(100_000 + number), subject: claim.id, kind: .delivery, area: "hengli", level: .village,
            terms: try ClockTerms(allowance: countsDays ? .workingDays(allowed) : .hours(allowed), warnHours: [6]),
            startedAt: now, calendar: calendar)
        try board.put(clock)
        oracle.watches[number] = .init(
            allowed: countsDays ? Int64(allowed) : Int64(allowed) * WalkOracle.hour, countsDays: countsDays,
            startDay: (oracle.now + 8 * WalkOracle.hour) / (24 * WalkOracle.hour), seen: oracle.now)
    }

    private mutating func make(_ name: String, _ number: Int) throws {
        let steps: [String: ClaimStep] = [
            "accept": .accept, "decline": .decline, "release": .release, "expire": .expire, "renew": .renew,
            "dispatch": .dispatch, "receive": .receive, "confirm": .confirm, "usable": .giveBack(.usable),
            "unfit": .giveBack(.unfit), "lost": .giveBack(.lost),
        ]
        guard let step = steps[name], var claim = claims[number] else { return }
        var ledger = ledger
        try agree(oracle.step(name, number), "\(name) claim \(number)") {
            let made = try claim.applying(step, by: .runner, at: now, reason: Reason("walk"))
            try ledger.apply(made.moves)
            claim = made.claim
        }
        if claims[number] != claim { counts[name, default: 0] += 1 }
        (self.ledger, claims[number]) = (ledger, claim)
    }

    private mutating func split() throws {
        guard let number = claims.keys.sorted().randomElement(using: &random), let claim = claims[number] else {
            return
        }
        let quantity = Int64.random(in: 0...12, using: &random)
        let part = next
        next += 1
        var made: (claim: Claim, part: Claim)?
        try agree(oracle.split(number, quantity, into: part), "split \(quantity) of \(claim.quantity)") {
            made = try claim.splitting(quantity, into: rid(1_000 + part), by: .runner, at: now, reason: Reason("walk"))
        }
        guard let made else { return }
        (claims[number], claims[part]) = (made.claim, made.part)
        counts["split", default: 0] += 1
    }

    private mutating func turnClock() throws {
        guard let number = oracle.watches.keys.sorted().randomElement(using: &random) else { return }
        let (name, step): (String, ClockStep) =
            switch Int.random(in: 0..<5, using: &random) {
            case 0, 1: ("pause", .pause)
            case 2, 3: ("resume", .resume)
            default: ("meet", .meet)
            }
        guard let clock = board.clocks[rid(100_000 + number)] else { return }
        var board = board
        try agree(oracle.turn(number, name), "\(name) clock \(number)") {
            try board.put(
                clock.applying(step, by: .runner, at: now, reason: Reason("walk"), calendar: calendar))
        }
        if board.clocks[clock.id] != clock { counts[name, default: 0] += 1 }
        self.board = board
    }

    /// The runner comes by: perhaps by a host clock that is wrong, and then it must do nothing.
    private mutating func runRunner() throws {
        let isWrong = Int.random(in: 0..<4, using: &random) == 0
        if isWrong {
            let hours = Bool.random(using: &random) ? -30 : 24 * 40
            let before = time.now
            switch time.read(host: before.adding(hours: hours)) {
            case .runs: throw Divergence(description: "the runner believed a jump of \(hours) hours")
            case .stands, .alarm: break
            }
            guard time.now == before else { throw Divergence(description: "a wrong host moved the time") }
            return
        }
        // The walk may have waited for days since the last run; a clock that nobody sets says so.
        guard case .runs(let moment) = time.read(host: now) else {
            try time.accept(now, by: .runner, reason: Reason("walk"))
            return try runRunner()
        }
        for end in claims.values.leasesOver(by: moment) {
            guard let number = claims.first(where: { $0.value.id == end.claim })?.key else { continue }
            try make("expire", number)
        }
        let waiting = oracle.rows.values.filter { $0.state == "proposed" || $0.state == "accepted" }
        guard waiting.allSatisfy({ oracle.now < $0.leaseEnd }) else {
            throw Divergence(description: "a lease is over and was not ended")
        }
        for work in board.due(until: moment) {
            guard board.finish(work) else { throw Divergence(description: "listed again: \(work.key)") }
            guard work.task == .lapse else { continue }
            lapsed.insert(work.clock)
            counts["lapse", default: 0] += 1
        }
        for number in oracle.watches.keys where oracle.isOverdue(number) {
            guard lapsed.contains(rid(100_000 + number)) else {
                throw Divergence(description: "clock \(number) is overdue and the runner did not see it")
            }
        }
        guard board.due(until: moment).isEmpty else { throw Divergence(description: "work is left after a run") }
    }

    private func compare() throws {
        try ledger.check()
        for line in 0..<Self.lines {
            let offer = OfferPart.allCases.map { ledger.offers[offerID(line)]?[$0] }
            guard offer == oracle.offerParts(line), ledger.offers[offerID(line)]?.total == oracle.pledged[line] else {
                throw Divergence(description: "offer \(line): \(offer), oracle \(oracle.offerParts(line))")
            }
            let wish = WishPart.allCases.map { ledger.wishes[wishID(line)]?[$0] }
            guard wish == oracle.wishParts(line), ledger.wishes[wishID(line)]?.total == oracle.wanted[line] else {
                throw Divergence(description: "wish \(line): \(wish), oracle \(oracle.wishParts(line))")
            }
        }
        for (number, row) in oracle.rows {
            guard let claim = claims[number], claim.state.rawValue == row.state, claim.quantity == row.quantity else {
                throw Divergence(description: "claim \(number) is not \(row.state) \(row.quantity)")
            }
        }
        for number in oracle.watches.keys {
            let isOverdue = board.clocks[rid(100_000 + number)]?.isOverdue(asOf: now)
            guard isOverdue == oracle.isOverdue(number) else {
                throw Divergence(description: "clock \(number) overdue: \(String(describing: isOverdue))")
            }
        }
    }
}
