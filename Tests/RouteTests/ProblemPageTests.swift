import HTTPTypes
import MatchCore
import Testing
import WebAPI
import Wire

/// The type of a problem is an address, and something stands there.
@Suite struct ProblemPageTests {
    @Test(arguments: ProblemKind.allCases)
    func theTypeOfAProblemLeadsToWhatItMeans(kind: ProblemKind) async throws {
        let service = try RouteService()
        let answer = try await service.send(.get, kind.type, as: nil)
        #expect(answer.status == 200 && answer.json["type"] == .text(kind.type))
        #expect(answer.json["status"] == .integer(Int64(kind.status)))
        for text in [kind.title, kind.remedy] { #expect(!text.en.isEmpty && !text.zhHans.isEmpty) }
        #expect(answer.json["remedy"]?["en"] == .text(kind.remedy.en))
        let all = try await service.send(.get, "/problems", as: nil)
        guard case .list(let kinds) = all.json else { throw Problem.malformed }
        #expect(kinds.contains(answer.json) && kinds.count == ProblemKind.allCases.count)
    }

    @Test func nothingElseStandsThere() async throws {
        let service = try RouteService()
        #expect(try await service.send(.get, "/problems/nothing", as: nil).status == 404)
        #expect(try await service.send(.post, "/problems/conflict", as: nil).status == 405)
    }

    @Test func aStarAsksForTheServiceAsAWhole() async throws {
        let answer = try await RouteService().send(.options, "*", as: nil)
        #expect(answer.status == 204)
        #expect(answer.header("Allow") == "GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS")
    }
}

extension Problem {
    fileprivate static let malformed = Problem(.malformedRequest, "no list", zhHans: "不是数组")
}
