import MatchCore

/// Reads one row of a rule table.
struct RuleReader {
    /// From 1.
    let row: Int

    func fault(_ column: String, _ zhHans: String, _ en: String) -> RuleFault {
        RuleFault(
            text: LocalizedText(zhHans: "第 \(row) 行“\(column)”列：\(zhHans)", en: "row \(row), column '\(column)': \(en)")
        )
    }

    func read(_ value: ParameterValue) throws(RuleFault) -> (LocalizedText?, RuleCondition, RuleTable.Effect) {
        guard case .entries(let cells) = value else { throw fault("when", "缺少", "is missing") }
        func cell(_ name: String) -> ParameterValue? { cells.first { $0.name == name }?.value }
        guard let when = cell("when") else {
            throw fault("when", "缺少：写明何时适用", "is missing: say when the rule applies")
        }
        let effect: RuleTable.Effect
        switch (cell("points"), cell("veto")) {
        case (.integer(let points)?, nil), (.integer(let points)?, .flag(false)?):
            guard (-RuleTable.greatestPoints...RuleTable.greatestPoints).contains(points) else {
                throw fault(
                    "points", "\(points) 超出 −1,000,000…1,000,000",
                    "\(points) is outside −1,000,000…1,000,000 millionths")
            }
            effect = .points(points)
        case (nil, .flag(true)?): effect = .veto
        case (nil, nil), (nil, .flag?):
            throw fault("points", "须给出 points，或 veto: true", "give points, or veto: true")
        case (.some, .flag(true)?):
            throw fault("veto", "与 points 只能择一", "a rule has points or is a veto, not both")
        case (_, .some):
            throw fault("veto", "应为 true 或 false", "expected true or false")
        case (.some, nil):
            throw fault(
                "points", "应为整数，−1,000,000…1,000,000", "expected a whole number, −1,000,000…1,000,000 millionths")
        }
        return (try cell("name").map { value throws(RuleFault) in try name(value) }, try condition(when), effect)
    }

    private func name(_ value: ParameterValue) throws(RuleFault) -> LocalizedText {
        let name: LocalizedText
        switch value {
        case .text(let text): name = LocalizedText(zhHans: text, en: text)
        case .entries(let parts):
            func part(_ language: Language) -> String? {
                guard case .text(let text)? = parts.first(where: { $0.name == language.rawValue })?.value else {
                    return nil
                }
                return text
            }
            guard let zhHans = part(.zhHans), let en = part(.en), parts.count == 2 else {
                throw fault("name", "须写 zh-Hans 与 en", "give both zh-Hans and en")
            }
            name = LocalizedText(zhHans: zhHans, en: en)
        case .integer, .flag, .list: throw fault("name", "应为文字", "expected a text")
        }
        for language in Language.allCases {
            let text = name[language]
            if text.isEmpty || text.unicodeScalars.count > 80 || text.contains(where: \.isNewline) {
                throw fault("name", "须为 1 至 80 字，不换行", "must have 1 to 80 characters on one line")
            }
        }
        return name
    }

    private func condition(_ value: ParameterValue, depth: Int = 0) throws(RuleFault) -> RuleCondition {
        guard depth < 8 else { throw fault("when", "嵌套太深", "is nested too deeply") }
        guard case .entries(let parts) = value, !parts.isEmpty else {
            throw fault("when", "应为 特征: 值", "expected feature: value")
        }
        var found: [RuleCondition] = []
        for part in parts {
            switch part.name {
            case "all": found.append(.all(try list(part, depth)))
            case "any": found.append(.any(try list(part, depth)))
            case "not": found.append(.not(try condition(part.value, depth: depth + 1)))
            default: found.append(.test(try test(part)))
            }
        }
        return found.count == 1 ? found[0] : .all(found)
    }

    private func list(_ part: ParameterEntry, _ depth: Int) throws(RuleFault) -> [RuleCondition] {
        guard case .list(let items) = part.value, !items.isEmpty else {
            throw fault("when", "“\(part.name)”之后应逐行列出条件", "'\(part.name)' needs a list of conditions")
        }
        var found: [RuleCondition] = []
        for item in items { found.append(try condition(item, depth: depth + 1)) }
        return found
    }

    private func test(_ part: ParameterEntry) throws(RuleFault) -> RuleTest {
        guard let feature = RuleFeature(rawValue: part.name) else {
            let known = RuleFeature.allCases.map(\.rawValue)
            let same = known.filter { $0.lowercased().hasPrefix(part.name.lowercased().prefix(8)) }
            let list = (same.isEmpty ? known : same).joined(separator: ", ")
            throw fault(
                "when", "没有特征“\(part.name)”，可用：\(list)", "there is no feature '\(part.name)'; there is: \(list)")
        }
        switch feature.shape {
        case .flag:
            guard case .flag(let flag) = part.value else {
                throw fault("when", "\(part.name) 应为 true 或 false", "\(part.name) must be true or false")
            }
            return RuleTest(feature: feature, wanted: .equal(flag))
        case .number: return RuleTest(feature: feature, wanted: .within(try range(part)))
        case .choice(let choices):
            let words = try words(part)
            if let unknown = words.first(where: { !choices.contains($0) }) {
                let list = choices.joined(separator: ", ")
                throw fault(
                    "when", "\(part.name) 不能是“\(unknown)”，可用：\(list)",
                    "\(part.name) cannot be '\(unknown)'; it is one of: \(list)")
            }
            return RuleTest(feature: feature, wanted: .anyOf(words))
        case .code, .words: return RuleTest(feature: feature, wanted: .anyOf(try words(part)))
        }
    }

    /// A number, or `atLeast` and `atMost`.
    private func range(_ part: ParameterEntry) throws(RuleFault) -> ClosedRange<Int64> {
        if case .integer(let number) = part.value { return number...number }
        var (least, greatest) = (Int64.min, Int64.max)
        guard case .entries(let ends) = part.value, !ends.isEmpty else {
            throw fault(
                "when", "\(part.name) 应为整数，或 atLeast、atMost",
                "\(part.name) must be a whole number, or atLeast and atMost")
        }
        for end in ends {
            guard case .integer(let number) = end.value else {
                throw fault("when", "\(part.name)：\(end.name) 应为整数", "\(part.name): \(end.name) must be a whole number")
            }
            switch end.name {
            case "atLeast": least = number
            case "atMost": greatest = number
            default:
                throw fault(
                    "when", "\(part.name) 没有“\(end.name)”，可用 atLeast、atMost",
                    "\(part.name) has no '\(end.name)'; there are atLeast and atMost")
            }
        }
        guard least <= greatest else {
            throw fault("when", "\(part.name)：atLeast 大于 atMost", "\(part.name): atLeast is greater than atMost")
        }
        return least...greatest
    }

    /// A word or a list of words. A code of digits is written without quotes as often as not.
    private func words(_ part: ParameterEntry) throws(RuleFault) -> [String] {
        let items: [ParameterValue]
        if case .list(let list) = part.value { items = list } else { items = [part.value] }
        var words: [String] = []
        for item in items {
            switch item {
            case .text(let word) where !word.isEmpty && word.utf8.count <= 64 && !word.contains(where: \.isNewline):
                words.append(word)
            case .integer(let number): words.append("\(number)")
            default:
                throw fault("when", "\(part.name) 应为代码或其列表", "\(part.name) must be a code or a list of codes")
            }
        }
        guard !words.isEmpty, words.count <= 64 else {
            throw fault("when", "\(part.name) 须有 1 至 64 个代码", "\(part.name) takes 1 to 64 codes")
        }
        return words
    }
}
