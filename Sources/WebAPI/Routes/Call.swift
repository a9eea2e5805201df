internal import Casework
internal import HTTPTypes
internal import MatchCore
internal import Operations
internal import Wire

/// What somebody who may ask has asked for, before its input is read.
struct Asked {
    let route: Route
    let members: [String]
    let viewer: Viewer
    /// What an earlier answer would be found by; nil where none is kept.
    let question: AnswerShelf.Question?
    /// The record that the answer rests on alone; nil where it rests on more.
    let record: RecordID?
    let door: RequestDoor

    /// Throws `notAcceptable` where the client takes no JSON.
    init(
        _ route: Route, _ match: RouteTable.Match, by viewer: Viewer, session: RecordID? = nil, _ request: APIRequest
    ) throws {
        self.route = route
        door = RequestDoor(address: request.remoteAddress, session: session)
        members = match.members
        self.viewer = viewer
        try request.checkAccepts()
        // What parties see depends on the stage of their claims too, what admins see on openings that end, and drafts change
        // without anybody being told.
        let isOfDraft = request.query.contains { $0.name == "profile" && $0.value.contains(":") }
        switch viewer.isStaff && viewer.role != .admin && !isOfDraft ? route.operation.facts.ground : nil {
        case .record?:
            record = match.members.first.flatMap { RecordID($0) }
            // What is no id names no record, and is soon answered.
            question = record.map { _ in AnswerShelf.Question(route.operation, match, viewer, request) }
        case .registry?:
            record = nil
            question = AnswerShelf.Question(route.operation, match, viewer, request)
        case nil:
            record = nil
            question = nil
        }
    }

    /// Reads the input. Throws what keeps the operation from being called.
    func call(_ request: APIRequest) throws -> Call {
        let reading = InputReading(route: route, members: members)
        return Call(
            route: route, input: try reading.input(of: request), viewer: viewer, door: door,
            request: OperationRequest(
                fields: try reading.fields(of: request), ifMatch: try request.ifMatch(for: route.operation.facts)))
    }
}

/// One operation with all that was sent for it.
struct Call: Sendable {
    let route: Route
    let input: JSONValue
    let viewer: Viewer
    let door: RequestDoor
    let request: OperationRequest
    /// What was worked out before it runs.
    var worked: (any Sendable)?

    func run(in store: any CaseTransaction, _ room: OperationRoom, at now: Moment? = nil) throws -> OperationAnswer {
        try route.operation.run(input, in: context(in: store, room, at: now), request)
    }

    private func context(in store: any CaseTransaction, _ room: OperationRoom, at now: Moment? = nil)
        -> OperationContext
    {
        var context = room.context(in: store, for: viewer, at: now)
        context.door = door
        context.worked = worked
        return context
    }

    /// The same with what has to be worked out before: begun in a transaction of its own, done in none.
    func prepared(in store: any CaseStore, _ room: OperationRoom) async throws -> Call {
        guard route.operation.hasGroundwork else { return self }
        let begin: @Sendable (any CaseTransaction) throws -> Groundwork? = {
            try route.operation.groundwork(input, in: context(in: $0, room))
        }
        let groundwork =
            try await (route.operation.looksFirst ? store.read(begin) : store.write(begin))
        var call = self
        call.worked = try await groundwork?()
        return call
    }

    /// The whole answer, and the tag of what it shows.
    func answer(_ answer: OperationAnswer, to request: APIRequest) -> (response: APIResponse, tag: String) {
        let facts = route.operation.facts
        var headers: HTTPFields = [
            .contentType: "application/json", .contentLanguage: viewer.language.rawValue,
            .vary: "Accept-Language, Authorization",
            .cacheControl: facts.isPublic ? "public, max-age=60" : "no-store",
        ]
        let tag = self.request.fields == nil ? answer.tag : EntityTag.tag(answer.tag, of: request.value("fields") ?? "")
        if !answer.tag.isEmpty { headers[.eTag] = "\"\(tag)\"" }
        if let location = answer.location { headers[.location] = location }
        if facts.method == .get, let next = answer.next { headers[.link] = request.link(next: next, as: facts.cursor) }
        let response = APIResponse(
            status: HTTPResponse.Status(code: facts.status), headers: headers,
            body: .bytes(facts.status == 204 ? [] : answer.bytes))
        return (response, tag)
    }
}

extension APIResponse {
    /// The answer, or 304 where the client has it already: with the body, which tells the edge how it would have been sent.
    func unlessKnown(_ tag: String, to request: APIRequest) -> APIResponse {
        guard request.method == .get || request.method == .head, request.headers.contains(.ifNoneMatch),
            request.tags(.ifNoneMatch)?.contains(tag) == true
        else { return self }
        return APIResponse(status: .notModified, headers: headers, body: body)
    }
}
