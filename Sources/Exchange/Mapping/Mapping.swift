public import Foundation

/// Says how the columns of one kind of CSV file become records: the content of a mapping file.
///
/// `Data/mappings/README.md` describes the language, the files beside it are examples. A key that is not known is refused.
public struct Mapping: Sendable {
    /// What a missing pair of a distance table means.
    public enum MissingDistance: String, Sendable, Hashable, CaseIterable {
        /// Nothing is known about it.
        case unknown
        /// It is as far as the farthest one listed for that offer.
        case farther
    }

    public let kind: ImportKind
    /// The name under which the external ids of this source are kept.
    public let source: String
    /// How the CSV file is read.
    public let csv: CSVOptions
    /// The zone of times that name no offset; UTC if the mapping names none.
    public let timeZone: TimeZone
    /// Of a mapping for distances: what a missing pair means.
    public let missingDistance: MissingDistance
    /// The files that the mapping joins or looks up, by the name that it gives them.
    public var tableFiles: [(name: String, file: String)] { tables.map { ($0.name, $0.file) } }

    /// Whether the mapping says where a field comes from.
    public func fills(_ field: String) -> Bool {
        let extra = flags?.columns.flatMap(\.fields) ?? []
        return (fields + extra).contains { $0.target.name == field }
    }

    /// The column of the file that a field is taken from; nil where it is made of several, or of something else.
    public func column(of field: String) -> String? {
        guard case .column(let name)? = fields.first(where: { $0.target.name == field })?.value.source,
            columns.contains(name)
        else { return nil }
        return name
    }

    /// The columns that its fields are taken from, each once, in the order of the fields; without those of other files.
    public var columns: [String] {
        var names: [String] = []
        let tableNames = tables.map { $0.name + "." }
        func add(_ name: String) {
            guard !name.hasPrefix("@"), !names.contains(name), !tableNames.contains(where: name.hasPrefix) else {
                return
            }
            names.append(name)
        }
        for field in fields {
            switch field.value.source {
            case .column(let name): add(name)
            case .constant: break
            case .template(let parts): for case .column(let name) in parts { add(name) }
            }
        }
        for condition in skip { add(condition.column) }
        for flag in flags?.columns ?? [] { add(flag.name) }
        return names
    }

    /// The same for a file that came without a map: it has no column that the mapping does not read, and what is wrong
    /// names no line of a map that nobody sent.
    public var forBareFiles: Mapping {
        var mapping = self
        mapping.isBare = true
        return mapping
    }

    /// Throws for a column that the mapping does not read, which a file without a map must not have: a misspelt name would
    /// otherwise be passed over in silence.
    func checkBare(_ header: [String]) throws(MappingError) {
        guard isBare else { return }
        let known = columns
        for name in header where !known.contains(name) {
            throw .unknownColumn(name, known: known, line: nil)
        }
        for field in fields where field.isRequired {
            guard case .column(let name) = field.value.source, !header.contains(name) else { continue }
            throw MappingError(
                .unknownColumn, "the column '\(name)' is needed and not there.", "缺少必需的“\(name)”列。")
        }
        for (place, name) in header.enumerated() where header[..<place].contains(name) {
            throw .columnTwice(name, line: nil)
        }
    }

    /// Whether the file that it is for came without a map.
    private(set) var isBare = false
    let metresPerUnit: ExactDecimal
    let skip: [Condition]
    let tables: [TableRule]
    let fields: [FieldRule]
    let flags: Flags?

    struct Condition: Sendable {
        enum Test: Sendable {
            case isOneOf([String])
            case isNoneOf([String])
            case isEmpty(Bool)
        }

        let column: String
        let test: Test
        let line: Int
    }

    /// A second file, of which at most one row belongs to each row.
    struct TableRule: Sendable {
        enum Missing: Sendable {
            case empty
            case reject
            case skip
        }

        struct Match: Sendable {
            let column: String
            let value: ValueRule
            let isPrefix: Bool
        }

        let name: String
        let file: String
        let options: CSVOptions
        let matches: [Match]
        /// nil for a lookup, which is never refused.
        let missing: Missing?
        let line: Int
    }

    /// Where a text comes from and what is done to it before it becomes a value.
    struct ValueRule: Sendable {
        enum Source: Sendable {
            case column(String)
            case constant(String)
            case template([TemplatePart])
        }

        enum TemplatePart: Sendable {
            case literal(String)
            case column(String)
        }

        var source: Source
        /// A delimiter and the place of the part between two of them; negative counts from the end.
        var part: (delimiter: String, place: Int)?
        var first: Int?
        var split: String?
        var translation: Translation?
        let line: Int
    }

    struct Translation: Sendable {
        enum Default: Sendable {
            case keep
            case reject
            case constant(String)
        }

        let values: [String: String]
        let fallback: Default
    }

    struct FieldRule: Sendable {
        let target: TargetField
        var value: ValueRule
        var multiply: ExactDecimal?
        var rounding: ExactDecimal.Rounding?
        var minimum: Int64?
        var maximum: Int64?
        var dates: [DatePattern] = DatePattern.iso8601
        var endOfDay = false
        var isRequired = false
        /// The mapping says in so many words that the field may be empty, or that columns may be missing.
        var isOptional = false
    }

    /// One record for each of these columns that is set.
    struct Flags: Sendable {
        let set: Set<String>
        let clear: Set<String>
        let columns: [(name: String, fields: [FieldRule], line: Int)]
    }
}
