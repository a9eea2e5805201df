import ArgumentParser
import Casework
import Exchange
import Foundation
import MatchCore
import Storage

/// `almoner export`: the registry as CSV, one row a line of an offer or wish.
struct ExportCommand: SessionCommand {
    enum Kind: String, ExpressibleByArgument, CaseIterable { case parties, offers, wishes, matches }

    static var configuration: CommandConfiguration { HelpText.configuration("export", .export) }

    @Argument(help: ArgumentHelp(.exportKind, value: "kind"))
    var kind: Kind

    @Argument(help: ArgumentHelp(.exportFile, value: "file"), completion: .file(extensions: ["csv"]))
    var file: String?

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let store = try Store.open(session, forWriting: false)
        defer { store.close() }
        let rows = RegistryRows(kind: kind)
        if session.options.json {
            try store.cases.blockingRead { try rows.forEach($0) { try session.emitLine(rows.object($0)) } }
            return .success
        }
        var handle = FileHandle.standardOutput
        if let file {
            guard FileManager.default.createFile(atPath: file, contents: nil),
                let opened = FileHandle(forWritingAtPath: file)
            else { throw CommandError(.failure, ImportWords.cannotWrite.filled(["file": file])) }
            handle = opened
        }
        let output = handle
        var count: Int64 = 0
        // A file is for a spreadsheet, which needs the mark to see that it is UTF-8; a pipe is for a program.
        var writer = CSVWriter(byteOrderMark: file != nil) { try output.write(contentsOf: Data($0)) }
        try writer.write(rows.header)
        try store.cases.blockingRead { transaction in
            try rows.forEach(transaction) { row in
                try writer.write(row)
                count += 1
            }
        }
        try writer.finish()
        if file != nil { session.note(RecordWords.count.filled(["count": Numbers.grouped(count)])) }
        return .success
    }
}

/// The registry as rows of text, with the names that mappings use for the fields.
struct RegistryRows {
    let kind: ExportCommand.Kind

    var header: [String] {
        switch kind {
        case .parties:
            ["source", "externalID", "name", "kind", "state", "verified", "groups", "areas", "categories", "excludes"]
        case .offers:
            [
                "source", "externalID", "party.externalID", "party.name", "kind", "state", "category", "unit",
                "quantity",
                "available", "area", "latitude", "longitude", "delivers", "remote", "serves.areas",
                "serves.radiusMetres", "from", "until", "hours", "skills", "qualifications", "languages", "text",
            ]
        case .wishes:
            [
                "source", "externalID", "lane", "urgency", "state", "category", "unit", "quantity", "open",
                "estimatedPriceFen", "area", "latitude", "longitude", "groups", "from", "until", "hours", "skills",
                "qualifications", "languages", "submittedAt", "neededBy", "text",
            ]
        case .matches:
            ["wish", "wishLine", "rank", "offer", "offerLine", "total", "profile", "asOf"]
        }
    }

    func object(_ row: [String]) -> [String: String] {
        Dictionary(uniqueKeysWithValues: zip(header, row).filter { !$0.1.isEmpty })
    }

    func forEach(_ transaction: any CaseTransaction, _ body: ([String]) throws -> Void) throws {
        let reader = RegistryReader(transaction)
        switch kind {
        case .parties: try reader.forEachParty { try body(party($0)) }
        case .offers:
            var parties: [RecordID: (String, String)] = [:]
            try reader.forEachParty { parties[$0.key.id] = ($0.key.handle, $0.name) }
            try reader.forEachOffer { offer in
                let party = parties[offer.features.party] ?? ("", "")
                for (line, pledged) in zip(offer.features.lines, offer.pledged) {
                    try body(self.offer(offer, line, pledged, party: party))
                }
            }
        case .wishes:
            try reader.forEachWish { wish in
                for (line, wanted) in zip(wish.features.lines, wish.wanted) { try body(self.wish(wish, line, wanted)) }
            }
        case .matches:
            try reader.forEachStored(damaged: { _, _ in }) { rank, explanation in
                try body([
                    explanation.wish.handle, "\(explanation.wishLine)", "\(rank)", explanation.offer.handle,
                    "\(explanation.offerLine)", explanation.total.map(String.init) ?? "", explanation.profile,
                    "\(explanation.asOf)",
                ])
            }
        }
    }

    private func party(_ party: PartyView) -> [String] {
        let preference = party.features.preference
        return [
            party.key.source, party.key.handle, party.name, party.features.kind.code, party.state,
            party.features.isIdentityVerified.map { $0 ? "true" : "false" } ?? "", list(preference.groups),
            list(preference.areas), list(preference.categories),
            list(preference.excludedGroups + preference.excludedAreas + preference.excludedCategories),
        ]
    }

    private func offer(
        _ offer: OfferView, _ line: OfferLine, _ pledged: Int64?, party: (handle: String, name: String)
    ) -> [String] {
        let features = offer.features
        return [
            offer.key.source, offer.key.handle, party.handle, party.name, features.kind.code, offer.state,
            line.category ?? "", line.unit.code, number(pledged), number(line.available), features.place.area ?? "",
            degrees(features.place.point?.latitudeDegrees), degrees(features.place.point?.longitudeDegrees),
            features.delivers ? "true" : "false", features.isRemote ? "true" : "false", list(features.serviceAreas),
            features.serviceRadiusMetres.map(String.init) ?? "", features.window?.from?.description ?? "",
            features.window?.until?.description ?? "", features.hours?.description ?? "", list(features.skills),
            list(features.qualifications), list(features.languages), features.text,
        ]
    }

    private func wish(_ wish: WishView, _ line: WishLine, _ wanted: Int64?) -> [String] {
        let features = wish.features
        return [
            wish.key.source, wish.key.handle, features.lane.code, features.urgency.code, wish.state,
            line.category ?? "", line.unit.code, number(wanted), number(line.quantity), number(line.estimatedPriceFen),
            features.place.area ?? "", degrees(features.place.point?.latitudeDegrees),
            degrees(features.place.point?.longitudeDegrees), list(features.groups),
            features.window?.from?.description ?? "", features.window?.until?.description ?? "",
            features.hours?.description ?? "", list(features.skills), list(features.requiredQualifications),
            list(features.languages), features.submitted?.description ?? "", features.due?.description ?? "",
            features.text,
        ]
    }

    private func list(_ items: [String]) -> String { items.joined(separator: "|") }

    private func number(_ value: Int64?) -> String { value.map(String.init) ?? "" }

    private func degrees(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
}
