import MatchCore

/// The worked examples, as they stand and with their facts altered.
enum ExampleConformance {
    static func faults(of type: any Scorer.Type, reasons: inout Set<String>) -> [String] {
        var faults: [String] = []
        for example in type.descriptor.examples {
            let name = "example '\(example.title.en)'"
            let scorer: any Scorer
            do {
                scorer = type.init(parameters: try ParameterValues(example.parameters, for: type.descriptor))
            } catch {
                faults.append("\(name): \(error.message)")
                continue
            }
            do {
                let judgement = try scorer.judge(example.inputs)
                if judgement != example.expected {
                    faults.append(
                        "\(name): judged \(judgement.score) (\(judgement.reason)), expected "
                            + "\(example.expected.score) (\(example.expected.reason))")
                }
                faults += type.descriptor.faults(in: judgement).map { "\(name): \($0)" }
                let finding = Finding(inputs: example.inputs, judgement: judgement)
                faults += scorer.sentenceFaults(for: finding).map { "\(name): \($0)" }
                reasons.insert(judgement.reason)
            } catch {
                faults.append("\(name): \(error)")
            }
            faults += hostileFaults(scorer, example.inputs).map { "\(name): \($0)" }
        }
        return faults
    }

    /// Stored facts may have been altered by hand: the scorer answers within its contract, or throws.
    static func hostileFaults(_ scorer: any Scorer, _ inputs: ScoreInputs) -> [String] {
        var faults: [String] = []
        for (position, entry) in inputs.entries.enumerated() {
            for value in hostileValues(instead: entry.value) {
                var entries = inputs.entries
                entries[position].value = value
                let altered = ScoreInputs(entries: entries)
                guard let judgement = try? scorer.judge(altered) else { continue }
                let found = type(of: scorer).descriptor.faults(in: judgement)
                faults += found.map { "with \(entry.name) altered to \(value): \($0)" }
                _ = scorer.sentence(for: Finding(inputs: altered, judgement: judgement), in: .en)
            }
            var fewer = inputs.entries
            fewer.remove(at: position)
            _ = try? scorer.judge(ScoreInputs(entries: fewer))
        }
        return Array(faults.prefix(ScorerConformance.mostFaultsPerCheck))
    }

    private static func hostileValues(instead value: ScoreInputs.Value) -> [ScoreInputs.Value] {
        let numbers: [Int64] = [.min, .min + 1, -1, 0, 1, 1 << 31, 1 << 53, .max]
        let texts = ["", "nonsense", "2026-02-30"]
        return switch value {
        case .integer, .missing: numbers.map { .integer($0) } + [.missing]
        case .integers(let list):
            numbers.map { .integers(list + [$0]) } + [.integers([]), .integers(Array(repeating: .max, count: 3))]
        case .text: texts.map { .text($0) } + [.missing]
        case .texts(let list): texts.map { .texts(list + [$0]) } + [.texts([])]
        case .flag(let flag): [.flag(!flag), .missing]
        }
    }
}

extension ScorerDescriptor {
    /// What of a judgement the descriptor does not declare.
    func faults(in judgement: Judgement) -> [String] {
        var faults: [String] = []
        if !reasons.contains(judgement.reason) {
            faults.append("the reason '\(judgement.reason)' is not declared in `reasons`")
        }
        switch judgement.score {
        case .value(let value) where !(0...Score.best).contains(value):
            faults.append("the value \(value) is outside 0…1,000,000")
        case .veto(let code):
            guard vetoes.indices.contains(Int(code)) else {
                faults.append("veto code \(code): the descriptor declares \(vetoes.count) vetoes")
                break
            }
            if vetoes[Int(code)].reason != judgement.reason {
                faults.append(
                    "veto code \(code) is '\(vetoes[Int(code)].reason)', the reason given is '\(judgement.reason)'")
            }
        case .value, .notKnown, .notApplicable:
            if vetoes.contains(where: { $0.reason == judgement.reason }) {
                faults.append("the reason '\(judgement.reason)' of a veto comes with \(judgement.score)")
            }
        }
        return faults
    }
}

extension Scorer {
    /// What is wrong with the sentences for a finding.
    func sentenceFaults(for finding: Finding) -> [String] {
        Language.allCases.compactMap { language in
            let sentence = sentence(for: finding, in: language)
            if sentence.isBlank {
                return "reason '\(finding.judgement.reason)' has no sentence in \(language.rawValue)"
            }
            if sentence.contains(where: \.isNewline) {
                return "the sentence for '\(finding.judgement.reason)' in \(language.rawValue) has a line break"
            }
            return nil
        }
    }
}
