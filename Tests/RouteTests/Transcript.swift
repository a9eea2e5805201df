import AlmonerTesting
import Casework
import HTTPTypes
import MatchCore
import Wire

/// A day's calls to a service, drawn from a seed: what one call answers names what the next ones ask for, so that the same
/// seed makes the same calls wherever the answers are the same.
struct Transcript {
    /// A call and what came of it.
    struct Line: Sendable, Equatable {
        var call: String
        var status: Int
        var headers: [String]
        var body: String
    }

    private var random: SeededRandom
    private var known: [String: [String]] = [
        "parties": RouteService.parties.map { "\($0)" }, "offers": RouteService.offers.map { "\($0)" },
        "wishes": RouteService.wishes.map { "\($0)" },
    ]
    private var count = 0

    init(seed: UInt64) {
        random = SeededRandom(seed: seed)
    }

    /// Makes the next call.
    mutating func next(on service: RouteService) async throws -> Line {
        count += 1
        let (method, address, body) = call()
        let role = pick(["admin", "admin", "admin", "coordinator", "intake", "donor0", "town", "auditor", "recipient"])
        var headers = HTTPFields()
        if method == .patch, let name = HTTPField.Name("If-Match") { headers[name] = "*" }
        let answer = try await service.send(
            method, address, body, as: role, key: method == .post ? "k\(count)" : nil, headers: headers)
        learn(from: answer, address)
        // How many candidates were looked at, besides those that are told, depends on when a registry was last packed.
        let names = ["Location", "Link", "Content-Type"] + (address.contains("/matches") ? [] : ["ETag"])
        let shown = names.compactMap { name in
            answer.header(name).map { "\(name): \($0)" }
        }
        return Line(
            call: "\(count) \(method.rawValue) \(address) as \(role)", status: answer.status, headers: shown,
            body: String(decoding: try WireEncoder().encode(normal(answer.json)), as: UTF8.self))
    }

