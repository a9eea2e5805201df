public import MatchCore

/// A scoring profile as a person reads and writes it.
public enum ProfileDocument {
    /// Reads YAML of at most 1 MiB without aliases; `place` is what a fault calls the text, such as a file's path.
    ///
    /// A scorer or parameter that is not built in is refused with the one that comes closest, a value out of its range
    /// with the range.
    ///
    /// - Parameter codes: what the codes of tables are held against, so that a fault names the line; nil where they are not
    ///   looked up.
    public static func profile(
        in yaml: [UInt8], place: String, descriptors: [ScorerDescriptor], codes: KnownCodes? = nil
    ) throws(DataFault) -> ScoringProfile {
        try ProfileFile(descriptors: descriptors, codes: codes).profile(in: yaml, file: place)
    }

    /// Reads the rows of a table alone: a list, in YAML or JSON.
    public static func table(in text: [UInt8], place: String) throws(DataFault) -> ParameterValue {
        try ProfileFile.reading(place) { () throws(MappingError) -> ParameterValue in
            let node = try MappingNode.read(text)
            guard case .list = node else {
                throw MappingError(
                    .badValue, line: node.line, "This must be a list of rows, each after '- '.", "此处应为逐行的列表，每行以“- ”开头。")
            }
            return ParameterValue(node)
        }
    }

    /// The YAML of a profile, from which ``profile(in:place:descriptors:)`` reads the same profile again.
    public static func yaml(of profile: ScoringProfile) -> String {
        var writer = YAMLWriter()
        writer.line(0, "name: \(YAMLWriter.scalar(profile.name))")
        writer.line(0, "title:")
        writer.line(1, "zh-Hans: \(YAMLWriter.scalar(profile.title.zhHans))")
        writer.line(1, "en: \(YAMLWriter.scalar(profile.title.en))")
        writer.line(0, "scorers:")
        for entry in profile.entries {
            writer.line(1, "- scorer: \(entry.scorer)")
            writer.line(2, "weight: \(entry.weight)")
            if entry.neutral != ScoringProfile.Entry.defaultNeutral { writer.line(2, "neutral: \(entry.neutral)") }
            writer.parameters(entry.parameters, depth: 2)
        }
        if profile.precedence != ProfileScope.Kind.allCases {
            writer.line(0, "precedence: [\(profile.precedence.map(\.rawValue).joined(separator: ", "))]")
        }
        writer.allocation(profile.allocation)
        if let trial = profile.trial {
            writer.line(0, "trial:")
            writer.line(1, "share: \(trial.share)")
            writer.line(1, "seed: \(trial.seed)")
            writer.line(1, "horizon: \(trial.horizon)")
        }
        if let vote = profile.vote {
            writer.line(0, "vote:")
            writer.line(1, "top: \(vote.top)")
            writer.line(1, "voices:")
            for voice in vote.voices {
                writer.line(2, "- name: \(YAMLWriter.scalar(voice.name))")
                writer.line(3, "profile: \(YAMLWriter.scalar(voice.profile))")
                writer.line(3, "votes: \(voice.votes)")
            }
        }
        guard !profile.layers.isEmpty else { return writer.text }
        writer.line(0, "layers:")
        for layer in profile.layers {
            writer.line(1, "- for: \(layer.scope)")
            writer.line(2, "scorers:")
            for change in layer.changes {
                writer.line(3, "- scorer: \(change.scorer)")
                if change.isOff { writer.line(4, "off: true") }
                if let weight = change.weight { writer.line(4, "weight: \(weight)") }
                if let neutral = change.neutral { writer.line(4, "neutral: \(neutral)") }
                writer.parameters(change.parameters, depth: 4)
            }
        }
        return writer.text
    }
}

/// Writes the little YAML that profiles need: blocks, lists and quoted words.
private struct YAMLWriter {
    private(set) var text = ""

    mutating func line(_ depth: Int, _ content: String) {
        text += String(repeating: "  ", count: depth) + content + "\n"
    }

