internal import Crypto
public import MatchCore

/// A plan of allocation as it was shown, ready to be applied.
public struct ShownPlan: Hashable, Sendable {
    /// One claim of the plan.
    public struct Claim: Hashable, Sendable {
        public let offer: LineReference
        public let wish: LineReference
        public let quantity: Int64

        public init(offer: LineReference, wish: LineReference, quantity: Int64) {
            self.offer = offer
            self.wish = wish
            self.quantity = quantity
        }
    }

    /// The registry's fingerprint that the plan was made for.
    public let registry: String
    /// In order.
    public let goals: [PlanGoal]
    /// The seed of its draw; nil without one.
    public let seed: AllocationSeed?
    /// In the order of the document.
    public let claims: [Claim]

    public init(registry: String, goals: [PlanGoal], seed: AllocationSeed?, claims: [Claim]) {
        self.registry = registry
        self.goals = goals
        self.seed = seed
        self.claims = claims
    }

    /// What names the plan: SHA-256 over the registry's fingerprint, the goals, the seed and every claim, 64 digits.
    public var digest: String {
        var lines = ["almoner plan", registry, goals.map(\.rawValue).joined(separator: ","), seed?.text ?? "-"]
        lines += claims.map { "\($0.wish) \($0.offer) \($0.quantity)" }
        return Hexadecimal.text(Crypto.SHA256.hash(data: Array(lines.joined(separator: "\n").utf8)))
    }
}

extension CaseDesk {
    /// Proposes every claim of a plan, and writes which plan it was.
    ///
    /// Throws, so that the caller's transaction is given up, when there are none, one is refused or the plan was applied before,
    /// or when its seed was not committed to in the history or has served another plan already.
    ///
    /// - Parameter note: Words that say why, kept apart; nil for none.
    public func apply(_ plan: ShownPlan, note: RecordID? = nil) throws -> [KeptClaim] {
        try require([.coordinator, .integration], to: LocalizedText(zhHans: "执行分配方案", en: "apply a plan"))
        guard !plan.claims.isEmpty else {
            throw CaseworkError(
                .wrongState, "The plan has no claims: there is nothing to apply.", zhHans: "方案没有认领，无需执行。")
        }
        let digest = plan.digest
        guard let named = Code(digest), let code = Code("plan/" + digest.prefix(32)) else {
            throw CaseworkError(.malformed, "The plan has no digest.", zhHans: "方案没有摘要。")
        }
        let subject = Self.subject(named)
        guard try store.history(of: [subject]).isEmpty else {
            throw CaseworkError(
                .wrongState, "The plan \(digest.prefix(16)) was applied already.",
                zhHans: "方案 \(digest.prefix(16)) 已经执行过。")
        }
        var changes = [
            FieldChange("digest", before: nil, after: .code(named)),
            FieldChange("claims", before: nil, after: .integer(Int64(plan.claims.count))),
        ]
        if let seed = plan.seed { changes.append(try reveal(seed, for: named)) }
        let reason = Reason(code, note: note)
        let kept = try plan.claims.map { claim in
            try requireTurn(of: claim.wish, for: claim.offer)
            return try hold(offer: claim.offer, wish: claim.wish, quantity: claim.quantity, reason: reason)
        }
        // Those who wait are served once the whole plan stands: before that one of them could be given elsewhere what the
        // plan has for them.
        for claim in plan.claims { try settleQueues(of: claim.wish, claimed: (claim.offer, claim.quantity)) }
        try write("plan/apply", on: "plan", subject, reason: reason, changes)
        return kept
    }

    /// Commits to a seed: writes its SHA-256 into the history, before anything is drawn with it.
    public func commit(to seed: AllocationSeed) throws {
        try require([.coordinator, .integration], to: LocalizedText(zhHans: "公布抽签承诺", en: "commit to a seed"))
        guard let commitment = Code(seed.commitment) else { return }
        let subject = Self.subject(commitment)
        guard try store.history(of: [subject]).isEmpty else {
            throw CaseworkError(.wrongState, "This seed was committed to already.", zhHans: "该种子已经承诺过。")
        }
        try write(
            "seed/commit", on: "seed", subject, [FieldChange("commitment", before: nil, after: .code(commitment))])
    }

    /// Checks that a seed may serve a plan: committed to, and not shown yet.
    public func checkCommitment(to seed: AllocationSeed) throws {
        guard let commitment = Code(seed.commitment) else { return }
        let past = try store.history(of: [Self.subject(commitment)])
        guard past.contains(where: { $0.action == "seed/commit" }) else {
            throw CaseworkError(
                .wrongState,
                "Nobody committed to this seed. Run 'almoner allocate seed' first and publish what it prints.",
                zhHans: "该种子没有事先承诺。请先运行 almoner allocate seed，并公布其输出。")
        }
        guard !past.contains(where: { $0.action == "seed/reveal" }) else {
            throw CaseworkError(
                .wrongState, "This seed has served a plan already and is known. Commit to a new one.",
                zhHans: "该种子已用于一个方案并已公开。请承诺新的种子。")
        }
    }

    private func reveal(_ seed: AllocationSeed, for plan: Code) throws -> FieldChange {
        try checkCommitment(to: seed)
        guard let commitment = Code(seed.commitment), let text = Code(seed.text) else {
            throw CaseworkError(.malformed, "The seed is malformed.", zhHans: "种子格式不对。")
        }
        try write(
            "seed/reveal", on: "seed", Self.subject(commitment),
            [
                FieldChange("seed", before: nil, after: .code(text)),
                FieldChange("plan", before: nil, after: .code(plan)),
            ])
        return FieldChange("seed", before: nil, after: .code(text))
    }

    /// Plans and seeds are no records: the first half of their hash is their id.
    private static func subject(_ hash: Code) -> RecordID {
        func word(_ digits: Substring) -> UInt64 { UInt64(digits, radix: 16) ?? 0 }
        return RecordID(high: word(hash.text.prefix(16)), low: word(hash.text.dropFirst(16).prefix(16)))
    }
}
