import Casework
import HTTPTypes
import MatchCore
import Operations
import Storage
import Testing
import Wire

@Suite struct MatchRouteTests {
    @Test func offersAreRankedForAWishAndExplainedOnRequest() async throws {
        let service = try RouteService()
        let address = "/v1/wishes/\(RouteService.wishes[0])/matches"
        let plain = try await service.send(.get, address)
        #expect(plain.status == 200)
        let ranking = try #require(plain.items.first)
        guard case .list(let candidates)? = ranking["candidates"] else { return }
        #expect(candidates.count == 2)
        #expect(candidates[0]["rank"] == 1 && candidates[0]["explanation"] == nil && candidates[0]["title"] == "电风扇")
        let explained = try await service.send(.get, address + "?explain=true&vetoes=true&limit=1")
        let operation = try #require(OperationList.all.first { $0.facts.id == "matches.forWish" })
        #expect(operation.answer.faults(in: explained.json) == [])
        guard case .list(let one)? = explained.items.first?["candidates"] else { return }
        let explanation = try #require(one.first?["explanation"])
        guard case .list(let entries)? = explanation["entries"], case .integer(let total)? = explanation["total"] else {
            Issue.record("no entries")
            return
        }
        // The total can be added up again from the answer alone.
        var sums: (value: Int64, weight: Int64) = (0, 0)
        for entry in entries where entry["outcome"] == "value" || entry["outcome"] == "notKnown" {
            if case .integer(let value)? = entry["contribution"] { sums.value += value }
            if case .integer(let weight)? = entry["weight"] { sums.weight += weight }
        }
        #expect(total == sums.value / sums.weight)
    }

    @Test func suggestionsAreKeptWhenAskedFor() async throws {
        let service = try RouteService()
        let kept = try await service.send(.post, "/v1/wishes/\(RouteService.wishes[0])/matches", [:], key: "k")
        #expect(kept.status == 200)
        var count = 0
        try service.store.blockingRead { store in
            try store.forEachMatch(wish: RouteService.wishes[0]) { _ in count += 1 }
        }
        #expect(count == 2)
    }

    @Test func aDonorSeesWishesForItsOwnOfferWithoutFactsOfPeople() async throws {
        let service = try RouteService()
        let own = try await service.send(
            .get, "/v1/offers/\(RouteService.offers[0])/matches?explain=true&vetoes=true", as: "donor0")
        #expect(own.status == 200)
        let ranking = try #require(own.items.first)
        #expect(ranking["vetoes"] == nil && ranking["eligible"] == nil)
        guard case .list(let candidates)? = ranking["candidates"] else { return }
        #expect(candidates.count == 3 && candidates.allSatisfy { $0["explanation"] == nil })
        #expect(
            try await service.send(.get, "/v1/offers/\(RouteService.offers[1])/matches", as: "donor0").status == 404)
        #expect(
            try await service.send(.get, "/v1/wishes/\(RouteService.wishes[0])/matches", as: "donor0").status == 403)
        let unknown = try await service.send(.get, "/v1/offers/\(RouteService.offers[0])/matches?profile=none")
        #expect(unknown.status == 422)
    }
}