    /// What differs from the usual terms, and the goals in any case: they are what a reader looks for.
    mutating func allocation(_ rules: AllocationRules) {
        line(0, "allocation:")
        line(1, "goals: [\(rules.goals.map(\.rawValue).joined(separator: ", "))]")
        if let split = rules.split { line(1, "split: \(split.rawValue)") }
        for (name, value) in [("reserve", rules.reserve), ("areaShare", rules.areaShare), ("capDays", rules.capDays)]
        where value != 0 {
            line(1, "\(name): \(value)")
        }
        guard !rules.partyCaps.isEmpty else { return }
        line(1, "partyCaps:")
        for (unit, cap) in rules.partyCaps.sorted(by: { $0.key < $1.key }) { line(2, "\(unit): \(cap)") }
    }

    mutating func parameters(_ parameters: [String: ParameterValue], depth: Int) {
        guard !parameters.isEmpty else { return }
        line(depth, "parameters:")
        for (name, value) in parameters.sorted(by: { $0.key < $1.key }) { pair(name, value, depth: depth + 1) }
    }

    /// `name: value`, where a value with parts goes onto lines of its own.
    private mutating func pair(_ name: String, _ value: ParameterValue, depth: Int, lead: String = "") {
        switch value {
        case .integer(let number): line(depth, "\(lead)\(Self.scalar(name)): \(number)")
        case .flag(let flag): line(depth, "\(lead)\(Self.scalar(name)): \(flag)")
        case .text(let word): line(depth, "\(lead)\(Self.scalar(name)): \(Self.scalar(word))")
        case .list(let values) where values.allSatisfy(\.isScalar):
            line(depth, "\(lead)\(Self.scalar(name)): [\(values.map(Self.inline).joined(separator: ", "))]")
        case .list(let values):
            line(depth, "\(lead)\(Self.scalar(name)):")
            // A leading dash takes two columns of its own.
            let inner = depth + (lead.isEmpty ? 1 : 2)
            for value in values { item(value, depth: inner) }
        case .entries(let entries):
            line(depth, "\(lead)\(Self.scalar(name)):" + (entries.isEmpty ? " {}" : ""))
            let inner = depth + (lead.isEmpty ? 1 : 2)
            for entry in entries { pair(entry.name, entry.value, depth: inner) }
        }
    }

    private mutating func item(_ value: ParameterValue, depth: Int) {
        switch value {
        case .entries(let entries):
            guard let first = entries.first else { return line(depth, "- {}") }
            pair(first.name, first.value, depth: depth, lead: "- ")
            for entry in entries.dropFirst() { pair(entry.name, entry.value, depth: depth + 1) }
        case .list(let values):
            line(depth, "- [\(values.map(Self.inline).joined(separator: ", "))]")
        case .integer, .flag, .text: line(depth, "- \(Self.inline(value))")
        }
    }

    private static func inline(_ value: ParameterValue) -> String {
        switch value {
        case .integer(let number): "\(number)"
        case .flag(let flag): "\(flag)"
        case .text(let text): scalar(text)
        case .list(let values): "[\(values.map(inline).joined(separator: ", "))]"
        case .entries(let entries):
            "{\(entries.map { "\(scalar($0.name)): \(inline($0.value))" }.joined(separator: ", "))}"
        }
    }

    /// A word as it stands where it can be read back, else in double quotes.
    static func scalar(_ text: String) -> String {
        let isPlain =
            text.unicodeScalars.first.map { $0.properties.isAlphabetic } == true
            && text.unicodeScalars.allSatisfy { scalar in
                scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "._-/".unicodeScalars.contains(scalar)
            }
        if isPlain { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case "\r": quoted += "\\r"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

extension ParameterValue {
    fileprivate var isScalar: Bool {
        switch self {
        case .integer, .flag, .text: true
        case .list, .entries: false
        }
    }
}
