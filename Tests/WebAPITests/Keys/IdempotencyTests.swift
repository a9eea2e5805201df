import AlmonerTesting
import Casework
import Foundation
import MatchCore
import Storage
import Synchronization
import Testing
import Wire

@testable import WebAPI

/// What one `Idempotency-Key` does, over real sockets and a store in a file.
@Suite struct IdempotencyTests {
    @Test func aHundredAtOnceWithOneKeyMakeOneEffect() async throws {
        try await withTestAddress { address in
            var known: Answered?
            let first = try TownStore(at: address, capacity: 100)
            try await withEdge(first.router) { port in
                let request = first.proposal(key: "once")
                let answers = try await Answered.all(Array(repeating: request, count: 100), port: port)
                let settled = answers.filter { $0.status != 409 }
                known = settled.first
                #expect(!settled.isEmpty && settled.allSatisfy { $0 == known })
                #expect(known?.status == 201)
                let other = try await exchange(first.proposal(quantity: 2, key: "once"), port: port)
                #expect(Answered(other).status == 422)
            }
            #expect(try first.claims == 1)
            let token = first.token
            try first.database.close()
            // The same after a restart.
            let second = try TownStore(at: address, capacity: 100, token: token)
            try await withEdge(second.router) { port in
                #expect(Answered(try await exchange(second.proposal(key: "once"), port: port)) == known)
                let other = try await exchange(second.proposal(quantity: 2, key: "once"), port: port)
                #expect(Answered(other).status == 422)
            }
            #expect(try second.claims == 1)
            try second.database.close()
        }
    }

    @Test func twoHundredClaimsOnACapacityOfOne() async throws {
        try await withTestAddress { address in
            let town = try TownStore(at: address, capacity: 1)
            try await withEdge(town.router) { port in
                let answers = try await Answered.all((0..<200).map { town.proposal(key: "k\($0)") }, port: port)
                #expect(answers.filter { $0.status == 201 }.count == 1)
                #expect(answers.filter { $0.status == 409 }.count == 199)
            }
            #expect(try town.claims == 1)
            try town.database.close()
        }
    }

    @Test func anAnswerIsKeptForADayAndNoLonger() async throws {
        try await withTestAddress { address in
            let hours = Mutex(0)
            let town = try TownStore(
                at: address, capacity: 10,
                clock: { TownStore.now.adding(hours: hours.withLock { $0 }) })
            try await withEdge(town.router) { port in
                let first = Answered(try await exchange(town.proposal(key: "k"), port: port))
                hours.withLock { $0 = 23 }
                #expect(Answered(try await exchange(town.proposal(key: "k"), port: port)) == first)
                #expect(try await sweep(town, after: 23) == 0)
                hours.withLock { $0 = 25 }
                #expect(try await sweep(town, after: 25) == 1)
                #expect(Answered(try await exchange(town.proposal(key: "k"), port: port)) != first)
            }
            try town.database.close()
        }
    }

    @Test func aFullDiskIsSaidReadingGoesOnAndItRecovers() async throws {
        try await withTemporaryFolder { folder in
            let town = try TownStore(path: "\(folder)/town.db", capacity: 100)
            try await withEdge(town.router) { port in
                let pages = try await town.database.write { connection in
                    let pages: Int64 = try connection.require("PRAGMA page_count")[0]
                    _ = try connection.all("PRAGMA max_page_count = \(pages)")
                    return pages
                }
                var refused: Answered?
                for number in 0..<60 where refused == nil {
                    let answer = Answered(try await exchange(town.proposal(key: "k\(number)"), port: port))
                    if answer.status != 201 { refused = answer }
                }
                #expect(refused?.status == 507)
                #expect(refused?.body.contains("/problems/storage-full") == true)
                let read = "GET /v1/offers HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                let offers = try await exchange(read + "Authorization: Bearer \(town.token)\r\n\r\n", port: port)
                #expect(Answered(offers).status == 200)
                // The key of what was refused was not used up.
                _ = try await town.database.write { try $0.all("PRAGMA max_page_count = \(pages + 10_000)") }
                let again = Answered(try await exchange(town.proposal(key: "later"), port: port))
                #expect(again.status == 201)
            }
            try town.database.close()
        }
    }

