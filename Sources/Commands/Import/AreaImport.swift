import Exchange
import Foundation
import InputGate
import MatchCore

/// Adds areas to the data directory: they become a file beside those that are there, after the whole tree has been
/// checked.
struct AreaImport {
    let request: ImportRequest
    let session: Session

    private static let header = [
        "code", "parent", "level", "nameZh", "nameEn", "shortZh", "latitude", "longitude", "centroid", "source",
    ]

    func run() throws -> ImportOutcome {
        try check()
        let directory = try session.dataDirectory()
        let target = directory.path(of: "areas/\(request.mapping.source).csv")
        let others = try directory.areas(exceptFile: "\(request.mapping.source).csv")
        let source = try ImportSource(request)
        var outcome = ImportOutcome()
        var areas: [Area] = []
        var rows: [[String]] = []
        while let row = try source.reader.next() {
            outcome.rows += 1
            let mapped = source.engine.map(row)
            if mapped.isSkipped { outcome.skipped += 1 }
            if !mapped.faults.isEmpty { outcome.faulty += 1 }
            outcome.firstFaults += mapped.faults.map { both($0.wording.chinese, $0.wording.english) }
            for record in mapped.records {
                let area = self.area(record)
                areas.append(area)
                rows.append(cells(area, record))
            }
        }
        outcome.isRefused = outcome.faulty > 0
        guard !outcome.isRefused else { return outcome }
        _ = try AreaTree(others + areas)
        let known = try directory.areas().areas.filter { area in !others.contains { $0.code == area.code } }
        let present = Dictionary(uniqueKeysWithValues: known.map { ($0.code, $0) })
        let given = Set(areas.map(\.code))
        let lost = known.filter { !given.contains($0.code) }
        guard lost.isEmpty else {
            // Records may lie in any of them.
            throw CommandError(
                .refused,
                ImportWords.areasLost.filled([
                    "count": Numbers.grouped(Int64(lost.count)),
                    "codes": lost.prefix(5).map(\.code).joined(separator: ", "),
                ]), place: request.file)
        }
        for area in areas {
            switch present[area.code] {
            case nil: outcome.created += 1
            case area?: outcome.unchanged += 1
            default: outcome.changed += 1
            }
        }
        if !request.isDryRun { try write(rows, to: target) }
        return outcome
    }

    /// The source becomes a file's name, so it must not lead out of the folder of areas.
    private func check() throws {
        let name = request.mapping.source
        let isPlain = name.unicodeScalars.allSatisfy { scalar in
            scalar == "-" || scalar == "_" || (scalar.isASCII && scalar.properties.isAlphabetic)
                || ("0"..."9").contains(scalar)
        }
        guard isPlain, !name.isEmpty, name.utf8.count <= 64 else {
            throw CommandError(.usage, ImportWords.areaSource.filled(["source": name]), place: request.map)
        }
        if request.rejects != nil { throw CommandError(.usage, ImportWords.areaRejects.text, place: "--rejects") }
    }

    private func area(_ record: MappedRecord) -> Area {
        let zhHans = record.text("name.zh") ?? ""
        var point: GeoPoint?
        if let latitude = record.integer("latitude"), let longitude = record.integer("longitude") {
            point = GeoPoint(latitudeE7: latitude, longitudeE7: longitude)
        }
        return Area(
            code: record.text("code") ?? "", parent: record.text("parent"), level: record.text("level") ?? "area",
            name: LocalizedText(zhHans: zhHans, en: record.text("name.en") ?? zhHans), centroid: point)
    }

    private func cells(_ area: Area, _ record: MappedRecord) -> [String] {
        [
            area.code, area.parent ?? "", area.level, area.name.zhHans, area.name.en,
            area.shortName == area.name.zhHans ? "" : area.shortName,
            area.centroid.map { "\($0.latitudeDegrees)" } ?? "", area.centroid.map { "\($0.longitudeDegrees)" } ?? "",
            area.centroid == nil ? "parent" : "given", record.text("source") ?? request.mapping.source,
        ]
    }

    /// The file appears whole or not at all.
    private func write(_ rows: [[String]], to path: String) throws {
        var bytes: [UInt8] = []
        var writer = CSVWriter { bytes += $0 }
        try writer.write(AreaImport.header)
        for row in rows { try writer.write(row) }
        try writer.finish()
        try Data(bytes).write(to: URL(filePath: path), options: .atomic)
    }
}
