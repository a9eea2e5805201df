import AlmonerTesting
import Casework
import Foundation
import MatchCore
import Storage

enum Measures {
    static func walks(_ count: Int) throws {
        let database = try SQLiteDatabase(inMemory: .init())
        try Schema.migrate(database, at: 0)
        let rules = try SampleRules.rules()
        let seconds = try timed {
            for seed in 1...UInt64(max(1, count)) {
                let store = try CaseworkProbe.program("walk\(seed)", in: database)
                var walk = CaseWalk(seed: seed, rules: rules, start: CaseworkProbe.start)
                try walk.prepare(store)
                try walk.run(to: 200, on: store)
            }
        }
        say("\(count) seeds of 200 steps: \(seconds) s")
    }

    static func audit(_ count: Int) throws {
        let path = NSTemporaryDirectory() + "almoner-audit-\(getpid()).db"
        defer { for suffix in ["", "-wal", "-shm", "-lock"] { unlink(path + suffix) } }
        let store = try CaseworkProbe.open(path)
        let writing = try timed {
            for block in 0..<(count + 9_999) / 10_000 {
                try store.blockingWrite { transaction in
                    let program = try transaction.programCode()
                    for number in block * 10_000..<min(count, (block + 1) * 10_000) {
                        try transaction.append(
                            HistoryEntry(
                                program: program, at: CaseworkProbe.start.adding(milliseconds: Int64(number)),
                                by: .system, subjectKind: "claim", subject: RecordID(high: 1, low: UInt64(number / 4)),
                                action: "claim/accept", reason: Reason("test"),
                                changes: [
                                    FieldChange("state", before: .code("proposed"), after: .code("accepted")),
                                    FieldChange("leaseEnd", before: nil, after: .moment(CaseworkProbe.start)),
                                ]))
                    }
                }
            }
        }
        say("\(count) entries written and sealed: \(writing) s")
        var fault: ChainFault?
        let checking = try timed { fault = try Audit.verify(store) }
        say("\(count) entries checked: \(checking) s, \(fault.map { $0.text.en } ?? "the history holds")")
    }

    static func offers(_ count: Int) throws {
        let path = NSTemporaryDirectory() + "almoner-offers-\(getpid()).db"
        defer { for suffix in ["", "-wal", "-shm", "-lock"] { unlink(path + suffix) } }
        let store = try CaseworkProbe.open(path)
        let rules = try SampleRules.rules()
        for isKept in [false, true] {
            let seconds = try timed {
                try store.blockingWrite { transaction in
                    var number = isKept ? 1_000_000_000 : 0
                    let desk = CaseDesk(
                        rules: rules, store: transaction, actor: .system, now: CaseworkProbe.start,
                        newID: { RecordID(high: 5, low: 0) })
                    let registrar = Registrar(
                        transaction: transaction, admission: Admission(areas: .empty, categories: .empty),
                        desk: isKept ? desk : nil)
                    let party = RecordID(high: 1, low: 1)
                    try registrar.admit(
                        Party(id: party, kind: .donor), key: RecordKey(source: "m", externalID: "p", id: party),
                        name: "p")
                    for _ in 0..<count {
                        number += 1
                        try registrar.admit(
                            Offer(
                                key: RecordKey(
                                    source: "m", externalID: "o\(number)", id: RecordID(high: 2, low: UInt64(number))),
                                party: party, text: "一张学习桌椅, 九成新", lines: [OfferLine(category: nil, available: 5)]))
                    }
                }
            }
            say("\(count) offers \(isKept ? "with" : "without") history: \(Int(Double(count) / seconds)) rows/s")
        }
    }

