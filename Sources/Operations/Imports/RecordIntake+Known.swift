internal import Casework
internal import Exchange
internal import MatchCore

/// Rows that name a record by the id it has here, as an export does where there is no external id.
extension RecordIntake {
    /// A record of the program that a row means.
    struct Known {
        var key: RecordKey
        /// Whose offer it is; nil for anything else.
        var party: RecordID?
        /// Whether it has ended: then it stays as it is, whatever a file says.
        var isOver: Bool
    }

    /// The record whose id stands in the row's place for the external id; nil where that is no id of this program.
    func known(_ record: MappedRecord, _ kind: RecordKind) throws -> Known? {
        guard let id = record.text("externalID").flatMap({ RecordID($0) }) else { return nil }
        let registry = RegistryReader(transaction)
        switch kind {
        case .party:
            return try registry.party(id).map { Known(key: $0.key, party: nil, isOver: $0.state == "closed") }
        case .offer:
            return try registry.offer(id).map {
                Known(key: $0.key, party: $0.features.party, isOver: $0.state == "withdrawn")
            }
        case .wish:
            return try registry.wish(id).map { Known(key: $0.key, party: nil, isOver: $0.state == "closed") }
        }
    }

    /// Leaves a record that has ended as it is, and says so.
    mutating func leave(
        _ known: Known, _ record: MappedRecord, _ row: CSVRow, _ remarks: inout RecordBuilder.Remarks
    ) throws -> [Entered] {
        if case .over(known.key.id)? = pending?.record, pending?.identity == record.identity {
            pending?.add(row, record)
            return []
        }
        guard isFirst(record, &remarks) else { return [] }
        remarks.warnings.append(("externalID", Self.hasEnded(known.key)))
        guard record.integer("line") != nil else { return [Entered(.unchanged, known.key.id)] }
        return try hold(.over(known.key.id), record, row)
    }

    static func hasEnded(_ key: RecordKey) -> LocalizedText {
        .both("“\(key.handle)”已结束，保持原样。", "'\(key.handle)' has ended and stays as it is.")
    }

    /// The party of the program that has this text for its id; nil for none.
    func party(withID text: String) throws -> RecordID? {
        try RecordID(text).flatMap { try RegistryReader(transaction).party($0)?.key.id }
    }

    /// Of a party that is named by an id alone nothing is known but that it is somebody of another program, or nobody:
    /// a new one would be a stranger whose name is a number.
    static func isNameless(_ record: MappedRecord) -> Bool {
        record.text("party.name") == nil && record.text("party.externalID").flatMap { RecordID($0) } != nil
    }

    static func unknownParty(_ text: String) -> LocalizedText {
        .both(
            "本项目没有编号为“\(text)”的主体。请先导入主体，或填写其外部编号。",
            "There is no party '\(text)' in this program. Import the parties first, or name it by its external id.")
    }
}
