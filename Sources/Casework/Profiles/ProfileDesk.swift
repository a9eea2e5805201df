public import MatchCore

/// One person at work on scoring profiles, in one transaction: every change is checked, stored and written into the
/// history together.
public struct ProfileDesk {
    public let store: any CaseTransaction
    public let actor: CaseActor
    public let now: Moment
    /// Against which profiles are checked.
    public let check: ProfileCheck
    /// Whether the actor has shown who it is, by a token whose hash the store knows, rather than only said so. Where it takes
    /// two people nobody else counts.
    public let isProven: Bool

    public init(
        store: any CaseTransaction, actor: CaseActor, now: Moment, check: ProfileCheck, isProven: Bool = false
    ) {
        self.store = store
        self.actor = actor
        self.now = now
        self.check = check
        self.isProven = isProven
    }

    // MARK: Drafts

    /// Begins a draft.
    ///
    /// - Parameter content: what it says at first; nil for what is published.
    /// - Throws: `wrongState` where there is one of that name already, `unknown` where nothing is published.
    public func begin(_ key: DraftKey, with content: ScoringProfile? = nil) throws -> ProfileDraft {
        try requireAdmin()
        try checkName(key.profile)
        if let known = try store.draft(key) {
            throw CaseworkError(
                .wrongState,
                "There is a draft '\(key.draft)' of \(key.profile) already (version \(known.version)). Discard it, or "
                    + "give the new one another name.",
                zhHans: "\(key.profile) 已有草案“\(key.draft)”（第 \(known.version) 版）。请先弃用，或另取名称。")
        }
        let published = try store.profile(key.profile)
        guard var profile = content ?? published else { throw noProfile(key.profile) }
        profile.name = key.profile
        profile.revision = 0
        profile.basedOn = published?.revision
        profile.applied = []
        // What is published may be begun from, also where the program's lists have changed since: so it can be mended.
        if let published {
            var known = published
            (known.revision, known.basedOn) = (0, published.revision)
            try check.check(profile, changedFrom: known)
        } else {
            try check.check(profile)
        }
        try requireVoices(of: profile)
        let draft = ProfileDraft(
            key: key, version: 1, profile: profile, basedOn: published?.revision, changedAt: now,
            changedBy: actor.id)
        try store.insert(draft)
        try write("draftBegun", key, [FieldChange("version", before: nil, after: .integer(1))])
        return draft
    }

    /// Changes a draft; where there is none of the usual name, one is begun from what is published.
    ///
    /// - Parameter version: the version that the caller has seen; nil to change whatever is there. Throws `stale` where
    ///   it has changed since, and the first fault where the result could not be published.
    @discardableResult
    public func change(
        _ key: DraftKey, version: Int? = nil, _ body: (inout ScoringProfile) throws -> Void
    ) throws -> ProfileDraft {
        try requireAdmin()
        var draft: ProfileDraft
        if let known = try store.draft(key) {
            draft = known
            try seen(version, draft)
        } else if version == nil {
            draft = try begin(key)
        } else {
            throw noDraft(key)
        }
        var profile = draft.profile
        try body(&profile)
        profile.name = key.profile
        (profile.revision, profile.basedOn) = (0, draft.basedOn)
        try check.check(profile, changedFrom: draft.profile)
        guard !profile.says(sameAs: draft.profile) else { return draft }
        if profile.vote != draft.profile.vote { try requireVoices(of: profile) }
        let before = draft
        draft.profile = profile
        draft.version += 1
        draft.changedAt = now
        draft.changedBy = actor.id
        // What a second person was asked to confirm is not this.
        draft.proposal = nil
        guard try store.update(draft, from: before.version) else { throw stale(key) }
        try write(
            "draftChanged", key,
            [
                FieldChange("version", before: .integer(Int64(before.version)), after: .integer(Int64(draft.version)))
            ])
        return draft
    }

    public func draft(_ key: DraftKey) throws -> ProfileDraft {
        guard let draft = try store.draft(key) else { throw noDraft(key) }
        return draft
    }

    public func discard(_ key: DraftKey, version: Int? = nil) throws {
        try requireAdmin()
        let draft = try draft(key)
        try seen(version, draft)
        guard try store.deleteDraft(key, version: draft.version) else { throw stale(key) }
        try write(
            "draftDiscarded", key, [FieldChange("version", before: .integer(Int64(draft.version)), after: nil)])
    }

    func requireAdmin() throws {
        guard actor.role == .admin else {
            throw CaseworkError(
                .roleNotAllowed, "\(actor.role.withArticle) cannot change a scoring profile. It takes: admin.",
                zhHans: "\(actor.role.name.zhHans)不能更改评分方案。可执行的角色：\(Role.admin.name.zhHans)。")
        }
    }

    func write(_ action: Code, _ key: DraftKey, reason: Reason? = nil, _ changes: [FieldChange]) throws {
        try write(
            action, on: ProfileSubject.kind, ProfileSubject.id(of: key.profile), reason: reason,
            [FieldChange("draft", before: nil, after: .code(key.draft))] + changes)
    }

    func write(
        _ action: Code, on kind: Code, _ subject: RecordID, reason: Reason?, _ changes: [FieldChange]
    ) throws {
        try store.append(
            HistoryEntry(
                program: store.programCode(), at: now, by: actor, subjectKind: kind, subject: subject, action: action,
                reason: reason, changes: changes))
    }

    func seen(_ version: Int?, _ draft: ProfileDraft) throws {
        if let version, version != draft.version { throw stale(draft.key, now: draft.version) }
    }

    func stale(_ key: DraftKey, now version: Int? = nil) -> CaseworkError {
        let at = version.map { " (version \($0) now)" } ?? ""
        let zhAt = version.map { "（现为第 \($0) 版）" } ?? ""
        return CaseworkError(
            .stale, "The draft '\(key.draft)' of \(key.profile) was changed meanwhile\(at). Read it again.",
            zhHans: "\(key.profile) 的草案“\(key.draft)”已被他人改动\(zhAt)，请重新读取。")
    }

    func noProfile(_ name: String) -> CaseworkError {
        let known = ((try? store.profileNames()) ?? []).joined(separator: ", ")
        return CaseworkError(
            .unknown, "There is no scoring profile '\(name)'. There are: \(known).",
            zhHans: "没有评分方案“\(name)”。现有：\(known)。")
    }

    private func noDraft(_ key: DraftKey) -> CaseworkError {
        CaseworkError(
            .unknown, "There is no draft '\(key.draft)' of \(key.profile). Begin one.",
            zhHans: "\(key.profile) 没有草案“\(key.draft)”，请先新建。")
    }

    /// Explanations name profiles, so a name is a code.
    private func checkName(_ name: String) throws {
        guard ProfileScope.allows(name) else {
            throw CaseworkError(
                .malformed, "'\(name.prefix(64))' is no name for a profile; use 1 to 64 letters, digits or . - _ /.",
                zhHans: "“\(name.prefix(64))”不能作方案名称；请用 1 至 64 个英文字母、数字或 . - _ /。")
        }
    }
}
