public import MatchCore

/// What came of asking for a draft to be published.
public enum Publication: Hashable, Sendable {
    case published(ProfileRevision)
    /// The program asks for two people, and this was the first.
    case awaitsConfirmation(ProfileDraft)
}

/// How many people it takes to publish a profile, and what is proposed.
public struct PublishingPeople: Hashable, Sendable {
    /// 1 or 2.
    public var people: Int
    /// Who asked for one person to be enough, while a second one is waited for.
    public var lowering: Proposal?

    public struct Proposal: Hashable, Sendable {
        public var by: RecordID
        public var at: Moment

        public init(by: RecordID, at: Moment) {
            self.by = by
            self.at = at
        }
    }

    public init(people: Int, lowering: Proposal? = nil) {
        self.people = people
        self.lowering = lowering
    }
}

extension ProfileDesk {
    /// How many people it takes to publish: 1 or 2.
    public static let peopleSetting: Code = "profile.people"
    /// Who asked for it to be one, and when; empty where nobody does.
    static let loweringSetting: Code = "profile.people.lowering"

    public func peopleToPublish() throws -> Int { try store.setting(Self.peopleSetting) == "2" ? 2 : 1 }

    public func publishingPeople() throws -> PublishingPeople {
        let people = try peopleToPublish()
        let parts = try store.setting(Self.loweringSetting)?.split(separator: " ") ?? []
        guard people == 2, parts.count == 2, let by = RecordID(String(parts[0])), let at = Int64(parts[1]) else {
            return PublishingPeople(people: people)
        }
        return PublishingPeople(people: people, lowering: .init(by: by, at: Moment(milliseconds: at)))
    }

    /// Sets how many people it takes to publish.
    ///
    /// Two may be asked for by one person, who must have shown who it is, so that nobody shuts the door with no key at hand.
    /// That one is enough again takes as many people as the number in force: the first call notes the proposal, the same
    /// call by another person makes it so, and asking for two again takes the proposal back.
    ///
    /// - Throws: `secondPerson` where the same person confirms, or somebody who has not shown who it is.
    @discardableResult
    public func setPeopleToPublish(_ people: Int, reason: Reason) throws -> PublishingPeople {
        try requireAdmin()
        guard (1...2).contains(people) else {
            throw CaseworkError(.quantity, "It takes 1 or 2 people to publish.", zhHans: "发布须由 1 人或 2 人。")
        }
        let before = try publishingPeople()
        guard before.people != people || before.lowering != nil else { return before }
        try requireProof()
        if before.people == people {
            try store.set(Self.loweringSetting, to: "", at: now, by: actor.id)
            try write("peopleToPublishKept", of: nil, before.people, people, reason)
            return PublishingPeople(people: people)
        }
        if before.people == 2 {
            guard let proposal = before.lowering else {
                try store.set(Self.loweringSetting, to: "\(actor.id) \(now.milliseconds)", at: now, by: actor.id)
                try write("peopleToPublishProposed", of: nil, before.people, people, reason)
                return PublishingPeople(people: 2, lowering: .init(by: actor.id, at: now))
            }
            guard proposal.by != actor.id else {
                throw CaseworkError(
                    .secondPerson,
                    "You proposed yourself that one person be enough. Another person has to confirm it.",
                    zhHans: "改为一人发布由您提出，须由另一人确认。")
            }
            try store.set(Self.loweringSetting, to: "", at: now, by: actor.id)
        }
        try store.set(Self.peopleSetting, to: "\(people)", at: now, by: actor.id)
        try write("peopleToPublishSet", of: before.lowering?.by, before.people, people, reason)
        return PublishingPeople(people: people)
    }

    private func write(
        _ action: Code, of proposer: RecordID?, _ before: Int, _ after: Int, _ reason: Reason
    ) throws {
        var changes = [FieldChange("people", before: .integer(Int64(before)), after: .integer(Int64(after)))]
        if let proposer { changes.append(FieldChange("proposedBy", before: nil, after: .record(proposer))) }
        try write(action, on: "program", ProfileSubject.id(of: ""), reason: reason, changes)
    }

