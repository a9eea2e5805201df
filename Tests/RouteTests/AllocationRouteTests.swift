import AlmonerTesting
import Casework
import Foundation
import HTTPTypes
import MatchCore
import Operations
import PlanCheck
import Storage
import Synchronization
import Testing
import Wire

/// What a plan answers over HTTP.
@Suite struct AllocationRouteTests {
    @Test func aPlanComesWithTheProofThatTheVerifierAccepts() async throws {
        let service = try RouteService()
        let shown = try await service.send(
            .post, "/v1/allocations", ["proof": true, "complete": true], as: "coordinator")
        #expect(shown.status == 200 && shown.json["isComplete"] == true)
        let proof = try #require(shown.json["proof"])
        var document = try JSONDecoder().decode(PlanDocument.self, from: Data(WireEncoder().encode(proof)))
        try PlanVerifier.check(document)
        #expect(document.outcomes.count == 4 && document.making?.goals.count == 4)
        document.outcomes = []
        #expect(throws: PlanFault.self) { try PlanVerifier.check(document) }
        #expect(try await service.send(.post, "/v1/allocations", ["proof": true], as: "intake").status == 403)
    }

    // MARK: Applying

    private func claims(_ answer: RouteService.Answer) -> [JSONValue] {
        if case .list(let claims)? = answer.json["claims"] { claims } else { [] }
    }

