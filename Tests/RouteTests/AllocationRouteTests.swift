import Foundation
import HTTPTypes
import PlanCheck
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
}
