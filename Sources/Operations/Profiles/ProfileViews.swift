public import Casework
public import MatchCore
public import Wire

/// One profile of the program, with its newest revision and its drafts.
public struct ProfileItem: OpenAnswer {
    public let name: String
    public let revision: Int?
    public let publishedAt: Timestamp?
    public let author: RecordID?
    public let drafts: [DraftItem]

    public static let schema = JSONSchema.object(
        "ProfileItem",
        [
            .required("name", .code, "Its name.", "名称。"),
            .optional("revision", .revision, "The newest revision.", "最新版次。"),
            .optional("publishedAt", .moment, "When that was published.", "发布时间。"),
            .optional("author", .id, "Who published it.", "发布人。"),
            .required("drafts", .list(of: DraftItem.schema, 0...1_000), "Its drafts.", "草案。"),
        ])
    public static let sample = ProfileItem(
        name: "default", revision: 3, publishedAt: .sample, author: .sample(9), drafts: [.sample])
}

/// What is known of a draft besides its content.
public struct DraftItem: Described, Hashable {
    public let draft: String
    public let version: Int
    public let basedOn: Int?
    public let changedAt: Timestamp
    public let changedBy: RecordID
    public let proposedBy: RecordID?

    init(_ draft: ProfileDraft) {
        self.draft = draft.key.draft.text
        version = draft.version
        basedOn = draft.basedOn
        changedAt = Timestamp(draft.changedAt)
        changedBy = draft.changedBy
        proposedBy = draft.proposal?.by
    }

    private init() {
        (draft, version, basedOn, changedAt) = ("draft", 2, 3, .sample)
        (changedBy, proposedBy) = (.sample(9), .sample(8))
    }

    static let properties: [JSONSchema.Property] = [
        .required("draft", .code, "The draft's name.", "草案名称。"),
        .required("version", .revision, "Counts its changes.", "修改次数。"),
        .optional("basedOn", .revision, "The revision that it was begun from.", "起草所据的版次。"),
        .required("changedAt", .moment, "When it was changed.", "修改时间。"),
        .required("changedBy", .id, "Who changed it.", "修改人。"),
        .optional("proposedBy", .id, "Who asked for it to be published; a second person is awaited.", "已提出发布，待另一人确认。"),
    ]
    public static let schema = JSONSchema.object("DraftItem", properties)
    public static let sample = DraftItem()
}

/// The profiles of the program.
public struct ProfileList: OpenAnswer {
    public let items: [ProfileItem]

    public static let schema = JSONSchema.object(
        "ProfileList", [.required("items", .list(of: ProfileItem.schema, 0...1_000), "By name.", "按名称排列。")])
    public static let sample = ProfileList(items: [.sample])
}

/// A profile as it was published, or as a draft has it.
public struct ProfileView: OpenAnswer {
    public let name: String
    public let revision: Int
    public let reference: String
    public let content: ProfileContent

    public init(_ profile: ScoringProfile, called reference: String? = nil) {
        name = profile.name
        revision = profile.revision
        self.reference = reference ?? profile.reference
        content = ProfileContent(profile)
    }

    /// The same profile again.
    public func profile() throws -> ScoringProfile {
        var profile = try content.profile(named: name)
        profile.revision = revision
        return profile
    }

    public static let schema = JSONSchema.object(
        "Profile",
        [
            .required("name", .code, "Its name.", "名称。"),
            .required("revision", .integer(0...Int64(Int32.max)), "Its revision; 0 for a draft.", "版次；草案为 0。"),
            .required("reference", .text(1...200), "What explanations name.", "评分说明所引用的名称。"),
            .required("content", ProfileContent.schema, "What it says.", "内容。"),
        ])
    public static let sample = ProfileView(
        name: "default", revision: 3, reference: "default@3", content: .sample)

    private init(name: String, revision: Int, reference: String, content: ProfileContent) {
        (self.name, self.revision, self.reference, self.content) = (name, revision, reference, content)
    }
}

/// A draft with its content; its ETag is what `If-Match` takes.
public struct DraftView: Projection {
    public let profile: String
    public let state: DraftItem
    public let content: ProfileContent

