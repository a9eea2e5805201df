import AlmonerTesting
import Casework
import Foundation
import Storage
import Testing

@testable import WebAPI

/// Two nodes over one database on a server; see `TestDatabase`.
@Suite(.enabled(if: TestDatabase.server != nil)) struct NodesTests {
    /// 20 rounds with ALMONER_LONG=1.
    @Test func ofTwoHundredClaimsOnTheLastPieceOneWins() async throws {
        let rounds = ProcessInfo.processInfo.environment["ALMONER_LONG"] == "1" ? 20 : 2
        for round in 0..<rounds {
            try await withTestAddress { address in
                let first = try TownStore(at: address, capacity: 1)
                let second = try TownStore(at: address, token: first.token)
                try await withEdge(first.router) { one in
                    try await withEdge(second.router) { other in
                        async let some = Answered.all((0..<100).map { first.proposal(key: "a\($0)") }, port: one)
                        async let rest = Answered.all((0..<100).map { second.proposal(key: "b\($0)") }, port: other)
                        let answers = try await some + rest
                        #expect(answers.filter { $0.status == 201 }.count == 1, "round \(round)")
                        let refused = answers.filter { $0.status == 409 && $0.body.contains("insufficient-balance") }
                        #expect(refused.count == 199, "round \(round): \(Set(answers.map(\.status)))")
                    }
                }
                #expect(try second.claims == 1)
                try first.database.close()
                try second.database.close()
            }
        }
    }

    @Test func oneKeySentToBothNodesMakesOneEffect() async throws {
        try await withTestAddress { address in
            let first = try TownStore(at: address, capacity: 100)
            let second = try TownStore(at: address, token: first.token)
            try await withEdge(first.router) { one in
                try await withEdge(second.router) { other in
                    let request = first.proposal(key: "once")
                    async let some = Answered.all(Array(repeating: request, count: 40), port: one)
                    async let rest = Answered.all(Array(repeating: request, count: 40), port: other)
                    let settled = try await (some + rest).filter { $0.status != 409 }
                    #expect(!settled.isEmpty && Set(settled).count == 1 && settled.first?.status == 201)
                }
            }
            #expect(try second.claims == 1)
            try first.database.close()
            try second.database.close()
        }
    }

    @Test func aKeyRevokedOnOneNodeOpensNothingOnTheOther() async throws {
        try await withTestAddress { address in
            let first = try TownStore(at: address)
            let second = try TownStore(at: address, token: first.token)
            let (key, token) = try TownStore.newKey(.coordinator, in: first.store)
            let list =
                "GET /v1/offers HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer \(token.text)\r\n\r\n"
            try await withEdge(second.router) { port in
                #expect(Answered(try await exchange(list, port: port)).status == 200)
                try first.store.blockingWrite { try $0.revokeKey(key.id, at: TownStore.now) }
                #expect(Answered(try await exchange(list, port: port)).status == 401)
            }
            try first.database.close()
            try second.database.close()
        }
    }
}
