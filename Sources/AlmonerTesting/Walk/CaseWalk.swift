public import Casework
internal import MatchCore

/// A program at random, step by step, through the desk and a store, beside an oracle that keeps its own book.
///
/// What is done next depends on the seed and the oracle only. So a failing seed replays exactly, and a walk whose process
/// was killed is taken up again by another: it lets the oracle walk alone up to the step that was reached.
public struct CaseWalk {
    /// What happens at a step that crashes: its transaction is given up before it is committed.
    public enum Crash: Sendable {
        case byError
        /// Ends the process; the closure must not return.
        case byKilling(@Sendable () -> Void)
    }

    /// Where store and oracle came apart.
    public struct Divergence: Error, CustomStringConvertible {
        public let description: String

        public init(_ description: String) { self.description = description }

        init(description: String) { self.init(description) }
    }

    private struct CrashError: Error {}

    private static let lines = 3
    private static let steps = [
        "accept", "decline", "release", "renew", "dispatch", "receive", "confirm", "usable", "lost",
    ]
    private static let onward = [
        "proposed": "accept", "accepted": "dispatch", "inTransit": "receive", "received": "confirm",
    ]

    public let seed: UInt64
    public private(set) var stepsMade = 0
    /// How often each thing was done.
    public private(set) var counts: [String: Int] = [:]
    private var random: SeededRandom
    private var oracle: WalkOracle
    private let rules: CaseRules
    private let crash: Crash

    public init(seed: UInt64, rules: CaseRules, start: Moment, crash: Crash = .byError) {
        self.seed = seed
        self.rules = rules
        self.crash = crash
        var random = SeededRandom(seed: seed)
        func draw() -> [WalkOracle.Line] {
            (0..<Self.lines).map { _ in WalkOracle.Line(free: Int64.random(in: 1...60, using: &random)) }
        }
        oracle = WalkOracle(now: start.milliseconds, offers: draw(), wishes: draw())
        self.random = random
    }

    /// Registers the party, its offers and the wishes. Once, before the first step.
    public func prepare(_ store: any CaseStore) throws {
        try store.blockingWrite { transaction in
            let desk = self.desk(transaction, step: 0)
            let registrar = Registrar(
                transaction: transaction, admission: Admission(areas: .empty, categories: .empty), desk: desk)
            let party = id(1, 0)
            try registrar.admit(
                Party(id: party, kind: .enterprise), key: RecordKey(source: "walk", externalID: "p", id: party),
                name: "p")
            for line in 0..<Self.lines {
                try admitOffer(line, oracle.offers[line].total, registrar)
                try admitWish(line, oracle.wishes[line].total, registrar)
                _ = try desk.open(id(3, line), channel: .web, needsApproval: false)
            }
        }
    }

    /// Makes steps until `count` have been made in all; throws a ``Divergence`` at the first one that differs.
    ///
    /// - Parameters:
    ///   - store: nil to let the oracle walk alone.
    ///   - reached: called after each step with its number.
    public mutating func run(to count: Int, on store: (any CaseStore)?, reached: (Int) -> Void = { _ in }) throws {
        while stepsMade < count {
            stepsMade += 1
            let what = try step(on: store)
            counts[what, default: 0] += 1
            if let store {
                do { try compare(with: store, claims: stepsMade % 8 == 0 || stepsMade == count) } catch {
                    throw Divergence(description: "seed \(seed), step \(stepsMade) (\(what)): \(error)")
                }
            }
            reached(stepsMade)
        }
    }

