internal import MatchCore

extension ApprovalCase {
    /// Returns the case after one act; throws, and nothing has changed, when a rule forbids it.
    public func applying(
        _ act: ApprovalAct, by actor: CaseActor, at moment: Moment, calendar: WorkingCalendar
    ) throws -> ApprovalCase {
        guard case .open(let index) = status, let step else {
            throw CaseworkError(
                .wrongState, "This approval is over; nothing more is decided in it.",
                zhHans: "该审批已结束，不能再作决定。")
        }
        guard moment >= changedAt else {
            throw CaseworkError(
                .timeRunsBackwards, "The act's time lies before the last change. Check the host's clock.",
                zhHans: "操作时间早于上次变更时间。请检查主机时钟。")
        }
        var next = self
        next.changedAt = moment
        next.records.append(Record(step: step.id, act: act, by: actor.id, role: actor.role, at: moment))
        switch act {
        case .pass(let note):
            try require(step, [.screening, .visit, .publication, .acceptance])
            try requireRole(actor, of: step)
            guard note != nil || step.kind == .screening else {
                throw CaseworkError(
                    .reasonRequired,
                    "The step '\(step.title.en)' needs what was found, or the approved wording. Refer to it.",
                    zhHans: "“\(step.title.zhHans)”步骤须引用走访结果、核准的发布文字或验收结论。")
            }
            next.advance(past: index)
        case .approve:
            try require(step, [.approval])
            try requireAuthority(actor, level: levelNeeded)
            try next.countApproval(actor)
            if next.approvals.count >= approvalsNeeded { next.advance(past: index) }
        case .approveFast:
            try next.approveFast(by: actor, at: moment, index: index, calendar: calendar)
        case .refuse(let reason, let alternatives):
            try requireRefuser(actor, at: step)
            try requireKnown(reason, alternatives)
            let refusal = Refusal(reason: reason, alternatives: alternatives, by: actor.id, at: moment)
            next.status = isFast ? .revoked(refusal) : .refused(refusal)
        case .sendBack(let target, _):
            try requireRefuser(actor, at: step)
            guard let earlier = path.steps.firstIndex(where: { $0.id == target }), earlier < index else {
                throw CaseworkError(
                    .unknown, "The path has no step \(target) before \(step.id).",
                    zhHans: "流程中 \(step.id) 之前没有步骤 \(target)。")
            }
            next.restart(at: earlier)
        case .revise(let amount, _):
            try requireRefuser(actor, at: step)
            guard Self.amounts.contains(amount) else {
                throw CaseworkError(
                    .quantity,
                    "\(amount) fen is no amount; give 1 to \(Self.amounts.upperBound) fen, what it will cost.",
                    zhHans: "\(amount) 分不是有效金额；请填写预计花费，1 至 \(Self.amounts.upperBound) 分。")
            }
            guard !isFast else {
                throw CaseworkError(
                    .quantity, "The amount was approved on the fast lane already.", zhHans: "金额已经快速通道批准。")
            }
            next.request.amount = amount
            next.request.isStated = true
            next.restart(at: 0)
        case .confer(let conference):
            try require(step, [.conference])
            try requireRole(actor, of: step)
            guard conference.participants.count >= step.fewestParticipants else {
                throw CaseworkError(
                    .secondPerson,
                    "A conference takes \(step.fewestParticipants) people; \(conference.participants.count) took part.",
                    zhHans: "一事一议须至少 \(step.fewestParticipants) 人参加，现为 \(conference.participants.count) 人。")
            }
            // Not carried, the case waits here: for another conference, or to be refused with reason and alternatives.
            if conference.isCarried { next.advance(past: index) }
        case .putUpNotice:
            try require(step, [.publicNotice])
            try requireRole(actor, of: step)
            guard notice == nil, let days = noticeDays, let until = calendar.due(days, from: moment)?.moment else {
                throw wrongAct(step)
            }
            next.notice = Notice(from: moment, until: until, openObjections: 0)
        case .object:
            guard let notice, moment <= notice.until else { throw noNotice(step, calendar.zone) }
            guard notice.openObjections < .max else { throw wrongAct(step) }
            next.notice?.openObjections += 1
        case .settleObjection:
            try requireRefuser(actor, at: step)
            guard let notice, notice.openObjections > 0 else { throw wrongAct(step) }
            next.notice?.openObjections -= 1
        case .takeDownNotice:
            try require(step, [.publicNotice])
            try requireRole(actor, of: step)
            guard let notice else { throw wrongAct(step) }
            guard moment >= notice.until, notice.openObjections == 0 else {
                throw CaseworkError(
                    .notInTime, "The notice has not stood its days, or \(notice.openObjections) objections are open.",
                    zhHans: "公示期未满，或仍有 \(notice.openObjections) 项异议待处理。")
            }
            next.advance(past: index)
        case .end(let reason):
            guard actor.role == .admin else {
                throw CaseworkError(
                    .roleNotAllowed, "A case ends with its wish: close or end the wish.",
                    zhHans: "审批随心愿结束：请办结或终止心愿。")
            }
            next.notice = nil
            next.wasApproved = isApproved
            next.status = .ended(reason)
        }
        return next
    }

