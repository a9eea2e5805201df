import Foundation
import HTTPTypes
import Operations
import Testing
import WebAPI
import Wire

@Suite struct OpenAPITests {
    @Test func everyOperationHasARouteAndEveryRouteAnOperation() throws {
        let document = try OpenAPIDocument().json
        var described: Set<String> = []
        guard case .object(let paths)? = document["paths"] else { return }
        for path in paths.members {
            guard case .object(let item) = path.value else { continue }
            for member in item.members { described.insert("\(member.name.uppercased()) \(path.name)") }
        }
        #expect(
            described == Set(OperationList.all.map { "\($0.facts.method.rawValue) \(OpenAPIDocument.path(of: $0))" }))
    }

    @Test func everyReferenceLeadsSomewhere() throws {
        let document = try OpenAPIDocument().json
        func references(_ value: JSONValue) -> [String] {
            switch value {
            case .object(let object):
                object.members.flatMap { member -> [String] in
                    if member.name == "$ref", case .text(let text) = member.value { return [text] }
                    return references(member.value)
                }
            case .list(let values): values.flatMap(references)
            default: []
            }
        }
        for reference in Set(references(document)) {
            var value: JSONValue? = document
            for name in reference.split(separator: "/").dropFirst() { value = value?[String(name)] }
            #expect(value != nil, "\(reference)")
        }
    }

    @Test func theServiceGivesItOut() async throws {
        let service = try RouteService()
        let answer = try await service.send(.get, "/openapi.json", as: nil)
        #expect(answer.status == 200 && answer.json["openapi"] == "3.1.0")
        #expect(try await service.send(.post, "/openapi.json", as: nil).status == 405)
    }

    /// Rows travel as lines, and a line of an object is not refused: so nothing may say that an object's text is none.
    @Test func theRowsOfAnImportHaveNoTypeOfJSON() throws {
        let document = try OpenAPIDocument().json
        let content = document["paths"]?["/v1/imports/{kind}"]?["post"]?["requestBody"]?["content"]
        for type in ["application/x-ndjson", "text/csv"] {
            let schema = try #require(content?[type]?["schema"])
            #expect(schema["type"] == nil && schema["description"] != nil)
        }
    }

    /// When this fails: `almoner openapi > Docs/openapi.json`.
    @Test func theCopyInTheDocumentationIsCurrent() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let kept = try String(contentsOf: folder.appending(path: "Docs/openapi.json"), encoding: .utf8)
        #expect(kept == (try OpenAPIDocument().json.printed()))
    }
}
