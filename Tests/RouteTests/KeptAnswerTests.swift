import Casework
import HTTPTypes
import MatchCore
import Operations
import Storage
import Synchronization
import Testing
import Wire

/// Answers that are given again: never to somebody else, and never from before a change.
@Suite struct KeptAnswerTests {
    private static let ranking = "/v1/wishes/\(RouteService.wishes[0])/matches?explain=true&limit=1"

    /// When the scorers took the time for their answer.
    private func asOf(_ answer: RouteService.Answer) throws -> JSONValue {
        guard case .list(let candidates)? = answer.items.first?["candidates"] else { return .null }
        return try #require(candidates.first?["explanation"]?["asOf"])
    }

    @Test func aRankingIsGivenAgainUntilSomethingChangesOrTimePasses() async throws {
        let time = Mutex(RouteService.now)
        let service = try RouteService(clock: { time.withLock { $0 } })
        func pass(_ seconds: Int64) { time.withLock { $0 = $0.adding(milliseconds: seconds * 1_000) } }

        // Where others may change the store unseen, nothing is kept.
        let isKept = service.store.registryVersion != nil
        let first = try await service.send(.get, Self.ranking, as: "coordinator")
        pass(9)
        let again = try await service.send(.get, Self.ranking, as: "coordinator")
        #expect((again.json == first.json) == isKept)
        #expect((again.header("ETag") == first.header("ETag")) == isKept)
        let tag = try #require(first.header("ETag"))
        let known = try await service.send(.get, Self.ranking, as: "coordinator", headers: [.ifNoneMatch: tag])
        #expect(known.status == (isKept ? 304 : 200))

        pass(1)
        let later = try await service.send(.get, Self.ranking, as: "coordinator")
        #expect(try asOf(later) != asOf(first))

        pass(1)
        let claim: JSONValue = [
            "offer": .text("\(RouteService.offers[0])"), "wish": .text("\(RouteService.wishes[1])"), "quantity": 1,
        ]
        #expect(try await service.send(.post, "/v1/claims", claim, key: "k1").status == 201)
        let changed = try await service.send(.get, Self.ranking, as: "coordinator")
        #expect(try asOf(changed) != asOf(later))
    }

    @Test func aRecordIsGivenAgainUntilItChanges() async throws {
        let service = try RouteService()
        let address = "/v1/wishes/\(RouteService.wishes[0])"
        let first = try await service.send(.get, address, as: "coordinator")
        #expect(try await service.send(.get, address, as: "coordinator").json == first.json)
        let claim: JSONValue = [
            "offer": .text("\(RouteService.offers[0])"), "wish": .text("\(RouteService.wishes[0])"), "quantity": 2,
        ]
        #expect(try await service.send(.post, "/v1/claims", claim, key: "k1").status == 201)
        let changed = try await service.send(.get, address, as: "coordinator")
        guard case .list(let lines)? = changed.json["lines"] else { return }
        #expect(lines.first?["reserved"] == 2 && lines.first?["open"] == 3)
        #expect(changed.header("ETag") != first.header("ETag"))
    }

    @Test func nobodyGetsTheAnswerOfAnother() async throws {
        let service = try RouteService()
        let address = "/v1/offers/\(RouteService.offers[0])"
        let staff = try await service.send(.get, address)
        #expect(staff.status == 200)
        #expect(try await service.send(.get, address, as: "donor1").status == 404)
        #expect(try await service.send(.get, address, as: nil).status == 401)
        let english = try await service.send(.get, Self.ranking, headers: [.acceptLanguage: "en"])
        let chinese = try await service.send(.get, Self.ranking, headers: [.acceptLanguage: "zh"])
        #expect(english.json != chinese.json && chinese.header("Content-Language") == "zh-Hans")
        let short = try await service.send(.get, address + "?fields=id")
        #expect(short.json == ["id": .text("\(RouteService.offers[0])")])
        #expect(try await service.send(.get, address).json == staff.json)
    }
}
