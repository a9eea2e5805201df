internal import Casework
public import MatchCore
internal import Sealing

/// Opens the sealed fields of a program where they stand, and names those that do not belong there: each is sealed for its
/// table, column and row, so that one which was carried over from another row by SQL cannot be opened.
public struct SealedFields {
    private let store: SQLCaseStore
    private let database: any Database
    private let program: String

    public init(database: any Database, store: SQLCaseStore, program: String) {
        self.database = database
        self.store = store
        self.program = program
    }

    /// What was found.
    public struct Finding: Sendable {
        /// How many fields hold something sealed.
        public var all = 0
        /// How many of them were opened.
        public var opened = 0
        /// How many of those could not be.
        public var faults = 0
        public var first: Fault?
    }

    /// A field that cannot be opened where it stands.
    public struct Fault: Sendable, Hashable {
        /// `table.column`.
        public let column: String
        /// The row by its key.
        public let row: String
        /// What is wrong, and what to do.
        public let text: LocalizedText
    }

    /// Opens them all, or of more than `most` so many, chosen by the seed from all tables alike.
    public func look(most: Int, seed: UInt64) throws -> Finding {
        try database.blockingRead { connection in
            let vault = try store.vault.session(program)
            var finding = Finding()
            let counts = try Field.all.map { field in
                let row = try connection.require(
                    "SELECT COUNT(*) FROM \(field.table) WHERE program = $1 AND \(field.isFilled)", [.text(program)])
                return try row[0] as Int
            }
            finding.all = counts.reduce(0, +)
            var choice = Choice(most, of: finding.all, seed: seed)
            for (field, count) in zip(Field.all, counts) where count > 0 {
                let columns = (field.key + [field.column]).joined(separator: ", ")
                try connection.forEach(
                    "SELECT \(columns) FROM \(field.table) WHERE program = $1 AND \(field.isFilled)", [.text(program)]
                ) { row in
                    guard choice.takesNext() else { return }
                    let key = try field.key.indices.map { Self.text(try row[$0]) }.joined(separator: "/")
                    finding.opened += 1
                    guard let text = try Self.fault(of: row, field, key, vault) else { return }
                    finding.faults += 1
                    if finding.first == nil {
                        finding.first = Fault(column: "\(field.table).\(field.column)", row: key, text: text)
                    }
                }
            }
            return finding
        }
    }

    /// What is wrong with a field; nil for one that opens, and for what is left of somebody who was erased.
    private static func fault(
        of row: SQLRow, _ field: Field, _ key: String, _ vault: VaultSession
    ) throws -> LocalizedText? {
        guard let column: String = try? row[field.key.count] else {
            return LocalizedText(
                zhHans: "此处不是文本，已损坏。请从备份恢复该行。", en: "It is no text: damaged. Restore the row from a backup.")
        }
        do {
            _ = try vault.open(column, at: SealedPlace(field.sealedAs, field.column, row: key))
            return nil
        } catch let error as SealError where SealError.Code.ofOneRow.contains(error.code) {
            return error.text
        } catch let error as SealError where error.code == .erased {
            return nil
        }
    }

    private static func text(_ value: SQLValue) -> String {
        switch value {
        case .null, .blob: ""
        case .integer(let number): "\(number)"
        case .text(let text): text
        }
    }
}

extension SealError.Code {
    /// What one damaged row may say, and that says nothing of the others.
    static let ofOneRow: Set<SealError.Code> = [.altered, .plain, .noKey]
}

extension SealedFields {
    /// A column that is sealed, with the columns that make its row's name, in the order in which it is sealed for them.
    struct Field {
        let table: String
        let column: String
        let key: [String]
        /// The table that it was sealed for: a list that is kept for learning goes over as it is.
        let sealedAs: String

        init(_ table: String, _ column: String, _ key: [String] = ["id"], sealedAs: String? = nil) {
            self.table = table
            self.column = column
            self.key = key
            self.sealedAs = sealedAs ?? table
        }

        var isFilled: String { "\(column) IS NOT NULL AND \(column) <> ''" }

        static let all = [
            Field("inbox", "words"), Field("note", "words"), Field("party", "name"), Field("wish", "sealed"),
            Field("offer", "sealed"), Field("household", "because"), Field("household", "groups_sealed"),
            Field("household_member", "sealed", ["household_id", "person_id", "from_at"]),
            Field("household_circumstance", "sealed", ["household_id", "kind", "code", "from_at"]),
            Field("intake_trait", "sealed", ["wish_id"]), Field("account", "name"),
            Field("account_factor", "secret", ["account_id"]), Field("account_factor", "pending", ["account_id"]),
            Field("suggestion", "entries", ["wish_id", "wish_line", "as_of", "place"]),
            Field("past_suggestion", "entries", ["wish_id", "wish_line", "as_of", "place"], sealedAs: "suggestion"),
        ]
    }

    /// Some of many, each as likely as any other, in one pass.
    private struct Choice {
        private var wanted: Int
        private var left: Int
        private var random: TuningRandom

        init(_ wanted: Int, of all: Int, seed: UInt64) {
            self.wanted = min(wanted, all)
            left = all
            random = TuningRandom(seed: seed)
        }

        mutating func takesNext() -> Bool {
            defer { left -= 1 }
            guard wanted > 0, left > 0 else { return false }
            guard wanted >= left || random.below(left) < wanted else { return false }
            wanted -= 1
            return true
        }
    }
}
