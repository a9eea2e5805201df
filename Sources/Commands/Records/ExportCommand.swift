import ArgumentParser
import Casework
import Exchange
import Foundation
import MatchCore
import Storage

/// `almoner export`: the registry as CSV in the product's own columns, one row for each line of an offer or wish.
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
