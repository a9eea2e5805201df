internal import Foundation
internal import MatchCore

/// How a published profile is kept: JSON with sorted keys.
enum ProfileText {
    static func encode(_ profile: ScoringProfile) throws -> String {
        let body = Body(
            title: profile.title,
            entries: profile.entries.map { entry in
                Body.Entry(
                    scorer: entry.scorer, weight: entry.weight, neutral: entry.neutral,
                    parameters: entry.parameters.mapValues(Body.Parameter.init))
            }, allocation: profile.allocation)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(body), as: UTF8.self)
    }

    /// Throws `corrupt` where the text is none that `encode` wrote.
    static func decode(_ text: String, name: String, revision: Int) throws -> ScoringProfile {
        let body: Body
        do {
            body = try JSONDecoder().decode(Body.self, from: Data(text.utf8))
        } catch {
            throw DatabaseError(
                .corrupt,
                message: "The published scoring profile \(name)@\(revision) is damaged in the database. "
                    + "Restore a backup.", cause: error)
        }
        return ScoringProfile(
            name: name, revision: revision, title: body.title,
            entries: body.entries.map { entry in
                ScoringProfile.Entry(
                    scorer: entry.scorer, weight: entry.weight, neutral: entry.neutral,
                    parameters: entry.parameters.mapValues(\.value))
            }, allocation: body.allocation ?? AllocationRules())
    }

    private struct Body: Codable {
        var title: LocalizedText
        var entries: [Entry]
        /// Missing in revisions that were published before profiles declared it.
        var allocation: AllocationRules?

        struct Entry: Codable {
            var scorer: String
            var weight: Int32
            var neutral: Int32
            var parameters: [String: Parameter]
        }

        struct Parameter: Codable {
            var value: ParameterValue

            init(_ value: ParameterValue) {
                self.value = value
            }

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                if let flag = try? container.decode(Bool.self) {
                    value = .flag(flag)
                } else if let number = try? container.decode(Int64.self) {
                    value = .integer(number)
                } else {
                    value = .text(try container.decode(String.self))
                }
            }

            func encode(to encoder: any Encoder) throws {
                var container = encoder.singleValueContainer()
                switch value {
                case .integer(let number): try container.encode(number)
                case .flag(let flag): try container.encode(flag)
                case .text(let text): try container.encode(text)
                }
            }
        }
    }
}
