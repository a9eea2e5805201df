import ArgumentParser
import Casework
import MatchCore
import Operations
import Sealing
import Storage

/// `almoner key-file`: the keys under which personal fields are sealed.
struct KeyFileCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "key-file", SealingWords.keyFile,
            subcommands: [
                KeyFileCreateCommand.self, KeyFileRotateCommand.self, KeyFileShowCommand.self, KeyFileSealCommand.self,
                KeyFileCopyStoreCommand.self,
            ])
    }
}

extension HelpText {
    static func configuration(
        _ name: String, _ abstract: SealingWords, subcommands: [any ParsableCommand.Type] = [], isLocal: Bool = false
    ) -> CommandConfiguration {
        CommandConfiguration(
            commandName: name, abstract: marked(abstract[language], isLocal),
            version: "almoner \(AlmonerProgram.version)",
            subcommands: subcommands)
    }
}

extension ArgumentHelp {
    init(_ words: SealingWords, value: String? = nil) {
        self.init(stringLiteral: words[HelpText.language])
        valueName = value
    }
}

struct KeyFileCreateCommand: LocalCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration("create", SealingWords.create, isLocal: true)
    }

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let file = try session.sealingKeyFile()
        let isNew = try file.create(at: session.now.milliseconds)
        session.say((isNew ? SealingWords.made : .there).filled(["file": file.path])[session.language])
        return .success
    }
}

struct KeyFileRotateCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("rotate", SealingWords.rotate) }

    @Flag(help: ArgumentHelp(SealingWords.prepare))
    var prepare = false

    @Option(help: ArgumentHelp(CaseWords.actorHelp, value: "id"))
    var actor: String?

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        guard try session.remoteService() == nil else {
            guard actor == nil else {
                // There it is whoever the token belongs to.
                throw CommandError(
                    .usage, CaseWords.notWith.filled(["option": "--actor", "act": "--server"]), place: "--actor")
            }
            // On the server, where the key file is: nothing of a key travels.
            let now = try await session.withService(changing: true) {
                try await $0.call(SealingOperations.rotate, SealingInput())
            }
            if session.options.json {
                try session.emit(answer: now)
            } else {
                session.say(SealingWords.rotated, ["version": "\(now.masters.last?.version ?? 0)"])
            }
            return .success
        }
        let vault = try session.vault()
        defer { vault.close() }
        if prepare {
            try vault.prepareRotation(at: session.now.milliseconds)
            session.say(
                SealingWords.prepared,
                ["version": "\(vault.masters.current)", "file": try session.sealingKeyFile().path])
            return .success
        }
        let progress = session.progress(SealingWords.rotating, total: nil)
        let (id, name) = try session.staff(named: actor, isInRole: false)
        try vault.rotate(at: session.now.milliseconds, by: id, of: session.programCode()) { done, _ in
            progress.update(Int64(done))
        }
        progress.finish()
        // Into the history at once where nobody else has the database; a server takes it over by itself.
        if let store = try? Store.open(session, forWriting: true) {
            defer { store.close() }
            if let name { try store.keepName(name, of: id, session) }
        }
        session.say(SealingWords.rotated, ["version": "\(vault.masters.current)"])
        return .success
    }
}

struct KeyFileShowCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("show", SealingWords.show) }

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Record: Encodable {
        struct Master: Encodable {
            var version: Int64
            var madeAt: Int64
            var keys: Int
        }

        var keyFile: String
        var keyStore: String
        var masters: [Master]
        var sealed: Bool
    }

    func perform(in session: Session) async throws -> ExitStatus {
        if try session.remoteService() != nil { return try await showServer(session) }
        let vault = try session.vault()
        let counts = try vault.counts()
        let masters = vault.masters.numbers.map {
            Record.Master(version: $0.number, madeAt: $0.madeAt, keys: counts[$0.number] ?? 0)
        }
        let record = Record(
            keyFile: try session.sealingKeyFile().path, keyStore: try session.keyStore().description, masters: masters,
            sealed: try vault.isSealed(session.programCode()))
        if session.options.json {
            try session.emit(record)
            return .success
        }
        let language = session.language
        session.say("\(SealingWords.path[language]): \(record.keyFile)")
        session.say("\(SealingWords.keyStore[language]): \(record.keyStore)")
        say(masters.map { ($0.version, Timestamp(milliseconds: $0.madeAt), Int64($0.keys)) }, session)
        return .success
    }

    /// What a server says of its keys; where its files are is its own affair.
    private func showServer(_ session: Session) async throws -> ExitStatus {
        let now = try await session.withService { try await $0.call(SealingOperations.show, SealingInput()) }
        if session.options.json {
            try session.emit(answer: now)
        } else {
            say(now.masters.map { ($0.version, $0.made, $0.keys) }, session)
        }
        return .success
    }

    private func say(_ masters: [(version: Int64, made: Timestamp, keys: Int64)], _ session: Session) {
        let language = session.language
        var table = Table([
            .number(SealingWords.version[language]), .text(SealingWords.madeAt[language]),
            .number(SealingWords.keys[language]),
        ])
        for master in masters {
            table.add([
                Table.Cell("\(master.version)"), Table.Cell(CaseTime.text(master.made)), Table.Cell("\(master.keys)"),
            ])
        }
        session.say(table)
    }
}

/// `almoner key-file copy-store TO`: the key store from a file to a server, or back.
struct KeyFileCopyStoreCommand: LocalCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration("copy-store", SealingWords.copyStore, isLocal: true)
    }

    @Argument(help: ArgumentHelp(SealingWords.copyStoreTo, value: "key-store"), completion: .file())
    var to: String

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let (source, target) = (try session.keyStore(), try session.keyStore(named: to))
        guard source != target, try source.isInUse() else {
            throw CommandError(.usage, SealingWords.nothingToCopy.filled(["store": source.description]))
        }
        let copied = try source.copy(to: target)
        session.say(
            SealingWords.copiedStore,
            [
                "keys": Numbers.grouped(Int64(copied.keys)), "erasures": Numbers.grouped(Int64(copied.erasures)),
                "from": source.description, "to": target.description,
            ])
        return .success
    }
}

struct KeyFileSealCommand: LocalCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("seal", SealingWords.seal, isLocal: true) }

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let store = try Store.open(session, forWriting: true)
        defer { store.close() }
        let rows = OldRows(database: store.database, store: store.cases, program: store.program.code)
        let progress = session.progress(SealingWords.sealing, total: Int64(try rows.count()))
        let outcome = try rows.seal { progress.update(Int64($0)) }
        progress.finish()
        session.say(SealingWords.sealed, ["count": Numbers.grouped(Int64(outcome.sealed))])
        session.noteUnreadable(outcome)
        return .success
    }
}
