extension PlanDocument {
    /// The greatest quantity, capacity and cap.
    static let greatestQuantity: Int64 = 1_000_000_000_000
    /// The most lines, offers, party caps and guarantees together: sums of so many quantities fit 64 bits.
    static let greatestCount = 1_000_000
    private static let greatestPrice: Int64 = 1 << 61 - 1

    /// Checks that every number lies in its range and every row has its length, so that whoever reckons with them
    /// afterwards meets no overflow and no index that leads nowhere.
    ///
    /// - Throws: ``PlanFault`` with the path in the document and the range.
    func checkRanges() throws {
        let count = lines.count + offers.count + partyCaps.count + guarantees.count
        try need(
            count <= Self.greatestCount,
            "lines, offers, partyCaps and guarantees have \(count) entries; give \(Self.greatestCount) at most.")
        let quantities = 0..<Self.greatestQuantity + 1
        let areas = 0..<Int64(guarantees.count)
        try each(lines, "lines", count: 7) { row in
            try need(row, 0, 1..<Self.greatestQuantity + 1)
            try need(row, 1, areas)
            try need(row, 2, 0..<2)
            try need(row, 3, 0..<2)
            try need(row, 4, (row[3] == 1 ? row[0] : 0)..<row[0] + 1)
            try need(row, 5, -1..<areas.upperBound)
            try need(row, 6, 0..<2)
        }
        try each(offers, "offers", count: 2) { row in
            try need(row, 0, quantities)
            try need(row, 1, 0..<Int64(partyCaps.count))
        }
        try need(partyCaps, quantities, "partyCaps")
        try need(guarantees, quantities, "guarantees")
        try each(pairs, "pairs", count: 4) { row in
            try need(row, 0, 0..<Int64(lines.count))
            try need(row, 1, 0..<Int64(offers.count))
            try need(row, 2, 0..<1_000_001)
            try need(row, 3, quantities)
        }
        for (names, rows, path) in [(lineNames, lines, "lineNames"), (offerNames, offers, "offerNames")] {
            try need(
                names?.count ?? rows.count == rows.count,
                "\(path) has \(names?.count ?? 0) names; give \(rows.count), one for each.")
        }
        for (index, stage) in stages.enumerated() { try check(stage, "stages[\(index)]") }
        if let making { try check(making) }
    }

    private func check(_ stage: Stage, _ path: String) throws {
        let prices = -Self.greatestPrice..<Self.greatestPrice + 1
        for (numbers, count, name) in [
            (stage.lines, lines.count, "lines"), (stage.offers, offers.count, "offers"),
            (stage.parties, partyCaps.count, "parties"), (stage.areas, guarantees.count, "areas"),
        ] {
            try need(
                numbers.count == count, "\(path).\(name) has \(numbers.count) prices; give \(count), one for each.")
            try need(numbers, prices, "\(path).\(name)")
        }
        guard let members = stage.of else { return }
        try need(
            members.count <= guarantees.count,
            "\(path).of has \(members.count) entries; give \(guarantees.count) at most.")
        try need(members, 0..<(stage.kind == "weights" ? 1_001 : Int64(guarantees.count)), "\(path).of")
    }

    private func check(_ making: Making) throws {
        // The end of the year 9999.
        try need(making.asOf, 0..<253_402_300_800_000, "making.asOf")
        try need(Int64(making.candidates), 1..<Int64(Int32.max) + 1, "making.candidates")
        for (unit, cap) in making.partyCaps { try need(cap, 0..<Self.greatestQuantity + 1, "making.partyCaps.\(unit)") }
        try need(Int64(making.capDays), 0..<3_661, "making.capDays")
        try need(Int64(making.areaShare), 0..<101, "making.areaShare")
        try need(Int64(making.reserve), 0..<101, "making.reserve")
    }

    /// The path is put together only where something is wrong: there are millions of rows.
    private func each(_ rows: [[Int64]], _ name: String, count: Int, _ check: ([Int64]) throws -> Void) throws {
        for (index, row) in rows.enumerated() {
            try need(row.count == count, "\(name)[\(index)] has \(row.count) numbers; give \(count).")
            do {
                try check(row)
            } catch let fault as RowFault {
                throw PlanFault(message: "\(name)[\(index)]\(fault.message)")
            }
        }
    }

    private struct RowFault: Error {
        let message: String
    }

    private func need(_ row: [Int64], _ index: Int, _ range: Range<Int64>) throws {
        guard !range.contains(row[index]) else { return }
        throw RowFault(message: "[\(index)]" + Self.beyond(row[index], range))
    }

    private func need(_ numbers: [Int64], _ range: Range<Int64>, _ name: String) throws {
        for (index, number) in numbers.enumerated() where !range.contains(number) {
            throw PlanFault(message: "\(name)[\(index)]" + Self.beyond(number, range))
        }
    }

    private func need(_ number: Int64, _ range: Range<Int64>, _ name: String) throws {
        try need(range.contains(number), name + Self.beyond(number, range))
    }

    private static func beyond(_ number: Int64, _ range: Range<Int64>) -> String {
        range.isEmpty
            ? " is \(number), but there is nothing that it could name."
            : " is \(number), but must lie in \(range.lowerBound)…\(range.upperBound - 1)."
    }

    private func need(_ holds: Bool, _ message: @autoclosure () -> String) throws {
        if !holds { throw PlanFault(message: message()) }
    }
}