    private mutating func approveFast(
        by actor: CaseActor, at moment: Moment, index: Int, calendar: WorkingCalendar
    ) throws {
        guard let fast = path.fastLane, takesFastLane else {
            throw CaseworkError(
                .notCovered, "The fast lane does not take this request: look at its urgency and amount.",
                zhHans: "该申请不适用特事特办：请核对紧急程度与金额。")
        }
        try requireAuthority(actor, level: fast.level)
        try countApproval(actor)
        guard approvals.count >= approvalsNeeded else { return }
        approvals = []
        isFast = true
        papersDue = calendar.due(fast.papersWithin, from: moment)?.moment
        // Nothing is skipped but the approval itself: the other steps are the papers.
        status = status(from: index)
    }

    private mutating func advance(past index: Int) {
        approvals = []
        notice = nil
        status = status(from: index + 1)
    }

    private mutating func restart(at index: Int) {
        approvals = []
        notice = nil
        status = status(from: index)
    }

    private mutating func countApproval(_ actor: CaseActor) throws {
        guard !approvals.contains(actor.id) else {
            throw CaseworkError(
                .secondPerson, "Above this amount two people approve; the first cannot be the second as well.",
                zhHans: "超过该金额须两人审批，同一人不能审批两次。")
        }
        approvals.append(actor.id)
    }

    private func require(_ step: ApprovalPath.Step, _ kinds: Set<ApprovalPath.Step.Kind>) throws {
        guard kinds.contains(step.kind) else { throw wrongAct(step) }
    }

    private func requireRole(_ actor: CaseActor, of step: ApprovalPath.Step) throws {
        guard step.roles.contains(actor.role) || actor.role == .admin else {
            let roles = step.roles.names
            throw CaseworkError(
                .roleNotAllowed, "\(actor.role.withArticle) cannot pass step \(step.id). It takes: \(roles.en).",
                zhHans: "\(actor.role.name.zhHans)不能办理“\(step.title.zhHans)”步骤。可办理的角色：\(roles.zhHans)。")
        }
    }

    /// Who may pass a step may also refuse there; at an approval that is any approver.
    private func requireRefuser(_ actor: CaseActor, at step: ApprovalPath.Step) throws {
        guard actor.role == .approver || step.kind != .approval else {
            throw CaseworkError(
                .roleNotAllowed, "Only an approver decides at step \(step.id).",
                zhHans: "“\(step.title.zhHans)”步骤只能由审批人决定。")
        }
        if actor.role != .approver { try requireRole(actor, of: step) }
    }

