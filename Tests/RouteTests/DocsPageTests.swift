import HTTPTypes
import MatchCore
import Operations
import Testing
import WebAPI
import Wire

@Suite struct DocsPageTests {
    @Test func thePageSaysEveryOperationInBothLanguagesAndAsksForNothingElse() async throws {
        let service = try RouteService()
        let answer = try await service.page("/docs", language: "en")
        let page = String(decoding: try await service.bytes(of: answer), as: UTF8.self)
        #expect(answer.status == .ok && answer.headers[.contentLanguage] == "en")
        for operation in OperationList.all {
            #expect(page.contains("id=\"\(operation.facts.id)\""))
            #expect(page.contains(">\(operation.facts.summary.zhHans)<"), "\(operation.facts.id)")
        }
        for kind in ProblemKind.allCases { #expect(page.contains("<code>\(kind.type)</code>")) }
        for mark in ["<script", " src=", "url(", "@import", "=\"http", "=http", "<link", " style=", " onclick"] {
            #expect(!page.contains(mark), "\(mark)")
        }
        let policy = try #require(answer.headers[.contentSecurityPolicy])
        #expect(policy.hasPrefix("default-src 'none'; style-src 'sha256-") && !policy.contains("unsafe"))
    }

    @Test func itBeginsInTheLanguageThatIsAskedFor() async throws {
        let service = try RouteService()
        let (chinese, english) = (
            try await service.page("/docs", language: "zh"), try await service.page("/docs", language: "en")
        )
        #expect(chinese.headers[.eTag] != english.headers[.eTag] && chinese.headers[.vary] == "Accept-Language")
        let text = String(decoding: try await service.bytes(of: chinese), as: UTF8.self)
        #expect(text.contains("id=\"zh\" checked") && text.contains("<html lang=\"zh-Hans\">"))
    }
}

extension RouteService {
    fileprivate func page(_ path: String, language: String) async throws -> APIResponse {
        await router.respond(
            to: APIRequest(method: .get, path: ["docs"], headers: [.acceptLanguage: language], requestID: "r1"))
    }
}
