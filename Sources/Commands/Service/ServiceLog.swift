import Foundation
import Logging

/// Writes the service's log to the error stream, one line an event.
struct ServiceLog: LogHandler {
    enum Format: String, CaseIterable {
        case text, json
    }

    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    let format: Format
    private let write: @Sendable (String) -> Void

    init(level: Logger.Level, format: Format, write: @escaping @Sendable (String) -> Void) {
        logLevel = level
        self.format = format
        self.write = write
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let facts = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
        let time = Self.time(Date())
        switch format {
        case .text:
            let list = facts.map { " \($0.key)=\($0.value)" }.joined()
            write("\(time) \(event.level) \(Self.oneLine("\(event.message)\(list)"))\n")
        case .json:
            var members = ["\"time\":\"\(time)\"", "\"level\":\"\(event.level)\""]
            members.append("\"message\":\(Self.quoted("\(event.message)"))")
            members += facts.map { "\(Self.quoted($0.key)):\(Self.quoted("\($0.value)"))" }
            write("{\(members.joined(separator: ","))}\n")
        }
    }

    private static func time(_ date: Date) -> String {
        date.formatted(
            .iso8601.year().month().day().time(includingFractionalSeconds: true).timeZone(separator: .omitted))
    }

    /// Nothing that was sent can begin a line of its own.
    private static func oneLine(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in oneLine(text).unicodeScalars {
            if scalar == "\"" || scalar == "\\" { quoted += "\\" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }
}
