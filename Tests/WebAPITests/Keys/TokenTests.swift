import AlmonerTesting
import Casework
import Foundation
import HTTPTypes
import MatchCore
import Storage
import Testing
import Wire

@testable import WebAPI

@Suite struct TokenTests {
    private let request = APIRequest(method: .get, path: [])

    @Test func aTokenIsShownOnceAndNeverKept() async throws {
        try await withTemporaryFolder { folder in
            let town = try TownStore(path: "\(folder)/town.db")
            let made = try TownStore.newKey(.coordinator, in: town.store)
            let caller = try await town.tokens.caller(for: made.token.text, request: request)
            #expect(caller.actor.role == .coordinator && caller.key == made.key.id)
            #expect(made.token.text.utf8.count == 47)
            try town.database.close()
            let file = try Data(contentsOf: URL(filePath: "\(folder)/town.db"))
            #expect(file.range(of: Data(made.token.text.utf8)) == nil)
            #expect(file.range(of: Data(made.token.hash)) != nil)
        }
    }

    @Test func aRevokedKeyIsRefusedOnTheNextRequest() async throws {
        try await withTestAddress { address in
            let town = try TownStore(at: address)
            for _ in 0..<20 {
                let made = try TownStore.newKey(.coordinator, in: town.store)
                _ = try await town.tokens.caller(for: made.token.text, request: request)
                _ = try await town.tokens.caller(for: made.token.text, request: request)
                let id = made.key.id
                try await town.store.write { try $0.revokeKey(id, at: TownStore.now) }
                await #expect(throws: Problem.self) {
                    try await town.tokens.caller(for: made.token.text, request: request)
                }
            }
            try town.database.close()
        }
    }

    @Test func whatIsUnknownOrOverOpensNothing() async throws {
        try await withTestAddress { address in
            let town = try TownStore(at: address, clock: { TownStore.now.adding(hours: 2) })
            let over = try TownStore.newKey(.coordinator, in: town.store, expires: TownStore.now.adding(hours: 1))
            let unknown = "alm_" + String(repeating: "A", count: 43)
            for text in [over.token.text, unknown, "", "alm_", String(repeating: "é", count: 60)] {
                await #expect(throws: Problem.self) { try await town.tokens.caller(for: text, request: request) }
            }
            #expect(try await town.tokens.caller(for: nil, request: request).actor.role == .guest)
            try town.database.close()
        }
    }

    @Test func onlyAnAdminMakesAndRevokesKeys() async throws {
        try await withTestAddress { address in
            let town = try TownStore(at: address)
            try town.store.blockingWrite { transaction in
                let desk = CaseDesk(
                    rules: try SampleRules.rules(), store: transaction,
                    actor: CaseActor(id: RecordID(high: 9, low: 9), role: .coordinator), now: TownStore.now,
                    newID: { RecordID(high: 9, low: 1) })
                var random = SystemRandomNumberGenerator()
                #expect(throws: CaseworkError.self) {
                    _ = try desk.createKey(AccessGrant(label: "x", role: .admin), random: &random)
                }
                #expect(throws: CaseworkError.self) { _ = try desk.revokeKey(RecordID(high: 9, low: 1)) }
            }
            try town.database.close()
        }
    }
}
