import MatchCore

/// A profile written out in the form of the files in `Data/profiles`.
struct ProfileText {
    let profile: ScoringProfile
    /// Lines of explanation at the top, without the `#`.
    var comment: [String] = []

    var yaml: String {
        var lines = comment.map { "# \($0)" }
        lines.append("name: \(profile.name)")
        lines.append("title:")
        lines.append("  zh-Hans: \(quoted(profile.title.zhHans))")
        lines.append("  en: \(quoted(profile.title.en))")
        lines.append("scorers:")
        for entry in profile.entries {
            lines.append("  - scorer: \(entry.scorer)")
            lines.append("    weight: \(entry.weight)")
            if entry.neutral != ScoringProfile.Entry.defaultNeutral { lines.append("    neutral: \(entry.neutral)") }
            guard !entry.parameters.isEmpty else { continue }
            lines.append("    parameters:")
            for (name, value) in entry.parameters.sorted(by: { $0.key < $1.key }) {
                lines.append("      \(name): \(text(value))")
            }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private func text(_ value: ParameterValue) -> String {
        switch value {
        case .integer(let number): "\(number)"
        case .flag(let flag): flag ? "true" : "false"
        case .text(let text): text
        }
    }

    private func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
