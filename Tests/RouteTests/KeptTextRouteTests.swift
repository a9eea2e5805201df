import HTTPTypes
import MatchCore
import Operations
import Testing
import Wire

/// A text says the same to everybody, whichever way it came in.
@Suite struct KeptTextRouteTests {
    @Test func aRequestAndAFileKeepTheSameText() async throws {
        let service = try RouteService()
        let sent: JSONValue = [
            "name": "\u{3000}Fund of  the town\u{200B} ", "kind": "fund", "source": "s", "externalID": " A1 ",
        ]
        let made = try await service.send(.post, "/v1/parties", sent, key: "k1")
        #expect(made.status == 201, "\(made.json)")
        let (_, lines) = try await service.load(
            "parties", #"{"externalID":" A2 ","name":"　Fund of  the town​ ","kind":"fund"}"# + "\n", key: "k2")
        #expect(lines.last?["summary"]?["created"] == 1, "\(lines)")
        let names =
            try await service.send(.get, "/v1/parties?text=Fund%20of").items + service.send(.get, "/v1/parties").items
        let told = names.filter { $0["name"] != nil }.compactMap { item -> String? in
            guard case .text(let name)? = item["name"], name.contains("of  the") else { return nil }
            return name
        }
        #expect(Set(told) == ["Fund of  the town"] && told.count >= 2, "\(told)")
        guard let id = made.json["party"]?["record"]?["id"] ?? made.json["record"]?["id"], case .text(let text) = id
        else {
            Issue.record("\(made.json)")
            return
        }
        let shown = try await service.send(.get, "/v1/parties/\(text)")
        #expect(shown.json["record"]?["externalID"] == "A1", "\(shown.json)")
    }

    @Test(arguments: ["", " ", "\u{200B}", "\u{3000}\u{FEFF}", "\u{200D}\u{2060}"])
    func aNameThatNobodySeesIsNone(name: String) async throws {
        let service = try RouteService()
        let refused = try await service.send(.post, "/v1/parties", ["name": .text(name), "kind": "fund"], key: "k")
        #expect(refused.status == 422)
        guard case .list(let errors)? = refused.json["errors"] else { return }
        #expect(errors.map { $0["pointer"] } == ["/name"], "\(errors)")
    }

    @Test func aPasswordIsTakenToTheLetter() {
        for schema in [SigningIn.schema, PasswordChange.schema] {
            let sent: JSONValue = ["name": " anna ", "password": " p ", "newPassword": "q "]
            #expect(schema.settled(sent)["name"] == "anna" && schema.settled(sent)["password"] == " p ")
            #expect(schema.settled(sent)["newPassword"] == "q ")
        }
    }
}
