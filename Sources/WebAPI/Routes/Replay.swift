internal import Casework
internal import HTTPTypes
internal import MatchCore
internal import Operations
internal import Wire

/// What is answered to a request that is sent again with the same `Idempotency-Key`.
///
/// A change that answers with a record which can be read by itself is answered by reading it: what the one who asks may
/// see of it now, of the record as it is now, and nothing of people has to be kept. What cannot be read again, such as a
/// code that is shown once, is kept as it was, sealed, until anybody whom it speaks of is erased.
struct Replay {
    let routes: RouteTable

    /// What is kept of an answer; nil for one that is a stream.
    func kept(_ response: APIResponse, of call: Call, to request: APIRequest) -> KeptAnswer? {
        guard var kept = KeptAnswer(response) else { return nil }
        guard let path = readAt(kept, of: call, request) else { return kept }
        kept.readAt = path
        kept.headers = kept.headers.filter { $0.key == HTTPField.Name.location.canonicalName }
        (kept.body, kept.named) = ([], nil)
        return kept
    }

    /// Where the record that was answered with is read: at the place of what was made, or else at the address that was
    /// asked or above it. Nil where nothing there shows the same, or not to the one who asked.
    private func readAt(_ kept: KeptAnswer, of call: Call, _ request: APIRequest) -> [String]? {
        let facts = call.route.operation.facts
        guard kept.status == facts.status, call.request.fields == nil else { return nil }
        let places: [[String]] =
            if let location = kept.headers[HTTPField.Name.location.canonicalName] {
                [location.split(separator: "/").map(String.init)]
            } else {
                stride(from: request.path.count, to: 1, by: -1).map { Array(request.path.prefix($0)) }
            }
        return places.first { path in
            guard let (route, match) = reading(path), route.operation.answer.name != nil,
                route.operation.answer.name == call.route.operation.answer.name,
                route.operation.facts.roles.contains(call.viewer.role),
                // What can be asked in more ways than one says more than where it stands.
                route.operation.input.properties.count == route.pathNames.count, !route.operation.hasGroundwork,
                let id = match.members.last
            else { return false }
            return kept.body.contains(Array(id.utf8))
        }
    }

    private func reading(_ path: [String]) -> (route: Route, match: RouteTable.Match)? {
        guard let match = routes.match(path), let route = match.operations[.get], route.operation.stream == nil else {
            return nil
        }
        return (route, match)
    }

    /// Answers again. Throws whatever keeps the viewer from reading it now.
    func answer(
        _ kept: KeptAnswer, to request: APIRequest, _ asked: Asked, in store: any CaseTransaction,
        _ room: OperationRoom, at now: Moment
    ) throws -> APIResponse {
        var response: APIResponse
        if let path = kept.readAt {
            response = try read(path, for: request, asked, in: store, room, at: now)
            response.status = HTTPResponse.Status(code: kept.status)
            response.headers[.location] = kept.headers[HTTPField.Name.location.canonicalName]
        } else {
            try requireUnchanged(kept, for: request, asked, in: store, room, at: now)
            response = APIResponse(kept)
        }
        response.headers[.idempotencyReplayed] = "true"
        return response
    }

    private func read(
        _ path: [String], for request: APIRequest, _ asked: Asked, in store: any CaseTransaction, _ room: OperationRoom,
        at now: Moment
    ) throws -> APIResponse {
        guard let (route, match) = reading(path) else { throw Problem.notFound }
        try route.operation.facts.admit(asked.viewer)
        var read = request
        (read.method, read.path, read.query, read.body) = (.get, path, [], [])
        let call = try Asked(route, match, by: asked.viewer, session: asked.door.session, read).call(read)
        return call.answer(try call.run(in: store, room, at: now), to: read).response
    }

    /// What is shown once stands beside the record that it is of: a token beside its key. Where that record is another by
    /// now, because the key was revoked, the secret is not said again, and nothing is told of the record that is not so.
    ///
    /// Throws ``Problem/answerChanged``, and whatever keeps the viewer from reading the record now.
    private func requireUnchanged(
        _ kept: KeptAnswer, for request: APIRequest, _ asked: Asked, in store: any CaseTransaction,
        _ room: OperationRoom, at now: Moment
    ) throws {
        guard let location = kept.headers[HTTPField.Name.location.canonicalName],
            let (route, _) = reading(location.split(separator: "/").map(String.init)),
            route.operation.facts.roles.contains(asked.viewer.role),
            case .object(let said)? = try? JSONValue(parsing: kept.body)
        else { return }
        let path = location.split(separator: "/").map(String.init)
        let bytes = try read(path, for: request, asked, in: store, room, at: now).wholeBytes ?? []
        let record = try JSONValue(parsing: bytes)
        guard let id = record["id"] else { return }
        let isChanged = said.members.contains { $0.value["id"] == id && $0.value != record }
        if isChanged { throw Problem.answerChanged }
    }
}

extension Problem {
    /// What was shown once is not shown again when what it was of has changed.
    static let answerChanged = Problem(
        .conflict,
        "This was done, and what was made has been changed or revoked since, so what was shown once is not shown again. Read "
            + "the record at its own address; where a key is needed, make another with a new Idempotency-Key.",
        zhHans: "此请求已办理，所生成的记录此后已更改或吊销，只显示一次的内容不再显示。请按其地址查询；如仍需令牌，请换一个 Idempotency-Key 重新发放。")

    /// What was done stands; what was said of it is gone with somebody whom it spoke of.
    static let answerForgotten = Problem(
        .notFound,
        "This was done, and what was answered is no longer kept: it spoke of somebody who was erased since, or was kept by an "
            + "older version. Read what is left at its own address.",
        zhHans: "此请求已办理；当时的答复涉及已删除资料的人，或由旧版本保存，已不再保留。请按各自地址查询尚存内容。")
}

extension RecordID {
    /// The ids that stand in a text.
    static func all(namedIn text: [UInt8]) -> [RecordID] {
        var found: [RecordID] = []
        var seen: Set<RecordID> = []
        var start = 0
        while start + 36 <= text.count {
            // The hyphens of an id are where few others are.
            guard text[start + 8] == UInt8(ascii: "-"), text[start + 13] == UInt8(ascii: "-"),
                text[start + 18] == UInt8(ascii: "-"), text[start + 23] == UInt8(ascii: "-"),
                let id = RecordID(String(decoding: text[start..<start + 36], as: UTF8.self))
            else {
                start += 1
                continue
            }
            if seen.insert(id).inserted { found.append(id) }
            start += 36
        }
        return found
    }
}
