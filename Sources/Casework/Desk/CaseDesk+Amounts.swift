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
    }

    func approvalBasis(of wish: WishRecord) throws -> ApprovalBasis {
        if let approval = try store.approval(ofWish: wish.key.id) { return .here(approval) }
        guard let wishCase = try store.wishCase(wish.key.id), rules.paths[wishCase.lane] != nil else { return .none }
        return .elsewhere
    }

    /// Throws `wrongState` where a wish that is before approval, or was approved, would ask for more than it did.
    func requireNoMore(_ wish: WishRecord, than stored: WishRecord, by basis: ApprovalBasis) throws {
        switch basis {
        case .none: return
        case .here(let approval): try requireNoMore(wish, than: stored, in: approval)
        case .elsewhere:
            let isDearer = Self.sum(costs(of: wish)) > Self.sum(costs(of: stored))
            guard isDearer || Self.asksForMore(wish, than: stored) else { return }
            throw CaseworkError(
                .wrongState,
                "The wish was approved elsewhere as it stands; it cannot ask for more. Register another, or import it "
                    + "as approved anew: almoner import … --approved.",
                zhHans: "该心愿已在别处按现状获批，不能再增加。请另行登记，或作为重新获批导入：almoner import … --approved。")
        }
    }

    private func requireNoMore(_ wish: WishRecord, than stored: WishRecord, in approval: ApprovalCase) throws {
        // Nobody can have approved it yet without an amount, and whoever does has to state one first.
        guard let known = approval.request.amount else { return }
        let costs = costs(of: wish)
        let isDearer = Self.sum(costs) > max(known, Self.sum(self.costs(of: stored)))
        // What a person stated stands for what was asked then, where the lines themselves do not tell.
        let isMore = isDearer || costs.contains(nil) && Self.asksForMore(wish, than: stored)
        guard isMore else { return }
        throw CaseworkError(
            .wrongState, "The wish was put before approval; it cannot ask for more. Register another.",
            zhHans: "该心愿已进入审批，不能再增加金额。请另行登记。")
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

    private static func asksForMore(_ wish: WishRecord, than stored: WishRecord) -> Bool {
        zip(wish.features.lines, wish.balances).contains { line, balance in
            guard let index = stored.features.lines.firstIndex(where: { $0.number == line.number }),
                stored.features.lines[index].category == line.category
            else { return true }
            guard let before = stored.balances[index].wanted else { return false }
            return balance.wanted.map { $0 > before } ?? true
        }
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
