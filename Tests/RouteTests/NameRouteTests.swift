import Casework
import HTTPTypes
import MatchCore
import Testing
import Wire

/// Names mean only what the one who asks may see.
@Suite struct NameRouteTests {
    private func find(_ kind: String, _ text: String, as token: String) async throws -> RouteService.Answer {
        try await RouteService().send(.get, "/v1/names/\(kind)?text=\(text)", as: token)
    }

    @Test func aDonorFindsItsOwnByName() async throws {
        let own = try await find("party", "P0", as: "donor0")
        #expect(own.text("id") == "\(RouteService.parties[0])")
        #expect(try await find("offer", "O0", as: "donor0").text("id") == "\(RouteService.offers[0])")
        let wish = try await find("wish", "\(RouteService.wishes[0])", as: "donor0")
        #expect(wish.text("id") == "\(RouteService.wishes[0])")
    }

    @Test func whatIsNotItsOwnIsNeitherFoundNorHintedAt() async throws {
        for (kind, text) in [("party", "P1"), ("offer", "O1"), ("offer", "\(RouteService.offers[1])"), ("wish", "W0")] {
            let answer = try await find(kind, text, as: "donor0")
            #expect(answer.status == 200 && answer.text("id") == nil, "\(kind) \(text)")
            guard case .list(let near)? = answer.json["near"], case .list(let several)? = answer.json["several"] else {
                Issue.record("no lists")
                continue
            }
            for name in near + several { #expect(name != .text(text) && name != "Fund 1", "\(kind) \(text): \(name)") }
        }
        #expect(try await find("party", "P1", as: "admin").text("id") == "\(RouteService.parties[1])")
    }
}
