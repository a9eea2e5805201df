import Exchange
import Foundation
import MatchCore

/// Matches with what became of them, in the form of GetUsPPE's `all_matches.csv`, as a history of decisions.
///
/// The file says who gave what to whom and how it ended, and nothing of what else there was to choose from. So a list is
/// made of the matches of one item in one week, of which some were delivered and some came to nothing; within it nothing
/// but what was known on the day of a match tells them apart.
struct OutcomeFile {
    /// What a match is judged by; each is known when it is made.
    static let scorers = ["Trust", "FairShare", "RecipientRecord", "SmallQuantity", "LargeQuantity"]

    let history: DecisionHistory
    private(set) var rows = 0
    private(set) var delivered = 0
    private(set) var skipped = 0

    private struct Row {
        var donor: String
        var recipient: String
        var item: String
        var made: Timestamp
        var ended: Timestamp
        var isDelivered: Bool
        var reason: String
        var quantity: Double
    }

    /// One party's matches that have ended, in the order of their ends.
    private struct Record {
        var ended = 0
        var delivered = 0
    }

    init(path: String) throws {
        let reader = try CSVReader(try FileSource(path: path))
        var places: [String: Int] = [:]
        for (index, name) in reader.header.enumerated() { places[name] = index }
        func place(_ name: String) throws -> Int {
            guard let place = places[name] else {
                throw CommandError(
                    .refused, TuningWords.badOutcomes.filled(["file": path, "column": name]))
            }
            return place
        }
        let (donor, recipient, item) = (try place("donorkey"), try place("facilitykey"), try place("enumcode"))
        let (status, reason, quantity) = (try place("matchstatus"), try place("matchsubstatus"), try place("qty"))
        let (made, ended) = (try place("matchCreated"), try place("closedOrDelivered"))
        let width = places.count
        var found: [Row] = []
        while let row = try reader.next() {
            guard row.count >= width, let made = Self.time(row[made]), let amount = Double(row[quantity]), amount > 0,
                ["delivered", "closed"].contains(row[status]), row[reason] != "test_match"
            else {
                skipped += 1
                continue
            }
            // Some ends were entered with a day that lies before the match itself.
            let end = max(made, Self.time(row[ended]) ?? made)
            found.append(
                Row(
                    donor: row[donor], recipient: row[recipient], item: row[item], made: made, ended: end,
                    isDelivered: row[status] == "delivered", reason: row[reason], quantity: amount))
        }
        rows = found.count
        delivered = found.filter(\.isDelivered).count
        history = try Self.history(found)
    }

    /// `2021-01-05 15:33:25.882 UTC`, to the second.
    private static func time(_ text: String) -> Timestamp? {
        let parts = text.split(separator: " ")
        guard parts.count == 3, parts[2] == "UTC", let day = Day(parts[0]) else { return nil }
        let clock = parts[1].split(separator: ".")[0].split(separator: ":").compactMap { Int64($0) }
        guard clock.count == 3 else { return nil }
        return Timestamp(
            milliseconds: Int64(day.number) * 86_400_000 + ((clock[0] * 60 + clock[1]) * 60 + clock[2]) * 1000)
    }

    private static func history(_ rows: [Row]) throws -> DecisionHistory {
        let byMade = rows.indices.sorted { (rows[$0].made, $0) < (rows[$1].made, $1) }
        let byEnd = rows.indices.sorted { (rows[$0].ended, $0) < (rows[$1].ended, $1) }
        var donors: [String: Record] = [:]
        var recipients: [String: Record] = [:]
        var recent: [String: [Timestamp]] = [:]
        var lists: [String: Decision] = [:]
        var next = 0
        for index in byMade {
            let row = rows[index]
            // What ended before the match was made, and nothing later.
            while next < byEnd.count, rows[byEnd[next]].ended < row.made {
                let past = rows[byEnd[next]]
                donors[past.donor, default: Record()].ended += 1
                recipients[past.recipient, default: Record()].ended += 1
                if past.isDelivered {
                    donors[past.donor, default: Record()].delivered += 1
                    recipients[past.recipient, default: Record()].delivered += 1
                }
                next += 1
            }
            let month: Int64 = 30 * 86_400_000
            let lately = recent[row.donor, default: []].filter { row.made.milliseconds - $0.milliseconds < month }
            recent[row.donor] = lately + [row.made]
            let week = row.made.milliseconds / (7 * 86_400_000)
            var list =
                lists["\(week) \(row.item)"]
                ?? Decision(
                    name: "\(week)/\(row.item)", wish: "\(week)", time: row.made, groups: [row.item], candidates: [])
            list.candidates.append(
                Decision.Candidate(
                    offer: "\(index)", party: row.donor, position: 1,
                    values: [
                        share(donors[row.donor]), Int32(1_000_000 / (1 + lately.count)),
                        share(recipients[row.recipient]), Int32(1_000_000 / (1 + row.quantity / 100)),
                        Int32(1_000_000 / (1 + 100 / row.quantity)),
                    ],
                    fate: row.isDelivered ? .delivered : .declined, fateTime: row.ended,
                    reason: row.reason.isEmpty ? nil : row.reason))
            lists["\(week) \(row.item)"] = list
        }
        let mixed = lists.values.filter { list in
            list.candidates.contains { $0.fate == .delivered } && list.candidates.contains { $0.fate == .declined }
        }
        return try DecisionHistory(scorers: scorers, decisions: Array(mixed))
    }

    /// Delivered of what has ended, one success and one failure added; not known where nothing has ended.
    private static func share(_ record: Record?) -> Int32 {
        guard let record, record.ended > 0 else { return Score.notKnown.raw }
        return Int32(1_000_000 * (record.delivered + 1) / (record.ended + 2))
    }
}
