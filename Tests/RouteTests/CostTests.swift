import Casework
import HTTPTypes
import MatchCore
import Operations
import Testing
import WebAPI
import Wire

/// What reads much counts for more, and every operation says for how much.
@Suite struct CostTests {
    private func cost(_ service: RouteService, _ method: HTTPRequest.Method, _ path: String) -> Int {
        service.router.limits(method: method, path: path.split(separator: "/").map(String.init)).rateCost
    }

    @Test func whatGoesOverTheWholeRegistryCostsMost() throws {
        let service = try RouteService()
        #expect(cost(service, .get, "v1/wishes") == 1 && cost(service, .get, "v1/nothing") == 1)
        let one = RouteService.wishes[0]
        for path in ["v1/wishes/\(one)/matches", "v1/figures", "v1/public/figures"] {
            #expect(cost(service, .get, path) == 5, "\(path)")
        }
        #expect(cost(service, .post, "v1/parties") == 10)
        #expect(cost(service, .get, "v1/exports/offers") == 20)
        for path in ["v1/imports/offers", "v1/allocations", "v1/backups"] {
            #expect(cost(service, .post, path) == 20, "\(path)")
        }
    }

    @Test func theDocumentSaysIt() throws {
        let paths = try OpenAPIDocument().json["paths"]
        for operation in OperationList.all {
            let item = paths?[OpenAPIDocument.path(of: operation)]?[operation.facts.method.rawValue.lowercased()]
            #expect(
                item?["x-rate-cost"] == .integer(Int64(operation.facts.weight.rateCost)), "\(operation.facts.id)")
        }
    }
}
