import Casework
import HTTPTypes
import MatchCore
import Operations
import Storage
import Synchronization
import Testing
import Wire

/// A service whose staff sign in, and a clock that a test moves.
final class SignInWorld: Sendable {
    static let password = "seven quiet herons wade"
    let service: RouteService
    let clock: MovingClock
    private let keys = Mutex(0)

    init(
        _ rules: SignInRules = .standard, database: (any Database)? = nil, clock: MovingClock = MovingClock(),
        directorySecret: String? = nil
    ) throws {
        self.clock = clock
        service = try RouteService(
            database: database, signIn: rules, directorySecret: directorySecret, clock: { clock.moment })
    }

    func post(
        _ path: String, _ body: JSONValue, as token: String? = nil, from client: String = "10.0.0.1"
    ) async throws -> RouteService.Answer {
        let key = keys.withLock { keys in
            keys += 1
            return "key\(keys)"
        }
        return try await service.send(.post, path, body, as: token, key: key, from: client)
    }

    /// Makes an account with a role, and the password of all tests; returns its id.
    @discardableResult
    func account(
        _ name: String, _ role: String = "coordinator", areas: [String] = ["c1"], by admin: String = "admin"
    ) async throws -> String {
        let made = try await post("/v1/accounts", ["name": .text(name)], as: admin)
        guard made.status == 201, case .text(let id)? = made.json["account"]?["id"] else {
            throw Problem(.conflict, "\(made.json)", zhHans: "")
        }
        let granted = try await post(
            "/v1/accounts/\(id)/grants", ["role": .text(role), "areas": .list(areas.map { .text($0) })], as: admin)
        #expect(granted.status == 201, "\(granted.json)")
        let changed = try await post(
            "/v1/session/password",
            [
                "name": .text(name), "password": made.json["password"] ?? .null,
                "newPassword": .text(Self.password),
            ])
        #expect(changed.status == 200, "\(changed.json)")
        return id
    }

    func signIn(
        _ name: String, _ password: String = SignInWorld.password, code: String? = nil, grant: String? = nil,
        from client: String = "10.0.0.1"
    ) async throws -> RouteService.Answer {
        var body = JSONObject([("name", .text(name)), ("password", .text(password))])
        if let code { body["code"] = .text(code) }
        if let grant { body["grant"] = .text(grant) }
        return try await post("/v1/session", .object(body), from: client)
    }

    /// Signs in and returns the token.
    func token(_ name: String, code: String? = nil) async throws -> String {
        let answer = try await signIn(name, code: code)
        return try #require(answer.text("token"), "\(answer.json)")
    }

    func get(_ path: String, as token: String?) async throws -> RouteService.Answer {
        try await service.send(.get, path, as: token, from: "10.0.0.1")
    }
}

/// A clock that stands still until it is moved.
final class MovingClock: Sendable {
    private let time = Mutex(RouteService.now)
    var moment: Moment { time.withLock { $0 } }
    func move(seconds: Int64) { time.withLock { $0 = $0.adding(milliseconds: seconds * 1_000) } }
    func move(minutes: Int64) { move(seconds: minutes * 60) }
}
