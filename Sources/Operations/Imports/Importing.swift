internal import Casework
public import Exchange
internal import InputGate
internal import MatchCore
public import Wire

/// One import through the service, before its rows are read.
public struct Importing: Sendable {
    public let kind: ImportKind
    public let mode: ImportInput.Mode
    private let room: OperationRoom
    private let language: Language

    init(_ input: ImportInput, in context: OperationContext) throws {
        guard context.viewer.areas.isEmpty else {
            throw Problem(
                .forbidden, "Imports take a token for the whole programme, and this one is limited to areas.",
                zhHans: "导入须用不限区划的令牌。")
        }
        guard let kind = ImportKind(rawValue: input.kind.rawValue) else { throw Problem.notFound }
        self.kind = kind
        mode = input.mode ?? .atomic
        room = context.room
        language = context.viewer.language
    }

    /// How many rows of an atomic import may be entered in one transaction, where so many of the lightest may: each wish and
    /// each inbound record is sealed under a key of its own, read for duplicates, and has its case and clocks begun.
    public func atomicRows(of most: Int) -> Int {
        switch kind {
        case .parties, .offers, .areas, .distances: most
        case .wishes, .inbox, .people: max(1, most / 10)
        }
    }

    /// In what the rows are written.
    public enum Format: Sendable {
        case json, csv
    }

    /// What the rows are read and entered with.
    ///
    /// - Parameter map: as JSON; nil for the product's own columns.
    public func terms(map: JSONValue?) throws -> ImportTerms {
        let mapping: Mapping
        if let map {
            do throws(MappingError) { mapping = try Mapping(node: MappingNode(map)) } catch {
                throw Problem(
                    .invalidInput, at: "/map",
                    LocalizedText(zhHans: error.wording.chinese, en: error.wording.english))
            }
        } else {
            guard let own = try room.office.mapping(kind) else {
                throw Problem(
                    .invalidInput, at: "/map",
                    LocalizedText(
                        zhHans: "此类内容没有自带的列名，请以 multipart/form-data 附上映射。",
                        en: "There are no columns of our own for these: send a map, as multipart/form-data."))
            }
            mapping = own.forBareFiles
        }
        guard mapping.kind == kind else {
            throw Problem(
                .invalidInput, at: "/map/kind",
                LocalizedText(
                    zhHans: "映射写的是 \(mapping.kind.rawValue)。", en: "The map is for \(mapping.kind.rawValue)."))
        }
        guard mapping.tableFiles.isEmpty else {
            throw Problem(
                .invalidInput, at: "/map/join",
                LocalizedText(
                    zhHans: "经服务导入时映射不能引用其他文件。", en: "Through the service a map cannot name other files."))
        }
        return try ImportTerms(mapping, reference: room.reference, office: room.office)
    }

    public func rows(_ source: any ByteSource, _ format: Format, _ terms: ImportTerms) throws -> any ImportRows {
        do {
            switch format {
            case .json:
                let columns = terms.mapping.columns
                return JSONImportRows(
                    source, columns: columns, engine: try MappingEngine(terms.mapping, header: columns))
            case .csv:
                let reader = try CSVReader(source, options: terms.mapping.csv)
                return CSVImportRows(reader, engine: try MappingEngine(terms.mapping, header: reader.header))
            }
        } catch let error as MappingError {
            throw Problem(.invalidInput, LocalizedText(zhHans: error.wording.chinese, en: error.wording.english))
        } catch let error as CSVError {
            throw Self.unreadable(error)
        }
    }

    static func unreadable(_ error: CSVError) -> Problem {
        Problem(.invalidInput, LocalizedText(zhHans: error.wording.chinese, en: error.wording.english))
    }

    /// Begins to enter rows in a transaction.
    public func run(_ terms: ImportTerms, header: [String], in context: OperationContext, after: ImportTally)
        throws -> ImportRun
    {
        terms.run(desk: try context.desk(), header: header, undoesRows: true, memory: after.memory)
    }

    public func tally() -> ImportTally { ImportTally(language: language) }
}

extension MappingNode {
    /// A map as JSON. Where a name is not plain ASCII, which no key of a request may be, a block is written as a list of
    /// objects with `name` and `value`.
    init(_ json: JSONValue) {
        switch json {
        case .null: self = .text("", line: 1)
        case .flag(let flag): self = .text(flag ? "true" : "false", line: 1)
        case .integer(let number): self = .text(String(number), line: 1)
        case .decimal(let text), .text(let text): self = .text(text, line: 1)
        case .object(let object):
            self = .entries(object.members.map { ($0.name, MappingNode($0.value)) }, line: 1)
        case .list(let items):
            let named = items.compactMap { item -> (key: String, value: MappingNode)? in
                guard case .object(let object) = item, object.members.count == 2,
                    case .text(let name)? = object["name"], let value = object["value"]
                else { return nil }
                return (name, MappingNode(value))
            }
            self =
                !items.isEmpty && named.count == items.count
                ? .entries(named, line: 1) : .list(items.map { MappingNode($0) }, line: 1)
        }
    }
}
