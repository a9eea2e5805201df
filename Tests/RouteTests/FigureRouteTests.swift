import Casework
import HTTPTypes
import MatchCore
import Testing
import Wire

/// Whose figures are told as they are, and to whom.
@Suite struct FigureRouteTests {
    private func groups(_ answer: RouteService.Answer) -> [String: JSONValue] {
        Dictionary(
            answer.items.compactMap { item in
                guard case .text(let group)? = item["group"] else { return nil }
                return (group, item["wishes"] ?? .null)
            }, uniquingKeysWith: { first, _ in first })
    }

    @Test func whoWorksInSomeAreasSeesTheseAsTheyAreAndOthersAsEverybodyDoes() async throws {
        let service = try RouteService()
        for number in 0..<3 {
            let opened = try await service.send(
                .post, "/v1/cases", ["wish": .text("\(RouteService.wishes[number])"), "channel": "phone"],
                key: "o\(number)")
            try #require(opened.status == 201)
        }
        let whole = try await service.send(.get, "/v1/figures?by=area", as: "auditor")
        #expect(groups(whole) == ["area/c11": 2, "area/c2": 1])
        let own = try await service.send(.get, "/v1/figures?by=area", as: "town")
        #expect(own.status == 200 && groups(own) == ["area/c11": 2], "two wishes of another town are nobody's business")
        for kind in ["all", "lane", "channel", "party"] {
            let sum = try await service.send(.get, "/v1/figures?by=\(kind)", as: "town")
            #expect(sum.status == 200 && sum.items.isEmpty, "\(kind): what is left of the whole tells of the others")
        }
        #expect(try await service.send(.get, "/v1/figures", as: "coordinator").items.count == 1)
    }
}
