import MatchCore
import Operations
import Testing
import Wire

/// Every operation's examples hold against its schemas, both ways.
@Suite struct DescribedTests {
    @Test(arguments: OperationList.all.map(\.facts.id))
    func examplesFitTheirSchemas(id: String) throws {
        let operation = try #require(OperationList.all.first { $0.facts.id == id })
        #expect(operation.input.faults(in: try operation.exampleInput()) == [])
        #expect(operation.answer.faults(in: try operation.exampleAnswer()) == [])
    }

    /// A sample says all that its type can say, so that no member is left without a description.
    @Test(arguments: OperationList.all.map(\.facts.id))
    func answersSayAllThatTheirSchemaDescribes(id: String) throws {
        let operation = try #require(OperationList.all.first { $0.facts.id == id })
        let undescribed = missing(operation.answer, in: try operation.exampleAnswer(), at: id)
        #expect(undescribed == [])
    }

    @Test func idsAndPathsAreEachOnce() {
        let ids = OperationList.all.map(\.facts.id)
        #expect(Set(ids).count == ids.count)
        let routes = OperationList.all.map { "\($0.facts.method.rawValue) \($0.facts.path)" }
        #expect(Set(routes).count == routes.count)
    }

    @Test(arguments: OperationList.all.map(\.facts.id))
    func membersOfThePathAreRequiredMembersOfTheInput(id: String) throws {
        let operation = try #require(OperationList.all.first { $0.facts.id == id })
        for case .member(let name) in operation.facts.segments {
            let property = try #require(operation.input.properties.first { $0.name == name })
            #expect(property.isRequired)
        }
        #expect(operation.facts.path.hasPrefix("/v1/"))
    }

    private func missing(_ schema: JSONSchema, in value: JSONValue, at place: String) -> [String] {
        switch (schema.form, value) {
        case (.object(_, let properties), .object(let object)):
            return properties.flatMap { property -> [String] in
                guard let member = object[property.name] else { return ["\(place)/\(property.name)"] }
                return missing(property.schema, in: member, at: "\(place)/\(property.name)")
            }
        case (.list(let element, _), .list(let values)):
            return values.flatMap { missing(element, in: $0, at: place) }
        default: return []
        }
    }
}
