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

    /// A wish elsewhere neither takes a place nor is counted: with offers put up at will, where it is could be worked out from that.
    @Test func aRankingForATownTellsNothingOfWishesElsewhere() async throws {
        let service = try RouteService()
        func ranking(_ query: String) async throws -> JSONValue {
            let offer = "/v1/offers/\(RouteService.offers[0])/matches?\(query)"
            let answer = try await service.send(.get, offer, as: "town")
            return answer.items.first ?? .null
        }
        let best = try await ranking("limit=2")
        let counted = try await ranking("vetoes=true")
        guard case .list(let found)? = best["candidates"] else { return }
        #expect(found.map { $0["record"]?["externalID"] } == ["W0", "W1"])
        #expect(best["scored"] == 2 && counted["scored"] == 2 && counted["eligible"] == 2 && counted["open"] == nil)
        try service.store.blockingWrite { store in
            let desk = try service.room.context(in: store, for: Viewer(actor: .system)).desk()
            let registrar = Registrar(
                transaction: store,
                admission: Admission(
                    areas: service.room.reference.areas, categories: service.room.reference.categories),
                desk: desk)
            for number in 1...3 as ClosedRange<UInt64> {
                let id = RecordID(high: 77, low: number)
                try registrar.admit(
                    Wish(
                        key: RecordKey(source: "a", externalID: "A\(number)", id: id), urgency: .critical, hardship: 4,
                        place: Place(area: "c2"), text: "一台电风扇", lines: [WishLine(category: "fan", quantity: 5)]))
            }
        }
        // How rare a word is among all published texts may move the totals; everybody may know of those.
        func toldOf(_ ranking: JSONValue) -> [JSONValue?] {
            guard case .list(let candidates)? = ranking["candidates"] else { return [] }
            return candidates.map { $0["record"] }
                + ["scored", "eligible", "open", "radius", "vetoes"].map { ranking[$0] }
        }
        #expect(try await toldOf(ranking("limit=2")) == toldOf(best))
        #expect(try await toldOf(ranking("vetoes=true")) == toldOf(counted))
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
