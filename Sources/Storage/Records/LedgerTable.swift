internal import Casework
internal import MatchCore

/// Moves quantities on the lines of offers and wishes. Every move is one conditional `UPDATE` a side: what does not
/// hold enough changes no row, however many ask at once, and the tables' own checks stand behind it.
struct LedgerTable {
    let connection: any Connection
    let program: String

    func move(_ quantity: Int64, _ kind: LedgerMove.Kind, offer: LineReference, wish: LineReference) throws {
        try take(quantity, from: kind.offer.from, to: kind.offer.to, offer)
        try take(quantity, from: kind.wish.from, to: kind.wish.to, wish)
    }

    func withdraw(_ quantity: Int64, from offer: LineReference) throws {
        try take(quantity, from: OfferPart.available, to: .withdrawn, offer)
    }

    func cancel(_ quantity: Int64, of wish: LineReference) throws {
        try take(quantity, from: WishPart.open, to: .cancelled, wish)
    }

    func restore(_ quantity: Int64, of wish: LineReference) throws {
        try take(quantity, from: WishPart.cancelled, to: .open, wish)
    }

    func pledge(_ quantity: Int64, on offer: LineReference) throws {
        let total = try line(offer, OfferPart.self)?.total ?? 0
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

    func line<Part: LinePart>(_ line: LineReference, _: Part.Type) throws -> LineState<Part>? {
        try connection.first(
            "SELECT \(Part.columns) FROM \(Part.table) WHERE program = $1 AND \(Part.owner) = $2 AND line = $3",
            key(line)
        ).map { try LineState($0, from: 0) }
    }

    /// Every line of one side, in no order.
    func forEachLine<Part: LinePart>(_ body: (LineReference, LineState<Part>) throws -> Void) throws {
        try connection.forEach(
            "SELECT \(Part.owner), line, \(Part.columns) FROM \(Part.table) WHERE program = $1", [.text(program)]
        ) { try body(LineReference(try $0[0], try $0[1]), try LineState($0, from: 2)) }
    }

    func lines<Part: LinePart>(_: Part.Type, of record: RecordID) throws -> [Int] {
        try connection.all(
            "SELECT line FROM \(Part.table) WHERE program = $1 AND \(Part.owner) = $2 ORDER BY line",
            [.text(program), SQLValue(record)]
        ).map { try $0[0] }
    }

    private func take<Part: LinePart>(
        _ quantity: Int64, from source: Part, to target: Part, _ line: LineReference
    ) throws {
        guard quantity > 0 else {
            throw CaseworkError(
                .quantity, "The quantity is \(quantity); give a whole number of at least 1.",
                zhHans: "数量为 \(quantity)；应为不小于 1 的整数。")
        }
        let (taken, given) = (source.column, target.column)
        let changed = try connection.run(
            """
            UPDATE \(Part.table) SET \(taken) = \(taken) - $4, \(given) = \(given) + $4
            WHERE program = $1 AND \(Part.owner) = $2 AND line = $3 AND \(taken) >= $4
            """, key(line) + [SQLValue(quantity)])
        guard changed == 0 else { return }
        guard let held = try self.line(line, Part.self) else {
            throw CaseworkError(.unknown, "The ledger has no line \(line).", zhHans: "台账中没有明细 \(line)。")
        }
        throw CaseworkError.short(of: source, by: quantity, on: line.number) { held[$0] }
    }

    private func key(_ line: LineReference) -> [SQLValue] {
        [.text(program), SQLValue(line.record), SQLValue(line.number)]
    }
}
