import Foundation

/// Turns what a command found into JSON: keys in alphabetical order, slashes and Chinese as they are, a member left
/// out where there is nothing to say. What each command prints is described in `Docs/command-line.md`.
struct JSONOutput: Sendable {
    /// One object over several lines, for a single answer.
    func object(_ value: some Encodable) throws -> String {
        try text(value, formatting: [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted])
    }

    /// One object on one line, for lists that a script reads line by line (NDJSON).
    func line(_ value: some Encodable) throws -> String {
        try text(value, formatting: [.sortedKeys, .withoutEscapingSlashes])
    }

    private func text(_ value: some Encodable, formatting: JSONEncoder.OutputFormatting) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = formatting
        return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    }
}
