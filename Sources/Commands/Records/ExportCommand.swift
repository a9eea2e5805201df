import ArgumentParser
import Casework
import Exchange
import Foundation
import MatchCore
import Operations
import Storage

/// `almoner export`: the registry as CSV in the product's own columns, one row for each line of an offer or wish.
struct ExportCommand: SessionCommand {
    /// What the service exports, by its name.
    struct Kind: ExpressibleByArgument {
        let exported: ExportInput.Kind

        init?(argument: String) {
            guard let exported = ExportInput.Kind(rawValue: argument) else { return nil }
            self.exported = exported
        }

        static var allValueStrings: [String] { ExportInput.Kind.allCases.map(\.rawValue) }
    }

    static var configuration: CommandConfiguration { HelpText.configuration("export", HelpWords.export) }

    @Argument(help: ArgumentHelp(.exportKind, value: "kind"))
    var kind: Kind

    @Argument(help: ArgumentHelp(.exportFile, value: "file"), completion: .file(extensions: ["csv"]))
    var file: String?

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        // As most programs have it, a line by itself is the output.
        let file = file == "-" ? nil : file
        if let service = try session.remoteService() {
            try RemoteExport(kind: kind.exported, file: file, session: session, service: service).run()
            return .success
        }
        let store = try Store.open(session, forWriting: false)
        defer { store.close() }
        let rows = RegistryRows(
            exporting: Exporting(kind.exported),
            room: try session.operationRoom(at: Moment(milliseconds: session.now.milliseconds), of: store.program))
        let warn = { (count: Int) in
            session.note(RecordWords.damagedMarked.filled(["count": Numbers.grouped(Int64(count))]), isWarning: true)
        }
        if session.options.json {
            try store.cases.blockingRead { transaction in
                try rows.forEach(transaction, damaged: warn) { try session.emit(row: rows.exporting.object($0)) }
            }
            return .success
        }
        let output = try file.map { try OutputFile(path: $0, apartFrom: Store.files(session)) }
        var count: Int64 = 0
        // A file is for a spreadsheet, which needs the mark to see that it is UTF-8; a pipe is for a program.
        var writer = CSVWriter(byteOrderMark: file != nil) { bytes in
            if let output {
                try output.write(Array(bytes))
            } else {
                try FileHandle.standardOutput.write(contentsOf: Data(bytes))
            }
        }
        try writer.write(rows.exporting.header)
        try store.cases.blockingRead { transaction in
            try rows.forEach(transaction, damaged: warn) { row in
                try writer.write(row)
                count += 1
            }
        }
        try writer.finish()
        try output?.finish()
        if file != nil { session.note(RecordWords.count.filled(["count": Numbers.grouped(count)])) }
        return .success
    }
}
