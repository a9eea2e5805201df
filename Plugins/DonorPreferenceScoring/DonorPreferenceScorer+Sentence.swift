public import MatchCore

extension DonorPreferenceScorer {
    public func sentence(for finding: Finding, in language: Language) -> String {
        let isChinese = language == .zhHans
        let inputs = finding.inputs
        let area = inputs.names("wishAreaName", in: language).first ?? (isChinese ? "心愿所在地区" : "the area of the wish")
        let category =
            inputs.names("wishCategoryName", in: language).first ?? (isChinese ? "心愿的类别" : "the category of the wish")
        let groups = sharedGroups("excludedGroups", inputs).map { inputs.name(ofGroup: $0, in: language) }.joined(
            separator: isChinese ? "、" : ", ")
        let met = kinds(inputs, language) { $0 == .inside }
        let missed = kinds(inputs, language) { $0 == .outside }
        switch (finding.judgement.reason, isChinese) {
        case ("excludedGroup", true): return "资源方不帮助心愿所属的人群（\(groups)）。"
        case ("excludedGroup", false): return "The donor excludes a group that the wish belongs to (\(groups))."
        case ("excludedArea", true): return "资源方不在\(area)提供帮助。"
        case ("excludedArea", false): return "The donor does not help in \(area)."
        case ("excludedCategory", true): return "资源方不接受“\(category)”类心愿。"
        case ("excludedCategory", false): return "The donor does not help with \(category)."
        case ("noPreference", true): return "资源方没有指定帮助对象，谁都可以。"
        case ("noPreference", false): return "The donor states no preference and helps anybody."
        case ("matched", true): return "正是资源方想帮助的：\(met)相符。"
        case ("matched", false): return "Just what the donor wants to help: \(met)."
        case ("partlyMatched", true): return "与资源方的意愿部分相符：\(met)相符，\(missed)不符。"
        case ("partlyMatched", false): return "Meets the donor's wish in part: \(met), but not \(missed)."
        case ("unmatched", true): return "资源方更想帮助别的对象：\(missed)不符。"
        case ("unmatched", false): return "The donor would rather help others; what differs: \(missed)."
        case ("wishUnclear", true): return "心愿的地区或类别不够明确，看不出是否合资源方的意愿。"
        case ("wishUnclear", false):
            return "The wish says too little of its area or category to tell whether the donor wants to help it."
        case (_, true): return "资源方的意愿不明。"
        case (_, false): return "Nothing is known of the donor's wishes."
        }
    }

    /// The kinds of preference that the donor states and for which `isListed` holds.
    private func kinds(_ inputs: ScoreInputs, _ language: Language, where isListed: (Coverage) -> Bool) -> String {
        let isChinese = language == .zhHans
        var names: [String] = []
        func add(_ stated: String, _ path: String, _ inside: String, _ name: String) {
            let coverage = (try? PreferenceFacts.coverage(inputs, stated, path, inside)) ?? nil
            if let coverage, isListed(coverage) { names.append(name) }
        }
        if let groups = try? inputs.texts("groups"), !groups.isEmpty {
            let shared = sharedGroups("groups", inputs)
            if isListed(shared.isEmpty ? .outside : .inside) { names.append(isChinese ? "人群" : "group") }
        }
        add("areas", "wishAreas", "insideWishArea", isChinese ? "地区" : "area")
        add("categories", "wishCategories", "insideWishCategory", isChinese ? "类别" : "category")
        return names.joined(separator: isChinese ? "、" : ", ")
    }

    private func sharedGroups(_ list: String, _ inputs: ScoreInputs) -> [String] {
        let own = Set((try? inputs.texts("wishGroups")) ?? [])
        return ((try? inputs.texts(list)) ?? []).filter(own.contains)
    }
}
