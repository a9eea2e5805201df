import Casework
import HTTPTypes
import MatchCore
import Operations
import Storage
import Testing
import Wire

/// Every operation × every role × own, other area, moved, revoked, expired; what is expected comes from the table of
/// access alone.
@Suite struct AccessMatrixTests {
    private let unknown = RecordID(high: 99, low: 99)
    private var operations: [AnyOperation] {
        OperationList.all.filter { operation in
            if case .intake? = operation.stream { return false }
            return true
        }
    }

    @Test func whoHasNoRowIsRefusedWhateverIsNamed() async throws {
        let world = try await AccessWorld()
        var refused = 0
        for operation in operations {
            for role in Role.allCases where !operation.facts.roles.contains(role) {
                let outcome = world.call(
                    operation, try world.input(operation, .own), as: world.viewer(role, calling: operation))
                #expect(outcome.isRefused, "\(role) \(operation.facts.id): \(outcome)")
                refused += 1
            }
        }
        #expect(refused > 500)
    }

    /// What the table hides answers as if it were not there: the same problem, the same words, the same bytes.
    @Test func whatIsNotYoursIsNotThere() async throws {
        let world = try await AccessWorld()
        try compareWithNothing(world, "other area") { world, kind in world.ids[.other]?[kind] }
    }

    @Test func whatMovedAwayIsNotThereAnyMore() async throws {
        let world = try await AccessWorld()
        let wishes = [world.ids[.own]?[.wish], world.drafts[.own]].compactMap { $0 }
        for (number, wish) in wishes.enumerated() {
            let moved = try await world.service.send(
                .patch, "/v1/wishes/\(wish)", ["place": ["area": "c2"]], as: "coordinator", key: "m\(number)",
                headers: [HTTPField.Name("If-Match")!: "*"])
            try #require(moved.status == 200, "\(moved.json)")
        }
        let followers: Set<AccessWorld.Kind> = [.wish, .secondWish, .claim, .approval]
        try compareWithNothing(world, "moved", followers, staffOnly: true) { world, kind in world.ids[.own]?[kind] }
    }

