internal import Foundation
internal import InputGate
internal import MatchCore
internal import Yams

extension DataDirectory {
    /// Reads a YAML file of rules, at most 1 MiB, without anchors and aliases.
    ///
    /// - Parameter name: the path in the directory, such as `clocks/standard.yaml`.
    public func rules<Rules: Decodable>(_ type: Rules.Type, in name: String) throws(DataFault) -> Rules {
        let file = path(of: name)
        let yaml = try bytes(of: file)
        do throws(MappingError) { _ = try MappingNode.read(yaml) } catch {
            throw DataFault(
                .malformed, LocalizedText(zhHans: error.wording.chinese, en: error.wording.english), file: file)
        }
        do {
            return try YAMLDecoder().decode(type, from: Data(yaml))
        } catch {
            let reason = Self.reason(of: error)
            throw DataFault(
                .badValue,
                LocalizedText(zhHans: "规则文件有误：\(reason)", en: "The rules cannot be read: \(reason)"), file: file)
        }
    }

    /// The names, without their ending, of the rule files in a folder.
    public func ruleNames(in folder: String) -> [String] {
        files(in: folder, suffix: ".yaml").map { String($0.dropLast(5)) }
    }

    private static func reason(of error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, let context):
            "'\(key.stringValue)' is missing at \(place(context))."
        case DecodingError.dataCorrupted(let context), DecodingError.typeMismatch(_, let context),
            DecodingError.valueNotFound(_, let context):
            context.underlyingError.map { "\($0)" } ?? "\(place(context)): \(context.debugDescription)"
        default: "\(error)"
        }
    }

    private static func place(_ context: DecodingError.Context) -> String {
        context.codingPath.isEmpty ? "the top" : context.codingPath.map(\.stringValue).joined(separator: ".")
    }
}
