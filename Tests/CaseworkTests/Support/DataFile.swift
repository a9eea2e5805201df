import Foundation
import Yams

/// Decodes a file of the repository's `Data/`, as an operator's own file is decoded.
func dataFile<Value: Decodable>(_ path: String, as type: Value.Type = Value.self) throws -> Value {
    try YAMLDecoder().decode(type, from: Data(contentsOf: dataURL(path)))
}

/// Where a file of the repository's `Data/` stands.
func dataURL(_ path: String) -> URL {
    URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../Data").standardized.appendingPathComponent(path)
}
