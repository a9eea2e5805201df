public import MatchCore

/// A lane's way from a request to its publication, declared in a file of `Data/paths/`.
public struct ApprovalPath: Hashable, Sendable, Codable {
    public let id: Code
    /// Raised with every change; a case keeps the version it began with.
    public let version: Int
    public let title: LocalizedText
    /// Above this amount (fen) an approval takes two different people; nil for never.
    public let secondPersonAbove: Int64?
    /// 特事特办; nil when the lane has none.
    public let fastLane: FastLane?
    /// Why a request can be refused, and what else may help.
    public let refusals: [RefusalReason]
    public let alternatives: [Alternative]
    /// In order.
    public let steps: [Step]

    /// One step of the way.
    public struct Step: Hashable, Sendable, Codable {
        public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
            case screening, visit, conference, approval, publicNotice, publication, acceptance
        }

        public let id: Code
        public let kind: Kind
        public let title: LocalizedText
        /// Who may pass it. An approval is open to approvers only, whatever stands here.
        public let roles: [Role]
        /// Which requests take this step; nil for all.
        public let when: Condition?
        /// For an approval: who approves up to which amount, smallest first.
        public let limits: [Limit]?
        /// For a public notice: how many working days it stands.
        public let workingDays: Int?
        /// For a conference: the fewest who have to take part; nil for three.
        public let participants: Int?

        /// The fewest who have to take part in a conference at this step.
        public var fewestParticipants: Int { participants ?? 3 }
    }

    /// A step is taken when one of the things named here holds.
    public struct Condition: Hashable, Sendable, Codable {
        /// In fen; the amount itself does not count as above.
        public let above: Int64?
        public let categories: [Code]?
    }

    public struct Limit: Hashable, Sendable, Codable {
        public let level: AreaLevel
        /// In fen, inclusive; nil for any amount.
        public let upTo: Int64?
    }

    /// Approve first, complete the papers after.
    public struct FastLane: Hashable, Sendable, Codable {
        public let urgencies: [Urgency]
        /// The lowest level that may use it.
        public let level: AreaLevel
        /// In fen, inclusive.
        public let upTo: Int64
        public let papersWithin: Allowance
    }

    public struct RefusalReason: Hashable, Sendable, Codable {
        public let code: Code
        public let text: LocalizedText
    }

    public struct Alternative: Hashable, Sendable, Codable {
        public let code: Code
        public let text: LocalizedText
    }
}

extension ApprovalPath {
    /// Throws `malformed` when the path contradicts itself; call it when a file was read.
    public func check() throws {
        guard Set(steps.map(\.id)).count == steps.count else { throw malformed("two steps share an id", "步骤编号重复") }
        guard steps.contains(where: { $0.kind == .approval && $0.when == nil }) else {
            throw malformed("no approval step applies to every request", "缺少适用于所有申请的审批步骤")
        }
        for step in steps { try check(step) }
        guard secondPersonAbove ?? 0 >= 0, fastLane.map({ $0.upTo > 0 && !$0.urgencies.isEmpty }) ?? true else {
            throw malformed("an amount is negative or the fast lane is empty", "金额为负或快速通道为空")
        }
        guard !refusals.isEmpty, !alternatives.isEmpty else {
            throw malformed("it names no refusal reason or no alternative", "未列出拒绝理由或其他帮助途径")
        }
    }

    private func check(_ step: Step) throws {
        switch step.kind {
        case .approval:
            let limits = step.limits ?? []
            guard let last = limits.last, last.upTo == nil else {
                throw malformed("step \(step.id) leaves large amounts without a level", "步骤 \(step.id) 未规定大额由哪级审批")
            }
            for (lower, higher) in zip(limits, limits.dropFirst()) {
                guard let small = lower.upTo, small >= 0, lower.level < higher.level, higher.upTo ?? .max > small else {
                    throw malformed("step \(step.id): limits must rise with the level", "步骤 \(step.id)：限额应随层级递增")
                }
            }
        case .publicNotice:
            guard let days = step.workingDays, Allowance.workingDays(days).isWithinLimits else {
                throw malformed("step \(step.id) needs its workingDays", "步骤 \(step.id) 缺少公示工作日数")
            }
        case .conference:
            guard (2...100).contains(step.fewestParticipants) else {
                throw malformed("step \(step.id) needs 2 to 100 participants", "步骤 \(step.id) 的参会人数应为 2 至 100")
            }
        case .screening, .visit, .publication, .acceptance:
            guard !step.roles.isEmpty else {
                throw malformed("nobody may pass step \(step.id)", "步骤 \(step.id) 没有可办理的角色")
            }
        }
    }

    private func malformed(_ en: String, _ zhHans: String) -> CaseworkError {
        CaseworkError(
            .malformed, "The approval path \(id) cannot be used: \(en). Correct the file.",
            zhHans: "审批流程 \(id) 不可用：\(zhHans)。请修改文件。")
    }
}
