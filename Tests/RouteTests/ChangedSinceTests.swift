import Casework
import HTTPTypes
import MatchCore
import Synchronization
import Testing
import Wire

/// Lists of what took a step since a moment, so that another system reads no more than it has to.
@Suite struct ChangedSinceTests {
    private let clock = Clock()
    private let later = RouteService.now.adding(milliseconds: 60_000)

    private func service() throws -> RouteService {
        let service = try RouteService(clock: { [clock] in clock.now.withLock { $0 } })
        clock.now.withLock { $0 = later }
        return service
    }

    private func ids(
        _ service: RouteService, _ list: String, since moment: Moment, as role: String = "coordinator"
    ) async throws -> Set<String> {
        let time = Timestamp(milliseconds: moment.milliseconds)
        let answer = try await service.send(.get, "/v1/\(list)?changedSince=\(time)", as: role)
        #expect(answer.status == 200, "\(list)")
        return Set(
            answer.items.compactMap { item in
                guard case .text(let id)? = item["record"]?["id"] ?? item["id"] else { return nil }
                return id
            })
    }

    @Test func aClaimChangesItsWishItsOfferAndItsParty() async throws {
        let service = try service()
        for list in ["wishes", "offers", "parties"] {
            #expect(try await ids(service, list, since: RouteService.now).count >= 2, "\(list): all are new")
            #expect(try await ids(service, list, since: later).isEmpty, "\(list)")
        }
        let made = try await service.send(
            .post, "/v1/claims",
            ["offer": .text("\(RouteService.offers[1])"), "wish": .text("\(RouteService.wishes[0])"), "quantity": 1],
            as: "coordinator", key: "1")
        #expect(made.status == 201)
        #expect(try await ids(service, "wishes", since: later) == ["\(RouteService.wishes[0])"])
        #expect(try await ids(service, "offers", since: later) == ["\(RouteService.offers[1])"])
        #expect(try await ids(service, "parties", since: later) == ["\(RouteService.parties[1])"])
        let behind = later.adding(milliseconds: 1)
        for list in ["wishes", "offers", "parties"] { #expect(try await ids(service, list, since: behind).isEmpty) }
    }

    @Test func theApprovalOfAWishChangesIt() async throws {
        let service = try service()
        let opened = try await service.send(
            .post, "/v1/cases", ["wish": .text("\(RouteService.wishes[1])"), "channel": "phone"], as: "intake", key: "1"
        )
        #expect(opened.status == 201)
        let next = later.adding(milliseconds: 60_000)
        clock.now.withLock { $0 = next }
        let approval = try await service.send(.get, "/v1/cases/\(RouteService.wishes[1])/approval", as: "intake")
        let revised = try await service.send(
            .post, "/v1/approvals/\(try #require(approval.text("id")))/revise",
            ["amount": 60_000, "reason": "estimate"],
            as: "coordinator", key: "2")
        #expect(revised.status == 200)
        #expect(try await ids(service, "wishes", since: next) == ["\(RouteService.wishes[1])"])
    }

    @Test func whenAFileMovedIsShownToThoseAloneWhoReadItsHistory() async throws {
        let service = try service()
        let made = try await service.send(
            .post, "/v1/claims",
            ["offer": .text("\(RouteService.offers[1])"), "wish": .text("\(RouteService.wishes[0])"), "quantity": 1],
            as: "coordinator", key: "1")
        #expect(made.status == 201)
        #expect(try await ids(service, "wishes", since: RouteService.now, as: "donor0").isEmpty)
        #expect(
            try await ids(service, "offers", since: RouteService.now, as: "donor0") == ["\(RouteService.offers[0])"])
        #expect(try await ids(service, "offers", since: later, as: "donor0").isEmpty)
    }

    @Test func aMomentThatIsNoneIsRefused() async throws {
        let answer = try await service().send(.get, "/v1/wishes?changedSince=yesterday", as: "coordinator")
        #expect(answer.status == 400 || answer.status == 422)
    }
}

private final class Clock: Sendable {
    let now = Mutex(RouteService.now)
}
