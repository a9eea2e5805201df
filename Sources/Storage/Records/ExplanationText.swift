internal import Crypto
internal import Foundation
internal import MatchCore

/// How the entries of an explanation are kept: compact JSON with a fixed order, and a digest over all that the row says.
///
/// ```json
/// [{"s":"Proximity","v":1,"o":"value","n":707107,"w":2400,"c":1697056800,"r":"near","i":[["centimetres",346574]]}]
/// ```
/// Inputs keep their order. A whole number, text, true or false stands as itself, a missing one as null, a list as
/// `{"n":[…]}` of numbers or `{"t":[…]}` of texts.
enum ExplanationText {
    /// What is kept of an explanation beside the columns of its row.
    typealias Content = (entries: [Explanation.Entry], vote: VoteAccount?)

    /// The entries alone, or with the account of a vote `{"entries":[…],"vote":{…}}`.
    static func encode(_ explanation: Explanation) -> String {
        let entries = encode(explanation.entries)
        guard let vote = explanation.vote else { return entries }
        let voices = vote.voices.map { voice in
            "{\"name\":\(quoted(voice.name)),\"votes\":\(voice.votes),\"profile\":\(quoted(voice.profile)),"
                + "\"place\":\(voice.place),\"half\":\(voice.halfPoints),"
                + "\"totals\":[\(voice.totals.map(String.init).joined(separator: ","))],"
                + "\"entries\":\(encode(voice.entries))}"
        }
        return "{\"entries\":\(entries),\"vote\":{\"candidate\":\(vote.candidate),\"place\":\(vote.place),"
            + "\"half\":\(vote.halfPoints),\"voices\":[\(voices.joined(separator: ","))]}}"
    }

    static func decode(_ text: String) throws -> Content {
        guard text.utf8.first == UInt8(ascii: "{") else { return (try entries(text), nil) }
        let stored = try JSONDecoder().decode(StoredContent.self, from: Data(text.utf8))
        let vote = stored.vote
        return (
            try stored.entries.map { try $0.entry() },
            VoteAccount(
                candidate: vote.candidate, place: vote.place, halfPoints: vote.half,
                voices: try vote.voices.map { voice in
                    VoteAccount.Voice(
                        name: voice.name, votes: voice.votes, profile: voice.profile, place: voice.place,
                        halfPoints: voice.half, totals: voice.totals, entries: try voice.entries.map { try $0.entry() })
                })
        )
    }

    static func encode(_ entries: [Explanation.Entry]) -> String {
        var out = "["
        for (position, entry) in entries.enumerated() {
            if position > 0 { out += "," }
            out += "{\"s\":\(quoted(entry.scorer)),\"v\":\(entry.version),\"o\":\"\(entry.outcome.rawValue)\""
            out +=
                ",\"n\":\(entry.value),\"w\":\(entry.weight),\"c\":\(entry.contribution),\"r\":\(quoted(entry.reason))"
            out += ",\"i\":["
            for (position, input) in entry.inputs.entries.enumerated() {
                if position > 0 { out += "," }
                out += "[\(quoted(input.name)),\(text(of: input.value))]"
            }
            out += "]}"
        }
        return out + "]"
    }

    private static func entries(_ text: String) throws -> [Explanation.Entry] {
        try JSONDecoder().decode([StoredEntry].self, from: Data(text.utf8)).map { try $0.entry() }
    }

    /// SHA-256 over the explanation as stored, in hexadecimal: a change to any part of the row shows.
    static func digest(of explanation: Explanation, rank: Int, entries: String) -> String {
        var hash = SHA256()
        let parts = [
            explanation.wish.id.description, String(explanation.wishLine), String(rank),
            explanation.offer.id.description, String(explanation.offerLine), explanation.profile,
            String(explanation.asOf.milliseconds), explanation.total.map(String.init) ?? "none", entries,
        ]
        for part in parts {
            hash.update(data: Data(part.utf8))
            // The zero keeps "ab" + "c" apart from "a" + "bc".
            hash.update(data: [0])
        }
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    private static func text(of value: ScoreInputs.Value) -> String {
        switch value {
        case .integer(let number): String(number)
        case .text(let text): quoted(text)
        case .flag(let flag): flag ? "true" : "false"
        case .integers(let numbers): "{\"n\":[" + numbers.map(String.init).joined(separator: ",") + "]}"
        case .texts(let texts): "{\"t\":[" + texts.map(quoted).joined(separator: ",") + "]}"
        case .missing: "null"
        }
    }

    private static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\u{0}"..<"\u{20}":
                let digits = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}

private struct StoredContent: Decodable {
    var entries: [StoredEntry]
    var vote: Vote

    struct Vote: Decodable {
        var candidate: Int
        var place: Int
        var half: Int
        var voices: [Voice]
    }

    struct Voice: Decodable {
        var name: String
        var votes: Int
        var profile: String
        var place: Int
        var half: Int
        var totals: [Int32]
        var entries: [StoredEntry]
    }
}

private struct StoredEntry: Decodable {
    var s: String
    var v: Int
    var o: String
    var n: Int32
    var w: Int32
    var c: Int64
    var r: String
    var i: [StoredInput]

    func entry() throws -> Explanation.Entry {
        guard let outcome = Explanation.Outcome(rawValue: o) else {
            throw DatabaseError(.wrongType, message: "An explanation has the outcome '\(o)', which there is not.")
        }
        return Explanation.Entry(
            scorer: s, version: v, outcome: outcome, value: n, weight: w, contribution: c, reason: r,
            inputs: ScoreInputs(entries: i.map { ($0.name, $0.value) }))
    }
}

private struct StoredInput: Decodable {
    var name: String
    var value: ScoreInputs.Value

    private struct List: Decodable {
        var n: [Int64]?
        var t: [String]?
    }

    init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        name = try container.decode(String.self)
        if try container.decodeNil() {
            value = .missing
        } else if let flag = try? container.decode(Bool.self) {
            value = .flag(flag)
        } else if let number = try? container.decode(Int64.self) {
            value = .integer(number)
        } else if let text = try? container.decode(String.self) {
            value = .text(text)
        } else {
            let list = try container.decode(List.self)
            if let numbers = list.n { value = .integers(numbers) } else { value = .texts(list.t ?? []) }
        }
    }
}
