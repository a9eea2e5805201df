import APIClient
import Casework
import InputGate
import MatchCore
import Operations
import Wire

/// Calls operations of a running server over HTTP: the same inputs, rules and answers as on a local database.
struct RemoteService: OperationCalling {
    let client: APIClient
    /// A key for each change, so that one that is sent again takes effect once.
    let newKey: @Sendable () -> String

    /// What an answer may be: larger than what a server takes in.
    static let limits = GateLimits(maximumBytes: 64 << 20, maximumTokens: 8_000_000)

    func call<Input, Answer>(_ operation: Operation<Input, Answer>, _ input: Input) async throws -> Answer {
        let address = try Address(operation.facts, of: input)
        var request = APIClient.Request(method: operation.facts.method.rawValue, path: address.path)
        request.headers.append(("Accept", "application/json"))
        if operation.facts.method != .get {
            request.headers.append(("Content-Type", "application/json"))
            request.body = .bytes(address.body)
        }
        if operation.facts.method == .post { request.headers.append(("Idempotency-Key", newKey())) }
        if operation.facts.precondition == .required {
            // The version that stands there now is the one this command speaks of.
            let current = try client.send(APIClient.Request(method: "GET", path: address.path))
            if let tag = current.headers["etag"] { request.headers.append(("If-Match", tag)) }
        }
        let answer = try client.send(request)
        return try WireDecoder().decode(from: try JSONValue(parsing: answer.body, limits: Self.limits))
    }

    /// Where an input goes: members of the path into the path, the rest into the query of a GET or else the body.
    struct Address {
        let path: String
        let body: [UInt8]

        init(_ facts: OperationFacts, of input: some Encodable) throws {
            guard case .object(let object) = try JSONValue(parsing: WireEncoder().encode(input)) else {
                throw CommandError(.failure, GeneralWords.unexpected.filled(["cause": facts.id]))
            }
            var placed: Set<String> = []
            let segments = facts.segments.map { segment in
                switch segment {
                case .word(let word): return word
                case .member(let name):
                    placed.insert(name)
                    return Self.encoded(object[name].map(Self.text) ?? "")
                }
            }
            let rest = object.members.filter { !placed.contains($0.name) && $0.value != .null }
            var path = "/" + segments.joined(separator: "/")
            guard facts.method == .get else {
                var body = JSONObject()
                for member in rest { body[member.name] = member.value }
                self.path = path
                self.body = try WireEncoder().encode(JSONValue.object(body))
                return
            }
            let query = rest.flatMap { member -> [String] in
                let values: [JSONValue] = if case .list(let items) = member.value { items } else { [member.value] }
                return values.map { "\(member.name)=\(Self.encoded(Self.text($0)))" }
            }
            if !query.isEmpty { path += "?" + query.joined(separator: "&") }
            self.path = path
            body = []
        }

        private static func text(_ value: JSONValue) -> String {
            switch value {
            case .text(let text), .decimal(let text): text
            case .integer(let number): "\(number)"
            case .flag(let flag): flag ? "true" : "false"
            case .null, .list, .object: ""
            }
        }

        /// Everything but letters, digits and `-._~` in percent signs.
        private static func encoded(_ text: String) -> String {
            let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~".utf8)
            let digits = Array("0123456789ABCDEF".utf8)
            var bytes: [UInt8] = []
            for byte in text.utf8 {
                if plain.contains(byte) {
                    bytes.append(byte)
                } else {
                    bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
                }
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    }
}
