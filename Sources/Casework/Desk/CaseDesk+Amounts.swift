internal import CaseRecords
internal import MatchCore

/// What requests cost, as far as anybody knows.
extension CaseDesk {
    /// What a wish would cost in fen; nil where a line has no quantity, or neither a price of its own nor one in the
    /// catalogue. Sums of money cost what they are.
    func amount(of wish: WishRecord) -> Int64? {
        let costs = costs(of: wish)
        let amount = Self.sum(costs)
        return amount > 0 && costs.allSatisfy { $0 != nil } ? amount : nil
    }

    /// What each line would cost; nil where nobody knows.
    private func costs(of wish: WishRecord) -> [Int64?] {
        zip(wish.features.lines, wish.balances).map { line, balance in
            guard let wanted = balance.wanted, wanted > 0, let price = price(of: line) else { return nil }
            // Beyond 64 bits it is more than anybody may approve alone, and that is all that matters.
            let (cost, isTooMuch) = wanted.multipliedReportingOverflow(by: price)
            return isTooMuch ? .max : cost
        }
    }

    private static func sum(_ costs: [Int64?]) -> Int64 {
        costs.reduce(0) { sum, cost in
            let (total, overflows) = sum.addingReportingOverflow(cost ?? 0)
            return overflows ? .max : total
        }
    }

    /// By what a wish may be claimed.
    enum ApprovalBasis: Equatable {
        /// Nobody has to approve it, or nobody has begun to.
        case none
        case here(ApprovalCase)
        /// It came as one that was approved where it comes from, as it stood.
        case elsewhere

        /// Whether what is asked for was approved.
        var isDecided: Bool {
            switch self {
            case .none: false
            case .here(let approval): approval.isApproved
            case .elsewhere: true
            }
        }

        /// Whether a person stated what it costs, whatever its lines come to.
        var isStated: Bool { if case .here(let approval) = self { approval.amountIsStated } else { false } }
    }

    func approvalBasis(of wish: WishRecord) throws -> ApprovalBasis {
        if let approval = try store.approval(ofWish: wish.key.id) { return .here(approval) }
        guard let wishCase = try store.wishCase(wish.key.id), rules.paths[wishCase.lane] != nil else { return .none }
        return .elsewhere
    }

    /// Why a wish may not ask for what it says, and at which of its lines: more than was approved, or than a person stated
    /// that it costs. Nil where it may: before that the approval looks at what is asked for now.
    func raised(
        _ wish: WishRecord, over stored: WishRecord, isHeld: Bool, by basis: ApprovalBasis
    ) -> (line: Int, error: CaseworkError)? {
        let (costs, before) = (costs(of: wish), costs(of: stored))
        let more = wish.features.lines.indices.filter {
            Self.asksForMore(wish.features.lines[$0], wish.balances[$0], than: stored, isHeld: isHeld)
        }
        let dearest = costs.indices.first { index in
            let number = wish.features.lines[index].number
            let old = stored.features.lines.firstIndex { $0.number == number }.flatMap { before[$0] }
            return (costs[index] ?? 0) > old ?? 0
        }
        let line = more.first ?? dearest ?? 0
        switch basis {
        case .none: return nil
        case .here(let approval):
            // Nobody can have approved it without an amount.
            guard isHeld || approval.amountIsStated, let known = approval.request.amount else { return nil }
            let isDearer = Self.sum(costs) > max(known, Self.sum(before))
            let isLonger = isHeld && wish.features.lines.contains { stored.line($0.number) == nil }
            // What a person stated stands for what was asked then, where the lines themselves do not tell.
            guard isDearer || isLonger || costs.contains(nil) && !more.isEmpty else { return nil }
            return (line, isHeld ? .approvedAsItStands : .stated(known))
        case .elsewhere:
            guard isHeld, Self.sum(costs) > Self.sum(before) || !more.isEmpty else { return nil }
            return (line, .approvedElsewhere)
        }
    }

    /// What may still be claimed of a wish's line: what is open of it, and of money no more than what was approved leaves.
    func claimable(_ line: LineReference) throws -> Int64 {
        try store.claimable(line)
    }

    /// Throws `insufficient` for more money than was approved, with all that is promised to the wish or was handed over.
    func requireApproved(_ quantity: Int64, of line: LineReference) throws {
        guard let money = try store.approvedMoney(for: line), quantity > money.left else { return }
        let (approved, promised, left) = (money.approved, money.promised, money.left)
        throw CaseworkError(
            .insufficient,
            "\(approved) fen were approved for this wish, and \(promised) are promised or handed over: \(left) can be "
                + "claimed, not \(quantity). What is needed besides is a wish of its own, with its own approval.",
            zhHans: "该心愿获批 \(approved) 分，已承诺或支付 \(promised) 分，尚可认领 \(left) 分，不能认领 \(quantity) 分。"
                + "其余部分请另行登记心愿并审批。")
    }

    private func price(of line: WishLine) -> Int64? {
        if line.unit == .fen { return 1 }
        if let price = line.estimatedPriceFen, price > 0 { return price }
        guard let category = line.category.flatMap({ rules.categories[$0] }), category.unit == line.unit else {
            return nil
        }
        return category.typicalPriceFen.flatMap { $0 > 0 ? $0 : nil }
    }

    private static func asksForMore(
        _ line: WishLine, _ balance: WishBalanceRecord, than stored: WishRecord, isHeld: Bool
    ) -> Bool {
        guard let known = stored.line(line.number) else { return true }
        // Of what was approved the category is looked at by itself; what nobody has classified may be given one.
        if !isHeld, known.line.category != nil, known.line.category != line.category { return true }
        guard let before = known.balance.wanted else { return false }
        return balance.wanted.map { $0 > before } ?? true
    }
}

extension CaseworkError {
    fileprivate static let approvedAsItStands = CaseworkError(
        .wrongState, "The wish was approved as it stands; it cannot ask for more. Register another.",
        zhHans: "该心愿已按现状获批，不能再增加。请另行登记。")

    fileprivate static let approvedElsewhere = CaseworkError(
        .wrongState,
        "The wish was approved elsewhere as it stands; it cannot ask for more. Register another, or import it as approved "
            + "anew: almoner import … --approved.",
        zhHans: "该心愿已在别处按现状获批，不能再增加。请另行登记，或作为重新获批导入：almoner import … --approved。")

    fileprivate static func stated(_ amount: Int64) -> CaseworkError {
        CaseworkError(
            .wrongState,
            "Somebody stated that this wish costs \(amount) fen; it cannot ask for more before another amount is stated: "
                + "almoner approval act revise WISH FEN --reason CODE (over HTTP: revise).",
            zhHans: "已有人确定该心愿的金额为 \(amount) 分，不能再增加。请先变更金额："
                + "almoner approval act revise 心愿 金额（分） --reason 代码（HTTP 为 revise）。")
    }
}

extension CategoryTree {
    /// The codes of the groups that an item lies in, the nearest first.
    func groups(of category: Code) -> [Code] {
        var groups: [Code] = []
        var next = self[category.text]?.parent
        while let parent = next, let code = Code(parent) {
            groups.append(code)
            next = self[parent]?.parent
        }
        return groups
    }
}

extension WishCase {
    /// The category of a wish that has none of the catalogue's.
    public static let unclassified: Code = "unclassified"

    /// The category that the rules go by: its first line's.
    static func category(of wish: Wish) -> Code {
        wish.lines.first?.category.flatMap { Code($0) } ?? unclassified
    }
}
