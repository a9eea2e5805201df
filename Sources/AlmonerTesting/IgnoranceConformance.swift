import MatchCore

/// What a scorer says where nothing is stated: that it does not know or that the question does not arise, or some value
/// that is not the worst where a fact is missing. Missing information is no bad match, and rules nobody out.
enum IgnoranceConformance {
    static func faults(of type: any Scorer.Type, _ parameters: [String: ParameterValue] = [:]) -> [String] {
        guard let values = try? ParameterValues(parameters, for: type.descriptor) else { return [] }
        let scorer = type.init(parameters: values)
        var builder = RegistryBuilder(areas: SampleTrees.areas, categories: SampleTrees.categories)
        let party = RecordID(1)
        builder.add(
            Party(id: party, kind: .enterprise))
        builder.add(
            Offer(
                key: RecordKey(source: "bare", externalID: "offer", id: RecordID(2)), party: party, kind: .goods,
                lines: [OfferLine(category: nil, available: nil)]))
        builder.add(
            Wish(
                key: RecordKey(source: "bare", externalID: "wish", id: RecordID(3)),
                lines: [WishLine(category: nil, quantity: nil)]))
        let registry = builder.build()
        let context = ScoringContext(registry: registry, now: RegistrySample.now)
        let finding = scorer.finding(wish: registry.wishes[0], offer: registry.offers[0], in: context)
        switch finding.judgement.score {
        case .veto:
            return [
                "of a pair of which nothing is stated it says a veto (\(finding.judgement.reason)): "
                    + "missing information must not rule anyone out; say notKnown"
            ]
        // A 0 that rests on facts which always stand, such as a switch, is an answer.
        case .value(0) where finding.inputs.entries.contains { $0.value == .missing }:
            return [
                "of a pair of which nothing is stated it says 0 (\(finding.judgement.reason)): "
                    + "missing information is no bad match; say notKnown"
            ]
        case .value, .notKnown, .notApplicable: return []
        }
    }
}

/// What a descriptor declares of a fact: more of it never lowers the value, or never raises it.
enum MonotonicityConformance {
    private static let steps: [Int64] = [1, 7, 100, 5_000, 1_000_000]

    static func faults(of type: any Scorer.Type, _ parameters: [String: ParameterValue], seed: UInt64) -> [String] {
        guard !type.descriptor.monotone.isEmpty,
            let values = try? ParameterValues(parameters, for: type.descriptor)
        else { return [] }
        let scorer = type.init(parameters: values)
        let sample = RegistrySample(seed: seed, offers: 30, wishes: 20)
        var wasSeen: Set<String> = []
        for wish in 0..<sample.registry.wishes.count {
            for offer in 0..<sample.registry.offers.count {
                let inputs = scorer.inputs(
                    wish: sample.registry.wishes[wish], offer: sample.registry.offers[offer], in: sample.context)
                for declared in type.descriptor.monotone {
                    guard let place = inputs.entries.firstIndex(where: { $0.name == declared.input }),
                        case .integer(let number) = inputs.entries[place].value,
                        case .value(let value)? = try? scorer.judge(inputs).score
                    else { continue }
                    wasSeen.insert(declared.input)
                    for step in steps {
                        let (more, overflow) = number.addingReportingOverflow(step)
                        if overflow { continue }
                        var entries = inputs.entries
                        entries[place].value = .integer(more)
                        guard case .value(let other)? = try? scorer.judge(ScoreInputs(entries: entries)).score else {
                            continue
                        }
                        let falls = declared.direction == .neverRaises
                        if falls ? other > value : other < value {
                            let word = falls ? "raises" : "lowers"
                            return [
                                "more '\(declared.input)' \(word) the value, against what is declared: "
                                    + "\(number) gives \(value), \(more) gives \(other)"
                            ]
                        }
                    }
                }
            }
        }
        return type.descriptor.monotone.filter { !wasSeen.contains($0.input) }.map {
            "declares something of the fact '\($0.input)', which no pair of the sample lists as a whole number"
        }
    }
}
