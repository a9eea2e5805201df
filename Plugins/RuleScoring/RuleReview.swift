import MatchCore

/// What of a rule table should not be published: rules that name what the program does not know, ask for what no feature can
/// be, or do nothing. The table works with them, so that what was published once goes on scoring.
struct RuleReview {
    let codes: KnownCodes

    static func faults(in rows: [ParameterValue], _ codes: KnownCodes) -> [TableFault] {
        // What cannot be read is the reader's to say.
        guard let table = try? RuleTable(rows) else { return [] }
        let review = RuleReview(codes: codes)
        return table.rules.flatMap { review.faults(of: $0) }
    }

    private func faults(of rule: RuleTable.Rule) -> [TableFault] {
        let reader = RuleReader(row: rule.row)
        var faults: [TableFault] = []
        for test in rule.condition.tests {
            for fault in self.faults(of: test) {
                faults.append(TableFault(row: rule.row, reader.fault("when", fault.zhHans, fault.en).text))
            }
        }
        if rule.effect == .points(0) {
            let fault = reader.fault(
                "points", "为 0，规则不起作用；请写加减的分值，或删去此行",
                "0 does nothing; say what is added or taken away, or leave the row out")
            faults.append(TableFault(row: rule.row, fault.text))
        }
        return faults
    }

    private func faults(of test: RuleTest) -> [LocalizedText] {
        let name = test.feature.rawValue
        switch test.wanted {
        case .anyOf(let words):
            guard let kind = test.feature.codes else { return [] }
            return words.compactMap { codes.fault($0, of: kind) }.map {
                LocalizedText(zhHans: "\(name)：\($0.zhHans)", en: "\(name): \($0.en)")
            }
        case .within(let range):
            let known = test.feature.range
            let ends = [range.lowerBound, range.upperBound].filter { $0 != .min && $0 != .max }
            guard let wrong = ends.first(where: { !known.contains($0) }) else { return [] }
            guard known.upperBound < .max else {
                return [LocalizedText(zhHans: "\(name)：\(wrong) 小于 0", en: "\(name): \(wrong) is below 0")]
            }
            return [
                LocalizedText(
                    zhHans: "\(name)：\(wrong) 超出 \(known.lowerBound)…\(known.upperBound)",
                    en: "\(name): \(wrong) is outside \(known.lowerBound)…\(known.upperBound)")
            ]
        case .equal: return []
        }
    }
}

extension RuleCondition {
    /// Every test in it, as it was written.
    var tests: [RuleTest] {
        switch self {
        case .test(let test): [test]
        case .all(let parts), .any(let parts): parts.flatMap(\.tests)
        case .not(let part): part.tests
        }
    }
}

extension RuleFeature {
    /// Which of the program's codes its words are; nil where the reader knows every word.
    var codes: KnownCodes.Kind? {
        switch self {
        case .wishCategory, .offerCategory: .category
        case .wishArea, .offerArea: .area
        case .wishGroups: .group
        case .wishLanguages, .offerLanguages: .language
        case .wishSkills, .offerSkills, .offerQualifications: .skill
        default: nil
        }
    }

    /// What a number of it can be.
    var range: ClosedRange<Int64> {
        switch self {
        case .wishHardship: 0...4
        case .partyTrust, .partyFatigue: 0...Int64(Score.best)
        default: 0...Int64.max
        }
    }
}
