import Casework
import HTTPTypes
import MatchCore
import Operations
import Storage
import Testing
import WebAPI
import Wire

@Suite struct ChangeRouteTests {
    private static func kinds(_ answer: RouteService.Answer) -> [String] {
        answer.items.compactMap { item in
            guard case .text(let kind)? = item["kind"], case .text(let what)? = item["what"] else { return nil }
            return "\(kind) \(what)"
        }
    }

    private func propose(_ service: RouteService, key: String = "k", wish: Int = 0) async throws -> RouteService.Answer
    {
        try await service.send(
            .post, "/v1/claims",
            [
                "offer": .text("\(RouteService.offers[0])"), "wish": .text("\(RouteService.wishes[wish])"),
                "quantity": 2,
            ],
            as: "coordinator", key: key)
    }

    @Test func theFeedSaysInOrderWhatATransactionDidToWhichRecord() async throws {
        let service = try RouteService()
        let before = try await service.send(.get, "/v1/changes?after=latest")
        #expect(before.items.isEmpty)
        let place = try #require(before.text("next"))
        let claim = try #require(try await propose(service).text("id"))
        let after = try await service.send(.get, "/v1/changes?after=\(place)")
        #expect(Set(Self.kinds(after)) == ["claim created", "offer changed", "wish changed"])
        #expect(after.items.contains { $0["id"] == .text(claim) && $0["path"] == .text("/v1/claims/\(claim)") })
        // Each entry is a place to go on from, and what is behind the last is nothing yet.
        for (index, item) in after.items.enumerated() {
            guard case .text(let cursor)? = item["cursor"] else { continue }
            let rest = try await service.send(.get, "/v1/changes?after=\(cursor)")
            #expect(rest.items == Array(after.items.dropFirst(index + 1)))
        }
    }

    @Test func pagesMissNothingAndRepeatNothing() async throws {
        let service = try RouteService()
        let all = try await service.send(.get, "/v1/changes?limit=200")
        var paged: [JSONValue] = []
        var address = "/v1/changes?limit=2"
        while true {
            let page = try await service.send(.get, address)
            if page.items.isEmpty { break }
            #expect(page.items.count <= 2)
            paged += page.items
            address = "/v1/changes?limit=2&after=\(try #require(page.text("next")))"
        }
        #expect(paged == all.items && paged.count >= 7)
        #expect(all.header("Link")?.contains("after=") == true)
    }

    @Test func whatIsUndoneIsInNoFeed() async throws {
        let service = try RouteService()
        let place = try #require(try await service.send(.get, "/v1/changes?after=latest").text("next"))
        let refused = try await service.send(
            .post, "/v1/claims",
            [
                "offer": .text("\(RouteService.offers[0])"), "wish": .text("\(RouteService.wishes[0])"),
                "quantity": 99,
            ],
            as: "coordinator", key: "k")
        #expect(refused.status == 409)
        #expect(try await service.send(.get, "/v1/changes?after=\(place)").items.isEmpty)
    }

    @Test func everybodySeesTheChangesOfWhatTheyMayReadAndNoOther() async throws {
        let service = try RouteService()
        let place = try #require(try await service.send(.get, "/v1/changes?after=latest").text("next"))
        _ = try await propose(service)
        let own = try await service.send(.get, "/v1/changes?after=\(place)", as: "donor0")
        #expect(Self.kinds(own).contains("claim created") && Self.kinds(own).contains("offer changed"))
        let other = try await service.send(.get, "/v1/changes?after=\(place)", as: "donor1")
        #expect(Self.kinds(other) == ["wish changed"])
        #expect(try await service.send(.get, "/v1/changes", as: nil).status == 401)
        // Who sees none of it still moves on.
        #expect(other.text("next") == own.text("next"))
        let elsewhere = try await propose(service, key: "k2", wish: 2)
        #expect(elsewhere.status == 201)
        let town = try await service.send(.get, "/v1/changes?after=\(try #require(own.text("next")))", as: "town")
        #expect(Self.kinds(town) == ["offer changed"])
    }