    /// Two years of a town's wishes with what happened to them; every list, figure and overdue query, median of 9.
    static func queries(_ count: Int) throws {
        let path = NSTemporaryDirectory() + "almoner-queries-\(getpid()).db"
        defer { for suffix in ["", "-wal", "-shm", "-lock"] { unlink(path + suffix) } }
        let store = try CaseworkProbe.open(path)
        let rules = try SampleRules.rules()
        let towns = try AreaTree(
            (0..<35).map {
                Area(code: "town\($0)", parent: nil, level: "town", name: LocalizedText(zhHans: "镇", en: "town"))
            })
        var random = SeededRandom(seed: 1)
        let days: Int64 = 730
        let begin = CaseworkProbe.start.adding(milliseconds: -days * 86_400_000)
        let writing = try timed {
            for block in 0..<(count + 999) / 1_000 {
                try store.blockingWrite { transaction in
                    for number in block * 1_000..<min(count, (block + 1) * 1_000) {
                        try history(number, of: count, in: towns, begin, days, rules, transaction, &random)
                    }
                }
            }
        }
        say("\(count) wishes with their histories: \(writing) s")
        let now = CaseworkProbe.start
        let past = now.adding(milliseconds: -200 * 86_400_000)
        var slowest = 0.0
        func measure(_ name: String, _ body: (any CaseTransaction) throws -> Int) throws {
            var times: [Double] = []
            var found = 0
            for _ in 0..<9 { times.append(try timed { found = try store.blockingRead(body) }) }
            let median = times.sorted()[4]
            slowest = max(slowest, median)
            say("\(name): \(Int(median * 1_000_000)) µs, found \(found)")
        }
        for (label, moment) in [("now", now), ("200 days ago", past)] {
            try measure("overdue \(label)") { try $0.overdue(asOf: moment, areas: nil, limit: 100).count }
            try measure("overdue of 5 areas, \(label)") {
                try $0.overdue(asOf: moment, areas: (0..<5).compactMap { Code("town\($0)") }, limit: 100).count
            }
            for kind in FigureKind.allCases {
                try measure("figures by \(kind.rawValue) \(label)") { try $0.figures(by: kind, asOf: moment).count }
            }
        }
        for state in WishCase.State.allCases {
            try measure("cases \(state.rawValue)") { try $0.wishCases(WishCaseFilter(state: state), limit: 100).count }
        }
        try measure("cases of an area") {
            try $0.wishCases(WishCaseFilter(state: .open, area: "town3"), limit: 100).count
        }
        try measure("running clocks") { try $0.runningClocks(limit: 100).count }
        try measure("clocks with work") { try $0.clocksWithWork(by: now, limit: 100).count }
        try measure("leases over") { try $0.leasesOver(by: now, limit: 100).count }
        try measure("claims") { try $0.claims(ClaimFilter(), limit: 100).count }
        try measure("story of a wish") { try WishStory.entries(of: RecordID(high: 3, low: 40), in: $0).count }
        say("slowest: \(Int(slowest * 1_000)) ms")
    }

    private static func history(
        _ number: Int, of count: Int, in towns: AreaTree, _ begin: Moment, _ days: Int64, _ rules: CaseRules,
        _ transaction: any CaseTransaction, _ random: inout SeededRandom
    ) throws {
        let wish = RecordID(high: 3, low: UInt64(number))
        let received = begin.adding(milliseconds: days * 86_400_000 / Int64(count) * Int64(number))
        var made = 0
        func desk(_ hours: Int) -> CaseDesk {
            CaseDesk(
                rules: rules, store: transaction, actor: .system, now: received.adding(hours: hours),
                newID: {
                    made += 1
                    return RecordID(high: 4, low: UInt64(number) << 8 | UInt64(made))
                })
        }
        try Registrar(
            transaction: transaction, admission: Admission(areas: towns, categories: .empty), desk: desk(0)
        ).admit(
            Wish(
                key: RecordKey(source: "m", externalID: "w\(number)", id: wish),
                place: Place(area: "town\(number % 35)"),
                lines: [WishLine(category: nil, quantity: 1)]))
        let channel = Channel.allCases[number % Channel.allCases.count]
        _ = try desk(0).open(wish, channel: channel, needsApproval: false)
        if !random.chance(3) { try desk(Int.random(in: 1...36, using: &random)).answer(wish) }
        guard !random.chance(4) else { return }
        let closing = Int.random(in: 48...900, using: &random)
        guard received.adding(hours: closing) < CaseworkProbe.start else { return }
        try desk(closing).close(wish, reason: Reason("imported"))
        if random.chance(70) { try desk(closing + 24).rate(wish, stars: random.chance(90) ? 5 : 3) }
    }

    private static func timed(_ body: () throws -> Void) throws -> Double {
        let start = ContinuousClock.now
        try body()
        return (ContinuousClock.now - start) / .seconds(1)
    }
}