    private func apply(
        _ shown: RouteService.Answer, _ terms: JSONValue = [:], to service: RouteService, key: String = "apply"
    ) async throws -> RouteService.Answer {
        let named: JSONValue = [
            "digest": .text(try #require(shown.text("digest"))), "asOf": .text(try #require(shown.text("asOf"))),
        ]
        return try await service.send(
            .post, "/v1/allocations/apply", terms.with(named), as: "coordinator", key: key)
    }

    @Test func aPlanThatWasShownIsAppliedMinutesLaterAndNotADayLater() async throws {
        let time = Mutex(RouteService.now)
        let service = try RouteService(clock: { time.withLock { $0 } })
        let submitted = Timestamp(milliseconds: RouteService.now.milliseconds - 3_600_000)
        try service.admit(
            Wish(
                key: RecordKey(source: "t", externalID: "NEW", id: RecordID(high: 3, low: 9)), submitted: submitted,
                place: Place(area: "c1"), lines: [WishLine(category: "fan", quantity: 5)]))
        let shown = try await service.send(.post, "/v1/allocations", [:], as: "coordinator")
        #expect(
            shown.status == 200 && !claims(shown).isEmpty
                && shown.text("asOf") == "\(Timestamp(milliseconds: RouteService.now.milliseconds))")
        let digest: JSONValue = ["digest": .text(try #require(shown.text("digest")))]

        time.withLock { $0 = RouteService.now.adding(milliseconds: 600_000) }
        // Who waits longer is more urgent: as of now it is another plan.
        let now = try await service.send(.post, "/v1/allocations/apply", digest, as: "coordinator", key: "now")
        #expect(now.status == 409)
        for (number, asOf) in ["2026-01-04T01:40:00Z", "2026-01-05T01:40:00.001Z", "9999-12-31T23:59:59Z"]
            .enumerated()
        {
            let other = try await service.send(
                .post, "/v1/allocations/apply", digest.with(["asOf": .text(asOf)]), as: "coordinator",
                key: "other\(number)")
            #expect(other.status == (number == 0 ? 409 : 422), "\(asOf)")
        }
        time.withLock { $0 = RouteService.now.adding(milliseconds: 86_400_001) }
        #expect(try await apply(shown, to: service, key: "late").status == 422)
        time.withLock { $0 = RouteService.now.adding(milliseconds: 600_000) }
        let applied = try await apply(shown, to: service)
        #expect(
            applied.status == 200 && applied.json["isApplied"] == true && applied.json["digest"] == digest["digest"])
        #expect(service.reports.isEmpty)
    }

    @Test func whatIsHeldBackStaysHeldBackInTheNextPlan() async throws {
        let service = try RouteService()
        let terms: JSONValue = ["reserve": 50]
        let first = try await service.send(.post, "/v1/allocations", terms, as: "coordinator")
        #expect(first.json["quantity"] == 10)
        #expect(try await apply(first, terms, to: service).status == 200)
        let second = try await service.send(.post, "/v1/allocations", terms, as: "coordinator")
        #expect(claims(second).isEmpty && second.status == 200)
        let third = try await service.send(.post, "/v1/allocations", ["reserve": 40], as: "coordinator")
        #expect(third.json["quantity"] == 2, "of ten each offer keeps four, and gave five")
    }

    private static func line(_ id: RecordID) -> LineReference { LineReference(id, 1) }

    /// Of the first offer two pieces are left, and the second wish waits for five of it, the third for its last two.
    private func waiting(_ service: RouteService, behind: Bool = false) throws {
        let (offer, wishes) = (Self.line(RouteService.offers[0]), RouteService.wishes.map(Self.line))
        try service.atDesk { desk in
            _ = try desk.propose(offer: offer, wish: wishes[0], quantity: 5)
            _ = try desk.propose(offer: offer, wish: wishes[2], quantity: 3)
            #expect(try desk.join(offer: offer, wish: wishes[1], quantity: 5, least: 5).claim == nil)
            if behind { #expect(try desk.join(offer: offer, wish: wishes[2], quantity: 2, least: 1).ahead == 1) }
        }
    }

    @Test func nobodyIsPlannedPastThoseWhoWait() async throws {
        let service = try RouteService()
        try waiting(service)
        try service.atDesk { try $0.pause(offer: RouteService.offers[1], reason: Reason("stocktaking")) }
        let shown = try await service.send(.post, "/v1/allocations", [:], as: "coordinator")
        #expect(shown.status == 200 && claims(shown).isEmpty)
        for key in ["1", "2"] {
            let applied = try await apply(shown, to: service, key: key)
            #expect(applied.status == 409 && applied.text("detail")?.contains("无需执行") == true)
        }
    }

    @Test func aPlanIsAppliedWholeAlthoughItEndsAWaitThatOthersWaitBehind() async throws {
        let service = try RouteService()
        try waiting(service, behind: true)
        let shown = try await service.send(.post, "/v1/allocations", [:], as: "coordinator")
        #expect(
            shown.json["quantity"] == 7
                && claims(shown).allSatisfy { $0["offer"] == .text("\(RouteService.offers[1])") })
        let applied = try await apply(shown, to: service)
        #expect(applied.status == 200, "\(applied.json)")
    }

    @Test func noMoreMoneyIsPlannedThanWasApproved() async throws {
        let service = try RouteService(rules: SampleRules.rules(paths: ["microWish": .sample]))
        let fund = try service.addFund(lines: 1)
        let wish = RecordID(high: 3, low: 9)
        try service.admit(
            Wish(
                key: RecordKey(source: "t", externalID: "BILL", id: wish), urgency: .critical, place: Place(area: "c1"),
                lines: [
                    WishLine(number: 1, category: nil, quantity: 20_000, unit: .fen),
                    WishLine(number: 2, category: nil, quantity: 70_000, unit: .fen, isWhole: true),
                    WishLine(number: 3, category: nil, quantity: 50_000, unit: .fen),
                ]))
        try service.atDesk { _ = try $0.open(wish, channel: .hotline12345) }
        let approval = try #require(try service.store.blockingRead { try $0.approval(ofWish: wish) })
        let approver = CaseActor(
            id: RecordID(high: 5, low: 1), role: .approver, authority: ApprovalAuthority(level: .town, limit: 5_000_000)
        )
        try service.atDesk { _ = try $0.act(approval.id, .revise(amount: 60_000, Reason("firstPart"))) }
        try service.atDesk(of: approver) { _ = try $0.act(approval.id, .approveFast(Reason("emergency"))) }
        let shown = try await service.send(.post, "/v1/allocations", [:], as: "coordinator")
        let money = claims(shown).filter { $0["offer"] == .text("\(fund)") }
        #expect(money.map { $0["wishLine"] } == [1, 3] && money.map { $0["quantity"] } == [20_000, 40_000])
        #expect(try await apply(shown, to: service).status == 200)
        let again = try await service.send(.post, "/v1/allocations", [:], as: "coordinator")
        #expect(!claims(again).contains { $0["offer"] == .text("\(fund)") })
    }

    private func wish(_ number: UInt64) -> Wish {
        Wish(
            key: RecordKey(source: "t", externalID: "W\(number)", id: RecordID(high: 3, low: number)),
            place: Place(area: "c1"), lines: [WishLine(category: "fan", quantity: 1)])
    }

    /// Measures no time until it was asked so often, and then an hour.
    private final class Stopwatch: Sendable {
        private let start = ContinuousClock.now
        private let state = Mutex((asked: 0, limit: Int.max))
        private let next = Mutex<(@Sendable () -> Void)?>(nil)

        var asked: Int { state.withLock { $0.asked } }

        func begin(until limit: Int = .max) { state.withLock { $0 = (0, limit) } }

        /// Does something as soon as it is asked, once: then a plan is being made.
        func whenAsked(_ body: @escaping @Sendable () -> Void) { next.withLock { $0 = body } }

        func now() -> ContinuousClock.Instant {
            let body = next.withLock { next in
                defer { next = nil }
                return next
            }
            body?()
            return state.withLock { state in
                state.asked += 1
                return state.asked > state.limit ? start + .seconds(3_600) : start
            }
        }
    }

    /// Whether somebody else comes to write before long.
    private static func writes(_ body: @escaping @Sendable () throws -> Void) -> Bool {
        let done = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            if (try? body()) != nil { done.signal() }
        }
        return done.wait(timeout: .now() + 10) == .success
    }

