import AlmonerTesting
import Casework
import HTTPTypes
import MatchCore
import Operations
import Storage
import Testing
import WebAPI
import Wire

/// Staff sign in by name and password, for a time, and are out at once when they should be.
@Suite struct SignInRouteTests {
    @Test func whoWasGivenAOneTimePasswordChoosesAnotherFirst() async throws {
        let world = try SignInWorld()
        let made = try await world.post("/v1/accounts", ["name": "Anna", "called": "Anna Li"], as: "admin")
        guard case .text(let id)? = made.json["account"]?["id"], let once = made.text("password") else {
            Issue.record("\(made.json)")
            return
        }
        #expect(made.json["account"]?["hasOneTimePassword"] == true)
        _ = try await world.post("/v1/accounts/\(id)/grants", ["role": "coordinator", "areas": ["c1"]], as: "admin")
        #expect(try await world.signIn("anna", once).status == 409, "nobody works with it")
        for (new, why) in [
            (once, "the same"), ("short", "too short"), ("Password12345!", "common"), ("annaannaanna", "the name"),
            ("aaaaaaaaaaaaaaa", "one letter"), ("123456789012", "a row"), ("P@ssw0rd2026!!", "common in other clothes"),
        ] {
            let refused = try await world.post(
                "/v1/session/password", ["name": "anna", "password": .text(once), "newPassword": .text(new)])
            #expect(refused.status == 422, "\(why): \(refused.json)")
        }
        let changed = try await world.post(
            "/v1/session/password",
            ["name": "ANNA", "password": .text(once), "newPassword": .text(SignInWorld.password)])
        #expect(changed.status == 200)
        #expect(try await world.signIn("anna", once).status == 401, "once")
        let signedIn = try await world.signIn("anna")
        #expect(signedIn.status == 201 && signedIn.json["signedIn"]?["role"] == "coordinator")
        let token = try #require(signedIn.text("token"))
        let wishes = try await world.get("/v1/wishes", as: token)
        #expect(wishes.items.count == 2, "those of c1 alone")
        #expect(try await world.get("/v1/session", as: token).json["name"] == "anna")
        #expect(try await world.get("/v1/accounts/\(id)", as: "admin").json["called"] == "Anna Li")
    }

    @Test func aOneTimePasswordEndsByItself() async throws {
        let world = try SignInWorld()
        let made = try await world.post("/v1/accounts", ["name": "anna"], as: "admin")
        world.clock.move(minutes: 72 * 60)
        let late = try await world.post(
            "/v1/session/password",
            ["name": "anna", "password": made.json["password"] ?? .null, "newPassword": .text(SignInWorld.password)])
        #expect(late.status == 401)
    }

    @Test func whatIsWrongIsAnsweredAlike() async throws {
        let world = try SignInWorld()
        let locked = try await world.account("locked")
        try await world.account("anna")
        #expect(try await world.post("/v1/accounts/\(locked)/lock", ["reason": "left"], as: "admin").status == 200)
        let answers = [
            try await world.signIn("anna", "not her password", from: "10.0.1.1"),
            try await world.signIn("nobody", from: "10.0.1.2"), try await world.signIn("locked", from: "10.0.1.3"),
            try await world.signIn("no name at all!", from: "10.0.1.4"),
        ]
        #expect(answers.allSatisfy { $0.status == 401 })
        #expect(Set(answers.map(\.json)).count == 1, "\(answers.map(\.json))")
        #expect(Set(answers.map { $0.response.headers }).count == 1)
    }

    @Test func aSessionEndsIdleAndInTheEndWhateverHappens() async throws {
        let world = try SignInWorld(SignInRules(idleMinutes: 30, sessionHours: 2))
        try await world.account("anna")
        let idle = try await world.token("anna")
        let used = try await world.token("anna")
        for _ in 0..<5 {
            world.clock.move(minutes: 20)
            #expect(try await world.get("/v1/wishes", as: used).status == 200)
        }
        #expect(try await world.get("/v1/wishes", as: idle).status == 401, "nobody used it for half an hour")
        world.clock.move(minutes: 20)
        #expect(try await world.get("/v1/wishes", as: used).status == 401, "after two hours")
    }