    private mutating func step(on store: (any CaseStore)?) throws -> String {
        let number = stepsMade
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<5:
            let line = anyLine()
            let more = Int64.random(in: 1...30, using: &random)
            oracle.offers[line].free += more
            let total = oracle.offers[line].total
            return try make("offer", store, agrees: true) { walk, desk in
                try walk.admitOffer(line, total, walk.registrar(desk))
            }
        case 5..<10:
            let (line, quantity) = (anyLine(), Int64.random(in: 1...20, using: &random))
            let fits = oracle.offers[line].free >= quantity
            if fits {
                oracle.offers[line].free -= quantity
                oracle.offers[line].gone += quantity
            }
            return try make("withdraw", store, agrees: fits) { walk, desk in
                try desk.withdraw(quantity, from: walk.offer(line), reason: Reason("test"))
            }
        case 10..<14:
            let (line, quantity) = (anyLine(), Int64.random(in: 1...10, using: &random))
            let fits = oracle.wishes[line].free >= quantity
            if fits {
                oracle.wishes[line].free -= quantity
                oracle.wishes[line].gone += quantity
            }
            return try make("cancel", store, agrees: fits) { walk, desk in
                try desk.cancel(quantity, of: walk.wish(line), reason: Reason("test"))
            }
        case 14..<36:
            let (offer, wish) = (anyLine(), anyLine())
            let quantity = Int64.random(in: 0...25, using: &random)
            let fits = oracle.propose(id(UInt64(number) << 16, 1), offer: offer, wish: wish, quantity)
            return try make("propose", store, agrees: fits) { walk, desk in
                _ = try desk.propose(offer: walk.offer(offer), wish: walk.wish(wish), quantity: quantity)
            }
        case 36..<43:
            guard let claim = anyClaim() else { return "nothing" }
            let quantity = Int64.random(in: 0...12, using: &random)
            let fits = oracle.split(claim, quantity, into: id(UInt64(number) << 16, 1))
            return try make("split", store, agrees: fits) { _, desk in
                _ = try desk.split(claim, quantity, reason: Reason("test"))
            }
        case 43..<52:
            oracle.now += Int64.random(in: 0...20 * WalkOracle.hour, using: &random)
            oracle.endLeases()
            return try make("expire", store, agrees: true) { _, desk in
                guard case .ran(let report) = try desk.run(), report.isComplete else {
                    throw Divergence(description: "the runner stopped")
                }
            }
        case 52..<58:
            return try crash(on: store)
        default:
            guard let claim = anyClaim() else { return "nothing" }
            let name = anyStep(for: claim)
            let fits = oracle.make(name, claim)
            let made = try make(name, store, agrees: fits) { _, desk in _ = try desk.step(claim, step: name) }
            // Who did not hear the answer sends it again: nothing is made twice.
            if fits, Int.random(in: 0..<5, using: &random) == 0 {
                counts["retry", default: 0] += 1
                _ = try make("retry", store, agrees: false) { _, desk in _ = try desk.step(claim, step: name) }
            }
            return made
        }
    }

    /// Begins a proposal and ends before it is committed: nothing of it may be left.
    private mutating func crash(on store: (any CaseStore)?) throws -> String {
        let offer = Int.random(in: 0..<Self.lines, using: &random)
        guard let store else { return "crash" }
        do {
            try store.blockingWrite { transaction in
                let desk = self.desk(transaction, step: stepsMade)
                try? transaction.attempt {
                    _ = try desk.propose(offer: self.offer(offer), wish: wish(offer), quantity: 1)
                }
                if case .byKilling(let kill) = crash { kill() }
                throw CrashError()
            }
        } catch is CrashError {}
        return "crash"
    }

    /// Does it on the store; both have to agree on whether it can be done.
    private func make(
        _ what: String, _ store: (any CaseStore)?, agrees expected: Bool,
        _ body: (CaseWalk, CaseDesk) throws -> Void
    ) throws -> String {
        guard let store else { return what }
        var refused: CaseworkError?
        do {
            try store.blockingWrite { transaction in try body(self, desk(transaction, step: stepsMade)) }
        } catch let error as CaseworkError { refused = error }
        guard expected == (refused == nil) else {
            throw Divergence(
                description: "seed \(seed), step \(stepsMade), \(what): the oracle says "
                    + "\(expected ? "yes" : "no"), the store \(refused?.description ?? "did it")")
        }
        return expected ? what : "refused"
    }

    /// Compares the store with the oracle, line by line and claim by claim.
    ///
    /// - Parameter claims: whether claims are compared too: there are many, so a walk looks at them at every eighth step
    ///   and at its end, and at the lines, which their quantities make up, at every one.
    public func compare(with store: any CaseStore, claims isWhole: Bool = true) throws {
        try store.blockingRead { transaction in
            for line in 0..<Self.lines {
                let book = oracle.offers[line]
                let kept = try transaction.balance(ofOffer: offer(line))
                let parts: [OfferPart: Int64] = [
                    .available: book.free, .reserved: book.reserved, .inTransit: book.inTransit,
                    .received: book.received, .withdrawn: book.gone,
                ]
                guard let kept, kept.parts == parts, kept.total == book.total else {
                    throw Divergence(description: "offer \(line): \(Self.text(kept?.parts)) is not \(book)")
                }
                let wishBook = oracle.wishes[line]
                let wishParts: [WishPart: Int64] = [
                    .open: wishBook.free, .reserved: wishBook.reserved, .inTransit: wishBook.inTransit,
                    .received: wishBook.received, .cancelled: wishBook.gone,
                ]
                guard let kept = try transaction.balance(ofWish: wish(line)), kept.parts == wishParts else {
                    throw Divergence(description: "wish \(line) is not \(wishBook)")
                }
                let isClosed = try transaction.wishCase(wish(line).record)?.state == .closed
                guard isClosed == oracle.closedWishes.contains(line) else {
                    throw Divergence(description: "wish \(line): closed \(isClosed)")
                }
            }
            guard isWhole else { return }
            let claims = try transaction.claims(ClaimFilter(), limit: 10_000)
            let kept = Dictionary(uniqueKeysWithValues: claims.map { ($0.claim.id, $0.claim) })
            guard kept.count == oracle.promises.count else {
                throw Divergence(description: "\(kept.count) claims, not \(oracle.promises.count)")
            }
            for (id, promise) in oracle.promises.sorted(by: { $0.key < $1.key }) {
                guard let claim = kept[id], claim.state.rawValue == promise.state, claim.quantity == promise.quantity,
                    claim.lease?.end.milliseconds == promise.leaseEnd
                else {
                    throw Divergence(description: "claim \(id): \(String(describing: kept[id])) is not \(promise)")
                }
            }
        }
    }

    /// In one order, so that a failing seed says the same each time.
    private static func text(_ parts: [OfferPart: Int64]?) -> String {
        guard let parts else { return "no line" }
        return parts.map { "\($0.key.rawValue) \($0.value)" }.sorted().joined(separator: ", ")
    }

    private func registrar(_ desk: CaseDesk) -> Registrar {
        Registrar(transaction: desk.store, admission: Admission(areas: .empty, categories: .empty), desk: desk)
    }

    private func admitOffer(_ line: Int, _ quantity: Int64, _ registrar: Registrar) throws {
        // What is gone stays pledged.
        try registrar.admit(
            Offer(
                key: RecordKey(source: "walk", externalID: "o\(line)", id: id(2, line)), party: id(1, 0),
                lines: [OfferLine(category: nil, available: quantity)]))
    }

    private func admitWish(_ line: Int, _ quantity: Int64, _ registrar: Registrar) throws {
        try registrar.admit(
            Wish(
                key: RecordKey(source: "walk", externalID: "w\(line)", id: id(3, line)),
                lines: [WishLine(category: nil, quantity: quantity)]))
    }

    private func desk(_ transaction: any CaseTransaction, step: Int) -> CaseDesk {
        // The ids of a step depend on nothing but its number.
        let counter = Counter(start: UInt64(step) << 16)
        return CaseDesk(
            rules: rules, store: transaction, actor: .system, now: Moment(milliseconds: oracle.now),
            newID: { counter.next() })
    }

    private final class Counter {
        private var base: UInt64
        private var count = 0

        init(start: UInt64) { base = start }

        func next() -> RecordID {
            count += 1
            return CaseWalk.id(base == 0 ? 0xFFFF << 32 : base, count)
        }
    }

    private static func id(_ kind: UInt64, _ number: Int) -> RecordID {
        RecordID(high: 0x0190_0000_0000_7000, low: 0x8000_0000_0000_0000 | kind << 8 | UInt64(number))
    }

    private func id(_ kind: UInt64, _ number: Int) -> RecordID { Self.id(kind, number) }
    private func offer(_ line: Int) -> LineReference { LineReference(id(2, line)) }
    private func wish(_ line: Int) -> LineReference { LineReference(id(3, line)) }
    private mutating func anyLine() -> Int { Int.random(in: 0..<Self.lines, using: &random) }

    /// Mostly one that is still open, or the walk would soon only knock on closed doors.
    private mutating func anyClaim() -> RecordID? {
        let open = oracle.promises.filter { Self.onward[$0.value.state] != nil }.keys.sorted()
        if Int.random(in: 0..<6, using: &random) > 0, let claim = open.randomElement(using: &random) { return claim }
        return oracle.promises.keys.sorted().randomElement(using: &random)
    }

    /// Half of the time the step that leads on, else any.
    private mutating func anyStep(for claim: RecordID) -> String {
        if Bool.random(using: &random), let state = oracle.promises[claim]?.state, let name = Self.onward[state] {
            return name
        }
        return random.pick(Self.steps)
    }
}

extension CaseDesk {
    fileprivate func step(_ claim: RecordID, step name: String) throws -> KeptClaim {
        let step: ClaimStep? =
            switch name {
            case "accept": .accept
            case "decline": .decline
            case "release": .release
            case "renew": .renew
            case "dispatch": .dispatch
            case "receive": .receive
            case "confirm": .confirm
            case "usable": .giveBack(.usable)
            case "lost": .giveBack(.lost)
            default: nil
            }
        guard let step else { throw CaseWalk.Divergence(description: "no step \(name)") }
        return try self.step(claim, step, reason: Reason("test"))
    }
}
