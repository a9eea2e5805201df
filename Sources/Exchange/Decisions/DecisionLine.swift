internal import Foundation
public import MatchCore

/// A past decision as one line of JSON, the form in which histories come in and go out.
///
/// ```json
/// {"decision":"W1/1","wish":"W1","time":1767603600000,"area":"441900119","candidates":[
///   {"offer":"O1","position":1,"fate":"delivered","values":{"Proximity":812000,"SkillFit":"notApplicable"}}]}
/// ```
/// Times are UTC milliseconds. A scorer that a candidate does not name is not known.
public struct DecisionLine: Codable, Sendable {
    var decision: String
    var wish: String?
    var time: Int64
    var area: String?
    var lane: String?
    var category: String?
    var groups: [String]?
    var profile: String?
    var candidates: [Candidate]

    struct Candidate: Codable, Sendable {
        var offer: String
        var party: String?
        var position: Int?
        var values: [String: Value]
        var metres: Int64?
        var fate: String?
        var chosenTime: Int64?
        var fateTime: Int64?
        var reason: String?
        var rating: Int?
        var ratingTime: Int64?
    }

    enum Value: Codable, Sendable {
        case raw(Int32)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Int32.self), number >= 0 {
                self = .raw(number)
                return
            }
            switch try container.decode(String.self) {
            case "notKnown": self = .raw(Score.notKnown.raw)
            case "notApplicable": self = .raw(Score.notApplicable.raw)
            default:
                throw DecodingError.dataCorruptedError(
                    in: container, debugDescription: "a value is 0…1,000,000, \"notKnown\" or \"notApplicable\"")
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            guard case .raw(let raw) = self else { return }
            switch raw {
            case Score.notKnown.raw: try container.encode("notKnown")
            case Score.notApplicable.raw: try container.encode("notApplicable")
            default: try container.encode(raw)
            }
        }
    }
}

extension DecisionLine {
    /// The line of a decision whose values are those of the scorers.
    public init(_ decision: Decision, scorers: [String]) {
        self.init(
            decision: decision.name, wish: decision.wish, time: decision.time.milliseconds, area: decision.area,
            lane: decision.lane, category: decision.category, groups: decision.groups.isEmpty ? nil : decision.groups,
            profile: decision.profile,
            candidates: decision.candidates.map { candidate in
                Candidate(
                    offer: candidate.offer, party: candidate.party, position: candidate.position,
                    values: Dictionary(
                        zip(scorers, candidate.values.map { .raw($0) }), uniquingKeysWith: { first, _ in first }),
                    metres: candidate.metres, fate: candidate.fate == .passedOver ? nil : candidate.fate.rawValue,
                    chosenTime: candidate.chosenTime?.milliseconds, fateTime: candidate.fateTime?.milliseconds,
                    reason: candidate.reason, rating: candidate.rating,
                    ratingTime: candidate.ratingTime?.milliseconds)
            })
    }

    func decision(scorers: [String]) throws(DecisionFault) -> Decision {
        var decoded: [Decision.Candidate] = []
        for (index, candidate) in candidates.enumerated() {
            guard let fate = Decision.Fate(rawValue: candidate.fate ?? "passedOver") else {
                let known = Decision.Fate.allCases.map(\.rawValue).joined(separator: ", ")
                throw DecisionFault(
                    zhHans: "没有结局“\(candidate.fate ?? "")”。可用：\(known)。",
                    en: "There is no fate '\(candidate.fate ?? "")'. There is: \(known).")
            }
            decoded.append(
                Decision.Candidate(
                    offer: candidate.offer, party: candidate.party, position: candidate.position ?? index + 1,
                    values: scorers.map { scorer in
                        if case .raw(let raw)? = candidate.values[scorer] { raw } else { Score.notKnown.raw }
                    }, metres: candidate.metres, fate: fate,
                    chosenTime: candidate.chosenTime.map { Timestamp(milliseconds: $0) },
                    fateTime: candidate.fateTime.map { Timestamp(milliseconds: $0) }, reason: candidate.reason,
                    rating: candidate.rating, ratingTime: candidate.ratingTime.map { Timestamp(milliseconds: $0) }))
        }
        return Decision(
            name: decision, wish: wish ?? decision, time: Timestamp(milliseconds: time), area: area, lane: lane,
            category: category, groups: groups ?? [], profile: profile, candidates: decoded)
    }
}

/// Why a line of a history was refused.
public struct DecisionFault: Error, Sendable, CustomStringConvertible {
    public let text: LocalizedText

    init(zhHans: String, en: String) { text = LocalizedText(zhHans: zhHans, en: en) }

    public var description: String { text.en }
}