    private func requireAuthority(_ actor: CaseActor, level: AreaLevel?) throws {
        guard actor.role == .approver, let authority = actor.authority else {
            throw CaseworkError(
                .roleNotAllowed, "Only an approver approves. \(actor.role.withArticle) cannot.",
                zhHans: "只有审批人可以审批，\(actor.role.name.zhHans)不能。")
        }
        guard let amount = request.amount else {
            throw CaseworkError(
                .wrongState,
                "Nobody knows what this costs: the wish names no price, and the catalogue has none. State the amount "
                    + "first: almoner approval act revise WISH FEN --reason CODE (over HTTP: revise).",
                zhHans: "金额未知：心愿未写价格，目录中也没有常见单价。请先填写金额："
                    + "almoner approval act revise 心愿 金额（分） --reason 代码（HTTP 为 revise）。")
        }
        guard let level, authority.level >= level, authority.limit >= amount else {
            throw CaseworkError(
                .aboveAuthority,
                "\(amount) fen needs the \(level?.rawValue ?? "next") level and a limit that covers it.",
                zhHans: "\(amount) 分须由\(level?.name.zhHans ?? "上一")级权限足够的审批人审批。")
        }
    }

    private func requireKnown(_ reason: Reason, _ alternatives: [Code]) throws {
        guard path.refusals.contains(where: { $0.code == reason.code }) else {
            let list = Self.list(path.refusals.map { ($0.code, $0.text) })
            throw CaseworkError(
                .reasonRequired,
                "'\(reason.code)' is not a refusal reason of path \(path.id). Choose one of: \(list.en).",
                zhHans: "“\(reason.code)”不是流程 \(path.id) 的拒绝理由。可选：\(list.zhHans)。")
        }
        let known = Set(path.alternatives.map(\.code))
        guard !alternatives.isEmpty, alternatives.allSatisfy(known.contains) else {
            let list = Self.list(path.alternatives.map { ($0.code, $0.text) })
            throw CaseworkError(
                .reasonRequired, "A refusal says what else may help: choose at least one of: \(list.en).",
                zhHans: "拒绝时须告知其他帮助途径，请至少选择一项：\(list.zhHans)。")
        }
    }

    /// Codes with their words, as a person chooses among them.
    private static func list(_ entries: [(code: Code, text: LocalizedText)]) -> LocalizedText {
        LocalizedText(
            zhHans: entries.map { "\($0.code)（\($0.text.zhHans)）" }.joined(separator: "、"),
            en: entries.map { "\($0.code) (\($0.text.en))" }.joined(separator: ", "))
    }

    /// Nobody can object to what is not put up, or is put up no more.
    private func noNotice(_ step: ApprovalPath.Step, _ zone: ProgramTimeZone) -> CaseworkError {
        let (en, zhHans) =
            notice.map {
                (
                    "The public notice stood until \(zone.text($0.until)): the time for objections is over.",
                    "公示已于 \(zone.text($0.until)) 期满，异议期已过。"
                )
            } ?? (
                "No public notice stands for this wish; the approval is at the step '\(step.title.en)'. Objections are made "
                    + "while a notice stands.", "该心愿目前没有公示，审批处于“\(step.title.zhHans)”步骤。公示期内方可提出异议。"
            )
        return CaseworkError(
            .wrongState,
            en + " Who knows of something that speaks against it tells the office, which can send the case back "
                + "(almoner approval act sendBack) or refuse it (refuse).",
            zhHans: zhHans + "如知悉不宜批准的情况，请告知经办人员，可退回（almoner approval act sendBack）或不予批准（refuse）。")
    }

    private func wrongAct(_ step: ApprovalPath.Step) -> CaseworkError {
        CaseworkError(
            .wrongState, "The approval is at the step '\(step.title.en)'; this cannot be done there. Read it again.",
            zhHans: "审批处于“\(step.title.zhHans)”步骤，不能执行此操作。请刷新后再试。")
    }
}
