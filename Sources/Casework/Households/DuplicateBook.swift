public import MatchCore

/// What people decided about pairs of requests. Nothing is erased: who changes their mind adds a judgement.
public struct DuplicateBook: Hashable, Sendable {
    public enum Verdict: String, Hashable, Sendable, Codable {
        case same, different
        /// Takes an earlier judgement back: the pair is open again.
        case open
    }

    public struct Judgement: Hashable, Sendable {
        public let pair: RecordPair
        public let verdict: Verdict
        public let by: RecordID
        public let at: Moment
        public let reason: Reason

        /// A judgement as a store gives it back.
        public init(pair: RecordPair, verdict: Verdict, by: RecordID, at: Moment, reason: Reason) {
            self.pair = pair
            self.verdict = verdict
            self.by = by
            self.at = at
            self.reason = reason
        }
    }

    /// In the order they were made.
    public private(set) var judgements: [Judgement] = []

    public init() {}

    /// The book as a store gives it back.
    public init(judgements: [Judgement]) {
        self.judgements = judgements
    }

    /// Joins two requests, tells them apart, or opens the pair again.
    ///
    /// Throws `roleNotAllowed` for roles that do not keep files, `reasonRequired` without a reason, `malformed` for one
    /// request twice.
    public mutating func judge(
        _ pair: RecordPair, _ verdict: Verdict, by actor: CaseActor, at moment: Moment, reason: Reason?
    ) throws {
        guard [.intake, .coordinator, .admin].contains(actor.role) else {
            throw CaseworkError(
                .roleNotAllowed,
                "\(actor.role.withArticle) does not decide on duplicates; intake or a coordinator does.",
                zhHans: "\(actor.role.name.zhHans)不能判定重复；请由受理人员或协调员处理。")
        }
        guard let reason else {
            throw CaseworkError(
                .reasonRequired, "Say why the two are joined or told apart.", zhHans: "请说明合并或区分的理由。")
        }
        guard pair.first != pair.second else {
            throw CaseworkError(
                .malformed, "A request cannot repeat itself; name two.", zhHans: "请指定两条不同的申请。")
        }
        judgements.append(Judgement(pair: pair, verdict: verdict, by: actor.id, at: moment, reason: reason))
    }

    /// The judgement that holds for each pair, the latest one made.
    public var verdicts: [RecordPair: Verdict] {
        Dictionary(judgements.map { ($0.pair, $0.verdict) }, uniquingKeysWith: { _, latest in latest })
            .filter { $0.value != .open }
    }
}

/// Requests that may be one, or that a person has said are one.
public struct DuplicateCluster: Hashable, Sendable {
    /// By id.
    public let members: [RecordID]
    /// The found pairs within it, strongest first; a pair a person joined may have none.
    public let pairs: [DuplicatePair]
    /// True when every member is tied to the others by people's judgements.
    public let isConfirmed: Bool
}

extension DuplicateBook {
    /// Groups the found pairs: what people joined stays together, what they told apart never shares a group.
    ///
    /// The strongest pairs are taken first; a pair that would bring two together that were told apart is left out,
    /// also when they would meet through a third. The same pairs give the same groups in any order.
    public func clusters(of pairs: [DuplicatePair]) -> [DuplicateCluster] {
        let verdicts = verdicts
        let different = Set(verdicts.filter { $0.value == .different }.keys)
        let joined = verdicts.filter { $0.value == .same }.keys.sorted()
        var groups = Groups()
        for pair in joined { groups.join(pair, unless: different) }
        let confirmed = Set(groups.members.values)
        let strongest = pairs.sorted { ($1.points, $0.pair) < ($0.points, $1.pair) }
        for found in strongest where verdicts[found.pair] == nil { groups.join(found.pair, unless: different) }
        var inside: [RecordID: [DuplicatePair]] = [:]
        for found in strongest where verdicts[found.pair] != .different {
            guard let group = groups.group(of: found.pair) else { continue }
            inside[group, default: []].append(found)
        }
        return groups.members.map { name, members in
            DuplicateCluster(
                members: members.sorted(), pairs: inside[name] ?? [], isConfirmed: confirmed.contains(members))
        }
        .sorted { $0.members[0] < $1.members[0] }
    }

    private struct Groups {
        private(set) var members: [RecordID: Set<RecordID>] = [:]
        private var group: [RecordID: RecordID] = [:]

        /// The group both belong to; nil when they are not in one.
        func group(of pair: RecordPair) -> RecordID? {
            guard let one = group[pair.first], one == group[pair.second] else { return nil }
            return one
        }

        mutating func join(_ pair: RecordPair, unless different: Set<RecordPair>) {
            let (one, other) = (group[pair.first] ?? pair.first, group[pair.second] ?? pair.second)
            guard one != other else { return }
            let (left, right) = (members[one] ?? [one], members[other] ?? [other])
            let meetsApart =
                !different.isEmpty
                && left.contains { member in
                    right.contains { different.contains(RecordPair(member, $0)) }
                }
            guard !meetsApart else { return }
            members[one] = left.union(right)
            members[other] = nil
            for member in left.union(right) { group[member] = one }
        }
    }
}
