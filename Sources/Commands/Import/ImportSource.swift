import Exchange
import Foundation
import InputGate
import MatchCore

/// Opens what an import reads: the mapping, the CSV file and the tables that it joins.
struct ImportSource {
    let reader: CSVReader
    let engine: MappingEngine
    /// Bytes of the file, for the progress line; nil for a pipe.
    let size: Int64?

    init(_ request: ImportRequest) throws {
        let folders = [request.file, request.map].map(ImportSource.folder)
        reader = try CSVReader(try FileSource(path: request.file), options: request.mapping.csv)
        let tables = try request.mapping.loadTables(folders: folders, paths: request.tables)
        engine = try MappingEngine(request.mapping, header: reader.header, tables: tables)
        size = (try? FileManager.default.attributesOfItem(atPath: request.file)[.size] as? Int64) ?? nil
    }

    /// The folder of a path, `.` where it names none.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Reads `place=towns.csv`; a name that the mapping does not have is refused.
    static func tables(named options: [String], of mapping: Mapping) throws -> [String: String] {
        var paths: [String: String] = [:]
        for option in options {
            let parts = option.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, mapping.tableFiles.contains(where: { $0.name == parts[0] }) else {
                throw CommandError(
                    .usage,
                    ImportWords.unknownTable.filled([
                        "option": option, "known": mapping.tableFiles.map(\.name).joined(separator: ", "),
                    ]))
            }
            paths[parts[0]] = parts[1]
        }
        return paths
    }

    /// The mapping of the product's own columns; nil for a kind that has none.
    static func ownMapping(of kind: ImportKind, in directory: DataDirectory) throws -> Mapping? {
        let path = directory.path(of: "mappings/almoner-\(kind.rawValue).yaml")
        return FileManager.default.fileExists(atPath: path) ? try mapping(at: path) : nil
    }

    static func mapping(at path: String) throws -> Mapping {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw CommandError(
                .notFound, ImportWords.noMapping.filled(["file": path]), advice: ImportWords.noMappingAdvice.text)
        }
        defer { try? handle.close() }
        // The mapping itself refuses more than 1 MiB, so no more than that and a byte is read.
        let bytes: [UInt8]
        do {
            bytes = [UInt8](try handle.read(upToCount: (1 << 20) + 1) ?? Data())
        } catch {
            throw CommandError(
                .usage, ImportWords.noMappingFile.filled(["file": path]), advice: ImportWords.noMappingAdvice.text)
        }
        return try Mapping(yaml: bytes)
    }
}
