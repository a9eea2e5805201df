import AlmonerTesting
import Casework
import MatchCore
import Operations
import Storage
import Testing
import Wire

/// Guessing becomes slow; a person is shut out by nobody.
@Suite struct SignInThrottleTests {
    /// Fails until it is refused; returns how often it was let through, and the pause.
    private func fail(
        _ world: SignInWorld, _ name: String, from client: String, most: Int = 30
    ) async throws -> (let: Int, pause: Int) {
        for number in 0..<most {
            let answer = try await world.signIn(name, "wrong \(number)", from: client)
            if answer.status == 429 { return (number, try #require(answer.header("Retry-After").flatMap { Int($0) })) }
            #expect(answer.status == 401)
        }
        return (most, 0)
    }

    @Test func failuresOfOnePairCostEverMoreAndTheSameForNobody() async throws {
        let world = try SignInWorld()
        try await world.account("anna")
        for name in ["anna", "nobody"] {
            let client = name == "anna" ? "10.1.0.1" : "10.1.0.2"
            let first = try await fail(world, name, from: client)
            #expect(first.let == 5 && first.pause == 1)
            var pauses = [first.pause]
            for _ in 0..<3 {
                world.clock.move(seconds: Int64(pauses.last ?? 0))
                #expect(try await world.signIn(name, "wrong", from: client).status == 401)
                let refused = try await world.signIn(name, "wrong", from: client)
                pauses.append(try #require(refused.header("Retry-After").flatMap { Int($0) }))
            }
            #expect(pauses == [1, 2, 4, 8], "\(name)")
        }
        #expect(try await world.signIn("anna", from: "10.1.0.1").status == 429, "not even with the right password")
        world.clock.move(seconds: 8)
        #expect(try await world.signIn("anna", from: "10.1.0.1").status == 201)
        #expect(try await fail(world, "anna", from: "10.1.0.1").let == 5, "what succeeded is forgotten")
    }

    @Test func manyAtOnceAreManyAttempts() async throws {
        let world = try SignInWorld()
        try await world.account("anna")
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<40 {
                group.addTask { try await world.signIn("anna", "guess \(number)", from: "10.2.0.1").status }
            }
            return try await group.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
        }
        #expect(statuses[401] == 5 && statuses[429] == 35, "\(statuses)")
    }

    @Test func nobodyIsShutOutByWhatOthersDo() async throws {
        let world = try SignInWorld()
        try await world.account("anna")
        _ = try await world.signIn("anna", from: "10.3.0.1")
        var refused = 0
        for number in 0..<40 where try await world.signIn("anna", "x", from: "10.3.1.\(number)").status == 429 {
            refused += 1
        }
        #expect(refused > 10, "the account as a whole is slow")
        #expect(try await world.signIn("anna", from: "10.3.2.1").status == 429, "from where nobody knows her")
        #expect(try await world.signIn("anna", from: "10.3.0.1").status == 201, "from where she signed in before")
        world.clock.move(minutes: 15)
        #expect(try await world.signIn("anna", from: "10.3.2.1").status == 201, "and a quarter of an hour is the most")
    }

    @Test func oneAddressThatTriesManyNamesIsSlowedDown() async throws {
        let world = try SignInWorld()
        var passed = 0
        for number in 0..<30 where try await world.signIn("name\(number)", "x", from: "10.4.0.1").status == 401 {
            passed += 1
        }
        #expect(passed == 21, "\(passed)")
        // Of IPv6 a network counts: whoever has one has 2^64 addresses.
        passed = 0
        for number in 0..<30
        where try await world.signIn("n\(number)", "x", from: "2001:db8:1:2::\(number)").status == 401 {
            passed += 1
        }
        #expect(passed == 21, "\(passed)")
        #expect(try await world.signIn("n1", "x", from: "2001:db8:1:3::1").status == 401, "the network beside it")
    }

    /// Counts are rows, so they are the same on every node and after every start.
    @Test func anotherNodeGoesOnCounting() async throws {
        let database = try TestDatabase.empty()
        let first = try SignInWorld(database: database)
        try await first.account("anna")
        #expect(try await fail(first, "anna", from: "10.5.0.1").let == 5)
        let store = SQLCaseStore(
            database: database, program: "p", vault: try TestDatabase.vault(for: database) ?? first.service.store.vault)
        let attempt = try BlindIndex(secret: Array(repeating: 1, count: 32), program: "p")
            .attempt(named: "anna", from: "10.5.0.1")
        let wait = try store.blockingWrite { transaction in
            try first.service.room.context(in: transaction, for: Viewer(actor: .system)).desk().admit(attempt)
        }
        #expect(wait == 1)
    }
}