    /// Publishes a draft as the next revision, and takes the draft away.
    ///
    /// Where the program asks for two people the first call notes the proposal, and the same call by another person
    /// publishes it, under the first one's reason; a change in between takes the proposal back.
    ///
    /// - Parameters:
    ///   - version: the version that the caller has seen; nil for whatever is there.
    ///   - overNewer: publishes even though another revision came out since the draft was begun.
    /// - Throws: `stale` for a version that has changed, or a newer revision; `wrongState` where nothing would change;
    ///   `secondPerson` where the same person confirms, or one who has not shown who it is; ``ProfileError`` where the draft cannot be used.
    public func publish(
        _ key: DraftKey, version: Int? = nil, overNewer: Bool = false, reason: Reason
    ) throws -> Publication {
        try requireAdmin()
        var draft = try draft(key)
        try seen(version, draft)
        try check.check(draft.profile)
        try requireVoices(of: draft.profile)
        let newest = try store.profile(key.profile)
        if let newest, newest.says(sameAs: draft.profile) {
            throw CaseworkError(
                .wrongState, "The draft '\(key.draft)' says the same as \(newest.reference). Nothing was published.",
                zhHans: "草案“\(key.draft)”与 \(newest.reference) 相同，未发布。")
        }
        if let newest, newest.revision != draft.basedOn, !overNewer {
            let base = draft.basedOn.map { "\(key.profile)@\($0)" } ?? "–"
            throw CaseworkError(
                .stale,
                "\(newest.reference) was published after this draft was begun from \(base). Compare them, then publish "
                    + "over it expressly, or begin again.",
                zhHans: "草案始于 \(base)，其后已发布 \(newest.reference)。请比较后明确覆盖，或重新起草。")
        }
        var first = draft.proposal
        if try peopleToPublish() == 2 {
            try requireProof()
            guard let proposal = first else {
                draft.proposal = ProfileDraft.Proposal(by: actor.id, at: now, reason: reason)
                guard try store.update(draft, from: draft.version) else { throw stale(key) }
                try write(
                    "proposed", key, reason: reason,
                    [FieldChange("version", before: nil, after: .integer(Int64(draft.version)))])
                return .awaitsConfirmation(draft)
            }
            guard proposal.by != actor.id else {
                throw CaseworkError(
                    .secondPerson, "You proposed this draft yourself. Another person has to confirm it.",
                    zhHans: "该草案由您提出，须由另一人确认。")
            }
        } else {
            first = nil
        }
        let revision = ProfileRevision(
            name: key.profile, number: (newest?.revision ?? 0) + 1, at: now, author: first?.by ?? actor.id,
            confirmedBy: first == nil ? nil : actor.id, reason: (first?.reason ?? reason).code.text,
            note: (first?.reason ?? reason).note)
        try publish(revision, draft.profile, reason: first?.reason ?? reason)
        guard try store.deleteDraft(key, version: draft.version) else { throw stale(key) }
        return .published(revision)
    }

    /// Publishes what an older revision says as a new one, at once: it was published before, so one person is enough.
    ///
    /// - Parameter number: the revision to go back to; nil for the one before the newest.
    public func rollBack(_ name: String, to number: Int? = nil, reason: Reason) throws -> ProfileRevision {
        try requireAdmin()
        guard let newest = try store.profile(name) else { throw noProfile(name) }
        guard number != nil || newest.revision > 1 else {
            throw CaseworkError(
                .unknown, "\(name) has only its first revision: there is none to go back to.",
                zhHans: "\(name) 只有第 1 版，无可退回。")
        }
        let number = number ?? newest.revision - 1
        guard number >= 1, var profile = try store.profile(name, revision: number) else {
            throw CaseworkError(
                .unknown,
                "There is no revision \(number) of \(name) to go back to; the newest is \(newest.revision). Name another with "
                    + "--to (over HTTP: to).",
                zhHans: "\(name) 没有第 \(number) 版可退回；最新为第 \(newest.revision) 版。请用 --to（HTTP 中为 to）指定。")
        }
        guard !profile.says(sameAs: newest) else {
            throw CaseworkError(
                .wrongState,
                "\(newest.reference) says the same as revision \(number) already. To go back further, name the revision with "
                    + "--to (over HTTP: to); `almoner profile log \(name)` lists them.",
                zhHans: "\(newest.reference) 已与第 \(number) 版相同。要退回更早的版次，请用 --to（HTTP 中为 to）指定；"
                    + "almoner profile log \(name) 列出各版。")
        }
        // What was right under an older program may have lost its scorer since; codes that are gone match nothing any more.
        try check.ofPublished.check(profile)
        profile.revision = newest.revision + 1
        let revision = ProfileRevision(
            name: name, number: profile.revision, at: now, author: actor.id, reason: reason.code.text,
            note: reason.note, restores: number)
        try publish(revision, profile, reason: reason)
        return revision
    }

    /// Publishes the first revision of a profile that a program is set up with; false where there is one already.
    public func install(_ profile: ScoringProfile, reason: Reason) throws -> Bool {
        guard try store.profile(profile.name) == nil else { return false }
        try check.check(profile)
        try requireVoices(of: profile)
        try publish(
            ProfileRevision(
                name: profile.name, number: profile.revision, at: now, author: actor.id,
                reason: reason.code.text, note: reason.note), profile, reason: reason)
        return true
    }

    private func publish(_ revision: ProfileRevision, _ profile: ScoringProfile, reason: Reason) throws {
        var profile = profile
        profile.revision = revision.number
        try store.insert(revision, profile)
        var changes = [
            FieldChange(
                "revision", before: revision.number == 1 ? nil : .integer(Int64(revision.number - 1)),
                after: .integer(Int64(revision.number)))
        ]
        if let restores = revision.restores {
            changes.append(FieldChange("restores", before: nil, after: .integer(Int64(restores))))
        }
        if let first = revision.author, revision.confirmedBy != nil {
            changes.append(FieldChange("proposedBy", before: nil, after: .record(first)))
        }
        try write(
            revision.restores == nil ? "published" : "rolledBack", on: ProfileSubject.kind,
            ProfileSubject.id(of: revision.name), reason: reason, changes)
    }

    /// Two people can only be told apart where each has shown who it is.
    private func requireProof() throws {
        if isProven, actor.id != CaseActor.system.id { return }
        throw CaseworkError(
            .secondPerson,
            "Where publishing takes two people each has to show who it is, with an admin's token of its own: "
                + "--token-file FILE or ALMONER_TOKEN, also beside a database of this machine. Such a token comes from: "
                + "almoner key create admin --label NAME",
            zhHans: "发布须两人时，每人须用自己的管理员令牌证明身份：--token-file 文件 或 ALMONER_TOKEN（本机数据库亦然）。"
                + "令牌由此发放：almoner key create admin --label 姓名")
    }
}
