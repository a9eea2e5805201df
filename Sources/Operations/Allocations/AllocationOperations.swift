internal import Casework
internal import MatchCore
internal import Wire

/// What can be asked of a plan over all open wishes and all offers at once.
public enum AllocationOperations {
    public static let plan = Operation<AllocationInput, AllocationView>(
        OperationFacts(
            .allocationsPlan, .post, "/v1/allocations",
            "Plans who could get what, over all open wishes and offers at once; it holds nothing.",
            zhHans: "对全部心愿与资源统一规划分配；不占用数量。", weight: .sweeping, readsOnly: true)
    ) { input, context in
        try looked(input, context).planned()
    }

    public static let apply = Operation<AllocationInput, AllocationView>(
        OperationFacts(
            .allocationsApply, .post, "/v1/allocations/apply",
            "Proposes the claims of a plan as it was shown, all of them or none.", zhHans: "按所示方案发起全部认领，或一条也不发起。",
            details: LocalizedText(
                zhHans: "以同样的条件加上所示方案的 digest 和 asOf（24 小时内有效）。数据已变则返回 409，请重新规划。",
                en:
                    "Give the same terms and the digest and asOf of the plan that was shown, within 24 hours. Where the "
                    + "registry gives another plan by now the answer is 409: plan again."), weight: .sweeping),
        example: AllocationInput(digest: String(repeating: "0f", count: 32), asOf: .sample),
        groundwork: { input, context in
            // What is refused is refused by the operation, after a look whether the request was answered before.
            guard input.digest != nil, let mark = RegistryMark(context.store),
                let look = try? looked(input, context, keeps: true)
            else { return { Planning.inTheChange } }
            let lane = context.room.planning
            return {
                // Only what keeps it from its turn is thrown here.
                try await lane.run { Found(mark: mark, plan: Result { try look.planned() }) }
            }
        }, looksFirst: true
    ) { input, context in
        guard let digest = input.digest else {
            throw Problem(
                .invalidInput, at: "/digest",
                LocalizedText(zhHans: "请给出所示方案的 digest。", en: "Give the digest of the plan that was shown."))
        }
        let found = context.worked as? Found
        let record = try found.map { try $0.plan.get() } ?? looked(input, context, keeps: true).planned()
        let shown = record.shown
        guard shown.digest.hasPrefix(digest) else {
            if record.made.plan.isCut {
                throw Problem(
                    .conflict,
                    "Time ran out at another plan (\(shown.digest.prefix(16))), and would at another each time. Plan again "
                        + "with more seconds, and look at it.",
                    zhHans: "规划到时中止，所得方案与所示不同（\(shown.digest.prefix(16))），再试也未必相同。请加长 seconds 重新规划并查看。")
            }
            throw Problem(
                .conflict,
                "By now the plan would be another one (\(shown.digest.prefix(16))). Plan again, and look at it.",
                zhHans: "数据已变，方案已不同（\(shown.digest.prefix(16))）。请重新规划并查看。")
        }
        if let found, found.mark != RegistryMark(inTurn: context.store) { throw RegistryTouched() }
        let desk = try context.desk()
        let note = try desk.keep(input.note, as: "reason", about: context.actor.id)
        return AllocationView.Record(
            shown: shown, made: record.made, registry: record.registry, document: record.document, asOf: record.asOf,
            profile: record.profile, split: record.split, showsProof: record.showsProof,
            kept: try desk.apply(shown, note: note))
    }

    static let all: [AnyOperation] = [AnyOperation(plan), AnyOperation(apply)]

    /// Nothing was planned before the change.
    private enum Planning: Sendable {
        case inTheChange
    }

    /// What was planned before the change, and how far the registry was seen by then.
    private struct Found: Sendable {
        var mark: RegistryMark
        var plan: Result<AllocationView.Record, any Error>
    }

    /// All that a plan is made of, read in one transaction.
    private struct Look: Sendable {
        var ranker: FamilyRanker
        var planning: AllocationPlanning
        var bars: AllocationBars
        var asOf: Timestamp
        var showsProof: Bool
        var memory: PlanMemory
        /// Whether the plan that was shown is taken where it was made from the same.
        var isShown: Bool

        /// Ranks and plans, which takes long and no transaction.
        func planned() throws -> AllocationView.Record {
            let (profile, registry) = (ranker.family.plans[0].profile, ranker.context.registry)
            let seconds = planning.secondsAtMost
            do {
                let made = try planning.make(ranker: ranker, bars: bars) {
                    isShown ? memory.plan(from: $0, seconds: seconds) : nil
                }
                memory.keep(made, seconds: seconds)
                return AllocationView.Record(
                    shown: made.shown(in: registry), made: made, registry: registry,
                    document: try planning.document(of: made, profile: profile.reference, asOf: asOf), asOf: asOf,
                    profile: profile.reference, split: planning.rules.split, showsProof: showsProof, kept: nil)
            } catch let error as AllocationError {
                throw Problem(.invalidInput, LocalizedText(zhHans: error.description, en: error.description))
            }
        }
    }

    private static func looked(
        _ input: AllocationInput, _ context: OperationContext, keeps: Bool = false
    ) throws -> Look {
        guard context.viewer.areas.isEmpty else {
            throw Problem(
                .forbidden, "A plan is over the whole programme, and this token is limited to areas.",
                zhHans: "分配方案涉及整个项目，而此令牌限于部分区划。")
        }
        let name = try context.profileToRank(by: input.profile, at: "/profile", keeps: keeps)
        let asOf = input.asOf ?? Timestamp(context.now)
        guard AllocationPlanning.isGood(asOf: asOf, at: context.now) else {
            throw Problem(
                .invalidInput, at: "/asOf",
                LocalizedText(
                    zhHans: "方案的 asOf 须在过去 24 小时之内。请重新规划。",
                    en: "A plan is good for 24 hours and none is of the future: this asOf is neither. Plan again."))
        }
        guard let ranker = try context.room.matching.snapshot(by: name, at: Moment(asOf), in: context.store) else {
            throw Problem.notFound
        }
        let profile = ranker.family.plans[0].profile
        let registry = ranker.context.registry
        var planning = AllocationPlanning(
            rules: try input.applied(to: profile.allocation), candidates: input.candidates ?? 32,
            isComplete: input.complete ?? false, threads: 2,
            secondsAtMost: Double(input.seconds ?? AllocationInput.usualSeconds))
        planning.stopwatch = context.room.stopwatch
        let bars = try AllocationBars(
            of: registry, in: context.store, rules: planning.rules,
            on: ProgramTimeZone.shanghai.date(at: context.now), at: Moment(asOf))
        return Look(
            ranker: ranker, planning: planning, bars: bars, asOf: asOf, showsProof: input.proof ?? false,
            memory: context.room.plans, isShown: keeps)
    }
}
