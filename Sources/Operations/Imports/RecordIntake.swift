internal import Casework
internal import Exchange
internal import InputGate
internal import MatchCore
internal import Wire

/// Enters mapped records into the registry, one transaction long.
struct RecordIntake {
    let transaction: any CaseTransaction
    let mapping: Mapping
    let builder: RecordBuilder
    let registrar: Registrar
    let desk: CaseDesk
    /// Nil where the database has no key file; then nothing that is said of a person is compared.
    let blind: BlindIndex?
    private let newID: () -> RecordID
    /// What it remembers of the rows before, also of those of earlier transactions.
    var memory: IntakeMemory
    /// Those of them that the present row made.
    private var newParties: [String] = []
    /// The record whose rows are being read, where the mapping has a row for each line.
    var pending: Pending?
    /// What is doubtful about records of several rows that entered.
    var lateWarnings: [PlacedRemark] = []
    /// Looks wordings over with the names of staff; made for the first wish.
    var wordingCheck: WordingCheck?
    /// Records of several rows that were refused when their last row had been read.
    var refusedLater: [Refused] = []
    /// Whether a rule of the store was broken, after which the transaction takes no more unless the row is undone.
    private(set) var hasBrokenRule = false
    /// A fault of the store, which ends the import.
    private(set) var failure: (any Error)?

    /// An offer or a wish to which the next row may add a line.
    struct Pending {
        enum Record {
            case offer(Offer, received: Timestamp?)
            case wish(Wish, unsaid: Set<WishField>)
            /// One that has ended and stays as it is.
            case over(RecordID)
        }

        /// What its rows have in common.
        var identity: String
        var record: Record
        var site: SiteMention
        var hints: PersonHints
        var names: [String]
        /// One for each line, in the order of the lines.
        private(set) var rows: [CSVRow] = []
        private(set) var records: [MappedRecord] = []

        mutating func add(_ row: CSVRow, _ record: MappedRecord) {
            rows.append(row)
            records.append(record)
        }
    }

    /// A record that was refused after its rows had been read: all of them, and why.
    struct Refused {
        var rows: [CSVRow]
        var faults: [PlacedRemark]
    }

    /// What is said of a field of a row after the row was read.
    struct PlacedRemark {
        let record: MappedRecord
        let field: String
        let text: LocalizedText
    }

    /// Says that what a row entered is to be undone.
    private struct AtFault: Error {}

    /// - Parameters:
    ///   - desk: who registers, and when.
    ///   - memory: of the rows that an earlier transaction took.
    init(
        transaction: any CaseTransaction, mapping: Mapping, builder: RecordBuilder, admission: Admission,
        desk: CaseDesk, blind: BlindIndex? = nil, opensCases: Bool = true, areApproved: Bool = false,
        memory: IntakeMemory = IntakeMemory()
    ) {
        self.transaction = transaction
        self.mapping = mapping
        self.builder = builder
        self.desk = desk
        registrar = Registrar(
            transaction: transaction, admission: admission, desk: desk, opening: opensCases ? .importFile : nil,
            areApproved: areApproved)
        self.blind = blind
        self.memory = memory
        newID = desk.newID
    }

    /// Runs the body for one row so that what it entered is undone where it says that the row is at fault: a row enters
    /// whole or not at all.
    mutating func whole(_ body: (inout RecordIntake) -> Bool) {
        newParties = []
        let store = transaction
        do {
            try store.attempt { if !body(&self) { throw AtFault() } }
        } catch is AtFault {
            for name in newParties { memory.parties[name] = nil }
        } catch {
            failure = error
        }
    }

