import Configuration
import Foundation
import MatchCore
import SystemPackage

/// The settings of one run, wherever they were given.
struct ServiceSettings {
    private let sources: [(name: String, provider: any ConfigProvider)]

    /// - Parameters:
    ///   - given: from the command line.
    ///   - file: a JSON object whose members are named like the options.
    init(given: [ServiceSetting: ConfigContent], environment: [String: String], file: String?) async throws {
        var sources: [(String, any ConfigProvider)] = [
            (
                "options",
                InMemoryProvider(
                    values: Dictionary(
                        uniqueKeysWithValues: given.map {
                            (AbsoluteConfigKey([$0.key.rawValue]), ConfigValue($0.value, isSecret: false))
                        }))
            ),
            (
                "environment",
                EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: "almoner")
            ),
        ]
        if let file {
            try Self.requireKnownNames(in: file)
            do {
                sources.append((file, try await FileProvider<JSONSnapshot>(filePath: FilePath(file))))
            } catch {
                throw CommandError(
                    .refused,
                    ServeWords.badFile.filled(["source": file, "name": "JSON", "cause": String(describing: error)]))
            }
        }
        self.sources = sources
    }

    /// A limit whose name is misspelt would stay at its default, unnoticed. What is no object of JSON is told by the reader.
    private static func requireKnownNames(in file: String) throws {
        guard let bytes = FileManager.default.contents(atPath: file),
            let object = try? JSONSerialization.jsonObject(with: bytes) as? [String: Any]
        else { return }
        let known = ServiceSetting.allCases.map(\.rawValue)
        guard let name = object.keys.sorted().first(where: { !known.contains($0) }) else { return }
        throw CommandError(
            .usage,
            ServeWords.badChoice.filled(["name": file, "value": name, "choices": known.joined(separator: ", ")]))
    }

    private func value(_ setting: ServiceSetting, _ type: ConfigType) throws -> ConfigContent? {
        for source in sources {
            do {
                let found = try source.provider.value(forKey: AbsoluteConfigKey([setting.rawValue]), type: type)
                if let value = found.value { return value.content }
            } catch {
                throw CommandError(
                    .usage,
                    ServeWords.badFile.filled([
                        "source": source.name, "name": setting.rawValue, "cause": String(describing: error),
                    ]))
            }
        }
        return nil
    }

    /// A number within the setting's range. Throws `usage` for any other.
    func number(_ setting: ServiceSetting) throws -> Int {
        guard case .number(let range, let usual) = setting.kind else { preconditionFailure("\(setting) is no number") }
        guard case .int(let value) = try value(setting, .int) else { return usual }
        return try check(value, setting, range)
    }

    /// A number that may be left to the data directory; nil where it is.
    func override(_ setting: ServiceSetting) throws -> Int? {
        guard case .override(let range) = setting.kind else { preconditionFailure("\(setting) has a default") }
        guard case .int(let value) = try value(setting, .int) else { return nil }
        return try check(value, setting, range)
    }

    private func check(_ value: Int, _ setting: ServiceSetting, _ range: ClosedRange<Int>) throws -> Int {
        guard range.contains(value) else {
            throw CommandError(
                .usage,
                ServeWords.badSetting.filled([
                    "name": setting.rawValue, "value": "\(value)", "range": "\(range.lowerBound)–\(range.upperBound)",
                ]))
        }
        return value
    }

    func text(_ setting: ServiceSetting) throws -> String? {
        if case .string(let value) = try value(setting, .string), !value.isEmpty { return value }
        return setting.usual
    }

    func list(_ setting: ServiceSetting) throws -> [String] {
        guard case .stringArray(let values) = try value(setting, .stringArray) else { return [] }
        return values.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }

    /// One of a few words. Throws `usage` for any other.
    func choice<Choice: RawRepresentable & CaseIterable>(_ setting: ServiceSetting, _ type: Choice.Type) throws
        -> Choice
    where Choice.RawValue == String {
        let value = try text(setting) ?? ""
        guard let choice = Choice(rawValue: value) else {
            throw CommandError(
                .usage,
                ServeWords.badChoice.filled([
                    "name": setting.rawValue, "value": value,
                    "choices": Choice.allCases.map(\.rawValue).joined(separator: ", "),
                ]))
        }
        return choice
    }
}