    /// With the moment in it: a draft that was discarded and begun anew counts from 1 again, and is another one.
    public var entityVersion: String? {
        "\(state.version)-\(state.changedAt.milliseconds)" + (state.proposedBy == nil ? "" : "-proposed")
    }

    public static func projecting(_ draft: ProfileDraft, in context: OperationContext) throws -> DraftView? {
        DraftView(profile: draft.key.profile, state: DraftItem(draft), content: ProfileContent(draft.profile))
    }

    public static let schema = JSONSchema.object(
        "Draft",
        [
            .required("profile", .code, "The profile's name.", "方案名称。"),
            .required("state", DraftItem.schema, "How it stands.", "状态。"),
            .required("content", ProfileContent.schema, "What it says.", "内容。"),
        ])
    public static let sample = DraftView(profile: "default", state: .sample, content: .sample)
}

/// What is known of a published revision besides its content.
public struct RevisionView: OpenAnswer {
    public let profile: String
    public let revision: Int
    public let publishedAt: Timestamp
    public let author: RecordID?
    public let authorName: String?
    public let confirmedBy: RecordID?
    public let confirmedByName: String?
    public let reason: String
    public let note: String?
    public let restores: Int?

    /// - Parameter name: what somebody is called, as far as the reader may know.
    init(_ revision: ProfileRevision, note: String?, name: (RecordID) throws -> String?) rethrows {
        authorName = try revision.author.flatMap(name)
        confirmedByName = try revision.confirmedBy.flatMap(name)
        profile = revision.name
        self.revision = revision.number
        publishedAt = Timestamp(revision.at)
        author = revision.author
        confirmedBy = revision.confirmedBy
        reason = revision.reason
        self.note = note
        restores = revision.restores
    }

    private init() {
        (profile, revision, publishedAt, author) = ("default", 3, .sample, .sample(9))
        (confirmedBy, reason, note, restores) = (.sample(8), "nearer", "more for the hills", 1)
        (authorName, confirmedByName) = ("示例员甲", "示例员乙")
    }

    public static let schema = JSONSchema.object(
        "ProfileRevision",
        [
            .required("profile", .code, "The profile's name.", "方案名称。"),
            .required("revision", .revision, "Its number.", "版次。"),
            .required("publishedAt", .moment, "When it was published.", "发布时间。"),
            .optional(
                "author", .id, "Who published it; left out where the program was set up with it.", "发布人；初始设置时没有此项。"),
            .optional("authorName", .text(1...200), "What the author is called; for staff.", "发布人姓名，仅工作人员可见。"),
            .optional("confirmedBy", .id, "Who confirmed it, where it takes two people.", "确认人（须两人时）。"),
            .optional("confirmedByName", .text(1...200), "What that person is called; for staff.", "确认人姓名，仅工作人员可见。"),
            .required("reason", .text(1...200), "Why: a code.", "理由代码。"),
            .optional("note", .text(0...4_000), "Why, in words.", "理由说明。"),
            .optional("restores", .revision, "The older revision that it says again.", "所恢复的旧版次。"),
        ])
    public static let sample = RevisionView()
}

/// The revisions of a profile.
public struct RevisionList: OpenAnswer {
    public let items: [RevisionView]

    public static let schema = JSONSchema.object(
        "ProfileRevisionList",
        [.required("items", .list(of: RevisionView.schema, 0...100_000), "The newest first.", "最新在前。")])
    public static let sample = RevisionList(items: [.sample])
}

/// What came of asking for a draft to be published: one of the two.
public struct PublicationView: OpenAnswer {
    public let published: RevisionView?
    public let awaitsConfirmation: DraftItem?

    public static let schema = JSONSchema.object(
        "Publication",
        [
            .optional("published", RevisionView.schema, "The revision that came of it.", "已发布的版次。"),
            .optional(
                "awaitsConfirmation", DraftItem.schema, "Where it takes two people: another one has to publish it too.",
                "须两人时：待另一人同样发布。"),
        ])
    public static let sample = PublicationView(published: .sample, awaitsConfirmation: .sample)
}