    /// Returns what became of the record; nothing where it is at fault, and then `remarks` says why.
    mutating func enter(
        _ record: MappedRecord, row: CSVRow, _ remarks: inout RecordBuilder.Remarks
    ) -> [Entered] {
        do {
            switch mapping.kind {
            case .parties: return try enterParty(record, &remarks)
            case .offers: return try enterOffer(record, row, &remarks)
            case .wishes: return try enterWish(record, row, &remarks)
            case .distances: return try enterDistance(record, &remarks)
            case .areas: return []
            case .inbox: return try enterInbound(record, &remarks)
            case .people: return try enterPerson(record, &remarks)
            }
        } catch let refusal as AdmissionRefusal {
            remarks.faults += refusal.faults.map { ($0.field, $0.message) }
        } catch let error as CaseworkError {
            remarks.faults.append(("", error.text))
        } catch let error as any ProblemSource where error.problem.kind == .insufficientBalance {
            // The ledger does not allow it: less pledged than has been claimed.
            remarks.faults.append(("quantity", RecordIntake.belowClaims))
            hasBrokenRule = true
        } catch let error as any ProblemSource where error.problem.kind == .conflict {
            // Of somebody who was erased.
            remarks.faults.append(("", error.problem.detail))
        } catch {
            failure = error
        }
        return []
    }

    static let belowClaims = LocalizedText.both(
        "数量少于已被认领的部分，台账不允许。请先释放认领，或填写更大的数量。",
        "The quantity is below what has been claimed, which the ledger does not allow. Release claims, or state more.")

    private mutating func enterParty(
        _ record: MappedRecord, _ remarks: inout RecordBuilder.Remarks
    ) throws -> [Entered] {
        let known = try known(record, .party)
        let id = known?.key.id ?? newID()
        let (party, name) = builder.party(record, id: id, &remarks)
        guard remarks.faults.isEmpty, isFirst(record, &remarks) else { return [] }
        if let known, known.isOver {
            remarks.warnings.append(("externalID", Self.hasEnded(known.key)))
            return [Entered(.unchanged, id)]
        }
        return [Entered(try registrar.admit(party, key: known?.key ?? builder.key(record, id: id), name: name))]
    }

    private mutating func enterOffer(
        _ record: MappedRecord, _ row: CSVRow, _ remarks: inout RecordBuilder.Remarks
    ) throws -> [Entered] {
        let known = try known(record, .offer)
        if let known, known.isOver { return try leave(known, record, row, &remarks) }
        guard let party = try party(of: record, known, &remarks) else { return [] }
        var offer = builder.offer(record, id: known?.key.id ?? newID(), party: party, &remarks)
        if let known { offer.key = known.key }
        guard remarks.faults.isEmpty else { return giveUp(record) }
        let received = record.timestamp("receivedAt").map(Timestamp.init(milliseconds:))
        if record.integer("line") == nil {
            guard isFirst(record, &remarks) else { return [] }
            return [Entered(try registrar.admit(offer, received: received, site: site(record)))]
        }
        guard isWhole(record, &remarks) else { return [] }
        if case .offer(var first, let received)? = pending?.record, pending?.identity == record.identity {
            first.lines += offer.lines
            pending?.record = .offer(first, received: received)
            pending?.add(row, record)
            return []
        }
        guard isFirst(record, &remarks) else { return [] }
        return try hold(.offer(offer, received: received), record, row)
    }

    private mutating func enterWish(
        _ record: MappedRecord, _ row: CSVRow, _ remarks: inout RecordBuilder.Remarks
    ) throws -> [Entered] {
        let known = try known(record, .wish)
        if let known, known.isOver { return try leave(known, record, row, &remarks) }
        var wish = builder.wish(record, id: known?.key.id ?? newID(), &remarks)
        if let known { wish.key = known.key }
        guard remarks.faults.isEmpty else { return giveUp(record) }
        if record.integer("line") == nil {
            guard isFirst(record, &remarks) else { return [] }
            let (outcome, doubts) = try admit(
                wish, unsaid: builder.unsaid(record), site: site(record), builder.hints(record),
                names: builder.names(record))
            remarks.warnings += doubts
            return [Entered(outcome)]
        }
        guard isWhole(record, &remarks) else { return [] }
        if case .wish(var first, let unsaid)? = pending?.record, pending?.identity == record.identity {
            first.lines += wish.lines
            pending?.record = .wish(first, unsaid: unsaid)
            pending?.add(row, record)
            return []
        }
        guard isFirst(record, &remarks) else { return [] }
        return try hold(.wish(wish, unsaid: builder.unsaid(record)), record, row)
    }

