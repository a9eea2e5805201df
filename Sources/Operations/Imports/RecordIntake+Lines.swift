internal import Casework
internal import Exchange
internal import InputGate
internal import MatchCore
internal import Wire

/// Records of several rows: each is held until its last row has been read, and enters whole or not at all.
extension RecordIntake {
    /// Stores the record that is held unless the next row may belong to it.
    mutating func settle(before record: MappedRecord?) throws -> [Entered] {
        guard let record, let pending, record.identity != pending.identity else { return [] }
        return try flush()
    }

    /// Keeps a record until its last row has been read, and stores the one before it.
    mutating func hold(
        _ held: Pending.Record, _ record: MappedRecord, _ row: CSVRow
    ) throws -> [Entered] {
        let outcomes = try flush()
        var first = Pending(
            identity: record.identity ?? "", record: held, site: site(record), hints: builder.hints(record),
            names: builder.names(record))
        first.add(row, record)
        pending = first
        return outcomes
    }

    /// The rows of the record that is held.
    var heldRows: [CSVRow] { pending?.rows ?? [] }

    /// Stores the record that is held. Call it after the last row.
    mutating func flush() throws -> [Entered] {
        guard let held = pending else { return [] }
        pending = nil
        let store = transaction
        do {
            return try store.attempt {
                switch held.record {
                case .offer(let offer, let received):
                    return [Entered(try registrar.admit(offer, received: received, site: held.site))]
                case .wish(let wish, let unsaid):
                    let (outcome, doubts) = try admit(
                        wish, unsaid: unsaid, site: held.site, held.hints, names: held.names)
                    lateWarnings += doubts.map { held.remark($0.field, $0.text) }
                    return [Entered(outcome)]
                case .over(let id): return [Entered(.unchanged, id)]
                }
            }
        } catch let refusal as AdmissionRefusal {
            refuse(held, refusal.faults.map { held.remark($0.field, at: $0.place, $0.message) })
        } catch let error as CaseworkError {
            refuse(held, [held.remark("", error.text)])
        } catch let error as any ProblemSource where error.problem.kind == .insufficientBalance {
            let line = try lowered(held)
            refuse(
                held, [held.remark("quantity", at: line.map { ["lines", "\($0)"] } ?? [], RecordIntake.belowClaims)])
        } catch let error as any ProblemSource where error.problem.kind == .conflict {
            refuse(held, [held.remark("", error.problem.detail)])
        }
        return []
    }

    /// Which of an offer's lines states less than is claimed of it; nil where that cannot be told.
    private func lowered(_ held: Pending) throws -> Int? {
        guard case .offer(let offer, _) = held.record else { return nil }
        var ids = [offer.key.id]
        if let name = offer.key.externalID { ids += try transaction.ids(of: .offer, externalID: name, limit: 2) }
        for id in ids {
            let line = try offer.lines.firstIndex { line in
                guard let balance = try transaction.balance(ofOffer: LineReference(id, line.number)),
                    let total = balance.total
                else { return false }
                return total - (line.available ?? 0) > balance[.available]
            }
            if let line { return line }
        }
        return nil
    }

    /// One row of a record is at fault: its earlier rows are refused with it, for half a record must not be stored.
    mutating func giveUp(_ record: MappedRecord) -> [Entered] {
        if record.integer("line") != nil, let id = record.identity { giveUp(id, row: record.row) }
        return []
    }

    /// A row that states this id is at fault, and its record may have others: those that were read are refused, and those
    /// that come.
    mutating func giveUp(_ id: String, row: Int) {
        guard mapping.fills("line") else { return }
        memory.givenUp[id] = memory.givenUp[id] ?? row
        guard let held = pending, held.identity == id else { return }
        pending = nil
        refuse(held, [held.remark("", Self.isAtFault(row))])
    }

    private static func isAtFault(_ row: Int) -> LocalizedText {
        LocalizedText.both(
            "同一记录的第 \(row) 行有误，整条记录未写入。",
            "Row \(row) of the same record is at fault, so nothing of the record is stored.")
    }

    /// Whether no earlier row of the record was at fault.
    func isWhole(_ record: MappedRecord, _ remarks: inout RecordBuilder.Remarks) -> Bool {
        guard let id = record.identity, let row = memory.givenUp[id] else { return true }
        remarks.faults.append(("externalID", Self.isAtFault(row)))
        return false
    }

    private mutating func refuse(_ held: Pending, _ faults: [PlacedRemark]) {
        refusedLater.append(Refused(rows: held.rows, faults: faults))
    }

    /// What was doubtful about the records that were flushed.
    mutating func takeLateWarnings() -> [PlacedRemark] {
        defer { lateWarnings = [] }
        return lateWarnings
    }

    mutating func takeRefused() -> [Refused] {
        defer { refusedLater = [] }
        return refusedLater
    }
}

extension RecordIntake.Pending {
    /// What is said of a field, in the row of the line in whose place it stands; in the first where it is no line's.
    ///
    /// - Parameter place: as in ``AdmissionFault``.
    fileprivate func remark(
        _ field: String, at place: [String] = [], _ text: LocalizedText
    ) -> RecordIntake.PlacedRemark {
        let line = place.first == "lines" && place.count > 1 ? Int(place[1]) ?? 0 : 0
        return RecordIntake.PlacedRemark(
            record: records[records.indices.contains(line) ? line : 0], field: field, text: text)
    }
}
