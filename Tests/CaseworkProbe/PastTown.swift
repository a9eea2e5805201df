import AlmonerTesting
import Casework
import Foundation
import MatchCore
import Storage

/// Some time, usually two years, of a town of 35 areas, lived through the desk: requests by every channel, families, approvals, claims that
/// arrive or lapse, answers in time and too late, ratings.
struct PastTown {
    private static let parties = 20

    let wishes: Int
    /// How long it goes back.
    let days: Int64
    /// How far back something may still be open, in days; what is older came to its end.
    private let openDays: Int64
    private let begin: Moment

    init(wishes: Int, days: Int64 = 730, openDays: Int64? = nil) {
        self.wishes = wishes
        self.days = days
        self.openDays = openDays ?? days
        begin = CaseworkProbe.start.adding(milliseconds: -days * Moment.day)
    }

    func mayBeOpen(_ received: Moment) -> Bool {
        received >= CaseworkProbe.start.adding(milliseconds: -openDays * Moment.day)
    }

    func wish(_ number: Int) -> RecordID { RecordID(high: 3, low: UInt64(number)) }
    func party(_ number: Int) -> RecordID { RecordID(high: 1, low: UInt64(number)) }
    func offer(_ number: Int) -> LineReference { LineReference(RecordID(high: 2, low: UInt64(number))) }

    func desk(_ transaction: any CaseTransaction, at moment: Moment, number: Int = 1 << 30) throws -> CaseDesk {
        var made = 0
        return CaseDesk(
            rules: try rules(), store: transaction, actor: .system, now: moment,
            newID: {
                made += 1
                return RecordID(
                    high: 4,
                    low: UInt64(number) << 32 | UInt64(truncatingIfNeeded: moment.milliseconds) << 8 | UInt64(made))
            })
    }

    func live(in store: SQLCaseStore) throws {
        var random = SeededRandom(seed: 1)
        let towns = try AreaTree(
            (0..<35).map {
                Area(code: "town\($0)", parent: nil, level: "town", name: LocalizedText(zhHans: "镇", en: "town"))
            })
        let rules = try rules()
        try store.blockingWrite { try settle($0, rules) }
        for block in 0..<(wishes + 999) / 1_000 {
            try store.blockingWrite { transaction in
                for number in block * 1_000..<min(wishes, (block + 1) * 1_000) {
                    var life = PastLife(
                        number: number, town: self, towns: towns, rules: rules, transaction: transaction,
                        received: begin.adding(milliseconds: days * Moment.day / Int64(wishes) * Int64(number)))
                    try life.live(&random)
                }
            }
        }
    }

    /// So many more wishes, whose whole lives are written one transaction each: received so long ago that they have ended.
    func goOn(by count: Int, in store: SQLCaseStore) throws {
        var random = SeededRandom(seed: 2)
        let towns = try AreaTree(
            (0..<35).map {
                Area(code: "town\($0)", parent: nil, level: "town", name: LocalizedText(zhHans: "镇", en: "town"))
            })
        let rules = try rules()
        for number in wishes..<wishes + count {
            let drawn = random
            random = try store.blockingWrite { transaction in
                // What runs again draws the same again.
                var again = drawn
                var life = PastLife(
                    number: number, town: self, towns: towns, rules: rules, transaction: transaction,
                    received: CaseworkProbe.start.adding(milliseconds: -40 * Moment.day + Int64(number - wishes)))
                try life.live(&again)
                return again
            }
        }
    }

    private func settle(_ transaction: any CaseTransaction, _ rules: CaseRules) throws {
        let registrar = Registrar(
            transaction: transaction, admission: Admission(areas: .empty, categories: .empty),
            desk: try desk(transaction, at: begin))
        for number in 0..<Self.parties {
            let id = party(number)
            try registrar.admit(
                Party(id: id, kind: .donor), key: RecordKey(source: "m", externalID: "p\(number)", id: id), name: "p")
            try registrar.admit(
                Offer(
                    key: RecordKey(source: "m", externalID: "o\(number)", id: offer(number).record), party: id,
                    lines: [OfferLine(category: nil, available: 1_000_000)]))
        }
    }

    private func rules() throws -> CaseRules {
        try SampleRules.rules(paths: ["microWish": .sample])
    }
}

/// One wish of the town, from the request to its rating.
struct PastLife {
    let number: Int
    let town: PastTown
    let towns: AreaTree
    let rules: CaseRules
    let transaction: any CaseTransaction
    let received: Moment
    private var made = 0

