/// The trees by which a profile's layers find the wishes of the past.
public struct LayerTrees: Sendable {
    public let areas: CodeTree
    public let categories: CodeTree

    public init(areas: CodeTree, categories: CodeTree) {
        self.areas = areas
        self.categories = categories
    }

    /// The layers of a profile that hold where a decision was made.
    func scopes(of decision: Decision, in profile: ScoringProfile) -> [ProfileScope] {
        guard !profile.layers.isEmpty else { return [] }
        func path(_ code: String?, _ tree: CodeTree) -> [String] {
            code.flatMap { tree.index(of: $0) }.map { tree.path(to: $0) } ?? []
        }
        return profile.scopes(
            lane: decision.lane, categories: path(decision.category, categories), areas: path(decision.area, areas))
    }
}

extension ScoringProfile {
    /// The scorers of the program's own entries, and behind them those that only layers bring in.
    public var everyScorer: [String] {
        var scorers = entries.map(\.scorer)
        for change in layers.flatMap(\.changes) where !change.isOff && !scorers.contains(change.scorer) {
            scorers.append(change.scorer)
        }
        return scorers
    }
}

extension DecisionHistory {
    /// The values as a profile judges them, each decision under the layers that hold for its wish: from the stored facts
    /// under the profile's own parameters where there are facts, else as they were recorded.
    ///
    /// A scorer that does not count for a wish is not applicable there. A candidate that the profile vetoes keeps the
    /// veto, which puts it last.
    ///
    /// - Parameter trees: nil where nothing is known of places; then no layer holds.
    /// - Returns: the history with one value for each of the profile's ``ScoringProfile/everyScorer``.
    /// - Throws: ``TuningError`` where a scorer that counts left no values, ``ParameterError`` for a bad parameter.
    public func judged(
        by profile: ScoringProfile, scorers types: [any Scorer.Type], trees: LayerTrees?
    ) throws -> DecisionHistory {
        let columns = profile.everyScorer
        var judges: [[ProfileScope]: [ColumnJudge?]] = [:]
        var judged: [Decision] = []
        judged.reserveCapacity(decisions.count)
        for decision in decisions {
            var decision = decision
            decision.scopes = trees?.scopes(of: decision, in: profile) ?? []
            let own: [ColumnJudge?]
            if let known = judges[decision.scopes] {
                own = known
            } else {
                own = try self.judges(for: columns, profile.resolved(under: decision.scopes).profile, types)
                judges[decision.scopes] = own
            }
            for index in decision.candidates.indices {
                let candidate = decision.candidates[index]
                decision.candidates[index].values = own.map { $0?.value(of: candidate) ?? Score.notApplicable.raw }
                decision.candidates[index].inputs = []
            }
            judged.append(decision)
        }
        return DecisionHistory(scorers: columns, judged: judged)
    }

    /// One for each column; nil where its scorer does not count.
    private func judges(
        for columns: [String], _ resolved: ScoringProfile, _ types: [any Scorer.Type]
    ) throws -> [ColumnJudge?] {
        try columns.map { scorer in
            guard let entry = resolved.entries.first(where: { $0.scorer == scorer }) else { return nil }
            guard let column = scorers.firstIndex(of: scorer) else {
                let known = scorers.joined(separator: ", ")
                throw TuningError(
                    .noValues,
                    LocalizedText(
                        zhHans: "历史中没有评分器“\(scorer)”的值。有：\(known)。请在方案中去掉它，或等它留下记录。",
                        en: "The history has no values of the scorer '\(scorer)'. It has: \(known). "
                            + "Leave it out of the profile, or wait until it has left some."))
            }
            guard let type = types.first(where: { $0.descriptor.id == scorer }) else {
                return ColumnJudge(column: column, scorer: nil)
            }
            let parameters = try ParameterValues(entry.parameters, for: type.descriptor)
            return ColumnJudge(column: column, scorer: type.init(parameters: parameters))
        }
    }
}

/// Gives a candidate's value in one column.
private struct ColumnJudge {
    let column: Int
    /// Nil for a scorer that is not built in: its values are taken as recorded.
    let scorer: (any Scorer)?

    func value(of candidate: Decision.Candidate) -> Int32 {
        guard let scorer, candidate.inputs.indices.contains(column),
            let judgement = try? scorer.judge(candidate.inputs[column])
        else { return candidate.values[column] }
        return judgement.score.raw
    }
}
