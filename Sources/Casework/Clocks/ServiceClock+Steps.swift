internal import MatchCore

/// What can be done with a clock, and by whom.
public enum ClockStep: Hashable, Sendable {
    case pause
    case resume
    /// Asks for more time, in the unit of the clock's allowance.
    case askExtension(more: Int)
    /// Grants or refuses the open request.
    case decideExtension(grant: Bool)
    case meet
    case cancel

    /// The one table of who may make each step on a clock.
    public var roles: Set<Role> {
        switch self {
        case .pause, .resume, .askExtension: [.intake, .coordinator, .approver, .admin]
        case .decideExtension: [.approver, .admin]
        case .meet: [.intake, .coordinator, .approver, .integration, .admin]
        case .cancel: [.coordinator, .approver, .admin]
        }
    }

    var needsReason: Bool {
        switch self {
        case .pause, .askExtension, .cancel: true
        case .resume, .decideExtension, .meet: false
        }
    }
}

extension ServiceClock {
    /// Returns the clock after one step; throws, and nothing has changed, when a rule forbids it.
    ///
    /// An overdue clock cannot be paused or extended: that would hide that it was missed. A request that was made
    /// in time can still be granted afterwards, by someone other than who asked.
    public func applying(
        _ step: ClockStep, by actor: CaseActor, at moment: Moment, reason: Reason? = nil, calendar: WorkingCalendar
    ) throws -> ServiceClock {
        try admit(step, by: actor, at: moment, reason: reason)
        var clock = self
        clock.changedAt = moment
        switch step {
        case .pause:
            try requireInTime(at: moment)
            guard let reason else { return self }
            clock.pauses.append(Pause(from: moment, to: nil, reason: reason))
            clock.dueRecords.append(DueRecord(at: moment, due: nil))
        case .resume:
            guard isPaused else { throw wrongState("is not paused", "未暂停") }
            clock.pauses[pauses.count - 1].to = moment
            clock.dueRecords.append(DueRecord(at: moment, due: clock.computedDue(calendar)))
        case .askExtension(let more):
            try requireInTime(at: moment)
            guard extensions.last.map({ $0.decision != nil }) ?? true else {
                throw wrongState("already has an open request", "已有待审批的延期申请")
            }
            guard extensions.count(where: { $0.decision?.isGranted == true }) < terms.extensions else {
                throw CaseworkError(
                    .notCovered, "The clock has had all \(terms.extensions) extensions its rule allows.",
                    zhHans: "该时限已用完规则允许的 \(terms.extensions) 次延期。")
            }
            guard more > 0, more <= Allowance.limits.workingDays, let reason else {
                throw CaseworkError(
                    .quantity, "An extension of \(more) is out of range; ask for 1 to \(Allowance.limits.workingDays).",
                    zhHans: "延期 \(more) 超出范围；应为 1 至 \(Allowance.limits.workingDays)。")
            }
            clock.extensions.append(
                Extension(askedAt: moment, askedBy: actor.id, reason: reason, more: more))
        case .decideExtension(let grant):
            guard let request = extensions.last, request.decision == nil else {
                throw wrongState("has no open request", "没有待审批的延期申请")
            }
            guard request.askedBy != actor.id else {
                throw CaseworkError(
                    .secondPerson, "Who asked for the extension cannot decide on it. Ask another approver.",
                    zhHans: "申请人不能审批自己的延期。请由其他审批人处理。")
            }
            clock.extensions[extensions.count - 1].decision = Decision(at: moment, by: actor.id, isGranted: grant)
            if grant, !isPaused { clock.recordDue(clock.computedDue(calendar), at: moment) }
        case .meet:
            clock.end = End(at: moment, outcome: .met)
        case .cancel:
            clock.end = End(at: moment, outcome: .cancelled)
        }
        return clock
    }

    private func admit(_ step: ClockStep, by actor: CaseActor, at moment: Moment, reason: Reason?) throws {
        guard end == nil else { throw wrongState("has ended", "已结束") }
        guard moment >= changedAt else {
            throw CaseworkError(
                .timeRunsBackwards, "The step's time lies before the last change. Check the host's clock.",
                zhHans: "操作时间早于上次变更时间。请检查主机时钟。")
        }
        guard step.roles.contains(actor.role) else {
            let roles = step.roles.names
            throw CaseworkError(
                .roleNotAllowed, "\(actor.role.withArticle) cannot do this to a clock. It takes: \(roles.en).",
                zhHans: "\(actor.role.name.zhHans)不能执行此时限操作。可执行的角色：\(roles.zhHans)。")
        }
        guard !step.needsReason || reason != nil else {
            throw CaseworkError(
                .reasonRequired, "To pause, extend or cancel a clock needs a reason. Give its code.",
                zhHans: "暂停、延期或取消时限须填写理由代码。")
        }
    }

    private func requireInTime(at moment: Moment) throws {
        guard let due else { throw wrongState("is paused", "已暂停") }
        guard moment < due.moment else {
            throw CaseworkError(
                .notInTime, "The clock was due before now; it can no longer be paused or extended. Finish the work.",
                zhHans: "该时限已到期，不能再暂停或延期。请尽快办结。")
        }
    }

    private func wrongState(_ en: String, _ zhHans: String) -> CaseworkError {
        CaseworkError(
            .wrongState, "The \(kind.name.en) clock \(id) \(en). Read it again.",
            zhHans: "“\(kind.name.zhHans)”时限 \(id) \(zhHans)。请刷新后再试。")
    }
}
