import ArgumentParser
import Casework
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
        let exporting = Exporting(kind.exported)
        let service = try session.remoteService()
        // As most programs have it, a line by itself is the output.
        var output = try ExportOutput(exporting, to: file == "-" ? nil : file, in: session)
        if let service {
            try RemoteExport(exporting: exporting, session: session, service: service).forEach { try output.write($0) }
        } else {
            let store = try Store.open(session, forWriting: false)
            defer { store.close() }
            let export = LocalExport(
                exporting: exporting,
                room: try session.operationRoom(
                    at: Moment(milliseconds: session.now.milliseconds), of: store.program))
            try store.cases.blockingRead { try export.forEach($0) { try output.write($0) } }
        }
        try output.finish()
        return .success
    }
}
