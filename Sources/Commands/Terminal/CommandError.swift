import MatchCore

/// Why a command ended without doing what it was asked: what is wrong, where, and what to do.
struct CommandError: Error, Sendable {
    var status: ExitStatus
    var message: LocalizedText
    /// File, row and column, or the option that was given.
    var place: String?
    var advice: LocalizedText?

    init(_ status: ExitStatus, _ message: LocalizedText, place: String? = nil, advice: LocalizedText? = nil) {
        self.status = status
        self.message = message
        self.place = place
        self.advice = advice
    }
}

extension CommandError {
    /// Throws `usage`, naming the option and its range, where its value is too small.
    static func check(_ option: String, _ value: Int?, least: Int) throws {
        guard let value, value < least else { return }
        throw CommandError(
            .usage, GeneralWords.tooSmall.filled(["option": option, "least": "\(least)", "value": "\(value)"]))
    }

    /// Throws `usage` for a number outside a range; nil is for the command's own default.
    static func check(_ option: String, _ value: Int?, within range: ClosedRange<Int>) throws {
        guard let value, !range.contains(value) else { return }
        throw CommandError(
            .usage,
            GeneralWords.outOfRange.filled([
                "option": option, "low": Numbers.grouped(Int64(range.lowerBound)),
                "high": Numbers.grouped(Int64(range.upperBound)), "value": "\(value)",
            ]))
    }

    /// Throws `usage` for an option that would change nothing here.
    static func refuse(_ option: String, if isWithoutEffect: Bool, because reason: any Words) throws {
        guard isWithoutEffect else { return }
        throw CommandError(.usage, GeneralWords.noEffect.filled(["option": option]), advice: reason.text)
    }

    /// The lines that a person reads.
    func lines(in language: Language, on terminal: Terminal) -> [String] {
        func line(_ word: GeneralWords, _ style: Style, _ text: String) -> String {
            let label = style.applied(to: word[language], isColoured: terminal.isColoured)
            return label + (language == .zhHans ? "：" : ": ") + PrintableText.clean(text)
        }
        var lines = [line(.error, .fault, message[language])]
        if let place { lines.append("  " + line(.place, .faint, place)) }
        if let advice { lines.append("  " + line(.advice, .advice, advice[language])) }
        return lines
    }

    /// What `--json` prints on the error stream.
    struct Record: Encodable {
        struct Body: Encodable {
            var code: String
            var exitStatus: Int32
            var message: String
            var place: String?
            var advice: String?
        }
        var error: Body
    }

    func record(in language: Language) -> Record {
        Record(
            error: Record.Body(
                code: status.code, exitStatus: status.rawValue, message: message[language], place: place,
                advice: advice?[language]))
    }
}
