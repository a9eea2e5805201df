import InputGate
import MatchCore

/// How a scoring profile is written by hand: YAML of at most 1 MiB without aliases, every key known.
struct ProfileFile {
    let descriptors: [ScorerDescriptor]
    var codes: KnownCodes?

    func profile(in yaml: [UInt8], file: String) throws(DataFault) -> ScoringProfile {
        try Self.reading(file) { () throws(MappingError) -> ScoringProfile in try profile(MappingNode.read(yaml)) }
    }

    /// Gives a fault of the text its file and line.
    static func reading<Result>(
        _ file: String, _ body: () throws(MappingError) -> Result
    ) throws(DataFault) -> Result {
        do throws(MappingError) {
            return try body()
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
        let precedence = try precedence(&block)
        let layers = try block.node("layers").map { node throws(MappingError) in try self.layers(node) } ?? []
        let allocation = try block.node("allocation").map { node throws(MappingError) in try rules(node) }
        let trial = try block.node("trial").map { node throws(MappingError) in try self.trial(node) }
        let vote = try block.node("vote").map { node throws(MappingError) in try self.vote(node) }
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
        var profile = ScoringProfile(
            name: name, revision: 1, title: text, entries: entries, precedence: precedence, layers: layers,
            allocation: allocation ?? AllocationRules())
        (profile.trial, profile.vote) = (trial, vote)
        return profile
    }

    /// The block `vote`: how many of each voice's first are put to the vote, and the voices.
    private func vote(_ node: MappingNode) throws(MappingError) -> VoteTerms {
        func bounds(_ range: ClosedRange<Int>) -> ClosedRange<Int64> {
            Int64(range.lowerBound)...Int64(range.upperBound)
        }
        var block = try MappingBlock(node, "vote")
        let top = try number("top", in: bounds(VoteTerms.tops), &block).map { Int($0) } ?? VoteTerms.usualTop
        guard case .list(let items, _)? = block.node("voices") else { throw block.missing("voices") }
        try block.finish()
        var voices: [VoteTerms.Voice] = []
        for item in items {
            var voice = try MappingBlock(item, "voice")
            let (name, profile) = (try voice.neededText("name"), try voice.neededText("profile"))
            let votes = try number("votes", in: bounds(VoteTerms.voteCounts), &voice)
            try voice.finish()
            voices.append(VoteTerms.Voice(name: name, votes: votes.map { Int($0) } ?? 1, profile: profile))
        }
        return VoteTerms(top: top, voices: voices)
    }

    /// The block `trial`: `share`, `seed` and `horizon`, as `almoner tune split` writes it.
    private func trial(_ node: MappingNode) throws(MappingError) -> TrialTerms {
        var block = try MappingBlock(node, "trial")
        guard let share = try number("share", in: 0...100, &block) else { throw block.missing("share") }
        guard let seed = try number("seed", in: 0...Int64.max, &block) else { throw block.missing("seed") }
        guard let horizon = try number("horizon", in: 4...1_000_000, &block) else { throw block.missing("horizon") }
        try block.finish()
        return TrialTerms(share: Int(share), seed: seed, horizon: Int(horizon))
    }

    private func precedence(_ block: inout MappingBlock) throws(MappingError) -> [ProfileScope.Kind] {
        let usual = ProfileScope.Kind.allCases
        let line = block.rest.first { $0.key == "precedence" }?.value.line
        guard let names = try block.texts("precedence") else { return usual }
        let kinds = names.compactMap { ProfileScope.Kind(rawValue: $0) }
        guard kinds.count == names.count, kinds.count == usual.count, Set(kinds) == Set(usual) else {
            throw MappingError(
                .badValue, line: line, "'precedence' must list lane, category and area once each; a later one wins.",
                "“precedence”须将 lane、category、area 各列一次，后者优先。")
        }
        return kinds
    }

    private func layers(_ node: MappingNode) throws(MappingError) -> [ProfileLayer] {
        guard case .list(let items, _) = node else {
            throw MappingError(
                .badValue, line: node.line, "'layers' must be a list, each item after '- '.",
                "“layers”应为列表，每项以“- ”开头。")
        }
        var layers: [ProfileLayer] = []
        for item in items {
            var block = try MappingBlock(item, "layer")
            let text = try block.neededText("for")
            guard let scope = ProfileScope(text) else {
                throw MappingError(
                    .badValue, line: item.line,
                    "'for' is '\(text)'; write lane:CODE, category:CODE or area:CODE, without a space.",
                    "“for”为“\(text)”；请写 lane:代码、category:代码 或 area:代码，中间不留空格。")
            }
            guard !layers.contains(where: { $0.scope == scope }) else {
                throw MappingError(
                    .badValue, line: item.line, "the layer for \(scope) stands twice.", "\(scope) 层重复。")
            }
            guard case .list(let changes, _)? = block.node("scorers") else { throw block.missing("scorers") }
            try block.finish()
            var layer = ProfileLayer(scope: scope, changes: [])
            for change in changes { layer.changes.append(try self.change(change)) }
            layers.append(layer)
        }
        return layers
    }

    private func change(_ item: MappingNode) throws(MappingError) -> ProfileLayer.Change {
        var block = try MappingBlock(item, "scorer")
        let descriptor = try descriptor(&block, line: item.line)
        var change = ProfileLayer.Change(scorer: descriptor.id)
        change.isOff = try block.truth("off") ?? false
        change.weight = try number("weight", in: 0...10_000, &block).map { Int32($0) }
        change.neutral = try number("neutral", in: 0...Int64(Score.best), &block).map { Int32($0) }
        if let node = block.node("parameters") { change.parameters = try parameters(node, for: descriptor) }
        try block.finish()
        return change
    }

    private func entry(_ item: MappingNode) throws(MappingError) -> ScoringProfile.Entry {
        var block = try MappingBlock(item, "scorer")
        let descriptor = try descriptor(&block, line: item.line)
        guard let weight = try number("weight", in: 0...10_000, &block) else { throw block.missing("weight") }
        let neutral = try number("neutral", in: 0...Int64(Score.best), &block)
        var parameters: [String: ParameterValue] = [:]
        if let node = block.node("parameters") { parameters = try self.parameters(node, for: descriptor) }
        try block.finish()
        return ScoringProfile.Entry(
            scorer: descriptor.id, weight: Int32(weight),
            neutral: neutral.map { Int32($0) } ?? ScoringProfile.Entry.defaultNeutral,
            parameters: parameters)
    }

    private func descriptor(_ block: inout MappingBlock, line: Int) throws(MappingError) -> ScorerDescriptor {
        let id = try block.neededText("scorer")
        guard let descriptor = descriptors.first(where: { $0.id == id }) else {
            let near = Suggestion(descriptors.map(\.id)).sentence(for: id)
            throw MappingError(
                .badValue, line: line, "There is no scorer '\(id)'.\(near.english)",
                "没有评分器“\(id)”。\(near.chinese)")
        }
        return descriptor
    }

    private func parameters(
        _ node: MappingNode, for descriptor: ScorerDescriptor
    ) throws(MappingError) -> [String: ParameterValue] {
        var block = try MappingBlock(node, "parameters")
        var parameters: [String: ParameterValue] = [:]
        for parameter in descriptor.parameters {
            guard let node = block.node(parameter.name) else { continue }
            let value = ParameterValue(node)
            do {
                _ = try ParameterValues([parameter.name: value], for: descriptor)
            } catch {
                let line = line(ofFaultIn: node, parameter.name, descriptor)
                throw MappingError(.badValue, line: line, error.text.en, error.text.zhHans)
            }
            if let codes, let fault = descriptor.reviewed(parameter.name, value, codes).first {
                throw MappingError(
                    .badValue, line: node.line(ofRow: fault.row), fault.text.en, fault.text.zhHans)
            }
            parameters[parameter.name] = value
        }
        try block.finish()
        return parameters
    }

    /// The line of the first row with which a table cannot be used any more; of anything else its own.
    private func line(ofFaultIn node: MappingNode, _ name: String, _ descriptor: ScorerDescriptor) -> Int {
        guard case .list(let rows, _) = node else { return node.line }
        let values = rows.map { ParameterValue($0) }
        let row = rows.indices.first { last in
            (try? ParameterValues([name: .list(Array(values[...last]))], for: descriptor)) == nil
        }
        return row.map { rows[$0].line } ?? node.line
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

extension MappingNode {
    /// The line of a row of a list, from 1.
    fileprivate func line(ofRow row: Int) -> Int {
        if case .list(let rows, _) = self, rows.indices.contains(row - 1) { rows[row - 1].line } else { line }
    }
}

extension ParameterValue {
    init(_ node: MappingNode) {
        switch node {
        case .text(let text, _): self.init(scalar: text)
        case .list(let items, _): self = .list(items.map { ParameterValue($0) })
        case .entries(let entries, _): self = .entries(entries.map { ParameterEntry($0.key, ParameterValue($0.value)) })
        }
    }
}