    /// Codes that are spoken to people are drawn by chance.
    private func normal(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let object):
            return .object(
                JSONObject(
                    object.members.map { member in
                        (member.name, ["code", "scored"].contains(member.name) ? .text("…") : normal(member.value))
                    }))
        case .list(let items): return .list(items.map(normal))
        default: return value
        }
    }

    private mutating func learn(from answer: RouteService.Answer, _ address: String) {
        guard answer.status == 200 || answer.status == 201 else { return }
        let kind = String(address.dropFirst(4).prefix { $0 != "/" && $0 != "?" })
        for item in [answer.json] + answer.items {
            guard let id = identifier(item) else { continue }
            if known[kind, default: []].contains(id) { continue }
            known[kind, default: []].append(id)
        }
    }

    private func identifier(_ value: JSONValue) -> String? {
        if case .text(let id)? = value["id"] { return id }
        if case .text(let id)? = value["record"]?["id"] { return id }
        return nil
    }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int(random.next() % UInt64(values.count))]
    }

    private mutating func one(_ kind: String) -> String {
        let ids = known[kind] ?? []
        // Now and then one that there is not.
        guard !ids.isEmpty, random.next() % 25 != 0 else { return "\(RecordID(high: 99, low: 99))" }
        return pick(ids)
    }

    private mutating func call() -> (HTTPRequest.Method, String, JSONValue?) {
        switch random.next() % 100 {
        case 0..<14: (.post, "/v1/claims", proposal())
        case 14..<36: (.post, "/v1/claims/\(one("claims"))/\(pick(Self.claimSteps))", reason())
        case 36..<40: (.post, "/v1/offers", offer())
        case 40..<46: (.post, "/v1/wishes", wish())
        case 46..<49: (.post, "/v1/cases", ["wish": .text(one("wishes")), "channel": "phone"])
        case 49..<53: (.post, "/v1/wishes/\(one("wishes"))/\(pick(Self.wishSteps))", reason())
        case 53..<55: (.post, "/v1/offers/\(one("offers"))/\(pick(["pause", "resume", "withdraw"]))", reason())
        case 55..<57: (.patch, "/v1/offers/\(one("offers"))", ["text": .text("电风扇 \(count)")])
        case 57..<59: (.post, "/v1/inbox", taking())
        case 59..<61: (.post, "/v1/households", ["area": .text(pick(["c1", "c11", "c2"]))])
        case 61..<63: (.post, "/v1/households/\(one("households"))/visits", ["reason": "visit"])
        case 63..<65: (.post, "/v1/clocks/\(one("clocks"))/\(pick(["pause", "resume", "meet"]))", reason())
        case 65..<67: (.post, "/v1/clocks/run", nil)
        case 67..<69: (.post, "/v1/parties", ["name": .text("商行 \(count)"), "kind": "enterprise"])
        case 69..<71: (.post, "/v1/claims/queue", proposal())
        default: (.get, list(), nil)
        }
    }

    private static let claimSteps = [
        "accept", "accept", "dispatch", "dispatch", "receive", "receive", "confirm", "confirm", "decline", "renew",
        "release", "expire", "return", "split",
    ]
    private static let wishSteps = ["close", "end", "code", "lines/1/cancel", "rating", "pledges"]

    private mutating func proposal() -> JSONValue {
        [
            "offer": .text(one("offers")), "wish": .text(one("wishes")),
            "quantity": .integer(Int64(1 + random.next() % 4)),
        ]
    }

    private mutating func reason() -> JSONValue {
        [
            "reason": .text(pick(["phone", "visit", "bought"])), "note": .text("第 \(count) 次"),
        ]
    }

    private mutating func offer() -> JSONValue {
        [
            "party": .text(one("parties")), "text": .text("\(count) 台电风扇"), "source": "t",
            "externalID": .text("o\(random.next() % 40)"),
            "lines": [
                ["category": .text(pick(["fan", "care", "home"])), "quantity": .integer(Int64(random.next() % 30))]
            ],
        ]
    }

    private mutating func wish() -> JSONValue {
        [
            "text": .text("要 \(count) 台电风扇"), "urgency": .text(pick(["normal", "urgent", "critical"])), "hardship": 3,
            "source": "hotline", "channel": "hotline12345", "externalID": .text("w\(random.next() % 60)"),
            "groups": ["elders"], "place": ["area": .text(pick(["c1", "c11", "c2"]))],
            "lines": [["category": .text(pick(["fan", "care"])), "quantity": .integer(Int64(1 + random.next() % 6))]],
        ]
    }

    private mutating func taking() -> JSONValue {
        [
            "channel": "phone", "words": "want 1 piece fan soon", "number": .text("N\(random.next() % 50)"),
            "person": ["phone": .text("1390000\(1_000 + random.next() % 40)")],
        ]
    }

    private mutating func list() -> String {
        let limit = 1 + random.next() % 20
        let kind = pick([
            "parties", "offers", "wishes", "claims", "cases", "clocks", "households", "inbox", "approvals", "figures",
            "duplicates", "budgets", "public/wishes", "clocks/overdue", "notices",
        ])
        switch random.next() % 8 {
        case 0..<3: return "/v1/\(kind)?limit=\(limit)"
        case 3: return "/v1/claims?state=\(pick(["proposed", "accepted", "received", "declined"]))&limit=\(limit)"
        case 4: return "/v1/wishes?text=\(pick(["W1", "fan", "台"]))&sort=\(pick(["id", "-id"]))&limit=\(limit)"
        case 5: return "/v1/history/\(one(pick(["claims", "wishes", "offers"])))?limit=\(limit)"
        case 6:
            return "/v1/\(pick(["wishes", "offers"]))/\(one(pick(["wishes", "offers"])))/matches?limit=3&explain=true"
        default:
            return "/v1/\(pick(["claims", "wishes", "offers", "parties"]))/\(one(pick(["claims", "wishes", "offers"])))"
        }
    }
}
