internal import InputGate
internal import MatchCore

/// A second CSV file in memory, found by the text in one of its columns.
public struct MappingTable: Sendable {
    /// The greatest size of a table, in bytes of its cells.
    public static let maximumBytes = 64 << 20

    let header: [String]
    let rows: [[String]]
    private let index: [String: [Int]]

    /// Reads the file that a mapping names.
    ///
    /// Throws `MappingError`: the file cannot be read, holds more than 64 MiB, lacks the key column, or has a key twice
    /// where the mapping joins it.
    public init(_ source: any ByteSource, for name: String, of mapping: Mapping) throws(MappingError) {
        guard let rule = mapping.tables.first(where: { $0.name == name }), let match = rule.matches.first else {
            throw MappingError(.badValue, "The mapping has no table '\(name)'.", "映射中没有表“\(name)”。")
        }
        var rows: [[String]] = []
        var index: [String: [Int]] = [:]
        do {
            let reader = try CSVReader(source, options: rule.options)
            header = reader.header
            guard let key = header.firstIndex(of: match.column) else {
                throw MappingError.unknownColumn(match.column, known: header, line: rule.line)
            }
            var bytes = 0
            while let row = try reader.next() {
                bytes += row.storage.count
                if bytes > Self.maximumBytes {
                    throw MappingError(
                        .tableTooLarge, line: rule.line, "the file of '\(name)' has more than 64 MiB.",
                        "“\(name)”的文件超过 64 MiB。")
                }
                let texts = row.texts.map { $0.trimmed.composed }
                if rule.missing != nil, index[texts[key]] != nil {
                    throw MappingError(
                        .tableKeyTwice, line: rule.line,
                        "row \(row.number) of '\(rule.file)' has the key '\(texts[key])' again; a join needs each once.",
                        "“\(rule.file)”第 \(row.number) 行的键“\(texts[key])”重复，连接要求键唯一。")
                }
                index[texts[key], default: []].append(rows.count)
                rows.append(texts)
            }
        } catch let error as MappingError {
            throw error
        } catch {
            let wording = (error as? CSVError)?.wording
            throw MappingError(
                .tableUnreadable, line: rule.line, "'\(rule.file)': \(wording?.english ?? "\(error)")",
                "“\(rule.file)”：\(wording?.chinese ?? "\(error)")")
        }
        self.rows = rows
        self.index = index
    }

    /// The rows whose key is this text.
    func rows(for key: String) -> [Int] { index[key] ?? [] }
}

extension Mapping {
    /// Reads every table that the mapping names, each from the first folder that has it.
    ///
    /// - Parameters:
    ///   - folders: usually that of the CSV file, then that of the mapping file.
    ///   - paths: paths that replace the mapping's, by table name.
    public func loadTables(
        folders: [String], paths: [String: String] = [:]
    ) throws(MappingError) -> [String: MappingTable] {
        var loaded: [String: MappingTable] = [:]
        for rule in tables {
            var candidates = folders.map { "\($0)/\(rule.file)" }
            if rule.file.hasPrefix("/") { candidates = [rule.file] }
            if let path = paths[rule.name] { candidates = [path] }
            guard let source = candidates.lazy.compactMap({ try? FileSource(path: $0) }).first else {
                let list = candidates.joined(separator: ", ")
                throw MappingError(
                    .tableUnreadable, line: rule.line, "the file of '\(rule.name)' is not there: \(list).",
                    "找不到“\(rule.name)”的文件：\(list)。")
            }
            loaded[rule.name] = try MappingTable(source, for: rule.name, of: self)
        }
        return loaded
    }
}
