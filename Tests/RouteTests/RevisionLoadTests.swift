import Casework
import HTTPTypes
import MatchCore
import Operations
import ScorerCatalog
import Storage
import Synchronization
import Testing
import Wire

/// Revisions come and go while matches are asked for: every answer names one revision, and adds up under it.
@Suite struct RevisionLoadTests {
    private static let rounds = 15
    private static let draft = "/v1/profiles/default/drafts/draft"

    /// The newest revision whose publication was answered, and whether more will come.
    private final class Board: Sendable {
        private let state = Mutex((newest: 1, isOpen: true))
        var newest: Int { state.withLock { $0.newest } }
        var isOpen: Bool { state.withLock { $0.isOpen } }
        func note(_ revision: Int) { state.withLock { $0.newest = max($0.newest, revision) } }
        func close() { state.withLock { $0.isOpen = false } }
    }

    @Test(.timeLimit(.minutes(20)), arguments: [false, true])
    func everyMatchNamesOneRevisionAndRecomputesUnderIt(layers: Bool) async throws {
        let service = try RouteService(layers: layers)
        let board = Board()
        let seen = try await withThrowingTaskGroup(of: Set<String>.self) { group in
            group.addTask {
                defer { board.close() }
                try await Self.publishAgainAndAgain(service, board)
                return []
            }
            for number in 0..<4 {
                group.addTask {
                    var seen: Set<String> = []
                    while board.isOpen { seen.formUnion(try await Self.ask(service, board, number)) }
                    return seen
                }
            }
            return try await group.reduce(into: Set<String>()) { $0.formUnion($1) }
        }
        let revisions = Set(seen.compactMap { ProfileReference($0)?.revision })
        #expect(revisions.count > 3, "only \(seen) were served: nothing was tested")
        // What was kept is judged again from its facts under the revision that it names.
        var recomputation = Recomputation()
        try service.store.blockingRead { store in
            try recomputation.run(over: store) { reference in
                guard let named = ProfileReference(reference),
                    let profile = try store.profile(named.name, revision: named.revision)
                else { return .missing }
                return .found(
                    try ScoringPlan(profile.resolved(under: named.scopes).profile, scorers: ScorerCatalog.all))
            }
        }
        #expect(recomputation.checked > 0 && recomputation.differences.isEmpty && recomputation.skipped.isEmpty)
        #expect(service.reports == [])
    }

    /// Publish, roll back, publish again: each through the door that an admin uses.
    private static func publishAgainAndAgain(_ service: RouteService, _ board: Board) async throws {
        func revision(_ answer: RouteService.Answer, _ member: JSONValue?) {
            guard answer.status == 200, case .integer(let number)? = member else {
                Issue.record("\(answer.status) \(answer.json)")
                return
            }
            board.note(Int(number))
        }
        for round in 0..<rounds {
            _ = try await service.send(.post, "/v1/profiles/default/drafts", [:], key: "begin\(round)")
            var headers = HTTPFields()
            headers[.ifMatch] = try await service.send(.get, draft).header("ETag")
            let weight = "\(round % 2 == 0 ? "Proximity" : "Urgency").weight=\(200 + 37 * round)"
            _ = try await service.send(.patch, draft, ["changes": [.text(weight)]], headers: headers)
            let published = try await service.send(.post, draft + "/publish", ["reason": "try"], key: "publish\(round)")
            revision(published, published.json["published"]?["revision"])
            guard round % 3 == 2 else { continue }
            let back = try await service.send(
                .post, "/v1/profiles/default/rollback", ["reason": "back"], key: "back\(round)")
            revision(back, back.json["revision"])
            let again = try await service.send(
                .post, "/v1/profiles/default/rollback", ["reason": "again"], key: "again\(round)")
            revision(again, again.json["revision"])
        }
    }

    /// One question of each kind; returns the references that were served.
    private static func ask(_ service: RouteService, _ board: Board, _ number: Int) async throws -> Set<String> {
        var seen: Set<String> = []
        let wish = "/v1/wishes/\(RouteService.wishes[number % 3])/matches"
        let offer = "/v1/offers/\(RouteService.offers[number % 2])/matches?explain=true"
        for (method, address) in [(.get, wish + "?explain=true"), (.get, offer), (.post, wish)]
            as [(HTTPRequest.Method, String)]
        {
            let newest = board.newest
            let answer = try await service.send(
                method, address, method == .post ? ["explain": true] : nil,
                key: method == .post ? "\(number)-\(RecordID(high: .random(in: 0...UInt64.max), low: 0))" : nil)
            guard answer.status == 200 else {
                Issue.record("\(answer.status) \(answer.json)")
                continue
            }
            var revisions: Set<Int> = []
            for ranking in answer.items {
                guard case .text(let profile)? = ranking["profile"], let named = ProfileReference(profile),
                    case .list(let candidates)? = ranking["candidates"]
                else { continue }
                revisions.insert(named.revision)
                #expect(named.revision >= newest, "an older revision than the one that was in force when it was asked")
                for candidate in candidates {
                    guard let explanation = candidate["explanation"], case .text(let own)? = explanation["profile"],
                        let reference = ProfileReference(own)
                    else {
                        Issue.record("no explanation")
                        continue
                    }
                    seen.insert(own)
                    revisions.insert(reference.revision)
                    try recompute(explanation, candidate["total"], reference, service)
                }
            }
            #expect(revisions.count == 1, "mixed: \(revisions)")
        }
        return seen
    }

    /// The weights are those of the revision, and the total is what they and the values come to.
    private static func recompute(
        _ explanation: JSONValue, _ total: JSONValue?, _ reference: ProfileReference, _ service: RouteService
    ) throws {
        let kept = try service.store.blockingRead { try $0.profile(reference.name, revision: reference.revision) }
        let profile = try #require(kept)
        let entries = profile.resolved(under: reference.scopes).profile.entries
        guard case .list(let told)? = explanation["entries"] else {
            Issue.record("no entries")
            return
        }
        #expect(told.count == entries.count)
        var sums: (value: Int64, weight: Int64) = (0, 0)
        for (entry, own) in zip(entries, told) {
            #expect(own["scorer"] == .text(entry.scorer))
            guard own["outcome"] == "value" || own["outcome"] == "notKnown" else { continue }
            guard case .integer(let value)? = own["value"], own["weight"] == .integer(Int64(entry.weight)) else {
                Issue.record("\(entry.scorer): \(own) is not of \(reference)")
                continue
            }
            if own["outcome"] == "notKnown" { #expect(value == Int64(entry.neutral)) }
            sums.value += Int64(entry.weight) * value
            sums.weight += Int64(entry.weight)
        }
        #expect(total == .integer(sums.weight == 0 ? 0 : sums.value / sums.weight))
    }
}