    init(
        number: Int, town: PastTown, towns: AreaTree, rules: CaseRules, transaction: any CaseTransaction,
        received: Moment
    ) {
        self.number = number
        self.town = town
        self.towns = towns
        self.rules = rules
        self.transaction = transaction
        self.received = received
    }

    mutating func live(_ random: inout SeededRandom) throws {
        try arrive()
        if !random.chance(3) { try desk(Int.random(in: 1...36, using: &random)).answer(wish) }
        let mayBeOpen = town.mayBeOpen(received)
        guard !random.chance(4) || !mayBeOpen else { return }
        if random.chance(2) {
            return try desk(Int.random(in: 40...90, using: &random)).end(wish, reason: Reason("withdrawnByApplicant"))
        }
        let closing = Int.random(in: 120...900, using: &random)
        let isOver = received.adding(hours: closing) < CaseworkProbe.start
        if !needsApproval, random.chance(60) {
            try claim(closing, isOver: isOver)
        } else if isOver {
            // What was delivered then went through no ledger of this program.
            var player = try PastPlayer(desk(900))
            _ = try player.play(
                PastEvent(wish: wish, at: received.adding(hours: closing), kind: .closed(.fulfilled)))
        }
        if isOver, random.chance(70), try transaction.wishCase(wish)?.state == .closed {
            try desk(closing + 24).rate(wish, stars: random.chance(90) ? 5 : 3)
        }
    }

    private var wish: RecordID { town.wish(number) }
    /// What needs one waits for it.
    private var needsApproval: Bool { number % 20 == 0 && town.mayBeOpen(received) }

    private mutating func arrive() throws {
        let channel = Channel.allCases[number % Channel.allCases.count]
        let intake = desk(0)
        let inbound = try intake.take("求一张轮椅，第 \(number) 号", channel: channel, externalID: "R\(number)")
        if number % 40 == 0, town.mayBeOpen(received) {
            _ = try intake.take("还想问一件事", channel: channel, externalID: "Q\(number)")
        }
        try Registrar(
            transaction: transaction, admission: Admission(areas: towns, categories: .empty), desk: intake,
            opening: nil
        ).admit(
            Wish(
                key: RecordKey(source: "m", externalID: "w\(number)", id: wish),
                place: Place(area: "town\(number % 35)"), lines: [WishLine(category: nil, quantity: 1)]))
        _ = try intake.open(wish, channel: channel, needsApproval: needsApproval)
        _ = try intake.confirm(inbound.id, as: wish)
        var traits = IntakeTraits(record: wish, receivedAt: received, categories: ["wheelchair"])
        traits.phone = BlindKey(UInt128(number / 3))
        traits.street = Code("street\(number % 500)")
        try transaction.save(traits)
        try intake.file(wish, under: try household(intake))
    }

    /// Ten wishes in a row are one family's.
    private func household(_ desk: CaseDesk) throws -> RecordID {
        if number % 10 != 0, let family = try transaction.household(ofWish: town.wish(number - number % 10)) {
            return family
        }
        let family = try desk.openHousehold(area: Code("town\(number % 35)") ?? "town0")
        _ = try desk.note(.hardship(["illness", "disability", "lowIncome"][number / 10 % 3]), of: family)
        return family
    }

    /// A claim that arrives, or one that is still under way at the end of the two years.
    private mutating func claim(_ closing: Int, isOver: Bool) throws {
        let claim = try desk(48).propose(
            offer: town.offer(number % 20), wish: LineReference(wish), quantity: 1
        ).claim.id
        guard number % 50 != 1 || !town.mayBeOpen(received) else { return }
        let onBehalf = Reason("imported")
        _ = try desk(60).step(claim, .accept, reason: onBehalf)
        guard isOver else { return }
        _ = try desk(80).step(claim, .dispatch, reason: onBehalf)
        _ = try desk(closing - 2).step(claim, .receive, reason: onBehalf)
        _ = try desk(closing).step(claim, .confirm, reason: Reason("visit"))
    }

    private mutating func desk(_ hours: Int) -> CaseDesk {
        made += 1
        let turn = UInt64(number) << 20 | UInt64(made) << 12
        var count: UInt64 = 0
        return CaseDesk(
            rules: rules, store: transaction, actor: .system, now: received.adding(hours: hours),
            newID: {
                count += 1
                return RecordID(high: 4, low: turn | count)
            })
    }
}