    @Test func whateverItRestsOnEndsItWithTheNextRequest() async throws {
        let world = try SignInWorld()
        let id = try await world.account("anna")
        func isIn(_ token: String) async throws -> Bool { try await world.get("/v1/wishes", as: token).status == 200 }
        // By signing out.
        let one = try await world.token("anna")
        #expect(try await isIn(one))
        #expect(try await world.service.send(.delete, "/v1/session", as: one).status == 200)
        #expect(try await !isIn(one))
        // From another session of one's own, and by an admin.
        let (two, three) = (try await world.token("anna"), try await world.token("anna"))
        let mine = try await world.get("/v1/sessions", as: three)
        #expect(mine.items.count == 2)
        let other = try #require(mine.items.first { $0["isCurrent"] == false }?["id"])
        guard case .text(let other) = other else { return }
        #expect(try await isIn(two))
        #expect(try await world.post("/v1/sessions/\(other)/end", [:], as: three).status == 200)
        #expect(try await !isIn(two))
        let seen = try await world.get("/v1/accounts/\(id)/sessions", as: "admin")
        guard case .text(let last)? = seen.items.first?["id"] else { return }
        #expect(try await isIn(three))
        #expect(try await world.post("/v1/sessions/\(last)/end", [:], as: "admin").status == 200)
        #expect(try await !isIn(three))
        // By a new password, a lock, and the end of the grant.
        let four = try await world.token("anna")
        _ = try await world.post(
            "/v1/session/password",
            ["name": "anna", "password": .text(SignInWorld.password), "newPassword": "eight loud geese honk"])
        #expect(try await !isIn(four))
        let five = try #require(try await world.signIn("anna", "eight loud geese honk").text("token"))
        #expect(try await isIn(five))
        _ = try await world.post("/v1/accounts/\(id)/lock", ["reason": "left"], as: "admin")
        #expect(try await !isIn(five))
        _ = try await world.post("/v1/accounts/\(id)/unlock", ["reason": "left"], as: "admin")
        #expect(try await !isIn(five), "what was ended stays so")
        let six = try #require(try await world.signIn("anna", "eight loud geese honk").text("token"))
        let account = try await world.get("/v1/accounts/\(id)", as: "admin")
        guard case .list(let grants)? = account.json["grants"], case .text(let grant)? = grants[0]["id"] else { return }
        #expect(try await isIn(six))
        #expect(
            try await world.post("/v1/accounts/\(id)/grants/\(grant)/revoke", ["reason": "left"], as: "admin").status
                == 200)
        #expect(try await !isIn(six))
        #expect(try await world.signIn("anna", "eight loud geese honk").status == 409, "nothing to do")
    }

    @Test func aGrantCountsWithinItsTimeAndPurpose() async throws {
        let world = try SignInWorld()
        let id = try await world.account("anna")
        let more = try await world.post(
            "/v1/accounts/\(id)/grants",
            [
                "role": "auditor", "purpose": "statistics", "starts": "2026-01-06T00:00:00Z",
                "expires": "2026-01-07T00:00:00Z",
            ], as: "admin")
        guard case .list(let grants)? = more.json["grants"], case .text(let later)? = grants[1]["id"] else {
            Issue.record("\(more.json)")
            return
        }
        #expect(try await world.signIn("anna", grant: later).status == 409, "not yet")
        world.clock.move(minutes: 24 * 60)
        let token = try await world.token("anna")
        #expect(try await world.get("/v1/wishes", as: token).items.count == 2)
        let switched = try await world.post("/v1/session/switch", ["grant": .text(later)], as: token)
        #expect(switched.json["role"] == "auditor")
        #expect(try await world.get("/v1/wishes", as: token).items.isEmpty, "statistics see no wish")
        world.clock.move(minutes: 20 * 60)
        #expect(try await world.get("/v1/figures", as: token).status == 401, "the grant is over")
        let own = try await world.account("bert")
        #expect(
            try await world.post("/v1/session/switch", ["grant": .text(own)], as: try await world.token("bert")).status
                == 404)
    }

    @Test func aTownsAdminHoldsTheTownAndNobodyAbove() async throws {
        let world = try SignInWorld()
        let city = try await world.account("city", "admin", areas: [])
        let beside = try await world.account("beside", "intake", areas: ["c2"])
        let mixed = try await world.account("mixed", "intake", areas: ["c11"])
        _ = try await world.post("/v1/accounts/\(mixed)/grants", ["role": "auditor"], as: "admin")
        try await world.account("town", "admin", areas: ["c1"])
        let town = try await world.token("town")
        let own = try await world.account("window", "intake", areas: ["c11"], by: town)
        // Its own, itself, and whoever also does something in the town.
        let seen = try await world.get("/v1/accounts", as: town).items.map { $0["name"] }
        #expect(Set(seen) == ["window", "town", "mixed"])
        for (id, status) in [(city, 404), (beside, 404), (mixed, 404), (own, 200)] {
            for (step, body) in [
                ("lock", ["reason": "left"]), ("password", [:]), ("factor/remove", ["reason": "left"]),
            ] as [(String, JSONValue)] {
                let answer = try await world.post("/v1/accounts/\(id)/\(step)", body, as: town)
                #expect(answer.status == status, "\(step) \(answer.json)")
            }
            #expect(try await world.get("/v1/accounts/\(id)/sessions", as: town).status == status)
        }
        // Of somebody with more than the town it sees that alone which lies in the town.
        let part = try await world.get("/v1/accounts/\(mixed)", as: town)
        #expect(part.json["isYours"] == false)
        guard case .list(let grants)? = part.json["grants"] else { return }
        #expect(grants.count == 1)
        for body in [
            ["role": "coordinator"], ["role": "coordinator", "areas": ["c"]], ["role": "intake", "areas": ["c2"]],
            ["role": "admin", "areas": ["c11", "c2"]],
            ["role": "approver", "areas": ["c1"], "approvalLevel": "city", "approvalLimit": 5],
            ["role": "donor", "areas": ["c1"]],
        ] as [JSONValue] {
            let refused = try await world.post("/v1/accounts/\(own)/grants", body, as: town)
            #expect([403, 422].contains(refused.status), "\(body): \(refused.json)")
        }
        #expect(
            try await world.post("/v1/accounts/\(own)/grants", ["role": "auditor", "areas": ["c1"]], as: town).status
                == 201)
        let mine = try await world.get("/v1/session", as: town)
        guard case .text(let me)? = mine.json["session"]?["account"] else { return }
        #expect(
            try await world.post("/v1/accounts/\(me)/grants", ["role": "auditor", "areas": ["c1"]], as: town).status
                == 409, "nobody gives to themselves")
        for role in ["coordinator", "intake", "auditor", "approver0", "integration", "donor0"] {
            #expect(try await world.get("/v1/accounts", as: role).status == 403)
        }
    }

    @Test func whoHasLeftIsOutForGood() async throws {
        let world = try SignInWorld()
        let id = try await world.account("anna")
        let token = try await world.token("anna")
        #expect(try await world.post("/v1/accounts/\(id)/leave", ["reason": "left"], as: "admin").status == 200)
        #expect(try await world.get("/v1/wishes", as: token).status == 401)
        #expect(try await world.signIn("anna").status == 401)
        #expect(try await world.post("/v1/accounts/\(id)/unlock", ["reason": "left"], as: "admin").status == 409)
        #expect(try await world.post("/v1/accounts/\(id)/password", [:], as: "admin").status == 409)
        #expect(try await world.get("/v1/accounts/\(id)", as: "admin").json["state"] == "left")
    }

    @Test func whoIsErasedIsGoneAndNothingElseIs() async throws {
        let world = try SignInWorld()
        let id = try await world.account("anna")
        try await world.account("bert")
        let token = try await world.token("anna")
        let erased = try await world.post("/v1/persons/\(id)/erase", ["reason": "personAsked"], as: "admin")
        #expect(erased.status == 200, "\(erased.json)")
        #expect(try await world.get("/v1/wishes", as: token).status == 401)
        #expect(try await world.signIn("anna").status == 401)
        let left = try await world.get("/v1/accounts", as: "admin")
        #expect(left.items.map { $0["name"] } == ["bert", "–"], "\(left.json)")
        #expect(try await world.post("/v1/accounts", ["name": "anna"], as: "admin").status == 201, "the name is free")
    }

    @Test func everyActIsInTheHistoryAndNoNameInIt() async throws {
        let world = try SignInWorld()
        let id = try await world.account("canary-name")
        _ = try await world.signIn("canary-name", "wrong")
        let token = try await world.token("canary-name")
        _ = try await world.service.send(.delete, "/v1/session", as: token)
        _ = try await world.post("/v1/accounts/\(id)/lock", ["reason": "left"], as: "admin")
        let account = try #require(RecordID(id))
        let entries = try world.service.store.blockingRead { try $0.history(of: [account]) }
        #expect(
            entries.map(\.action.text).sorted() == [
                "account/create", "account/grant", "account/lock", "account/password", "note/keep", "session/begin",
                "session/end",
            ])
        let began = try #require(entries.first { $0.action == "session/begin" })
        #expect(began.actor == account && began.changes.contains { $0.field == "failed" && $0.after == .integer(1) })
        #expect(entries.filter { $0.action.text.hasPrefix("session") }.allSatisfy { $0.actor == account })
        #expect(!"\(entries)".contains("canary"))
    }

    /// What is secret stands in no row as it is.
    @Test func nothingSecretStandsInTheDatabase() async throws {
        let database = try TestDatabase.empty()
        let world = try SignInWorld(database: database)
        try await world.account("canary-name")
        let token = try await world.token("canary-name")
        let dump = try database.blockingRead { connection in
            try [
                "account", "account_password", "account_grant", "staff_session", "sign_in_count", "note", "key_use",
            ].flatMap { try connection.all("SELECT * FROM \($0)") }.flatMap(\.values).map { "\($0)" }.joined()
        }
        #expect(dump.contains("$argon2id$"), "it sees what there is")
        for secret in ["canary-name", SignInWorld.password, token, "10.0.0.1"] { #expect(!dump.contains(secret)) }
    }
}
