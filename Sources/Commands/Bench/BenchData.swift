import Exchange
import Foundation
import MatchCore

/// A generated data set: `offers.csv` (id, leaf, lat, lon, cap, d0, d1, skills, langs, trust, fatigue, pref, without a
/// header) and `wishes.jsonl`.
///
/// The twelve groups of eight leaves become a catalogue of their own; bits of skills and languages become words, and
/// the offer's trust, fatigue and preferred group those of a party of its own.
struct BenchData {
    let folder: String

    private struct WishLineRecord: Decodable {
        var leaf: Int
        var lat: Double
        var lon: Double
        var qty: Int64
        var d0: Int32
        var d1: Int32
        var skills: [Int]
        var langs: Int
        var grp: Int
    }

    func registry() throws -> Registry {
        var builder = RegistryBuilder(areas: .empty, categories: try BenchData.catalogue())
        try readOffers(into: &builder)
        try readWishes(into: &builder)
        return builder.build()
    }

    private static func catalogue() throws -> CategoryTree {
        var categories: [MatchCore.Category] = []
        for top in 0..<12 {
            categories.append(.init(code: "t\(top)", parent: nil, name: LocalizedText(same: "t\(top)")))
            for leaf in top * 8..<top * 8 + 8 {
                categories.append(.init(code: "l\(leaf)", parent: "t\(top)", name: LocalizedText(same: "l\(leaf)")))
            }
        }
        return try CategoryTree(categories)
    }

    private func readOffers(into builder: inout RegistryBuilder) throws {
        let file = "\(folder)/offers.csv"
        let names = ["id", "leaf", "lat", "lon", "cap", "d0", "d1", "skills", "langs", "trust", "fatigue", "pref"]
        let reader = try CSVReader(
            try FileSource(path: file), options: CSVOptions(encoding: .utf8, header: .names(names)))
        while let row = try reader.next() {
            let numbers = row.texts.map { Double($0) ?? .nan }
            guard numbers.count == 12, numbers.allSatisfy(\.isFinite),
                let point = GeoPoint(latitude: numbers[2], longitude: numbers[3])
            else {
                throw CommandError(.refused, BenchWords.badRow.filled(["file": file, "row": "\(row.number)"]))
            }
            func whole(_ index: Int) -> Int { Int(numbers[index]) }
            // Parties and offers share the number, so an id is found without a table.
            let number = UInt64(whole(0))
            let party = RecordID(high: 1, low: number)
            builder.add(
                Party(
                    id: party, statedTrust: Int((numbers[9] * 1e6).rounded()),
                    fatigue: Int((numbers[10] * 1e6).rounded()),
                    preference: DonorPreference(groups: whole(11) == 8 ? [] : ["g\(whole(11))"])))
            builder.add(
                Offer(
                    key: RecordKey(
                        source: "bench", externalID: BenchData.padded(whole(0)), id: RecordID(high: 2, low: number)),
                    party: party, kind: .service, place: Place(point: point),
                    window: DayWindow(from: Day(number: Int32(whole(5))), until: Day(number: Int32(whole(6)))),
                    skills: BenchData.words("s", bits: whole(7)), languages: BenchData.words("v", bits: whole(8)),
                    lines: [OfferLine(category: "l\(whole(1))", available: Int64(whole(4)))]))
        }
    }

    private func readWishes(into builder: inout RegistryBuilder) throws {
        let file = "\(folder)/wishes.jsonl"
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
            throw CommandError(.notFound, BenchWords.missingFile.filled(["file": file]))
        }
        for (index, line) in text.split(separator: "\n").enumerated() {
            guard let wish = try? JSONDecoder().decode(WishLineRecord.self, from: Data(line.utf8)),
                let point = GeoPoint(latitude: wish.lat, longitude: wish.lon)
            else { throw CommandError(.refused, BenchWords.badRow.filled(["file": file, "row": "\(index + 1)"])) }
            builder.add(
                Wish(
                    key: RecordKey(
                        source: "bench", externalID: BenchData.padded(index), id: RecordID(high: 3, low: UInt64(index))),
                    place: Place(point: point), groups: ["g\(wish.grp)"],
                    languages: BenchData.words("v", bits: wish.langs),
                    window: DayWindow(from: Day(number: wish.d0), until: Day(number: wish.d1)),
                    skills: wish.skills.map { "s\($0)" },
                    lines: [WishLine(category: "l\(wish.leaf)", quantity: wish.qty)]))
        }
    }

    /// Ten digits, so that ties break by number although keys are compared as text.
    private static func padded(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 10 - digits.count)) + digits
    }

    private static func words(_ letter: String, bits: Int) -> [String] {
        (0..<32).filter { bits >> $0 & 1 == 1 }.map { "\(letter)\($0)" }
    }
}
