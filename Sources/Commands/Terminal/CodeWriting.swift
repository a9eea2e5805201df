import Casework
import Exchange
import MatchCore

/// Codes as people read them, in one language: the program's own vocabulary, and what the data directory declares. A code
/// that has no words stays as it is.
struct CodeWriting {
    let language: Language
    private let areas: AreaTree?
    private let categories: CategoryTree?
    private let rules: CaseRules?

    /// - Parameter directory: nil where there is none, beside a server on another machine, say; codes of the data then stay.
    init(language: Language, directory: DataDirectory?, program: Code?) {
        self.language = language
        areas = try? directory?.areas()
        categories = try? directory?.categories()
        rules = try? directory?.caseRules(nil, program: program, catalogue: categories)
    }

    func callAsFunction(_ kind: CodeWords.Kind, _ code: String) -> String {
        CodeWords.text(kind, code)?[language] ?? code
    }

    func area(_ code: String) -> String {
        if code == "unplaced" { return CaseWords.unplaced[language] }
        guard let areas, areas.tree.index(of: code) != nil else { return code }
        return areas.path(of: code, in: language)
    }

    /// Without those that it lies in.
    func areaName(_ code: String) -> String {
        guard let areas, let index = areas.tree.index(of: code) else { return code }
        return areas.areas[Int(index)].name[language]
    }

    func category(_ code: String) -> String {
        if code == "unclassified" { return CaseWords.unclassified[language] }
        return categories?[code]?.name[language] ?? code
    }

    func channel(_ code: String) -> String { Channel(rawValue: code)?.title[language] ?? code }

    func reason(_ code: String) -> String {
        guard let key = Code(code) else { return code }
        return
            (rules?.reasons?.text(of: key)
            ?? rules?.paths.values.lazy.compactMap { path in
                path.refusals.first { $0.code == key }?.text
            }.first ?? watchRule(key)?.title)?[language] ?? code
    }

    func watchRule(_ code: String) -> String { Code(code).flatMap { watchRule($0)?.title[language] } ?? code }

    private func watchRule(_ code: Code) -> WatchRules.Rule? { rules?.watch.rules.first { $0.id == code } }

    /// A hardship or a benefit.
    func circumstance(_ code: String) -> String {
        guard let key = Code(code), let book = rules?.circumstances else { return code }
        return (book.hardships.text(of: key) ?? book.benefits.text(of: key))?[language] ?? code
    }

    /// A group of people.
    func group(_ code: String) -> String {
        rules?.groups?.groups.first { $0.code.text == code }?.name[language] ?? code
    }

    /// The hardship or benefit that a person named by its code or its words; nil for neither.
    func circumstance(named text: String) -> Code? {
        let entries = rules?.circumstances.map { $0.hardships.entries + $0.benefits.entries } ?? []
        return entries.first { $0.text.zhHans == text || $0.text.en.lowercased() == text.lowercased() }?.code
            ?? Code(text)
    }

    /// A step of a path; where it is not said of which, the first that has it by name, so that it reads the same each time.
    func step(_ code: String, of path: String? = nil) -> String {
        let paths = (rules?.paths.values.sorted { $0.id.text < $1.id.text } ?? []).filter {
            path == nil || $0.id.text == path
        }
        let titles = paths.lazy.compactMap { path in path.steps.first { $0.id.text == code }?.title }
        // Steps that several paths share go by their kind, where nobody said whose it is.
        if path == nil, let kind = paths.lazy.compactMap({ $0.steps.first { $0.id.text == code }?.kind }).first,
            Set(titles.map(\.en)).count > 1
        {
            return self(.step, kind.rawValue)
        }
        return titles.first?[language] ?? self(.step, code)
    }

    func alternative(_ code: String) -> String {
        let texts = rules?.paths.values.lazy.compactMap { path in
            path.alternatives.first { $0.code.text == code }?.text
        }
        return texts?.first?[language] ?? code
    }

    func action(_ code: String) -> String { HistoryWords.action(code)?[language] ?? code }

    func field(_ code: String) -> String { HistoryWords.field(code)?[language] ?? code }

    /// What a code in a field of the history means; which vocabulary it is of depends on the record.
    func value(_ code: String, of field: String, in subjectKind: String) -> String {
        switch (field, subjectKind) {
        case ("state", "claim"): self(.claimState, code)
        case ("state", "clock"): self(.clockState, code)
        case ("state", "offer"): self(.offerState, code)
        case ("state", "party"): self(.partyState, code)
        case ("status", _): self(.approval, code)
        case ("outcome", _): self(.outcome, code)
        case ("kind", "clock"): self(.clock, code)
        case ("level", _): self(.level, code)
        case ("grade", _): self(.grade, code)
        case ("lane", _), ("path", _): self(.lane, code)
        case ("urgency", _): self(.urgency, code)
        case ("channel", _): channel(code)
        case ("area", _): area(code)
        case ("category", _): category(code)
        case ("step", _): step(code)
        case ("alternative", _): alternative(code)
        case ("code", "household"): circumstance(code)
        default: code
        }
    }

    /// Who did something: the program itself, or a role with the person's name, or with the end of the id where no name is
    /// kept.
    func actor(_ id: RecordID, _ role: String, _ name: String? = nil) -> String {
        guard id != CaseActor.system.id else {
            // The program itself works as admin; in another role it is whoever did not say who it was.
            return role == Role.admin.rawValue
                ? CaseWords.theProgram[language] : "\(self(.role, role)) (\(CaseWords.theProgram[language]))"
        }
        return "\(self(.role, role)) \(name ?? "…\("\(id)".suffix(6))")"
    }

    /// What the runner will do: as the history will call it.
    func plannedWork(_ task: String) -> String {
        switch task {
        case "leaseEnd": return action("claim/expire")
        case "budgetEnd": return CaseWords.budgetEnds[language]
        case "queueServe": return action("claim/propose")
        case "queueMove": return CaseWords.queueMoves[language]
        case "queueEnd": return action("wish/leaveQueue")
        case "visit": return action("household/visitDue")
        case "recordExpire": return action("inbox/expire")
        case "fileExpire": return action("wish/expire")
        case "householdExpire": return action("household/expire")
        default:
            let parts = task.split(separator: "-", maxSplits: 1).map(String.init)
            let name = action("clock/\(parts.first ?? task)")
            guard parts.count == 2 else { return name }
            return parts[0] == "raise" ? "\(name) (\(self(.level, parts[1])))" : "\(name) (\(parts[1]) h)"
        }
    }
}

extension Session {
    /// Codes in words.
    func codeWriting() -> CodeWriting {
        CodeWriting(language: language, directory: try? dataDirectory(), program: Code(options.program))
    }

    /// The code of an area that a person named by code or name. Without a data directory only codes are known.
    func areaCode(_ text: String?) throws -> String? {
        guard let text, let directory = try? dataDirectory() else { return text }
        return try directory.areas().area(named: text).code
    }
}
