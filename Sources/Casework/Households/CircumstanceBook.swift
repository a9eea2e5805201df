internal import MatchCore

/// The hardships and benefits that a program knows, declared in `Data/casework/circumstances.yaml`: the watch goes by them.
public struct CircumstanceBook: Hashable, Sendable, Codable {
    public let hardships: CodeList
    public let benefits: CodeList

    public init(hardships: CodeList, benefits: CodeList) {
        self.hardships = hardships
        self.benefits = benefits
    }

    /// Throws `malformed` when a code stands twice, or a rule of the watch looks at one that is not declared.
    public func check(against watch: WatchRules) throws {
        func isSound(_ list: CodeList, _ prefix: String) -> Bool {
            let named = watch.rules.flatMap(\.when).compactMap { test in
                test.fact.text.hasPrefix(prefix) ? Code(String(test.fact.text.dropFirst(prefix.utf8.count))) : nil
            }
            return Set(list.codes).count == list.codes.count && named.allSatisfy(list.contains)
        }
        guard isSound(hardships, "hardship/"), isSound(benefits, "benefit/") else {
            throw CaseworkError(
                .malformed,
                "The circumstances cannot be used: a code stands twice, or a rule of the watch needs one that is not there.",
                zhHans: "困难情形与救助清单不可用：代码重复，或分级规则所用的代码未列出。")
        }
    }

    /// Throws `unknown` for a hardship or benefit that is not declared. One that ends may be of an older list.
    func admit(_ event: HouseholdEvent) throws {
        switch event {
        case .hardship(let code):
            try require(code, in: hardships, LocalizedText(zhHans: "困难情形", en: "hardship"))
        case .benefit(let code): try require(code, in: benefits, LocalizedText(zhHans: "救助", en: "benefit"))
        case .hardshipEnded, .benefitEnded, .personCame, .personLeft, .visited, .unanswered: break
        }
    }

    private func require(_ code: Code, in list: CodeList, _ kind: LocalizedText) throws {
        guard !list.contains(code) else { return }
        let advice = CodeList.advice(for: code, among: list.codes)
        throw CaseworkError(
            .malformed, "There is no \(kind.en) '\(code)'. \(advice.en)",
            zhHans: "没有\(kind.zhHans)“\(code)”。\(advice.zhHans)")
    }
}
