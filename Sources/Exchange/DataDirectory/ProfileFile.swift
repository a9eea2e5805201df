import InputGate
import MatchCore

/// How a scoring profile is written by hand: YAML of at most 1 MiB without aliases, every key known.
struct ProfileFile {
    let descriptors: [ScorerDescriptor]

    func profile(in yaml: [UInt8], file: String) throws(DataFault) -> ScoringProfile {
        do throws(MappingError) {
            return try profile(MappingNode.read(yaml))
        } catch {
            let code: DataFault.Code =
                switch error.code {
                case .tooLarge: .tooLarge
                case .unknownKey: .unknownName
                case .notYAML, .aliasRefused: .malformed
                default: .badValue
                }
            // The line stands in the fault's place, so the sentence does not repeat it.
            func sentence(_ text: String, after mark: String) -> String {
                guard error.line != nil, let end = text.firstRange(of: mark)?.upperBound else { return text }
                return String(text[end...])
            }
            throw DataFault(
                code,
                LocalizedText(
                    zhHans: sentence(error.wording.chinese, after: "："),
                    en: sentence(error.wording.english, after: ": ")), file: file, row: error.line)
        }
    }

    private func profile(_ root: MappingNode) throws(MappingError) -> ScoringProfile {
        var block = try MappingBlock(root, "profile")
        let name = try block.neededText("name")
        guard let titleNode = block.node("title") else { throw block.missing("title") }
        var title = try MappingBlock(titleNode, "title")
        let text = LocalizedText(zhHans: try title.neededText("zh-Hans"), en: try title.neededText("en"))
        try title.finish()
        guard let scorers = block.node("scorers") else { throw block.missing("scorers") }
        guard case .list(let items, _) = scorers else {
            throw MappingError(
                .badValue, line: scorers.line, "'scorers' must be a list, each item after '- '.",
                "“scorers”应为列表，每项以“- ”开头。")
        }
        let allocation = try block.node("allocation").map { node throws(MappingError) in try rules(node) }
        try block.finish()
        var entries: [ScoringProfile.Entry] = []
        for item in items {
            let entry = try entry(item)
            if entries.contains(where: { $0.scorer == entry.scorer }) {
                throw MappingError(
                    .badValue, line: item.line, "'\(entry.scorer)' stands twice.", "“\(entry.scorer)”重复。")
            }
            entries.append(entry)
        }
        return ScoringProfile(
            name: name, revision: 1, title: text, entries: entries, allocation: allocation ?? AllocationRules())
    }

    private func entry(_ item: MappingNode) throws(MappingError) -> ScoringProfile.Entry {
        var block = try MappingBlock(item, "scorer")
        let id = try block.neededText("scorer")
        guard let descriptor = descriptors.first(where: { $0.id == id }) else {
            let near = Suggestion(descriptors.map(\.id)).sentence(for: id)
            throw MappingError(
                .badValue, line: item.line, "There is no scorer '\(id)'.\(near.english)",
                "没有评分器“\(id)”。\(near.chinese)")
        }
        guard let weight = try number("weight", in: 0...10_000, &block) else { throw block.missing("weight") }
        let neutral = try number("neutral", in: 0...Int64(Score.best), &block)
        var parameters: [String: ParameterValue] = [:]
        if let node = block.node("parameters") { parameters = try self.parameters(node, for: descriptor) }
        try block.finish()
        return ScoringProfile.Entry(
            scorer: id, weight: Int32(weight),
            neutral: neutral.map { Int32($0) } ?? ScoringProfile.Entry.defaultNeutral,
            parameters: parameters)
    }

    private func parameters(
        _ node: MappingNode, for descriptor: ScorerDescriptor
    ) throws(MappingError) -> [String: ParameterValue] {
        var block = try MappingBlock(node, "parameters")
        var parameters: [String: ParameterValue] = [:]
        for parameter in descriptor.parameters {
            let line = block.rest.first { $0.key == parameter.name }?.value.line
            guard let text = try block.text(parameter.name) else { continue }
            let value: ParameterValue =
                switch text {
                case "true": .flag(true)
                case "false": .flag(false)
                default: Int64(text).map { .integer($0) } ?? .text(text)
                }
            do {
                _ = try ParameterValues([parameter.name: value], for: descriptor)
            } catch {
                throw MappingError(.badValue, line: line, error.message, "参数不合要求：\(error.message)")
            }
            parameters[parameter.name] = value
        }
        try block.finish()
        return parameters
    }

    func number(
        _ key: String, in range: ClosedRange<Int64>, _ block: inout MappingBlock
    ) throws(MappingError) -> Int64? {
        let line = block.rest.first { $0.key == key }?.value.line
        guard let number = try block.integer(key) else { return nil }
        guard range.contains(number) else {
            throw MappingError(
                .badValue, line: line, "'\(key)' is \(number), outside \(range.lowerBound)…\(range.upperBound).",
                "“\(key)”为 \(number)，超出 \(range.lowerBound)…\(range.upperBound)。")
        }
        return number
    }
}