    private func sweep(_ town: TownStore, after hours: Int) async throws -> Int {
        try await town.store.write { try $0.sweepKeyUses(by: TownStore.now.adding(hours: hours), limit: 100) }
    }

    private func use(_ holder: Int64, fingerprint: UInt8 = 1, secret: UInt8 = 1) -> IdempotentUse {
        IdempotentUse(
            scope: "key/1", route: "claims.propose", key: "k", fingerprint: [fingerprint], secret: [secret],
            holder: holder)
    }

    @Test func aKeyWhoseHolderDiedIsFreeInTime() async throws {
        try await withTestAddress { address in
            let town = try TownStore(at: address)
            let keeper = SealedAnswers(salt: [7])
            let begun = TownStore.now
            func at(_ seconds: Int64) -> Moment { begun.adding(milliseconds: seconds * 1_000) }
            try town.store.blockingWrite { store in
                #expect(try keeper.take(use(1), in: store, at: at(0)) == .fresh)
                #expect(try keeper.take(use(2), in: store, at: at(1)) == .running)
                #expect(try keeper.take(use(2, fingerprint: 9), in: store, at: at(1)) == .reused)
                #expect(try keeper.renew(use(1), in: store, at: at(10)))
                #expect(try keeper.take(use(2), in: store, at: at(20)) == .running)
                // Not renewed for 15 s: another takes over, and the first may do nothing more.
                #expect(try keeper.take(use(2), in: store, at: at(25)) == .fresh)
                #expect(try !keeper.renew(use(1), in: store, at: at(26)))
                let answer = KeptAnswer(status: 201, headers: ["etag": "\"1\""], body: Array("正文".utf8))
                // The first is told to ask again, and gets what the second one answers.
                let late = #expect(throws: Problem.self) {
                    try keeper.keep(answer, for: use(1), in: store, at: at(26))
                }
                #expect(late?.kind == .stillRunning)
                #expect(try !keeper.isAnswered(use(3), in: store, at: at(26)), "it is only held")
                try keeper.keep(answer, for: use(2), in: store, at: at(26))
                #expect(try keeper.isAnswered(use(3), in: store, at: at(27)))
                #expect(try keeper.isAnswered(use(3, fingerprint: 9), in: store, at: at(27)))
                #expect(try !keeper.isAnswered(use(3), in: store, at: at(90_000)), "kept for a day")
                #expect(try keeper.take(use(3), in: store, at: at(27)) == .answered(answer))
                try keeper.release(use(2), in: store)
                #expect(try keeper.take(use(3), in: store, at: at(27)) == .answered(answer), "an answer is not let go")
            }
            try town.database.close()
        }
    }

    /// The text of an answer, and whether it says that it was given before.
    private func post(_ path: String, _ body: String, key: String, to town: TownStore, _ port: Int) async throws
        -> (answer: Answered, isReplayed: Bool)
    {
        let text = try await exchange(
            "POST \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer \(town.token)\r\n"
                + "Idempotency-Key: \(key)\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
                + body, port: port)
        return (Answered(text), text?.lowercased().contains("idempotency-replayed: true") == true)
    }

    @Test func whoWasErasedIsInNoAnswerThatIsGivenAgain() async throws {
        try await withTestAddress { address in
            let town = try TownStore(at: address, capacity: 10)
            let wish = #"{"text":"CANARY-WORDS","place":{"area":"c"},"lines":[{"category":"fan","quantity":1}]}"#
            let party = #"{"name":"CANARY-NAME","kind":"donor"}"#
            try await withEdge(town.router) { port in
                func register() async throws -> [(answer: Answered, isReplayed: Bool)] {
                    [
                        try await post("/v1/wishes", wish, key: "k", to: town, port),
                        try await post("/v1/parties", party, key: "k", to: town, port),
                    ]
                }
                let first = try await register()
                #expect(first.map(\.answer.status) == [201, 201] && first.allSatisfy { !$0.isReplayed })
                #expect(first[0].answer.body.contains("CANARY-WORDS") && first[1].answer.body.contains("CANARY-NAME"))
                let again = try await register()
                #expect(again.map(\.answer) == first.map(\.answer) && again.allSatisfy(\.isReplayed))
                let people = try town.store.blockingRead { transaction in
                    let reader = RegistryReader(transaction)
                    return (
                        try reader.wishes(RecordQuery(), limit: 10).map(\.key.id).filter { $0 != TownStore.wish },
                        try reader.parties(RecordQuery(), limit: 10).map(\.key.id).filter { $0 != TownStore.party }
                    )
                }
                try #require(people.0.count == 1 && people.1.count == 1)
                try town.store.blockingWrite { transaction in
                    var identifiers = IdentifierSource(random: SystemRandomNumberGenerator())
                    let desk = CaseDesk(
                        rules: try SampleRules.rules(), store: transaction, actor: .system, now: TownStore.now,
                        newID: { identifiers.next(at: Timestamp(milliseconds: TownStore.now.milliseconds)) })
                    for id in people.0 + people.1 { _ = try desk.erasePerson(id, reason: Reason("personAsked")) }
                }
                let later = try await register()
                // What can be read shows what is left; what was kept as it was is gone with the one it spoke of.
                #expect(later.map(\.answer.status) == [201, 404])
                #expect(later[0].answer.body.contains("\(people.0[0])"))
                #expect(later.allSatisfy { !$0.answer.body.contains("CANARY") })
                let other = try await post(
                    "/v1/wishes", wish.replacing("CANARY", with: "other"), key: "k", to: town, port)
                #expect(other.answer.status == 422)
            }
            try town.database.close()
        }
    }

    /// A guest's address and what a guest sends are soon guessed; what is kept of them is keyed with what is not in the database.
    @Test func nobodyTriesGuessesOnWhatIsKept() async throws {
        try await withTestAddress { address in
            let town = try TownStore(at: address)
            let rows = try [UInt8(3), 4].map { salt -> [SQLValue] in
                try town.store.blockingWrite { store in
                    try #expect(SealedAnswers(salt: [salt]).take(use(1), in: store, at: TownStore.now) == .fresh)
                }
                return try town.database.blockingWrite { connection in
                    let row = try connection.require("SELECT digest, fingerprint FROM key_use")
                    try connection.run("DELETE FROM key_use")
                    return row.values
                }
            }
            #expect(rows[0][0] != rows[1][0] && rows[0][1] != rows[1][1], "what is kept does not depend on the salt")
            try town.database.close()
        }
    }

    @Test func whatIsKeptCanOnlyBeReadWithTheCallersToken() async throws {
        try await withTemporaryFolder { folder in
            let town = try TownStore(path: "\(folder)/town.db")
            let keeper = SealedAnswers(salt: [7])
            let answer = KeptAnswer(status: 200, headers: [:], body: Array("a very private answer".utf8))
            try town.store.blockingWrite { store in
                _ = try keeper.take(use(1), in: store, at: TownStore.now)
                try keeper.keep(answer, for: use(1), in: store, at: TownStore.now)
                #expect(throws: (any Error).self) {
                    try keeper.take(use(2, secret: 2), in: store, at: TownStore.now)
                }
            }
            try town.database.close()
            let file = try Data(contentsOf: URL(filePath: "\(folder)/town.db"))
            #expect(file.range(of: Data("a very private".utf8)) == nil)
        }
    }
}
