import Foundation
import Yams

/// Decodes a file of the repository's `Data/`, as an operator's own file is decoded.
func dataFile<Value: Decodable>(_ path: String, as type: Value.Type = Value.self) throws -> Value {
    let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../Data").standardized
    return try YAMLDecoder().decode(type, from: Data(contentsOf: root.appendingPathComponent(path)))
}
