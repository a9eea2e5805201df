internal import Casework
internal import MatchCore

/// Moves quantities on the lines of offers and wishes. Every move is one conditional `UPDATE` a side: what does not
/// hold enough changes no row, however many ask at once, and the tables' own checks stand behind it.
struct LedgerTable {
    let connection: any Connection
    let program: String

    func move(_ quantity: Int64, _ kind: LedgerMove.Kind, offer: LineReference, wish: LineReference) throws {
        try take(quantity, .offer, from: kind.offer.from.column, to: kind.offer.to.column, offer)
        try take(quantity, .wish, from: kind.wish.from.column, to: kind.wish.to.column, wish)
    }

    func withdraw(_ quantity: Int64, from offer: LineReference) throws {
        try take(quantity, .offer, from: "available", to: "withdrawn", offer)
    }

    func cancel(_ quantity: Int64, of wish: LineReference) throws {
        try take(quantity, .wish, from: "open", to: "cancelled", wish)
    }

    func restore(_ quantity: Int64, of wish: LineReference) throws {
        try take(quantity, .wish, from: "cancelled", to: "open", wish)
    }

    func pledge(_ quantity: Int64, on offer: LineReference) throws {
        let total = try offerLine(offer)?.total ?? 0
        guard quantity > 0, !total.addingReportingOverflow(quantity).overflow else {
            throw CaseworkError(
                .unsound, "\(quantity) cannot be pledged on top of \(total). Give a smaller number of at least 1.",
                zhHans: "不能在 \(total) 之上再认捐 \(quantity)。请填写较小的正整数。")
        }
        let changed = try connection.run(
            """
            UPDATE offer_line SET pledged = pledged + $4, available = available + $4
            WHERE program = $1 AND offer_id = $2 AND line = $3 AND pledged IS NOT NULL
            """, key(offer) + [SQLValue(quantity)])
        guard changed == 1 else {
            throw CaseworkError(.unknown, "The ledger has no line \(offer).", zhHans: "台账中没有明细 \(offer)。")
        }
    }

    func addLine(like line: LineReference, pledging quantity: Int64) throws -> LineReference {
        let number: Int? = try connection.first(
            """
            INSERT INTO offer_line (program, offer_id, line, category, unit, pledged, available, reserved, in_transit,
                received, withdrawn)
            SELECT l.program, l.offer_id, (SELECT MAX(m.line) + 1 FROM offer_line m
                WHERE m.program = l.program AND m.offer_id = l.offer_id), l.category, l.unit, $4, $4, 0, 0, 0, 0
            FROM offer_line l WHERE l.program = $1 AND l.offer_id = $2 AND l.line = $3
            RETURNING line
            """, key(line) + [SQLValue(quantity)]
        ).map { try $0[0] }
        guard let number else {
            throw CaseworkError(.unknown, "The ledger has no line \(line).", zhHans: "台账中没有明细 \(line)。")
        }
        return LineReference(line.record, number)
    }

    func offerLine(_ line: LineReference) throws -> LineState<OfferPart>? {
        guard
            let row = try connection.first(
                """
                SELECT unit, category, pledged, available, reserved, in_transit, received, withdrawn FROM offer_line
                WHERE program = $1 AND offer_id = $2 AND line = $3
                """, key(line))
        else { return nil }
        return LineState(
            unit: try row[0], category: try row[1], total: try row[2],
            parts: [
                .available: try row[3], .reserved: try row[4], .inTransit: try row[5], .received: try row[6],
                .withdrawn: try row[7],
            ])
    }

    func wishLine(_ line: LineReference) throws -> LineState<WishPart>? {
        guard
            let row = try connection.first(
                """
                SELECT unit, category, wanted, open, reserved, in_transit, received, cancelled FROM wish_line
                WHERE program = $1 AND wish_id = $2 AND line = $3
                """, key(line))
        else { return nil }
        return LineState(
            unit: try row[0], category: try row[1], total: try row[2],
            parts: [
                .open: try row[3], .reserved: try row[4], .inTransit: try row[5], .received: try row[6],
                .cancelled: try row[7],
            ])
    }

    func lines(_ side: Side, of record: RecordID) throws -> [Int] {
        try connection.all(
            "SELECT line FROM \(side.table) WHERE program = $1 AND \(side.owner) = $2 ORDER BY line",
            [.text(program), SQLValue(record)]
        ).map { try $0[0] }
    }

    enum Side {
        case offer, wish

        var table: String { self == .offer ? "offer_line" : "wish_line" }
        var owner: String { self == .offer ? "offer_id" : "wish_id" }
    }

    private func take(_ quantity: Int64, _ side: Side, from source: String, to target: String, _ line: LineReference)
        throws
    {
        guard quantity > 0 else {
            throw CaseworkError(
                .quantity, "The quantity is \(quantity); give a whole number of at least 1.",
                zhHans: "数量为 \(quantity)；应为不小于 1 的整数。")
        }
        let changed = try connection.run(
            """
            UPDATE \(side.table) SET \(source) = \(source) - $4, \(target) = \(target) + $4
            WHERE program = $1 AND \(side.owner) = $2 AND line = $3 AND \(source) >= $4
            """, key(line) + [SQLValue(quantity)])
        guard changed == 0 else { return }
        let held: Int64? = try connection.first(
            "SELECT \(source) FROM \(side.table) WHERE program = $1 AND \(side.owner) = $2 AND line = $3", key(line)
        ).map { try $0[0] }
        guard let held else {
            throw CaseworkError(.unknown, "The ledger has no line \(line).", zhHans: "台账中没有明细 \(line)。")
        }
        throw CaseworkError(
            .insufficient, "\(quantity) asked for, \(held) \(source) on line \(line). Ask for less or wait.",
            zhHans: "申请数量 \(quantity)，明细 \(line) 的“\(source)”中只有 \(held)。请减少数量或等候。")
    }

    private func key(_ line: LineReference) -> [SQLValue] {
        [.text(program), SQLValue(line.record), SQLValue(line.number)]
    }
}

extension OfferPart {
    fileprivate var column: String { self == .inTransit ? "in_transit" : rawValue }
}

extension WishPart {
    fileprivate var column: String { self == .inTransit ? "in_transit" : rawValue }
}
