import Exchange
import MatchCore

extension ReplayData {
    /// Reads `ppe_match_donors.csv`, `ppe_match_recipients.csv` and `ppe_match_distance_nearest150.csv` of a folder.
    /// Rows without a quantity or a day count for nothing and are left out.
    init(folder: String) throws {
        var donors: [String: Int] = [:]
        var recipients: [String: Int] = [:]
        var numbers: [String: Int] = [:]
        func number(_ name: String, in table: inout [String: Int]) -> Int {
            if let known = table[name] { return known }
            let next = table.count
            table[name] = next
            return next
        }
        func forEachRow(_ name: String, _ body: ([String]) -> Void) throws {
            let file = "\(folder)/\(name)"
            let source: FileSource
            do {
                source = try FileSource(path: file)
            } catch {
                throw CommandError(.notFound, BenchWords.missingFile.filled(["file": file]))
            }
            let reader = try CSVReader(source, options: CSVOptions(encoding: .utf8))
            while let row = try reader.next() { body(row.texts) }
        }
        func quantity(_ text: String) -> Int64? {
            let greatest = Double(PlanProblem.greatestQuantity)
            guard let value = Double(text), value.isFinite, value >= 1, value <= greatest else { return nil }
            return Int64(value)
        }
        try forEachRow("ppe_match_donors.csv") { row in
            guard row.count >= 4, let amount = quantity(row[3]), amount <= ReplayData.greatestDonation,
                let day = ReplayData.day(row[1])
            else { return }
            donations.append(
                Row(
                    who: number(row[0], in: &donors), day: day, product: number(row[2], in: &numbers), quantity: amount)
            )
        }
        try forEachRow("ppe_match_recipients.csv") { row in
            guard row.count >= 4, let amount = quantity(row[3]), let day = ReplayData.day(row[1]) else { return }
            requests.append(
                Row(
                    who: number(row[0], in: &recipients), day: day, product: number(row[2], in: &numbers),
                    quantity: amount))
        }
        near = [[(recipient: Int, miles: Int64)]](repeating: [], count: donors.count)
        try forEachRow("ppe_match_distance_nearest150.csv") { row in
            guard row.count >= 3, let donor = donors[row[0]], let recipient = recipients[row[1]],
                let miles = Double(row[2]), (0...20_000).contains(miles)
            else { return }
            near[donor].append((recipient: recipient, miles: Int64(miles.rounded())))
        }
        let first = (donations.map(\.day).min() ?? 0).rounded(.down)
        for index in donations.indices { donations[index].day -= first }
        for index in requests.indices { requests[index].day -= first }
    }
}
