import AlmonerTesting
import Casework
import Foundation
import MatchCore
import Storage
import Synchronization
import Testing

@testable import WebAPI

/// Somebody who has signed in, and two nodes over one database on a server; see `TestDatabase`.
@Suite(.enabled(if: TestDatabase.server != nil)) struct NodeSessionsTests {
    /// How what somebody may do comes to its end on one node.
    enum Ending: String, CaseIterable, Sendable {
        case sessionEnded, signedOut, accountLocked, accountLeft, roleEnded, roleExpired
    }

    private struct Member {
        let account: RecordID
        let grant: RecordID
        let session: RecordID
        let token: String
    }

    /// The clock of both nodes.
    private final class Clock: Sendable {
        private let time = Mutex(TownStore.now)
        var moment: Moment { time.withLock { $0 } }
        func move(seconds: Int64) { time.withLock { $0 = $0.adding(milliseconds: seconds * 1_000) } }
    }

    private func signIn(_ name: String, in store: SQLCaseStore) throws -> Member {
        try store.blockingWrite { transaction in
            var random = SystemRandomNumberGenerator()
            var identifiers = IdentifierSource(random: SystemRandomNumberGenerator())
            let desk = CaseDesk(
                rules: try SampleRules.rules(), store: transaction, actor: .system, now: TownStore.now,
                newID: { identifiers.next(at: Timestamp(milliseconds: TownStore.now.milliseconds)) })
            let account = try desk.createAccount(
                try #require(SignInName(name)), key: desk.newID(), called: nil, hash: "none", oneTimeHours: 1)
            let grant = try desk.grant(
                AccessGrant(label: name, role: .coordinator, expiresAt: TownStore.now.adding(hours: 1)),
                to: account.id, by: Delegation(role: .admin), in: .empty)
            let (signedIn, token) = try desk.beginSession(
                of: account, under: grant.id, way: .password, attempt: nil, rules: .standard, random: &random)
            return Member(
                account: account.id, grant: grant.id, session: signedIn.session.id, token: token.text)
        }
    }

    private func request(
        _ method: String, _ path: String, as token: String, _ body: String? = nil
    ) -> String {
        var text = "\(method) \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer \(token)\r\n"
        if method != "GET" { text += "Idempotency-Key: \(UUID().uuidString)\r\n" }
        if let body { text += "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n" }
        return text + "\r\n" + (body ?? "")
    }

    /// What ends it, as the one who does it sends it.
    private func step(_ ending: Ending, _ member: Member, admin: String) -> String? {
        let account = "/v1/accounts/\(member.account)"
        let why = #"{"reason": "left"}"#
        return switch ending {
        case .sessionEnded: request("POST", "/v1/sessions/\(member.session)/end", as: admin, "{}")
        case .signedOut: request("DELETE", "/v1/session", as: member.token)
        case .accountLocked: request("POST", "\(account)/lock", as: admin, why)
        case .accountLeft: request("POST", "\(account)/leave", as: admin, why)
        case .roleEnded: request("POST", "\(account)/grants/\(member.grant)/revoke", as: admin, why)
        case .roleExpired: nil
        }
    }

    @Test(arguments: Ending.allCases)
    func whatEndsOnOneNodeEndsOnTheOtherWithinASecond(_ ending: Ending) async throws {
        try await withTestAddress { address in
            let clock = Clock()
            let first = try TownStore(at: address, clock: { clock.moment })
            let second = try TownStore(at: address, token: first.token, clock: { clock.moment })
            let member = try signIn("anna", in: first.store)
            let other = try signIn("berta", in: first.store)
            try await withEdge(first.router) { one in
                try await withEdge(second.router) { two in
                    func status(_ member: Member, _ port: Int) async throws -> Int {
                        Answered(try await exchange(request("GET", "/v1/offers", as: member.token), port: port)).status
                    }
                    // Both know both, several times over.
                    for port in [one, two, one, two] {
                        #expect(try await status(member, port) == 200)
                        #expect(try await status(other, port) == 200)
                    }
                    if let step = step(ending, member, admin: first.token) {
                        let made = Answered(try await exchange(step, port: one))
                        #expect((200..<300).contains(made.status), "\(ending): \(made.status) \(made.body)")
                    } else {
                        clock.move(seconds: 3_600)
                    }
                    let begun = ContinuousClock.now
                    #expect(try await status(member, one) == 401, "at once where it was done")
                    var took: Duration?
                    while took == nil, ContinuousClock.now - begun < .seconds(5) {
                        if try await status(member, two) == 401 { took = ContinuousClock.now - begun }
                    }
                    let within = try #require(took, "\(ending) is not known to the other node")
                    #expect(within < .seconds(1), "\(ending): \(within)")
                    // Nobody else is signed out.
                    if ending != .roleExpired {
                        for port in [one, two] { #expect(try await status(other, port) == 200) }
                    }
                }
            }
            try first.database.close()
            try second.database.close()
        }
    }
}
