internal import Casework
internal import MatchCore
internal import Wire

/// What can be done with scoring profiles. Every change is an admin's; publishing may take two.
extension ProfileOperations {
    public static let draft = Operation<DraftInput, DraftView>(
        OperationFacts(
            .draftsShow, .get, "/v1/profiles/{profile}/drafts/{draft}",
            "Shows a draft; its ETag is for If-Match.", zhHans: "查看草案；其 ETag 用于 If-Match。")
    ) { input, context in try found(input.profile, input.draft, context) }

    public static let begin = Operation<DraftBeginning, DraftView>(
        OperationFacts(
            .draftsBegin, .post, "/v1/profiles/{profile}/drafts",
            "Begins a draft: from what is published, from another profile, or with what is sent.",
            zhHans: "起草：据现行版次、其他方案或所附内容。", status: 201),
        location: { "/v1/profiles/\($0.profile)/drafts/\($0.state.draft)" }
    ) { input, context in
        let key = try key(input.profile, input.draft ?? DraftKey.usual.text)
        guard input.content == nil || input.from == nil else {
            throw Problem(
                .invalidInput, at: "/from",
                LocalizedText(
                    zhHans: "from 与 content 只能给一个。", en: "Give 'from' or 'content': a draft begins with one of them."))
        }
        let content =
            try input.content?.profile(named: input.profile)
            ?? input.from.map { try ProfileName($0, at: "/from").profile(in: context.store) }
        return try told { try context.profileDesk().begin(key, with: content) }
    }

    public static let replace = Operation<DraftReplacement, DraftView>(
        OperationFacts(
            .draftsReplace, .put, "/v1/profiles/{profile}/drafts/{draft}",
            "Puts other content into a draft.", zhHans: "以新内容替换草案。", precondition: .required),
        current: { try found($0.profile, $0.draft, $1) }
    ) { input, context in
        let profile = try input.content.profile(named: input.profile)
        return try told {
            try context.profileDesk().change(try key(input.profile, input.draft), version: input.version) {
                $0 = profile
            }
        }
    }

    public static let change = Operation<DraftChange, DraftView>(
        OperationFacts(
            .draftsChange, .patch, "/v1/profiles/{profile}/drafts/{draft}",
            "Changes some values of a draft, for the program or in a layer.", zhHans: "更改草案的若干取值（全项目或某层）。",
            precondition: .required), current: { try found($0.profile, $0.draft, $1) }
    ) { input, context in
        var scope: ProfileScope?
        if let layer = input.layer {
            guard let read = ProfileScope(layer) else {
                throw Problem(
                    .invalidInput, at: "/layer",
                    LocalizedText(
                        zhHans: "“\(layer)”应写作 lane:代码、category:代码 或 area:代码。",
                        en: "'\(layer)' is no layer; write lane:CODE, category:CODE or area:CODE."))
            }
            scope = read
        }
        let descriptors = context.room.matching.scorers.map { $0.descriptor }
        var edits: [ProfileEdit] = []
        for (index, change) in input.changes.enumerated() {
            do {
                edits.append(
                    try ProfileEdit(change, scope: scope, descriptors: descriptors, table: ParameterValue.table))
            } catch let error as ProfileError {
                throw Problem(.invalidInput, at: "/changes/\(index)", error.text)
            }
        }
        return try told {
            try context.profileDesk().change(try key(input.profile, input.draft), version: input.version) { profile in
                for edit in edits { try profile.apply(edit) }
            }
        }
    }

    public static let discard = Operation<DraftDiscarding, DraftView>(
        OperationFacts(
            .draftsDiscard, .post, "/v1/profiles/{profile}/drafts/{draft}/discard",
            "Takes a draft away; shows it once more.", zhHans: "弃用草案，并最后一次显示。"),
        current: { try found($0.profile, $0.draft, $1) }
    ) { input, context in
        let draft = try found(input.profile, input.draft, context)
        try told { try context.profileDesk().discard(draft.key, version: input.version) }
        return draft
    }

