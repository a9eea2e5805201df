/// Explains pairs, and judges stored explanations again.
extension Ranker {
    /// Every scorer's say on one pair. The total equals the one that ranking gives.
    public func explain(wish: WishRow, offer: OfferRow) -> Explanation {
        var total = ScoreTotal()
        var isVetoed = false
        let entries = plan.steps.map { step in
            let finding = step.scorer.finding(wish: wish, offer: offer, in: context)
            let entry = Explanation.Entry(step: step, finding: finding)
            switch entry.outcome {
            case .veto: isVetoed = true
            case .notApplicable: break
            case .value, .notKnown: total.add(value: entry.value, weight: entry.weight)
            }
            return entry
        }
        return Explanation(
            wish: wish.key, wishLine: wish.lineNumber, offer: offer.key, offerLine: offer.lineNumber,
            profile: plan.profile.reference, asOf: context.now, total: isVetoed ? nil : total.value, entries: entries)
    }
}

extension ScoringPlan {
    /// What differs when each scorer judges the listed inputs again and the entries are added up again; empty where
    /// nothing does. A scorer whose version is not built in is left out and named in `skipped`.
    public func faults(in explanation: Explanation, skipped: inout Set<String>) -> [String] {
        var faults = explanation.arithmeticFaults()
        guard explanation.profile == profile.reference else {
            skipped.insert("profile \(explanation.profile)")
            return faults
        }
        if explanation.entries.map(\.scorer) != steps.map(\.descriptor.id) {
            faults.append("the scorers are not those of \(profile.reference)")
            return faults
        }
        for (entry, step) in zip(explanation.entries, steps) {
            guard entry.version == step.descriptor.version else {
                skipped.insert("\(entry.scorer) version \(entry.version)")
                continue
            }
            do {
                let judgement = try step.scorer.judge(entry.inputs)
                let again = Explanation.Entry(step: step, finding: Finding(inputs: entry.inputs, judgement: judgement))
                if again != entry {
                    faults.append(
                        "\(entry.scorer): stored \(entry.summary), judged again from its inputs \(again.summary)")
                }
            } catch {
                faults.append("\(entry.scorer): \(error)")
            }
        }
        return faults
    }
}

extension Explanation.Entry {
    init(step: ScoringPlan.Step, finding: Finding) {
        let outcome: Explanation.Outcome
        let value: Int32
        switch finding.judgement.score {
        case .value(let own): (outcome, value) = (.value, own)
        case .notKnown: (outcome, value) = (.notKnown, step.neutral)
        case .notApplicable: (outcome, value) = (.notApplicable, 0)
        case .veto: (outcome, value) = (.veto, 0)
        }
        self.init(
            scorer: step.descriptor.id, version: step.descriptor.version, outcome: outcome, value: value,
            weight: step.weight, contribution: Int64(value) * Int64(step.weight), reason: finding.judgement.reason,
            inputs: finding.inputs)
    }

    var summary: String { "\(outcome.rawValue) \(value) × \(weight) (\(reason))" }

    /// The finding that the entry records.
    public func finding(vetoes: [ScorerDescriptor.Veto]) -> Finding {
        let score: Score =
            switch outcome {
            case .value: .value(value)
            case .notKnown: .notKnown
            case .notApplicable: .notApplicable
            case .veto: .veto(Int32(vetoes.firstIndex { $0.reason == reason } ?? 0))
            }
        return Finding(inputs: inputs, judgement: Judgement(score, reason: reason))
    }
}
