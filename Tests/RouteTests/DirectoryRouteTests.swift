import AlmonerTesting
import Casework
import HTTPTypes
import MatchCore
import Operations
import Storage
import Testing
import Wire

/// Staff sign in through the town's directory, which says who they are and gives no rights; whoever lies is not believed.
@Suite struct DirectoryRouteTests {
    private struct Town {
        let world: SignInWorld
        let directory: SmallDirectory

        init(_ change: (inout DirectoryRules) -> Void = { _ in }) throws {
            let clock = MovingClock()
            let directory = try SmallDirectory(clock: { clock.moment })
            var rules = directory.rules
            change(&rules)
            self.directory = directory
            world = try SignInWorld(
                SignInRules(directory: rules), clock: clock, directorySecret: SmallDirectory.secret)
        }

        /// Begins; returns the handle and where to go.
        func begin() async throws -> (handle: String, address: String) {
            let begun = try await world.post("/v1/session/directory", [:])
            guard let handle = begun.text("handle"), let address = begun.text("address") else {
                throw Problem(.conflict, "\(begun.json)", zhHans: "")
            }
            return (handle, address)
        }

        func finish(
            _ handle: String, _ state: String, _ code: String, secondFactor: String? = nil
        ) async throws -> RouteService.Answer {
            var body = JSONObject([("handle", .text(handle)), ("state", .text(state)), ("code", .text(code))])
            if let secondFactor { body["secondFactor"] = .text(secondFactor) }
            return try await world.post("/v1/session/directory/finish", .object(body))
        }

        /// There and back.
        func signIn(secondFactor: String? = nil) async throws -> RouteService.Answer {
            let (handle, address) = try await begin()
            let back = try directory.visit(address)
            return try await finish(handle, back.state, back.code, secondFactor: secondFactor)
        }
    }