/// Whether a profile can be published.
public struct ProfileCheckView: OpenAnswer {
    public let isValid: Bool
    public let faults: [String]
    /// What could not be looked at here.
    public let warnings: [String]

    public static let schema = JSONSchema.object(
        "ProfileCheck",
        [
            .required("isValid", .flag, "Whether it can be published.", "能否发布。"),
            .required(
                "faults", .list(of: .text(1...4_000), 0...10_000), "What is wrong: the parameter and its range.",
                "有误之处：参数及其范围。"),
            .required(
                "warnings", .list(of: .text(1...4_000), 0...100),
                "What could not be looked at: of a file that is checked without a program, the profiles of its voices.",
                "未能核对之处：不经登记库检查的文件，其各方所用方案。"),
        ])
    public init(faults: [String], warnings: [String] = []) {
        isValid = faults.isEmpty
        (self.faults, self.warnings) = (faults, warnings)
    }

    public static let sample = ProfileCheckView(
        faults: ["Proximity, parameter 'decay': …"], warnings: ["donors (donors@2)"])
}

/// What differs between two profiles.
public struct ProfileDifferenceList: OpenAnswer {
    public let items: [Item]

    public struct Item: Described {
        /// Nil for the program itself.
        public let layer: String?
        /// Nil for the profile's title, order of layers and terms of allocating.
        public let scorer: String?
        public let name: String
        public let before: JSONValue?
        public let after: JSONValue?

        init(_ difference: ProfileDifference) {
            layer = difference.scope?.description
            scorer = difference.scorer.isEmpty ? nil : difference.scorer
            name = difference.name
            before = difference.before.map { JSONValue($0) }
            after = difference.after.map { JSONValue($0) }
        }

        private init() {
            (layer, scorer, name, before, after) = ("area:441900119", "Proximity", "decay", 8_000, 5_000)
        }

        public static let schema = JSONSchema.object(
            "ProfileDifference",
            [
                .optional("layer", .text(1...80), "The layer; left out for the program itself.", "所在层；全项目时没有此项。"),
                .optional("scorer", .code, "The scorer; left out for title, order and terms.", "评分器；名称、次序、条件时没有此项。"),
                .required("name", .text(1...80), "weight, neutral, state or a parameter's name.", "权重、中性值、状态或参数名。"),
                .optional(
                    "before", JSONSchema(.anything), "Left out where it is the default or inherited.", "默认或沿用时没有此项。"),
                .optional(
                    "after", JSONSchema(.anything), "Left out where it is the default or inherited.", "默认或沿用时没有此项。"),
            ])
        public static let sample = Item()
    }

    public static let schema = JSONSchema.object(
        "ProfileDifferenceList",
        [.required("items", .list(of: Item.schema, 0...100_000), "What differs.", "差别。")])
    public static let sample = ProfileDifferenceList(items: [.sample])
}

/// How many people it takes to publish a profile.
public struct PeopleView: OpenAnswer {
    public let people: Int
    /// Who asked for one person to be enough; a second one is awaited.
    public let loweringProposedBy: RecordID?
    public let loweringProposedAt: Timestamp?

    public static let schema = JSONSchema.object(
        "ProfilePeople",
        [
            .required("people", .integer(1...2), "1 or 2.", "1 或 2。"),
            .optional(
                "loweringProposedBy", .id, "Who asked for 1 to be enough; another person is awaited.",
                "提出改为 1 人者；待另一人确认。"),
            .optional("loweringProposedAt", .moment, "When that was.", "提出时间。"),
        ])
    public static let sample = PeopleView(
        PublishingPeople(people: 2, lowering: .init(by: .sample(9), at: Moment(milliseconds: 1_767_576_600_000))))

    init(_ state: PublishingPeople) {
        people = state.people
        loweringProposedBy = state.lowering?.by
        loweringProposedAt = state.lowering.map { Timestamp($0.at) }
    }
}

extension JSONSchema {
    static let revision = JSONSchema.integer(1...Int64(Int32.max))
}
