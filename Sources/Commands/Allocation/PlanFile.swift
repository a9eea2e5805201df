import Foundation
import PlanCheck

/// A plan's document, read from a file that anybody may have written.
struct PlanFile {
    /// Not checked yet, beyond its form.
    let document: PlanDocument

    private struct Head: Decodable {
        var format: String
    }

    /// - Throws: ``CommandError`` that names the member which is not what stands there in a plan.
    init(_ data: Data, name: String) throws {
        let decoder = JSONDecoder()
        guard let head = try? decoder.decode(Head.self, from: data) else {
            throw CommandError(.refused, AllocateWords.notAProof.filled(["file": name]))
        }
        guard head.format == PlanDocument.currentFormat else {
            throw CommandError(
                .refused,
                AllocateWords.otherFormat.filled([
                    "file": name, "found": String(head.format.prefix(64)), "format": PlanDocument.currentFormat,
                ]))
        }
        do {
            document = try decoder.decode(PlanDocument.self, from: data)
        } catch let error as DecodingError {
            throw CommandError(
                .refused, AllocateWords.badMember.filled(["file": name, "path": Self.path(error, in: data)]))
        }
    }

    static func write(_ document: PlanDocument, to name: String) throws {
        do {
            try Data(JSONOutput().line(document).utf8).write(to: URL(filePath: name), options: .atomic)
        } catch {
            throw CommandError(.failure, AllocateWords.cannotWrite.filled(["file": name]))
        }
    }

    /// Such as `pairs[3][1]`. A number that does not fit comes without its path.
    private static func path(_ error: DecodingError, in data: Data) -> String {
        let (keys, last): ([any CodingKey], (any CodingKey)?) =
            switch error {
            case .keyNotFound(let key, let context): (context.codingPath, key)
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
                (context.codingPath, nil)
            @unknown default: ([], nil)
            }
        let path = (keys + [last].compactMap { $0 }).reduce("") { path, key in
            if let index = key.intValue { return path + "[\(index)]" }
            return path.isEmpty ? key.stringValue : path + "." + key.stringValue
        }
        let whole = try? JSONSerialization.jsonObject(with: data)
        return whole.flatMap { unfitNumber(in: $0, at: "") } ?? path
    }

    /// The path of the first number that is not whole, or beyond 64 bits.
    private static func unfitNumber(in value: Any, at path: String) -> String? {
        switch value {
        case let object as [String: Any]:
            for (key, member) in object.sorted(by: { $0.key < $1.key }) {
                if let found = unfitNumber(in: member, at: path.isEmpty ? key : path + "." + key) { return found }
            }
            return nil
        case let list as [Any]:
            for (index, member) in list.enumerated() {
                if let found = unfitNumber(in: member, at: path + "[\(index)]") { return found }
            }
            return nil
        case let number as NSNumber: return Int64(number.stringValue) == nil ? path : nil
        default: return nil
        }
    }
}