    @Test func whoeverWritesDoesNotWaitForAPlanThatIsApplied() async throws {
        let watch = Stopwatch()
        let service = try RouteService(stopwatch: watch.now)
        let hasWritten = Mutex(false)
        func whilePlanning(_ body: @escaping @Sendable () throws -> Void) {
            hasWritten.withLock { $0 = false }
            watch.whenAsked {
                let wrote = Self.writes(body)
                hasWritten.withLock { $0 = wrote }
            }
        }
        let shown = try await service.send(.post, "/v1/allocations", [:], as: "coordinator")
        let added = wish(8)
        whilePlanning { try service.admit(added) }
        #expect(try await apply(shown, to: service, key: "wish").status == 409)
        #expect(hasWritten.withLock { $0 })
        let claims = try await service.send(.get, "/v1/claims", as: "coordinator")
        #expect(claims.json["items"] == .list([]))

        // A change that no plan hangs on is looked past.
        let again = try await service.send(.post, "/v1/allocations", [:], as: "coordinator")
        whilePlanning { try service.renameFirstParty() }
        let applied = try await apply(again, to: service, key: "party")
        #expect(applied.status == 200 && applied.json["isApplied"] == true, "\(applied.json)")
        #expect(hasWritten.withLock { $0 })

        // Who asks once more is answered as before, and nothing is planned for it.
        watch.begin()
        let replayed = try await apply(again, to: service, key: "party")
        #expect(replayed.status == 200 && replayed.json == applied.json && watch.asked == 0)
        #expect(try await apply(again, to: service, key: "other").status == 409)
    }

    @Test func aPlanThatItsDeadlineCutIsAppliedAsItWasShown() async throws {
        let watch = Stopwatch()
        let service = try RouteService(stopwatch: watch.now)
        let terms: JSONValue = ["areaShare": 50]
        func show(until limit: Int) async throws -> RouteService.Answer {
            watch.begin(until: limit)
            return try await service.send(.post, "/v1/allocations", terms, as: "coordinator")
        }
        // The last moment at which it can still be cut: everything is ranked by then.
        var limit = 1
        while try await show(until: limit).json["isCut"] == true, limit < 1_000 { limit += 1 }
        let shown = try await show(until: limit - 1)
        try #require(shown.json["isCut"] == true && !claims(shown).isEmpty, "after \(limit)")
        // Made anew, it would be cut elsewhere: told so, and nothing is claimed.
        watch.begin(until: 1)
        let other = try await apply(shown, terms.with(["seconds": 21]), to: service, key: "other")
        #expect(other.status == 409 && other.text("detail")?.contains("seconds") == true, "\(other.json)")
        let none = try await service.send(.get, "/v1/claims", as: "coordinator")
        #expect(none.json["items"] == .list([]))

        let once = try await show(until: limit - 1)
        #expect(once.text("digest") == shown.text("digest"))
        watch.begin()
        let applied = try await apply(once, terms, to: service)
        #expect(applied.status == 200 && applied.json["isCut"] == true, "\(applied.json)")
        #expect(claims(applied).count == claims(shown).count)
    }

