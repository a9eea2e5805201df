import ArgumentParser
import Foundation
import MatchCore

/// The goals and terms of a run; what is left out stands as the profile declares it.
struct AllocateTerms: ParsableArguments {
    @Option(help: ArgumentHelp(.allocateGoals, value: "goals"))
    var goals: String?

    @Option(help: ArgumentHelp(.allocateSplit, value: "rule"))
    var split: String?

    @Option(help: ArgumentHelp(.allocateReserve, value: "percent"))
    var reserve: Int?

    @Option(help: ArgumentHelp(.allocatePartyCap, value: "units"))
    var partyCap: [String] = []

    @Option(help: ArgumentHelp(.allocateCapDays, value: "days"))
    var capDays: Int?

    @Option(help: ArgumentHelp(.allocateAreaShare, value: "percent"))
    var areaShare: Int?

    /// Whether any of them was given.
    var isGiven: Bool {
        goals != nil || split != nil || reserve != nil || !partyCap.isEmpty || capDays != nil || areaShare != nil
    }

    /// The rules with what was given in place of what they say.
    func applied(to rules: AllocationRules) throws -> AllocationRules {
        var rules = rules
        if let goals { rules.goals = try Self.goals(goals) }
        if let split {
            guard let rule = SplitRule(rawValue: split) else {
                guard split == "none" else {
                    throw CommandError(
                        .usage, AllocateWords.unknownSplit.filled(["name": split]),
                        advice: AllocateWords.choices.filled([
                            "list": (SplitRule.allCases.map(\.rawValue) + ["none"]).joined(separator: ", ")
                        ]))
                }
                rules.split = nil
                return try withNumbers(rules)
            }
            rules.split = rule
        }
        return try withNumbers(rules)
    }

    private func withNumbers(_ rules: AllocationRules) throws -> AllocationRules {
        var rules = rules
        rules.reserve = reserve ?? rules.reserve
        rules.capDays = capDays ?? rules.capDays
        rules.areaShare = areaShare ?? rules.areaShare
        for text in partyCap {
            // `20` for every unit alike, `fen:500000` for one.
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            let units = parts.count == 2 ? [Unit(code: String(parts[0]))].compactMap { $0 } : Unit.allCases
            guard parts.count <= 2, !units.isEmpty, let cap = Int64(parts[parts.count - 1]),
                (0...PlanProblem.greatestQuantity).contains(cap)
            else { throw CommandError(.usage, AllocateWords.wrongCap.filled(["text": text])) }
            for unit in units { rules.partyCaps[unit.code] = cap }
        }
        guard (0...100).contains(rules.reserve), (0...100).contains(rules.areaShare),
            (0...3_660).contains(rules.capDays)
        else { throw CommandError(.usage, AllocateWords.wrongNumbers.text) }
        return rules
    }

    private static func goals(_ text: String) throws -> [PlanGoal] {
        var chosen: [PlanGoal] = []
        for name in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let goal = PlanGoal(rawValue: name.trimmingCharacters(in: .whitespaces)),
                PlanGoal.declarable.contains(goal), !chosen.contains(goal)
            else {
                throw CommandError(
                    .usage, AllocateWords.unknownGoal.filled(["name": String(name)]),
                    advice: AllocateWords.choices.filled([
                        "list": PlanGoal.declarable.map(\.rawValue).joined(separator: ", ")
                    ]))
            }
            chosen.append(goal)
        }
        return chosen
    }
}
