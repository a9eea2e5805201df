internal import HTTPTypes
internal import MatchCore
internal import Operations
internal import Wire

/// Puts the input of an operation together from path, query and body, and checks each against its part of the schema.
struct InputReading {
    let route: Route
    /// What stands in the place of the path's members.
    let members: [String]

    /// The input of what takes a body of its own: path and query alone.
    func parameters(of request: APIRequest) throws -> JSONValue {
        let rest = route.rest
        let (query, faults) = read(request.query, rest)
        let all = faults + rest.faults(in: .object(query)).map { FieldFault(Self.queryPlace($0.place), $0.message) }
        guard all.isEmpty else { throw Problem(faults: all) }
        var input = try path()
        add(.object(query), to: &input)
        return .object(input)
    }

    private func path() throws -> JSONObject {
        var input = JSONObject()
        for (number, text) in zip(route.pathNames.indices, members) {
            guard let schema = route.pathSchemas[number] else { continue }
            let value = schema.value(ofText: text)
            // Nothing can stand at an address that is not even well formed.
            guard schema.faults(in: value).isEmpty else { throw Problem.notFound }
            input[route.pathNames[number]] = value
        }
        return input
    }

    /// Throws `notFound` for a path that can name nothing, `invalidInput` with every fault for the rest.
    func input(of request: APIRequest) throws -> JSONValue {
        var input = try path()
        let rest = route.rest
        let sent: JSONValue
        let faults: [FieldFault]
        if route.operation.facts.method == .get {
            let (query, queryFaults) = read(request.query, rest)
            sent = .object(query)
            faults = queryFaults + rest.faults(in: sent).map { FieldFault(Self.queryPlace($0.place), $0.message) }
        } else {
            if let name = request.query.first?.name {
                throw Problem(
                    .invalidInput, at: "?\(name)",
                    LocalizedText(zhHans: "此地址没有查询参数。", en: "This address takes no query parameters."))
            }
            sent = try body(of: request)
            faults = rest.faults(in: sent)
        }
        guard faults.isEmpty else { throw Problem(faults: faults) }
        add(sent, to: &input)
        return .object(input)
    }

    /// Adds what was sent, its texts as they are kept: without spaces at their ends.
    private func add(_ sent: JSONValue, to input: inout JSONObject) {
        guard case .object(let object) = route.rest.settled(sent) else { return }
        for member in object.members { input[member.name] = member.value }
    }

    /// The members that `fields` names; nil for all.
    func fields(of request: APIRequest) throws -> Set<String>? {
        guard route.operation.facts.method == .get, let text = request.value("fields") else { return nil }
        guard request.query.count(where: { $0.name == "fields" }) == 1 else {
            throw Problem(faults: [Self.repeated("fields")])
        }
        let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        let wanted = Set(names)
        let known = route.operation.record.properties.map(\.name)
        guard wanted.count == names.count, wanted.isSubset(of: known) else {
            let list = known.joined(separator: ",")
            throw Problem(
                .invalidInput, at: "?fields",
                LocalizedText(
                    zhHans: "fields 应为以下名称，各一次，以逗号分隔：\(list)。",
                    en: "'fields' takes names parted by commas, each once: \(list)."))
        }
        return wanted
    }

    private func read(_ query: [(name: String, value: String)], _ schema: JSONSchema) -> (JSONObject, [FieldFault]) {
        var object = JSONObject()
        var faults: [FieldFault] = []
        // Rows are given and taken whole.
        let takesFields = route.operation.stream?.isRows != true
        for (name, text) in query where name != "fields" || !takesFields {
            let property = schema.properties.first { $0.name == name }
            let value = property?.schema.value(ofText: text) ?? .text(text)
            switch (object[name], value) {
            case (nil, _): object[name] = value
            case (.list(let before)?, .list(let more)): object[name] = .list(before + more)
            default:
                faults.append(Self.repeated(name))
            }
        }
        return (object, faults)
    }

    private static func repeated(_ name: String) -> FieldFault {
        FieldFault("?\(name)", LocalizedText(zhHans: "“\(name)”出现了多次。", en: "'\(name)' is given more than once."))
    }

    private static func queryPlace(_ pointer: String) -> String {
        pointer.hasPrefix("/") ? "?" + pointer.dropFirst() : pointer
    }

    private func body(of request: APIRequest) throws -> JSONValue {
        // What needs no body may come without one, whether its client names a type all the same or not.
        if request.body.isEmpty, request.headers[.contentType] == nil || request.hasJSON {
            return .object(JSONObject())
        }
        guard request.hasJSON else {
            throw Refusal(
                Problem(
                    .unsupportedMediaType, "Send JSON: 'Content-Type: application/json'.",
                    zhHans: "请以 JSON 发送：Content-Type: application/json。"), headers: [.accept: "application/json"])
        }
        return try JSONValue(parsing: request.body)
    }
}
