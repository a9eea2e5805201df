import Foundation
import MatchCore
import Wire

/// One run of a command: the choices of the person at the keyboard, and what the process was started with.
struct Session {
    let options: GlobalOptions
    let environment: [String: String]
    let language: Language
    let terminal: Terminal
    /// When the command was started; every scorer of the run takes it for "now".
    let now: Timestamp
    /// The account of this machine that runs the command.
    let account: String
    private let write: (String) -> Void
    private let writeError: (String) -> Void

    init(
        options: GlobalOptions, environment: [String: String], terminal: Terminal? = nil, now: Timestamp,
        account: String = NSUserName(),
        write: @escaping (String) -> Void = { StandardStreams.write($0) },
        writeError: @escaping (String) -> Void = { StandardStreams.writeError($0) }
    ) {
        self.options = options
        self.environment = environment
        language = options.lang?.language ?? LanguageChoice.language(of: environment)
        self.terminal =
            terminal ?? Terminal(environment: environment, colour: options.color, isQuiet: options.quiet)
        self.now = now
        self.account = account.isEmpty ? "?" : account
        self.write = write
        self.writeError = writeError
    }

    /// The database's address: `--database`, else ALMONER_DATABASE, else `sqlite:almoner.db`.
    var databaseURL: String {
        options.database ?? environment["ALMONER_DATABASE"].flatMap { $0.isEmpty ? nil : $0 } ?? "sqlite:almoner.db"
    }

    // MARK: What a person reads

    func say(_ lines: [String]) { write(lines.map { $0 + "\n" }.joined()) }

    func say(_ line: String = "") { write(line + "\n") }

    func say(_ words: some Words, _ values: [String: String] = [:], style: Style = .plain) {
        say(styled(words.filled(values)[language], style))
    }

    func say(_ line: String, style: Style) { say(styled(line, style)) }

    func say(_ table: Table) { say(table.lines(on: terminal)) }

    func say(_ sheet: FactSheet) { say(sheet.lines(on: terminal)) }

    /// Running text, wrapped to the terminal.
    func sayProse(_ text: String, indent: Int = 0, style: Style = .plain) {
        let margin = String(repeating: " ", count: indent)
        let clean = PrintableText.clean(text)
        let room = terminal.width.map { min($0, Terminal.greatestTextWidth) - indent }
        for line in room.map({ PrintableText.wrapped(clean, to: $0) }) ?? [clean] {
            say(margin + style.applied(to: line, isColoured: terminal.isColoured))
        }
    }

    func styled(_ text: String, _ style: Style) -> String {
        style.applied(to: PrintableText.clean(text), isColoured: terminal.isColoured)
    }

    /// Something worth knowing that is no part of the answer; on the error stream, and not with `--quiet`.
    func note(_ text: LocalizedText, isWarning: Bool = false) {
        guard !options.quiet || isWarning else { return }
        let label = (isWarning ? GeneralWords.warning : .note)[language]
        let isColoured = terminal.isColoured
        writeError(
            (isWarning ? Style.fair : .faint).applied(to: label, isColoured: isColoured)
                + (language == .zhHans ? "：" : ": ") + PrintableText.clean(text[language]) + "\n")
    }

    // MARK: What a script reads

    func emit(_ value: some Encodable) throws { write(try JSONOutput().object(value)) }

    func emitLine(_ value: some Encodable) throws { write(try JSONOutput().line(value)) }

    /// What the service answers, to the byte, on one line.
    func emit(answer: some Described) throws {
        write(String(decoding: try WireEncoder().encode(answer), as: UTF8.self) + "\n")
    }

    // MARK: Faults

    func present(_ error: CommandError) {
        if options.json, let text = try? JSONOutput().object(error.record(in: language)) {
            writeError(text)
        } else {
            writeError(error.lines(in: language, on: terminal).map { $0 + "\n" }.joined())
        }
    }

    func progress(_ words: some Words, total: Int64?) -> ProgressLine {
        ProgressLine(
            words[language], total: total, language: language, terminal: terminal,
            draw: { [writeError] in writeError($0) })
    }
}