    @Test func aPlanIsBegunByReadingAloneAndHeldAgainstTheRegistryInTheChange() async throws {
        let service = try RouteService()
        let shown = try await service.send(.post, "/v1/allocations", [:], as: "coordinator")
        let input: JSONValue = [
            "digest": .text(try #require(shown.text("digest"))), "asOf": .text(try #require(shown.text("asOf"))),
        ]
        let (apply, room, store) = (AnyOperation(AllocationOperations.apply), service.room, service.store)
        let viewer = Viewer(actor: .system)
        func context(_ transaction: any CaseTransaction, _ worked: (any Sendable)? = nil) -> OperationContext {
            var context = room.context(in: transaction, for: viewer)
            context.worked = worked
            return context
        }
        // It is begun by reading alone, and made in no transaction: this write waits for neither.
        #expect(apply.looksFirst)
        let work = try #require(try store.blockingRead { try apply.groundwork(input, in: context($0)) })
        try service.admit(wish(9))
        let worked = try await work()
        #expect(throws: RegistryTouched.self) {
            try store.blockingWrite { try apply.run(input, in: context($0, worked)) }
        }
        // A wrong digest is told of without another look.
        let wrong = input.with(["digest": "0123456789abcdef"])
        #expect(throws: Problem.self) {
            try store.blockingWrite { try apply.run(wrong, in: context($0, worked)) }
        }
        let claims = try await service.send(.get, "/v1/claims", as: "coordinator")
        #expect(claims.json["items"] == .list([]))
        // Over HTTP it is looked at again: by now it is another plan.
        #expect(try await self.apply(shown, to: service, key: "touched").status == 409)
    }

    @Test func whoTouchesTheRegistryOnceIsLookedPast() async throws {
        var looks = 0
        let result = try await RegistryTouched.lookingAgain {
            looks += 1
            if looks < 3 { throw RegistryTouched() }
            return looks
        }
        #expect(result == 3)
        await #expect(throws: Problem.self) {
            try await RegistryTouched.lookingAgain { () -> Int in throw RegistryTouched() }
        }
    }

    @Test func aGuaranteeThatCannotBeKeptIsNamed() async throws {
        let service = try RouteService()
        for id in RouteService.offers {
            try service.atDesk { try $0.pause(offer: id, reason: Reason("stocktaking")) }
        }
        let shown = try await service.send(.post, "/v1/allocations", ["areaShare": 50], as: "coordinator")
        guard case .list(let short)? = shown.json["shortShares"] else { return #expect(Bool(false), "no shares") }
        #expect(short.count == 2)
        #expect(short.first == ["area": "c1", "unit": "piece", "guaranteed": 5, "reached": 0, "mayGrow": false])
    }
}

extension RouteService {
    func atDesk(of actor: CaseActor = .system, _ body: (CaseDesk) throws -> Void) throws {
        try store.blockingWrite { try body(room.context(in: $0, for: Viewer(actor: actor)).desk()) }
    }

    func admit(_ wish: Wish) throws {
        try atRegistrar { _ = try $0.admit(wish) }
    }

    func renameFirstParty() throws {
        let id = Self.parties[0]
        try atRegistrar {
            _ = try $0.admit(
                Party(id: id, kind: .fund), key: RecordKey(source: "t", externalID: "P0", id: id), name: "Another name")
        }
    }

    private func atRegistrar(_ body: (Registrar) throws -> Void) throws {
        try store.blockingWrite { store in
            let context = room.context(in: store, for: Viewer(actor: .system))
            try body(
                Registrar(
                    transaction: store,
                    admission: Admission(areas: context.reference.areas, categories: context.reference.categories),
                    desk: try context.desk()))
        }
    }
}
