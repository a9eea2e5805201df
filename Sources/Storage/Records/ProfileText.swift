internal import Foundation
internal import MatchCore

/// How a profile is kept: JSON with sorted keys.
enum ProfileText {
    static func encode(_ profile: ScoringProfile) throws -> String {
        let usual = ProfileScope.Kind.allCases
        let body = Body(
            title: profile.title,
            entries: profile.entries.map { entry in
                Body.Entry(
                    scorer: entry.scorer, weight: entry.weight, neutral: entry.neutral,
                    parameters: entry.parameters.mapValues(KeptParameter.init))
            },
            precedence: profile.precedence == usual ? nil : profile.precedence.map(\.rawValue),
            layers: profile.layers.isEmpty
                ? nil
                : profile.layers.map { layer in
                    Body.Layer(
                        scope: layer.scope.description,
                        changes: layer.changes.map { change in
                            Body.Change(
                                scorer: change.scorer, off: change.isOff ? true : nil, weight: change.weight,
                                neutral: change.neutral,
                                parameters: change.parameters.isEmpty
                                    ? nil : change.parameters.mapValues(KeptParameter.init))
                        })
                },
            allocation: profile.allocation, trial: profile.trial, vote: profile.vote)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(body), as: UTF8.self)
    }

    /// Throws `corrupt` where the text is none that `encode` wrote.
    static func decode(_ text: String, name: String, revision: Int) throws -> ScoringProfile {
        func corrupt(_ cause: (any Error)?) -> DatabaseError {
            DatabaseError(
                .corrupt,
                message: "The scoring profile \(name)@\(revision) is damaged in the database. Restore a backup.",
                cause: cause)
        }
        let body: Body
        do {
            body = try JSONDecoder().decode(Body.self, from: Data(text.utf8))
        } catch {
            throw corrupt(error)
        }
        var profile = ScoringProfile(
            name: name, revision: revision, title: body.title,
            entries: body.entries.map { entry in
                ScoringProfile.Entry(
                    scorer: entry.scorer, weight: entry.weight, neutral: entry.neutral,
                    parameters: entry.parameters.mapValues(\.value))
            },
            precedence: try body.precedence?.map { text in
                guard let kind = ProfileScope.Kind(rawValue: text) else { throw corrupt(nil) }
                return kind
            } ?? ProfileScope.Kind.allCases,
            layers: try body.layers?.map { layer in
                guard let scope = ProfileScope(layer.scope) else { throw corrupt(nil) }
                return ProfileLayer(
                    scope: scope,
                    changes: layer.changes.map { change in
                        ProfileLayer.Change(
                            scorer: change.scorer, isOff: change.off ?? false, weight: change.weight,
                            neutral: change.neutral, parameters: change.parameters?.mapValues(\.value) ?? [:])
                    })
            } ?? [],
            allocation: body.allocation ?? AllocationRules())
        (profile.trial, profile.vote) = (body.trial, body.vote)
        return profile
    }

    private struct Body: Codable {
        var title: LocalizedText
        var entries: [Entry]
        /// Nil for the usual order, and where there is no layer.
        var precedence: [String]?
        var layers: [Layer]?
        /// Missing in revisions that were published before profiles declared it.
        var allocation: AllocationRules?
        /// Nil where no trial is on.
        var trial: TrialTerms?
        /// Nil where the totals make the order.
        var vote: VoteTerms?

        struct Entry: Codable {
            var scorer: String
            var weight: Int32
            var neutral: Int32
            var parameters: [String: KeptParameter]
        }

        struct Layer: Codable {
            var scope: String
            var changes: [Change]
        }

        struct Change: Codable {
            var scorer: String
            var off: Bool?
            var weight: Int32?
            var neutral: Int32?
            var parameters: [String: KeptParameter]?
        }
    }
}

/// A parameter as JSON: a scalar as itself, a list as an array, named parts as their names beside their values, so that
/// their order comes back.
private struct KeptParameter: Codable {
    var value: ParameterValue

    private struct Parts: Codable {
        var names: [String]
        var values: [KeptParameter]
    }

    init(_ value: ParameterValue) {
        self.value = value
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let flag = try? container.decode(Bool.self) {
            value = .flag(flag)
        } else if let number = try? container.decode(Int64.self) {
            value = .integer(number)
        } else if let text = try? container.decode(String.self) {
            value = .text(text)
        } else if let list = try? container.decode([KeptParameter].self) {
            value = .list(list.map(\.value))
        } else {
            let parts = try container.decode(Parts.self)
            guard parts.names.count == parts.values.count else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "names without values")
            }
            value = .entries(zip(parts.names, parts.values).map { ParameterEntry($0, $1.value) })
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch value {
        case .integer(let number): try container.encode(number)
        case .flag(let flag): try container.encode(flag)
        case .text(let text): try container.encode(text)
        case .list(let values): try container.encode(values.map(KeptParameter.init))
        case .entries(let entries):
            try container.encode(
                Parts(names: entries.map(\.name), values: entries.map { KeptParameter($0.value) }))
        }
    }
}