    public static let publish = Operation<DraftPublishing, PublicationView>(
        OperationFacts(
            .draftsPublish, .post, "/v1/profiles/{profile}/drafts/{draft}/publish",
            "Publishes a draft as the next revision, which never changes.", zhHans: "将草案发布为新版次，此后不再更改。",
            details: LocalizedText(
                zhHans: "须两人时，第一人提出，另一令牌的持有人以同样请求确认；其间草案若有改动，须重新提出。可用 If-Match 附草案的 ETag。须说明理由。",
                en:
                    "Where it takes two people the first call proposes it, and the same call by the holder of another token publishes it; a change in between takes the proposal back. If-Match with the draft's ETag is heeded. A reason is needed."
            )),
        currentTag: { input, context in
            let draft = try found(input.profile, input.draft, context)
            return try DraftView.projecting(draft, in: context)?.entityVersion ?? ""
        }
    ) { input, context in
        let reason = try reason(input.reason, input.note, of: input.profile, context)
        let key = try key(input.profile, input.draft)
        let publication = try told {
            try context.profileDesk().publish(
                key, version: input.version, overNewer: input.overNewer ?? false, reason: reason)
        }
        return switch publication {
        case .published(let revision):
            PublicationView(published: try view(revision, context), awaitsConfirmation: nil)
        case .awaitsConfirmation(let draft):
            PublicationView(published: nil, awaitsConfirmation: DraftItem(draft))
        }
    }

    public static let rollBack = Operation<RollingBack, RevisionView>(
        OperationFacts(
            .profilesRollBack, .post, "/v1/profiles/{profile}/rollback",
            "Publishes at once, as a new revision, what an older one says.", zhHans: "将旧版次的内容立即发布为新版次。",
            details: LocalizedText(
                zhHans: "该内容曾经发布，故一人即可。须说明理由。",
                en: "It was published before, so one person is enough. A reason is needed."))
    ) { input, context in
        let reason = try reason(input.reason, input.note, of: input.profile, context)
        return try view(
            try told { try context.profileDesk().rollBack(input.profile, to: input.to, reason: reason) }, context)
    }

    public static let setPeople = Operation<PeopleSetting, PeopleView>(
        OperationFacts(
            .profilesSetPeople, .put, "/v1/profile-people",
            "Sets how many people it takes to publish a profile.", zhHans: "设定发布方案所需人数。",
            details: LocalizedText(
                zhHans: "由两人改回一人亦须两人：第一人提出，另一人以同样请求确认；再次设为 2 即撤回。须说明理由。",
                en:
                    "Two people are also needed to go back to one: the first call proposes it, the same call by the holder of another token makes it so; setting 2 again takes the proposal back. A reason is needed."
            ))
    ) { input, context in
        PeopleView(
            try context.profileDesk().setPeopleToPublish(
                input.people, reason: try reason(input.reason, input.note, of: "", context)))
    }

    // MARK: Parts

    private static func key(_ profile: String, _ draft: String) throws -> DraftKey {
        guard let code = Code(draft) else { throw Problem.notFound }
        return DraftKey(profile, code)
    }

    private static func found(_ profile: String, _ draft: String, _ context: OperationContext) throws -> ProfileDraft {
        try told { try context.profileDesk().draft(try key(profile, draft)) }
    }

    /// Profiles are no secret from those who may ask: what is not there is named.
    private static func told<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as CaseworkError where error.code == .unknown {
            throw Problem(.notFound, error.text)
        }
    }

    /// Publishing is answered for.
    private static func reason(
        _ code: String?, _ note: String?, of profile: String, _ context: OperationContext
    ) throws -> Reason {
        guard code != nil || note?.isEmpty == false else {
            throw Problem(
                .invalidInput, at: "/reason",
                LocalizedText(
                    zhHans: "请说明理由：reason 代码或 note 文字。", en: "Say why: a code in 'reason', or words in 'note'."))
        }
        guard let read = Code(code ?? "note") else {
            throw Problem(
                .invalidInput, at: "/reason",
                LocalizedText(
                    zhHans: "理由代码须为 1 至 64 个英文字母、数字或 . - _ /。",
                    en: "A reason's code is 1 to 64 ASCII letters, digits or . - _ /."))
        }
        return try context.desk().reason(read, words: note, about: ProfileSubject.id(of: profile))
    }
}
