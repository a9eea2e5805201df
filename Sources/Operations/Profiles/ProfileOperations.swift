internal import Casework
internal import MatchCore
internal import Wire

/// What can be asked about scoring profiles: revisions that never change, drafts, what differs, what holds where.
public enum ProfileOperations {
    public static let list = Operation<NoInput, ProfileList>(
        OperationFacts(
            .profilesList, .get, "/v1/profiles", "Lists the scoring profiles with their drafts.",
            zhHans: "列出评分方案及草案。")
    ) { _, context in
        let drafts = try context.store.drafts()
        return ProfileList(
            items: try context.store.profileNames().map { name in
                let newest = try context.store.revisions(of: name).first
                return ProfileItem(
                    name: name, revision: newest?.number, publishedAt: newest.map { Timestamp($0.at) },
                    author: newest?.author, drafts: drafts.filter { $0.key.profile == name }.map { DraftItem($0) })
            })
    }

    public static let show = Operation<ProfileInput, ProfileView>(
        OperationFacts(
            .profilesShow, .get, "/v1/profiles/{profile}",
            "Shows a profile: its newest revision, the revision named, or a draft.",
            zhHans: "查看评分方案：最新版次、指定版次或草案。")
    ) { input, context in
        let name = try ProfileName(input.profile, at: "{profile}")
        return ProfileView(try name.profile(in: context.store), called: name.draftReference)
    }

    public static let revisions = Operation<ProfileInput, RevisionList>(
        OperationFacts(
            .profilesRevisions, .get, "/v1/profiles/{profile}/revisions",
            "Lists the revisions of a profile: who published them, when and why.", zhHans: "列出各版次：何人、何时、因何发布。")
    ) { input, context in
        let revisions = try context.store.revisions(of: input.profile)
        guard !revisions.isEmpty else {
            throw Problem(
                .notFound, "There is no scoring profile '\(input.profile)'.", zhHans: "没有评分方案“\(input.profile)”。")
        }
        return RevisionList(items: try revisions.map { try Self.view($0, context) })
    }

    public static let resolve = Operation<ProfileResolving, ResolvedProfileList>(
        OperationFacts(
            .profilesResolve, .get, "/v1/profiles/{profile}/resolved",
            "Shows what a profile comes to for a wish or in a place, and which layer each value comes from.",
            zhHans: "查看方案在某心愿或某处的取值及其来源。")
    ) { input, context in
        let profile = try ProfileName(input.profile, at: "{profile}").profile(in: context.store)
        return ResolvedProfileList(
            items: try places(input, context).map { place in
                let scopes = profile.scopes(lane: place.lane, categories: place.categories, areas: place.areas)
                return ResolvedProfileView(
                    profile.resolved(under: scopes), precedence: profile.precedence, context.room.matching.scorers)
            })
    }

    public static let diff = Operation<ProfileComparison, ProfileDifferenceList>(
        OperationFacts(
            .profilesDiff, .get, "/v1/profile-differences", "Says what differs between two profiles.",
            zhHans: "比较两个评分方案。")
    ) { input, context in
        ProfileDifferenceList(
            items: ProfileDifference.all(
                from: try ProfileName(input.before, at: "?before").profile(in: context.store),
                to: try ProfileName(input.after, at: "?after").profile(in: context.store)
            ).map { ProfileDifferenceList.Item($0) })
    }

    public static let validate = Operation<ProfileChecking, ProfileCheckView>(
        OperationFacts(
            .profilesValidate, .post, "/v1/profile-checks",
            "Says everything that is wrong with a profile: each fault names the parameter and its range.",
            zhHans: "检查评分方案：逐项指出参数及其范围。",
            details: LocalizedText(
                zhHans: "只检查，不更改，不需要 Idempotency-Key。", en: "Needs no Idempotency-Key: it reads and changes nothing."),
            readsOnly: true)
    ) { input, context in
        let profile: ScoringProfile
        if let content = input.profile.content {
            profile = try content.profile(named: input.profile.name ?? "draft", at: "/profile/content")
        } else {
            profile = try ProfileName(input.profile.name ?? "default", at: "/profile/name").profile(in: context.store)
        }
        var faults = context.profileCheck.faults(of: profile).map { $0.text[context.viewer.language] }
        do {
            try context.profileDesk().requireVoices(of: profile)
        } catch let error as CaseworkError {
            faults.append(error.text[context.viewer.language])
        }
        return ProfileCheckView(faults: faults)
    }

    public static let people = Operation<NoInput, PeopleView>(
        OperationFacts(
            .profilesPeople, .get, "/v1/profile-people",
            "Says how many people it takes to publish a profile.", zhHans: "查看发布方案所需人数。")
    ) { _, context in PeopleView(try context.profileDesk().publishingPeople()) }

    static let all: [AnyOperation] = [
        AnyOperation(list), AnyOperation(show), AnyOperation(revisions), AnyOperation(resolve), AnyOperation(diff),
        AnyOperation(validate), AnyOperation(people), AnyOperation(draft), AnyOperation(begin),
        AnyOperation(replace), AnyOperation(change), AnyOperation(discard), AnyOperation(publish),
        AnyOperation(rollBack), AnyOperation(setPeople),
    ]

    static func view(_ revision: ProfileRevision, _ context: OperationContext) throws -> RevisionView {
        try RevisionView(
            revision, note: try revision.note.flatMap { try context.store.note($0)?.words },
            name: { try context.name(of: $0) })
    }

    private struct Place {
        var lane: String?
        var categories: [String]
        var areas: [String]
    }

    /// One for each line of the wish, or the one that is described.
    private static func places(_ input: ProfileResolving, _ context: OperationContext) throws -> [Place] {
        func path(_ code: String?, _ tree: CodeTree) -> [String] {
            code.flatMap { tree.index(of: $0) }.map { tree.path(to: $0) } ?? []
        }
        let (areas, categories) = (context.reference.areas.tree, context.reference.categories.tree)
        guard let wish = input.wish else {
            guard input.lane != nil || input.category != nil || input.area != nil else {
                throw Problem(
                    .invalidInput, "Name a wish, or some of lane, category and area.",
                    zhHans: "请给出心愿，或通道、品类、区划之一或多个。")
            }
            _ = try context.reference.areas(within: input.area, at: "?area")
            _ = try context.reference.categories(within: input.category, at: "?category")
            return [
                Place(lane: input.lane, categories: path(input.category, categories), areas: path(input.area, areas))
            ]
        }
        guard input.lane == nil, input.category == nil, input.area == nil else {
            throw Problem(
                .invalidInput, at: "?wish",
                LocalizedText(
                    zhHans: "心愿自有其通道、品类与区划，请勿另外给出。",
                    en: "A wish has its own lane, category and area: name no others beside it."))
        }
        guard let found = try context.registry.wish(wish), try WishView.projecting(found, in: context) != nil else {
            throw Problem.notFound
        }
        return found.features.lines.map { line in
            Place(
                lane: found.features.lane.code, categories: path(line.category, categories),
                areas: path(found.features.place.area, areas))
        }
    }
}

extension ProfileName {
    /// What a draft is called; nil for a revision, whose reference says it.
    var draftReference: String? {
        if case .draft(let key) = self { "\(key.profile):\(key.draft)" } else { nil }
    }
}