    @Test func aCursorOfAServerThatWasReplacedIsGoneWhereItCountsWhatTheNewOneNeedNotHave() async throws {
        // Of its own: a server's feed waits for whoever else writes there.
        let database = try SQLiteDatabase(inMemory: .init())
        let service = try RouteService(database: database)
        let old = try #require(try await service.send(.get, "/v1/changes?after=latest").text("next"))
        let place = try service.store.blockingRead { try $0.lastChange() }
        _ = try await propose(service)
        let last = try service.store.blockingRead { try $0.lastChange() }
        // What a standby that was promoted writes first.
        func promote(_ timeline: Int64, from transaction: Int64) throws {
            try database.blockingWrite { connection in
                try connection.run(
                    "INSERT INTO change_timeline (program, timeline, first_transaction) VALUES ($1, $2, $3)",
                    [.text("p"), .integer(timeline), .integer(transaction)])
            }
        }
        try promote(2, from: place.transaction + 1)
        let kept = try await service.send(.get, "/v1/changes?after=\(old)")
        #expect(kept.status == 200 && !kept.items.isEmpty, "both servers have what it counts")
        let new = try #require(kept.text("next"))
        #expect(try await service.send(.get, "/v1/changes?after=\(new)").status == 200)
        try promote(3, from: last.transaction)
        let gone = try await service.send(.get, "/v1/changes?after=\(new)", headers: [.acceptLanguage: "en"])
        #expect(gone.status == 410 && gone.problem == "changes-forgotten")
        #expect(gone.text("detail")?.contains("taken the database over") == true)
        #expect(gone.text("detail")?.contains("after=latest") == true)
        let fresh = try #require(try await service.send(.get, "/v1/changes?after=latest").text("next"))
        #expect(try await service.send(.get, "/v1/changes?after=\(fresh)").status == 200)
    }

    @Test func aCursorFromBeforeWhatIsKeptIsGone() async throws {
        let service = try RouteService()
        let first = try await service.send(.get, "/v1/changes?limit=1")
        let old = try #require(first.text("next"))
        _ = try await propose(service)
        let count = try await service.store.write {
            try $0.forgetChanges(before: Moment(milliseconds: .max), limit: 3)
        }
        #expect(count == 3)
        let gone = try await service.send(.get, "/v1/changes?after=\(old)", headers: [.acceptLanguage: "en"])
        #expect(gone.status == 410 && gone.problem == "changes-forgotten")
        #expect(gone.text("detail")?.contains("after=latest") == true)
        #expect(try await service.send(.get, "/v1/changes").items.count > 0)
        // A cursor that another database gave out, from further on than this one has come.
        let strange = "39393939397c31"
        #expect(try await service.send(.get, "/v1/changes?after=\(strange)").status == 410)
        #expect(try await service.send(.get, "/v1/changes?after=zz").status == 422)
    }

    // MARK: Events

    @Test func aStreamBringsWhatHappensAndEndsWithItsCursor() async throws {
        let service = try RouteService()
        let place = try #require(try await service.send(.get, "/v1/changes?after=latest").text("next"))
        _ = try await propose(service)
        let (answer, text) = try await service.follow("/v1/changes?after=\(place)")
        #expect(answer.status == 200 && answer.header("Content-Type") == "text/event-stream")
        #expect(text.components("event: change\n") == 3)
        #expect(text.hasPrefix("retry: 2000\n"))
        let end = try #require(text.ranges(of: "event: end\nid: ").first)
        let cursor = String(text[end.upperBound...].prefix { $0 != "\n" })
        // Taken up again from there, and from `Last-Event-ID` before the query.
        _ = try await propose(service, key: "k2", wish: 1)
        let (_, more) = try await service.follow("/v1/changes?after=\(place)", lastEvent: cursor)
        #expect(more.components("event: change\n") == 3)
        #expect(!more.contains("\"id\":\"\(RouteService.wishes[0])\""))
    }

    @Test func whatIsWrongFromTheStartIsAProblemAndNoStream() async throws {
        let service = try RouteService()
        let events: HTTPFields = [.accept: "text/event-stream"]
        #expect(try await service.send(.get, "/v1/changes?after=zz", headers: events).status == 422)
        #expect(try await service.send(.get, "/v1/changes", as: nil, headers: events).status == 401)
        #expect(try await service.send(.get, "/v1/wishes", headers: events).status == 406)
        // Of a list as well: what no event has was never meant.
        var headers: HTTPFields = [:]
        headers[try #require(HTTPField.Name("Last-Event-ID"))] = "no event"
        #expect(try await service.send(.get, "/v1/changes", headers: headers).status == 400)
        headers[.accept] = "text/event-stream"
        #expect(try await service.send(.get, "/v1/changes", headers: headers).status == 400)
    }
}

extension String {
    fileprivate func components(_ part: String) -> Int { ranges(of: part).count }
}

extension RouteService {
    /// Follows an event stream to its end.
    fileprivate func follow(_ address: String, lastEvent: String? = nil) async throws -> (Answer, String) {
        var headers: HTTPFields = [.accept: "text/event-stream"]
        if let lastEvent, let name = HTTPField.Name("Last-Event-ID") { headers[name] = lastEvent }
        let answer = try await send(.get, address, headers: headers)
        return (answer, String(decoding: try await bytes(of: answer.response), as: UTF8.self))
    }

    /// The whole body of an answer.
    func bytes(of response: APIResponse) async throws -> [UInt8] {
        switch response.body {
        case .bytes, .kept: return try #require(response.wholeBytes)
        case .stream(let produce):
            let parts = Parts()
            try await produce { await parts.append($0) }
            return await parts.bytes
        }
    }
}

private actor Parts {
    var bytes: [UInt8] = []
    func append(_ part: ArraySlice<UInt8>) { bytes += part }
}
