import MatchCore

extension ProfileFile {
    /// The block `allocation`: goals in order, and what a plan has to keep. Every key may be left out.
    func rules(_ node: MappingNode) throws(MappingError) -> AllocationRules {
        var block = try MappingBlock(node, "allocation")
        var rules = AllocationRules()
        let goalLine = block.rest.first { $0.key == "goals" }?.value.line
        if let names = try block.texts("goals") {
            rules.goals = []
            for name in names {
                guard let goal = PlanGoal(rawValue: name), PlanGoal.declarable.contains(goal) else {
                    let known = PlanGoal.declarable.map(\.rawValue).joined(separator: ", ")
                    throw MappingError(
                        .badValue, line: goalLine, "There is no goal '\(name)'; there are: \(known).",
                        "没有目标“\(name)”，可选：\(known)。")
                }
                guard !rules.goals.contains(goal) else {
                    throw MappingError(
                        .badValue, line: goalLine, "The goal '\(name)' stands twice.", "目标“\(name)”重复。")
                }
                rules.goals.append(goal)
            }
            guard !rules.goals.isEmpty else {
                throw MappingError(.badValue, line: goalLine, "'goals' is empty.", "“goals”为空。")
            }
        }
        rules.split = try block.choice(
            "split", Dictionary(uniqueKeysWithValues: SplitRule.allCases.map { ($0.rawValue, $0) }))
        rules.reserve = Int(try number("reserve", in: 0...100, &block) ?? 0)
        rules.areaShare = Int(try number("areaShare", in: 0...100, &block) ?? 0)
        rules.capDays = Int(try number("capDays", in: 0...3_660, &block) ?? 0)
        if let caps = block.node("partyCaps") {
            var units = try MappingBlock(caps, "partyCaps")
            for unit in Unit.allCases {
                rules.partyCaps[unit.code] = try number(unit.code, in: 0...PlanProblem.greatestQuantity, &units)
            }
            try units.finish()
        }
        try block.finish()
        return rules
    }
}
