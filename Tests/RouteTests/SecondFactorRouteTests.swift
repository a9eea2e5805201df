import AlmonerTesting
import Casework
import HTTPTypes
import MatchCore
import Operations
import Storage
import Testing
import Wire

/// A second factor is begun, confirmed, asked for, and lost.
@Suite struct SecondFactorRouteTests {
    /// What an authenticator app shows, of a secret in base 32.
    private func app(_ secret: String, at moment: Moment, _ offset: Int64 = 0) throws -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var bits = 0
        var count = 0
        var bytes: [UInt8] = []
        for letter in secret {
            bits = bits << 5 | (try #require(alphabet.firstIndex(of: letter)))
            count += 5
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(bits >> count & 255))
            }
            bits &= 0xFF
        }
        return TimeCode(secret: bytes).code(at: TimeCode.step(at: moment) + offset)
    }

    private func begin(_ world: SignInWorld, _ name: String, code: String? = nil) async throws -> RouteService.Answer {
        var body = JSONObject([("name", .text(name)), ("password", .text(SignInWorld.password))])
        if let code { body["code"] = .text(code) }
        return try await world.post("/v1/session/factor", .object(body))
    }

    private func confirm(_ world: SignInWorld, _ name: String, _ code: String) async throws -> RouteService.Answer {
        try await world.post(
            "/v1/session/factor/confirm",
            ["name": .text(name), "password": .text(SignInWorld.password), "code": .text(code)])
    }

    /// Sets a factor up; returns its secret and the recovery codes.
    private func factor(_ world: SignInWorld, _ name: String) async throws -> (secret: String, codes: [String]) {
        let secret = try #require(try await begin(world, name).text("secret"))
        let confirmed = try await confirm(world, name, try app(secret, at: world.clock.moment))
        guard case .list(let codes)? = confirmed.json["recoveryCodes"] else {
            throw Problem(.conflict, "\(confirmed.json)", zhHans: "")
        }
        return (secret, codes.compactMap { if case .text(let text) = $0 { text } else { nil } })
    }

    @Test func aFactorCountsWhenItWasConfirmedAndEachCodeOnce() async throws {
        let world = try SignInWorld()
        let id = try await world.account("anna")
        let before = try await world.token("anna")
        let begun = try await begin(world, "anna")
        let secret = try #require(begun.text("secret"))
        #expect(begun.text("address")?.hasPrefix("otpauth://totp/Almoner:anna?secret=\(secret)") == true)
        #expect(try await world.signIn("anna").status == 201, "not before it is confirmed")
        #expect(try await confirm(world, "anna", "000000").status == 401)
        let code = try app(secret, at: world.clock.moment)
        #expect(try await confirm(world, "anna", code).status == 200)
        #expect(try await world.get("/v1/wishes", as: before).status == 401, "sessions of before have ended")
        #expect(try await world.get("/v1/accounts/\(id)", as: "admin").json["hasSecondFactor"] == true)
        let asked = try await world.signIn("anna")
        guard case .list(let faults)? = asked.json["errors"] else {
            Issue.record("\(asked.json)")
            return
        }
        #expect(asked.status == 401 && faults.first?["pointer"] == "/code")
        #expect(try await world.signIn("anna", "wrong", code: code).json["errors"] == nil, "not to who has no password")
        #expect(try await world.signIn("anna", code: code).status == 401, "it was taken by the confirmation")
        world.clock.move(seconds: 30)
        let next = try app(secret, at: world.clock.moment)
        let signedIn = try await world.signIn("anna", code: next)
        guard case .text(let way)? = signedIn.json["signedIn"]?["session"]?["way"] else {
            Issue.record("\(signedIn.json)")
            return
        }
        #expect(way == "secondFactor")
        #expect(try await world.signIn("anna", code: next).status == 401, "once")
    }

    @Test func twoSignInsWithOneCodeAtOnceAreOne() async throws {
        let world = try SignInWorld()
        try await world.account("anna")
        let (secret, _) = try await factor(world, "anna")
        world.clock.move(seconds: 60)
        let code = try app(secret, at: world.clock.moment)
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<4 { group.addTask { try await world.signIn("anna", code: code).status } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.filter { $0 == 201 }.count == 1, "\(statuses)")
    }

    @Test func aRecoveryCodeStandsInOnce() async throws {
        let world = try SignInWorld()
        try await world.account("anna")
        let (_, codes) = try await factor(world, "anna")
        #expect(codes.count == 10 && Set(codes).count == 10)
        let used = try await world.signIn("anna", code: codes[3].lowercased())
        #expect(used.status == 201)
        #expect(try await world.signIn("anna", code: codes[3]).status == 401)
        #expect(try await world.signIn("anna", code: codes[4]).status == 201)
    }

    @Test func aNewFactorTakesACodeOfTheOldOneWhichCountsUntilThen() async throws {
        let world = try SignInWorld()
        try await world.account("anna")
        let (old, codes) = try await factor(world, "anna")
        world.clock.move(seconds: 60)
        #expect(try await begin(world, "anna").status == 401, "the password alone does not do")
        let begun = try await begin(world, "anna", code: try app(old, at: world.clock.moment))
        let new = try #require(begun.text("secret"))
        #expect(try await world.signIn("anna").status == 401, "the old one counts")
        world.clock.move(seconds: 60)
        #expect(try await world.signIn("anna", code: try app(old, at: world.clock.moment)).status == 201)
        #expect(try await confirm(world, "anna", try app(new, at: world.clock.moment)).status == 200)
        world.clock.move(seconds: 60)
        #expect(try await world.signIn("anna", code: try app(old, at: world.clock.moment)).status == 401)
        #expect(try await world.signIn("anna", code: codes[0]).status == 401, "its recovery codes went with it")
        #expect(try await world.signIn("anna", code: try app(new, at: world.clock.moment)).status == 201)
    }

    @Test func aRoleMayNeedOne() async throws {
        let world = try SignInWorld(SignInRules(secondFactor: [.admin]))
        let id = try await world.account("anna")
        _ = try await world.post("/v1/accounts/\(id)/grants", ["role": "admin", "areas": ["c1"]], as: "admin")
        let account = try await world.get("/v1/accounts/\(id)", as: "admin")
        guard case .list(let grants)? = account.json["grants"], case .text(let admin)? = grants[1]["id"] else { return }
        let token = try await world.token("anna")
        #expect(try await world.post("/v1/session/switch", ["grant": .text(admin)], as: token).status == 409)
        #expect(try await world.signIn("anna", grant: admin).status == 409)
        let (secret, _) = try await factor(world, "anna")
        world.clock.move(seconds: 60)
        let code = try app(secret, at: world.clock.moment)
        #expect(try await world.signIn("anna", code: code, grant: admin).status == 201)
    }

    @Test func guessingCodesIsSlowedLikeGuessingPasswords() async throws {
        let world = try SignInWorld()
        try await world.account("anna")
        _ = try await factor(world, "anna")
        var statuses: [Int] = []
        for number in 0..<12 { statuses.append(try await world.signIn("anna", code: "00000\(number % 10)").status) }
        #expect(statuses.filter { $0 == 401 }.count == 5 && statuses.filter { $0 == 429 }.count == 7, "\(statuses)")
    }

    @Test func whoLostItIsHelpedByAnAdmin() async throws {
        let world = try SignInWorld()
        let id = try await world.account("anna")
        _ = try await factor(world, "anna")
        #expect(
            try await world.post("/v1/accounts/\(id)/factor/remove", ["reason": "checked"], as: "admin").status == 200)
        #expect(try await world.signIn("anna").status == 201)
        let entries = try world.service.store.blockingRead { try $0.history(of: [try #require(RecordID(id))]) }
        #expect(entries.map(\.action.text).contains("account/factor"))
        #expect(entries.map(\.action.text).contains("account/factorRemove"))
    }

    /// The secret stands in no row as it is, nor do the recovery codes.
    @Test func nothingOfItStandsInTheOpen() async throws {
        let database = try TestDatabase.empty()
        let world = try SignInWorld(database: database)
        try await world.account("anna")
        let (secret, codes) = try await factor(world, "anna")
        let dump = try database.blockingRead { connection in
            try ["account_factor", "account_recovery", "key_use", "history"].flatMap {
                try connection.all("SELECT * FROM \($0)")
            }.flatMap(\.values).map { "\($0)" }.joined()
        }
        for text in [secret] + codes { #expect(!dump.contains(text)) }
    }
}