    private func compareWithNothing(
        _ world: AccessWorld, _ what: String, _ kinds: Set<AccessWorld.Kind> = Set(AccessWorld.Kind.allCases),
        staffOnly: Bool = false, _ hidden: (AccessWorld, AccessWorld.Kind) -> RecordID?
    ) throws {
        var compared = 0
        for operation in operations {
            for kind in try world.kinds(operation) where kinds.contains(kind) {
                guard let id = hidden(world, kind) else { continue }
                for role in Role.allCases where operation.facts.roles.contains(role) {
                    let viewer = world.viewer(role, calling: operation)
                    guard !staffOnly || viewer.isStaff, !world.isShown(kind, to: viewer, isOwn: false) else { continue }
                    let there = world.call(
                        operation, try world.input(operation, .own, swapping: (kind, id)), as: viewer)
                    let nowhere = world.call(
                        operation, try world.input(operation, .own, swapping: (kind, unknown)), as: viewer)
                    let ids = [id, unknown]
                    #expect(
                        there.without(ids) == nowhere.without(ids),
                        "\(what): \(role) \(operation.facts.id) tells a \(kind) from nothing: \(there) / \(nowhere)")
                    compared += 1
                }
            }
        }
        #expect(compared > 50, "\(what): \(compared)")
    }

    @Test func whatIsOnesOwnIsThere() async throws {
        let world = try await AccessWorld()
        var seen = 0
        for operation in operations where !operation.facts.changes {
            let record = operation.facts.record
            let kinds = try world.kinds(operation)
            for role in Role.allCases where operation.facts.roles.contains(role) {
                let viewer = world.viewer(role, calling: operation)
                let standing = AccessStanding(
                    isOwn: true, isWithin: true, isUnlimited: viewer.areas.isEmpty)
                // What is proposed from a person's words is there for those who read the words.
                let part: AccessPart = operation.facts.id == "inbox.propose" ? .words : .existence
                let isReached = [AccessStage.always, .published].contains {
                    AccessTable.standard.parts(of: record, at: $0, for: role, standing).contains(part)
                }
                let isShown = isReached && kinds.allSatisfy { world.isShown($0, to: viewer, isOwn: true) }
                let outcome = world.call(operation, try world.input(operation, .own), as: viewer)
                #expect(!outcome.isRefused || !isShown, "\(role) \(operation.facts.id): \(outcome)")
                guard isShown, !kinds.isEmpty, record != .person else { continue }
                #expect(!outcome.isHidden, "\(role) \(operation.facts.id): \(outcome)")
                seen += 1
            }
        }
        #expect(seen > 60, "\(seen)")
    }

    /// What is of the whole program is for those who work on all of it, admins too.
    @Test func whoWorksInSomeAreasSeesNothingOfTheWholeProgram() async throws {
        let world = try await AccessWorld()
        func parts(_ record: AccessRecord, _ role: Role, isUnlimited: Bool) -> AccessParts {
            AccessTable.standard.parts(of: record, for: role, AccessStanding(isWithin: true, isUnlimited: isUnlimited))
        }
        var hidden: Set<String> = []
        var shown: Set<String> = []
        for operation in operations where !operation.facts.changes {
            let record = operation.facts.record
            for role in Role.allCases where operation.facts.roles.contains(role) {
                guard parts(record, role, isUnlimited: false).isEmpty, !parts(record, role, isUnlimited: true).isEmpty
                else { continue }
                let limited = world.viewer(role, calling: operation)
                guard !limited.areas.isEmpty else { continue }
                let input = try world.input(operation, .own)
                let outcome = world.call(operation, input, as: limited)
                let isNothing =
                    outcome.problem.map { $0 != .internalError } ?? outcome.text.contains(#""items":[]"#)
                #expect(isNothing, "\(role) of c1 \(operation.facts.id): \(outcome)")
                hidden.insert("\(role) \(operation.facts.id)")
                let whole = world.call(operation, input, as: Viewer(actor: limited.actor, areas: [], language: .en))
                if whole.problem == nil, whole != outcome { shown.insert("\(role) \(operation.facts.id)") }
            }
        }
        #expect(hidden.contains("admin sealing.show") && hidden.contains("admin openings.list"), "\(hidden.sorted())")
        // Who works on all of it sees it: else nothing would be proved.
        #expect(shown.isSuperset(of: ["admin matches.verify", "admin openings.list"]), "\(shown.sorted())")
    }

    @Test func aKeyThatWasRevokedOrEndedOrHasNotBegunOpensNothing() async throws {
        let service = try RouteService()
        var tokens: [(String, String)] = []
        for role in Role.allCases where role != .guest && role != .recipient {
            let party = [.donor, .carrier, .fitter].contains(role) ? RouteService.parties[0] : nil
            let authority = role == .approver ? ApprovalAuthority(level: .town, limit: 1) : nil
            func make(_ label: String, starts: Moment? = nil) throws -> (AccessKey, AccessToken) {
                try service.store.blockingWrite { store in
                    var random = SystemRandomNumberGenerator()
                    let context = service.room.context(in: store, for: Viewer(actor: .system))
                    let made = try context.desk().createKey(
                        AccessGrant(
                            label: label, role: role, party: party, authority: authority, startsAt: starts),
                        random: &random)
                    return (made.key, made.token)
                }
            }
            let revoked = try make("revoked")
            let live = try await service.send(.get, "/v1/areas", as: revoked.1.text)
            #expect(live.status == 200, "\(role)")
            try service.store.blockingWrite { try $0.revokeKey(revoked.0.id, at: RouteService.now) }
            tokens.append(("revoked \(role)", revoked.1.text))
            let early = try make("early", starts: RouteService.now.adding(milliseconds: 1))
            tokens.append(("early \(role)", early.1.text))
            let number = UInt64(tokens.count)
            let ended = try service.store.blockingWrite { store in
                var random = SystemRandomNumberGenerator()
                let token = AccessToken(random: &random)
                let id = RecordID(high: 70, low: number)
                try store.insert(
                    AccessKey(
                        id: id, hash: token.hash, label: "ended", role: role, holder: id, party: party,
                        authority: authority, createdAt: Moment(milliseconds: 0), expiresAt: RouteService.now))
                return token
            }
            tokens.append(("ended \(role)", ended.text))
        }
        for operation in OperationList.all {
            let path = operation.facts.segments.map { segment in
                switch segment {
                case .word(let word): word
                case .member: "\(unknown)"
                }
            }.joined(separator: "/")
            let method = HTTPRequest.Method(rawValue: operation.facts.method.rawValue) ?? .get
            for (name, token) in tokens {
                let answer = try await service.send(method, "/" + path, as: token, key: "k")
                #expect(answer.status == 401, "\(name) \(operation.facts.id): \(answer.status)")
            }
        }
    }
}