    @Test func theFirstLinkIsAnAdminsAndTheRightsAreOurs() async throws {
        let town = try Town()
        let id = try await town.world.account("anna")
        let first = try await town.signIn()
        let identity = try #require(first.text("identity"))
        #expect(first.status == 200 && first.json["token"] == nil, "nobody knows whose it is")
        #expect(try await town.signIn().text("identity") == identity, "and it is asked for once")
        let waiting = try await town.world.get("/v1/identities", as: "admin")
        #expect(waiting.items.count == 1 && waiting.items[0]["account"] == nil)
        #expect(!"\(waiting.json)".contains("subject-1"))
        let linked = try await town.world.post(
            "/v1/identities/\(identity)/link", ["account": .text(id)], as: "admin")
        #expect(linked.status == 200, "\(linked.json)")
        let second = try await town.signIn()
        let token = try #require(second.text("token"), "\(second.json)")
        #expect(second.json["signedIn"]?["role"] == "coordinator")
        #expect(try await town.world.get("/v1/wishes", as: token).items.count == 2, "those of its areas")
        #expect(
            try await town.world.post(
                "/v1/identities/\(identity)/unlink", ["reason": "left"], as: "admin"
            ).status == 200)
        #expect(try await town.world.get("/v1/wishes", as: token).status == 401)
        #expect(try await town.signIn().text("token") == nil)
    }

    @Test func itsKeysMayBeOfEitherKind() async throws {
        let town = try Town { $0.nameClaim = "preferred_username" }
        try await town.world.account("anna")
        for signer in [SmallDirectory.Signer.rsa, .p256] {
            town.directory.behave {
                $0.signer = signer
                $0.claims = ["preferred_username": "Anna"]
            }
            #expect(try await town.signIn().text("token") != nil, "\(signer)")
        }
    }

    @Test func aDeclaredClaimLinksByItselfButNeverTwoPeopleToOneAccount() async throws {
        let town = try Town { $0.nameClaim = "preferred_username" }
        let id = try await town.world.account("anna")
        town.directory.behave { $0.claims = ["preferred_username": "anna"] }
        #expect(try await town.signIn().text("token") != nil)
        town.directory.behave { $0.subject = "somebody else who was given the name" }
        #expect(try await town.signIn().status == 409)
        town.directory.behave { $0.claims = ["preferred_username": "nobody here"] }
        #expect(try await town.signIn().text("token") == nil)
        town.directory.behave { $0.subject = "subject-1" }
        #expect(try await town.signIn().text("token") != nil, "the subject counts, whatever the name becomes")
        _ = try await town.world.post("/v1/accounts/\(id)/lock", ["reason": "left"], as: "admin")
        #expect(try await town.signIn().status == 401)
    }

    /// What the claim says does not count where it is not declared.
    @Test func withoutADeclaredClaimNobodyIsLinkedByName() async throws {
        let town = try Town()
        try await town.world.account("anna")
        town.directory.behave { $0.claims = ["preferred_username": "anna", "role": "admin"] }
        #expect(try await town.signIn().text("token") == nil)
    }

    struct Lie: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let tell: @Sendable (inout SmallDirectory.Manner) -> Void

        init(_ how: String, _ tell: @escaping @Sendable (inout SmallDirectory.Manner) -> Void) {
            testDescription = how
            self.tell = tell
        }
    }

    static let now = RouteService.now.milliseconds / 1_000
    static let lies: [Lie] = [
        Lie("another nonce") { $0.claims["nonce"] = "another" },
        Lie("no nonce") { $0.claims["nonce"] = .some(.null) },
        Lie("another audience") { $0.claims["aud"] = "somebody" },
        Lie("several audiences, made for another") {
            $0.claims["aud"] = ["almoner", "other"]
            $0.claims["azp"] = "other"
        },
        Lie("several audiences, made for nobody") { $0.claims["aud"] = ["almoner", "other"] },
        Lie("made for another") { $0.claims["azp"] = "other" },
        Lie("no audience") { $0.claims["aud"] = .some(.null) },
        Lie("another issuer") { $0.claims["iss"] = "https://login.example.org" },
        Lie("expired") { $0.claims["exp"] = .integer(now - 61) },
        Lie("no end") { $0.claims["exp"] = .some(.null) },
        Lie("an end that is no number") { $0.claims["exp"] = "tomorrow" },
        Lie("not yet") { $0.claims["nbf"] = .integer(now + 120) },
        Lie("made tomorrow") { $0.claims["iat"] = .integer(now + 120) },
        Lie("made long ago") { $0.claims["iat"] = .integer(now - 7_200) },
        Lie("no subject") { $0.claims["sub"] = .some(.null) },
        Lie("signed by nobody") { $0.signer = .nobody },
        Lie("none in other letters") {
            $0.signer = .nobody
            $0.header["alg"] = "nOnE"
        },
        Lie("no signature under an honest name") {
            $0.signer = .nobody
            $0.header["alg"] = "RS256"
        },
        Lie("a shared secret") { $0.signer = .shared },
        Lie("a stranger's key under a known id") { $0.signer = .stranger },
        Lie("the other kind of key") { $0.header["alg"] = "ES256" },
        Lie("an id that is not known") { $0.header["kid"] = "new" },
        Lie("no id, and a stranger's key") {
            $0.signer = .stranger
            $0.header["kid"] = .some(.null)
        },
        Lie("what has to be understood and is not") { $0.header["crit"] = ["exp"] },
        Lie("no keys") { $0.omitsKey = true },
    ]

    @Test(arguments: lies)
    func whoeverLiesIsNotBelieved(lie: Lie) async throws {
        let town = try Town { $0.nameClaim = "preferred_username" }
        try await town.world.account("anna")
        town.directory.behave {
            $0.claims["preferred_username"] = "anna"
            lie.tell(&$0)
        }
        let answer = try await town.signIn()
        #expect(answer.status == 401, "\(lie.testDescription): \(answer.json)")
        #expect(answer.text("token") == nil && answer.text("identity") == nil)
        town.directory.behave { $0 = SmallDirectory.Manner() }
        #expect(try await town.world.get("/v1/identities", as: "admin").items.isEmpty, "and nobody waits to be linked")
    }

    @Test func aWayIsGoneOnce() async throws {
        let town = try Town { $0.nameClaim = "preferred_username" }
        try await town.world.account("anna")
        town.directory.behave { $0.claims = ["preferred_username": "anna"] }
        let (handle, address) = try await town.begin()
        let back = try town.directory.visit(address)
        #expect(!address.contains(handle), "what the address tells does not do")
        #expect(back.query["state"] != back.query["nonce"] && back.query["code_challenge"] != back.query["nonce"])
        #expect(try await town.finish(handle, back.state, back.code).text("token") != nil)
        #expect(try await town.finish(handle, back.state, back.code).status == 401, "not twice")
        // With another's state, another's code, or too late.
        let (second, secondAddress) = try await town.begin()
        let secondBack = try town.directory.visit(secondAddress)
        #expect(try await town.finish(second, back.state, secondBack.code).status == 401, "another's state")
        #expect(try await town.finish(second, secondBack.state, secondBack.code).status == 401, "and it was used up")
        let (third, thirdAddress) = try await town.begin()
        let thirdBack = try town.directory.visit(thirdAddress)
        #expect(try await town.finish(third, thirdBack.state, secondBack.code).status == 401, "a code of another way")
        let (fourth, fourthAddress) = try await town.begin()
        let fourthBack = try town.directory.visit(fourthAddress)
        town.world.clock.move(minutes: 10)
        #expect(try await town.finish(fourth, fourthBack.state, fourthBack.code).status == 401, "too late")
        town.world.clock.move(minutes: 5)
        let unknown = "alm_" + String(repeating: "A", count: 43)
        #expect(try await town.finish(unknown, fourthBack.state, fourthBack.code).status == 401)
    }

    @Test func itsKeysMayChangeAndMadeUpTokensAskItNothing() async throws {
        let town = try Town { $0.nameClaim = "preferred_username" }
        try await town.world.account("anna")
        town.directory.behave { $0.claims = ["preferred_username": "anna"] }
        #expect(try await town.signIn().text("token") != nil)
        #expect(try await town.signIn().text("token") != nil)
        #expect(town.directory.asked("/keys") == 1 && town.directory.asked("/.well-known/openid-configuration") == 1)
        town.directory.behave { $0.header = ["kid": "made up"] }
        for _ in 0..<3 { #expect(try await town.signIn().status == 401) }
        #expect(town.directory.asked("/keys") == 1, "not within half a minute of the last time")
    }

    @Test func whatItSaysOfItselfHasToFit() async throws {
        for described in [
            ["issuer": "https://login.example.org"], ["token_endpoint": "https://elsewhere.example.org/token"],
            ["token_endpoint": "http://127.0.0.1.example.org/token"], ["jwks_uri": "file:///etc/passwd"],
            ["authorization_endpoint": .null],
        ] as [[String: JSONValue]] {
            let town = try Town()
            town.directory.behave { $0.described = described }
            let refused = try await town.world.post("/v1/session/directory", [:])
            #expect(refused.status == 503, "\(described): \(refused.json)")
        }
        let without = try SignInWorld()
        #expect(try await without.post("/v1/session/directory", [:]).status == 404)
    }

    @Test func aSecondFactorIsOursUnlessTheDirectorysIsTrusted() async throws {
        for isTrusted in [false, true] {
            let town = try Town {
                $0.nameClaim = "preferred_username"
                $0.trustsSecondFactor = isTrusted
            }
            let id = try await town.world.account("anna")
            try town.world.service.store.blockingWrite { store in
                let code = TimeCode(secret: Array(1...20))
                try store.setSecondFactor(
                    SecondFactor(code: code, confirmedAt: RouteService.now), of: try #require(RecordID(id)))
            }
            town.directory.behave { $0.claims = ["preferred_username": "anna"] }
            #expect(try await town.signIn().status == 401, "it asked for no second factor")
            town.directory.behave { $0.claims["amr"] = ["pwd", "otp"] }
            #expect(try await town.signIn().status == (isTrusted ? 200 : 401))
            let code = TimeCode(secret: Array(1...20)).code(at: TimeCode.step(at: town.world.clock.moment))
            #expect(try await town.signIn(secondFactor: code).status == 200)
        }
    }
}
