import MatchCore

/// What a descriptor must say.
enum DescriptorConformance {
    static func faults(of descriptor: ScorerDescriptor) -> [String] {
        var faults: [String] = []
        if descriptor.id.isBlank { faults.append("the descriptor has no id") }
        if descriptor.version < 1 { faults.append("version \(descriptor.version): versions begin at 1") }
        check(descriptor.title, "the title", &faults)
        check(descriptor.summary, "the summary", &faults)
        if descriptor.examples.isEmpty { faults.append("there is no worked example") }
        if descriptor.reasons.isEmpty { faults.append("no reason is declared") }
        unique(descriptor.reasons, "reason", &faults)
        unique(descriptor.vetoes.map(\.reason), "veto", &faults)
        for veto in descriptor.vetoes {
            check(veto.title, "veto '\(veto.reason)': the title", &faults)
            if !descriptor.reasons.contains(veto.reason) {
                faults.append("veto '\(veto.reason)' is missing in `reasons`")
            }
        }
        unique(descriptor.parameters.map(\.name), "parameter", &faults)
        for parameter in descriptor.parameters { faults += DescriptorConformance.faults(of: parameter) }
        unique(descriptor.examples.map(\.title.en), "example", &faults)
        for example in descriptor.examples { check(example.title, "example '\(example.title.en)': the title", &faults) }
        return faults
    }

    private static func faults(of parameter: ParameterDescriptor) -> [String] {
        var faults: [String] = []
        let name = "parameter '\(parameter.name)'"
        check(parameter.title, "\(name): the title", &faults)
        check(parameter.help, "\(name): the help", &faults)
        switch parameter.kind {
        case .integer(let range, let value):
            if !range.contains(value) { faults.append("\(name): the default \(value) is outside \(range)") }
            if parameter.unit.isBlank { faults.append("\(name): a whole number needs a unit, such as 'millionth'") }
        case .choice(let choices, let value):
            unique(choices, "\(name): choice", &faults)
            if !choices.contains(value) { faults.append("\(name): the default '\(value)' is not among the choices") }
        case .table(let columns, let most):
            unique(columns.map(\.name), "\(name): column", &faults)
            for column in columns { check(column.help, "\(name), column '\(column.name)': the help", &faults) }
            if columns.isEmpty || most < 1 { faults.append("\(name): a table needs a column, and room for a row") }
            if parameter.check == nil { faults.append("\(name): a table needs a `check` that names row and column") }
        case .flag: break
        }
        return faults
    }

    private static func check(_ text: LocalizedText, _ what: String, _ faults: inout [String]) {
        for language in text.emptyLanguages { faults.append("\(what) says nothing in \(language.rawValue)") }
    }

    private static func unique(_ names: [String], _ what: String, _ faults: inout [String]) {
        var seen: Set<String> = []
        for name in names {
            if name.isBlank { faults.append("\(what) '\(name)' is an empty name") }
            if !seen.insert(name).inserted { faults.append("\(what) '\(name)' stands twice") }
        }
    }
}
