import AlmonerTesting
import Casework
import Foundation
import MatchCore
import Storage

/// Every list, figure and overdue query over two years of wishes with what happened to them: a table of medians.
struct QueryMeasure {
    /// In milliseconds; the median of a query's times is held against it.
    private static let limit = 100.0
    private static let turns = 9

    let wishes: Int

    func run() throws {
        try CaseworkProbe.withFile { store in
            let town = PastTown(wishes: wishes)
            let writing = try Measures.timed { try town.live(in: store) }
            let entries = try store.blockingRead { try $0.chainHead().number }
            say("\(wishes) wishes with their histories, \(entries) entries: \(Measures.rounded(writing)) s\n")
            say("| query | median ms | slowest ms | found |")
            say("|---|---|---|---|")
            var slowest = 0.0
            for query in queries(town) {
                var times: [Double] = []
                var found = 0
                for _ in 0..<Self.turns {
                    times.append(try Measures.timed { found = try store.blockingRead(query.count) } * 1_000)
                }
                times.sort()
                slowest = max(slowest, times[Self.turns / 2])
                say(
                    "| \(query.name) | \(Self.text(times[Self.turns / 2])) | \(Self.text(times[Self.turns - 1])) | "
                        + "\(found) |")
            }
            say("\nslowest median: \(Self.text(slowest)) ms; at most \(Measures.greatestMemory()) MB in memory")
            guard slowest < Self.limit else { throw Failure(description: "a query took longer than \(Self.limit) ms") }
        }
    }

    struct Query {
        let name: String
        let count: (any CaseTransaction) throws -> Int
    }

    func queries(_ town: PastTown) -> [Query] {
        let now = CaseworkProbe.start
        let past = now.adding(milliseconds: -200 * Moment.day)
        var queries: [Query] = []
        func add(_ name: String, _ count: @escaping (any CaseTransaction) throws -> Int) {
            queries.append(Query(name: name, count: count))
        }
        let served = ServedFigures()
        let five = (0..<5).compactMap { Code("town\($0)") }
        for (label, moment) in [("now", now), ("200 days ago", past)] {
            add("overdue, \(label)") { try $0.overdue(asOf: moment, areas: nil, limit: 100).count }
            add("overdue in 5 areas, \(label)") { try $0.overdue(asOf: moment, areas: five, limit: 100).count }
            for kind in FigureKind.allCases {
                add("figures by \(kind.rawValue), \(label)") {
                    try $0.figures(by: kind, asOf: moment, satisfaction: .standard).count
                }
                add("figures by \(kind.rawValue), \(label), from a server's memory") {
                    try served.figures(by: kind, asOf: moment, satisfaction: .standard, in: $0).count
                }
            }
        }
        for state in WishCase.State.allCases {
            add("cases: \(state.rawValue)") { try $0.wishCases(WishCaseFilter(state: state), limit: 100).count }
        }
        add("cases: open, of an area") {
            try $0.wishCases(WishCaseFilter(state: .open, area: "town3"), limit: 100).count
        }
        add("cases: all") { try $0.wishCases(WishCaseFilter(), limit: 100).count }
        for state in [ClaimState.proposed, .accepted, .confirmed] {
            add("claims: \(state.rawValue)") { try $0.claims(ClaimFilter(state: state), limit: 100).count }
        }
        add("claims: all") { try $0.claims(ClaimFilter(), limit: 100).count }
        add("claims of a party") { try $0.claims(ClaimFilter(party: town.party(3)), limit: 100).count }
        add("claims of an offer") { try $0.claims(ClaimFilter(offer: town.offer(3).record), limit: 100).count }
        add("leases over") { try $0.leasesOver(by: now, limit: 100).count }
        add("clocks: running") { try $0.runningClocks(limit: 100).count }
        add("clocks with work") { try $0.clocksWithWork(by: now, limit: 100).count }
        add("inbox: waiting") { try $0.waitingRecords(limit: 100).count }
        for grade in WatchGrade.allCases {
            add("households: \(grade.rawValue)") { try $0.watches(grade, limit: 100).count }
        }
        add("households: all") { try $0.watches(nil, limit: 100).count }
        add("approvals: open") { try $0.openApprovals(atStep: nil, limit: 100).count }
        add("approvals at a step") { try $0.openApprovals(atStep: "screening", limit: 100).count }
        add("duplicates of a wish") { try town.desk($0, at: now).duplicates(of: town.wish(wishes / 2)).count }
        add("duplicates: a week's clusters") {
            try town.desk($0, at: now).clusters(receivedIn: past...past.adding(milliseconds: 7 * Moment.day)).count
        }
        add("story of a wish") { try WishStory.entries(of: town.wish(40), in: $0).count }
        return queries
    }

    private static func text(_ milliseconds: Double) -> String { "\((milliseconds * 10).rounded() / 10)" }
}