    /// Whether the record's id stands in the file for the first time; else a fault names both rows.
    mutating func isFirst(_ record: MappedRecord, _ remarks: inout RecordBuilder.Remarks) -> Bool {
        guard let identity = record.identity, let id = record.text("externalID") else { return true }
        guard let first = memory.firstRows[identity] else {
            memory.firstRows[identity] = record.row
            return true
        }
        let text =
            record.integer("line") == nil
            ? LocalizedText.both(
                "编号“\(id)”已在第 \(first) 行出现，第 \(record.row) 行不能再用。",
                "The id '\(id)' stands in row \(first) already; row \(record.row) cannot have it again.")
            : LocalizedText.both(
                "编号“\(id)”的记录始于第 \(first) 行，第 \(record.row) 行又出现。请把同一记录的各行连续排列。",
                "The record '\(id)' began in row \(first) and comes again in row \(record.row). "
                    + "Put the rows of one record next to each other.")
        remarks.faults.append(("externalID", text))
        return false
    }

    func site(_ record: MappedRecord) -> SiteMention {
        record.text("site").map { .at($0) } ?? (mapping.fills("site") ? .none : .unsaid)
    }

    /// The party of an offer: one of the registry with this external id (of this source, else of any other) or this id, or
    /// a new one made of what the row says. An offer that names no party is its own party's only one; one that is known
    /// stays its party's.
    private mutating func party(
        of record: MappedRecord, _ offer: Known?, _ remarks: inout RecordBuilder.Remarks
    ) throws -> RecordID? {
        let named = record.text("party.externalID") ?? record.text("party.name")
        if let owner = offer?.party, try named == nil || RegistryReader(transaction).party(owner)?.key.handle == named {
            return owner
        }
        let externalID = named ?? record.text("externalID") ?? ""
        let source = record.text("party.source") ?? mapping.source
        // The same name of another source is another party.
        let name = MappedRecord.identity(of: externalID, source: record.text("party.source"))
        if let known = memory.parties[name] { return known }
        if let stored = try storedParty(externalID, of: source, isNamed: record.text("party.source") != nil) {
            memory.parties[name] = stored
            return stored
        }
        guard !Self.isNameless(record) else {
            remarks.faults.append(("party.externalID", Self.unknownParty(externalID)))
            return nil
        }
        let id = newID()
        let (party, shown) = builder.offeringParty(record, id: id, &remarks)
        guard remarks.faults.isEmpty else { return nil }
        let key = RecordKey(source: source, externalID: externalID, id: id)
        let saved = try registrar.admit(party, key: key, name: shown.isEmpty ? externalID : shown)
        memory.parties[name] = saved.id
        newParties.append(name)
        return saved.id
    }

    /// - Parameter isNamed: whether the row says of which source the party is; then one of another source is not meant.
    private func storedParty(_ externalID: String, of source: String, isNamed: Bool) throws -> RecordID? {
        if let stored = try registrar.party(source: source, externalID: externalID) { return stored }
        if !isNamed {
            let elsewhere = try transaction.ids(of: .party, externalID: externalID, limit: 2)
            if elsewhere.count == 1 { return elsewhere[0] }
        }
        return try party(withID: externalID)
    }

    /// A distance is between sites; which offers and wishes are there is looked up when the registry is read.
    private func enterDistance(_ record: MappedRecord, _ remarks: inout RecordBuilder.Remarks) throws -> [Entered] {
        let metres = record.integer("distance") ?? 0
        guard (0...20_020_000).contains(metres) else {
            remarks.faults.append(
                (
                    "distance",
                    LocalizedText.both(
                        "\(metres) 米不是地球上两点间的距离。",
                        "\(metres) metres is no distance on the Earth: 0 to 20,020,000 are.")
                ))
            return []
        }
        return [
            Entered(
                try registrar.admit(
                    SiteDistance(
                        offerSite: record.text("offer") ?? "", wishSite: record.text("wish") ?? "",
                        centimetres: Int32(metres * 100),
                        missing: mapping.missingDistance == .farther ? .farther : .unknown
                    )), nil)
        ]
    }
}
