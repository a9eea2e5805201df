public import MatchCore
public import Wire

/// Names a profile.
public struct ProfileInput: Described {
    public var profile: String

    public init(profile: String) { self.profile = profile }

    static let referenceProperty = JSONSchema.Property.required(
        "profile", .text(1...130), "NAME, NAME@REVISION or NAME:DRAFT.", "名称、名称@版次 或 名称:草案。")
    static let nameProperty = JSONSchema.Property.required("profile", .code, "The profile's name.", "方案名称。")

    public static let schema = JSONSchema.object(nil, [referenceProperty])
    public static let sample = ProfileInput(profile: "default")
}

extension JSONSchema.Property {
    /// By which profile to rank.
    static let profile = JSONSchema.Property.optional(
        "profile", .text(1...130),
        "The scoring profile: NAME, NAME@REVISION or, for those who may read drafts, NAME:DRAFT; 'default' by default.",
        "评分方案：名称、名称@版次，或（可查看草案者）名称:草案；默认 default。")
}

/// Names a draft.
public struct DraftInput: Described {
    public var profile: String
    public var draft: String

    public init(profile: String, draft: String) {
        self.profile = profile
        self.draft = draft
    }

    static let properties: [JSONSchema.Property] = [
        ProfileInput.nameProperty, .required("draft", .code, "The draft's name.", "草案名称。"),
    ]
    static let version = JSONSchema.Property.optional(
        "version", .revision, "The version that you have seen; besides If-Match.", "您所见的版本；与 If-Match 并用。")
    public static let schema = JSONSchema.object(nil, properties)
    public static let sample = DraftInput(profile: "default", draft: "draft")
}

/// Begins a draft.
public struct DraftBeginning: Described {
    public var profile: String
    public var draft: String?
    public var from: String?
    public var content: ProfileContent?

    public init(profile: String, draft: String? = nil, from: String? = nil, content: ProfileContent? = nil) {
        self.profile = profile
        self.draft = draft
        self.from = from
        self.content = content
    }

    public static let schema = JSONSchema.object(
        "DraftBeginning",
        [
            ProfileInput.nameProperty,
            .optional("draft", .code, "The draft's name; 'draft' by default.", "草案名称，默认 draft。"),
            .optional("from", .text(1...130), "What it says at first; what is published by default.", "初始内容所据，默认现行版次。"),
            .optional("content", ProfileContent.schema, "What it says at first.", "初始内容。"),
        ])
    public static let sample = DraftBeginning(profile: "default", draft: "friday", from: "default@2")
}

/// Puts other content into a draft.
public struct DraftReplacement: Described {
    public var profile: String
    public var draft: String
    public var version: Int?
    public var content: ProfileContent

    public init(profile: String, draft: String, version: Int? = nil, content: ProfileContent) {
        self.profile = profile
        self.draft = draft
        self.version = version
        self.content = content
    }

    public static let schema = JSONSchema.object(
        "DraftReplacement",
        DraftInput.properties + [
            DraftInput.version, .required("content", ProfileContent.schema, "What it is to say.", "新内容。"),
        ])
    public static let sample = DraftReplacement(profile: "default", draft: "draft", content: .sample)
}

/// Changes some values of a draft.
public struct DraftChange: Described {
    public var profile: String
    public var draft: String
    public var version: Int?
    /// The layer that is changed; nil for the program itself.
    public var layer: String?
    public var changes: [String]

    public init(profile: String, draft: String, version: Int? = nil, layer: String? = nil, changes: [String]) {
        self.profile = profile
        self.draft = draft
        self.version = version
        self.layer = layer
        self.changes = changes
    }

    public static let schema = JSONSchema.object(
        "DraftChange",
        DraftInput.properties + [
            DraftInput.version,
            .optional(
                "layer", .text(1...80), "lane:CODE, category:CODE or area:CODE; else the program itself.",
                "lane:代码、category:代码 或 area:代码；否则为全项目。"),
            .required(
                "changes", .list(of: .text(1...40_000), 1...200),
                "SCORER.weight=900, SCORER.neutral=…, SCORER.PARAMETER=VALUE (a table as a list in JSON), SCORER=off; in a layer SCORER=inherit.",
                "评分器.weight=900、评分器.neutral=…、评分器.参数=值（表写成 JSON 列表）、评分器=off；在层中可用 评分器=inherit。"),
        ])
    public static let sample = DraftChange(
        profile: "default", draft: "draft", layer: "area:441900119", changes: ["Proximity.decay=5000", "Trust=off"])
}

/// Takes a draft away.
public struct DraftDiscarding: Described {
    public var profile: String
    public var draft: String
    public var version: Int?

    public init(profile: String, draft: String, version: Int? = nil) {
        self.profile = profile
        self.draft = draft
        self.version = version
    }

    public static let schema = JSONSchema.object("DraftDiscarding", DraftInput.properties + [DraftInput.version])
    public static let sample = DraftDiscarding(profile: "default", draft: "draft", version: 2)
}

/// Publishes a draft.
public struct DraftPublishing: Described {
    public var profile: String
    public var draft: String
    public var version: Int?
    public var overNewer: Bool?
    public var reason: String?
    public var note: String?

    public init(
        profile: String, draft: String, version: Int? = nil, overNewer: Bool? = nil, reason: String? = nil,
        note: String? = nil
    ) {
        self.profile = profile
        self.draft = draft
        self.version = version
        self.overNewer = overNewer
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(
        "DraftPublishing",
        DraftInput.properties + [
            DraftInput.version,
            .optional(
                "overNewer", .flag, "Publish even though another revision came out since the draft was begun.",
                "即使其后已有新版次也发布。"),
        ] + StepReason.properties)
    public static let sample = DraftPublishing(
        profile: "default", draft: "draft", version: 2, reason: "nearer", note: "more for the hills")
}

/// Goes back to an older revision.
public struct RollingBack: Described {
    public var profile: String
    public var to: Int?
    public var reason: String?
    public var note: String?

    public init(profile: String, to: Int? = nil, reason: String? = nil, note: String? = nil) {
        self.profile = profile
        self.to = to
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(
        "RollingBack",
        [
            ProfileInput.nameProperty,
            .optional(
                "to", .revision, "The revision to go back to; by default the one before the newest.", "退回的版次，默认前一版。"),
        ] + StepReason.properties)
    public static let sample = RollingBack(profile: "default", to: 2, reason: "complaints")
}

/// What to check: a profile by name, or one that is sent along.
public struct ProfileChecking: Described {
    public var profile: ProfileSource

    public init(profile: ProfileSource) { self.profile = profile }

    public static let schema = JSONSchema.object(
        "ProfileChecking", [.required("profile", ProfileSource.schema, "The profile.", "方案。")])
    public static let sample = ProfileChecking(profile: .sample)
}

/// Two profiles to compare.
public struct ProfileComparison: Described {
    public var before: String
    public var after: String

    public init(before: String, after: String) {
        self.before = before
        self.after = after
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            .required("before", .text(1...130), "NAME, NAME@REVISION or NAME:DRAFT.", "名称、名称@版次 或 名称:草案。"),
            .required("after", .text(1...130), "The same for the other one.", "另一方案，写法相同。"),
        ])
    public static let sample = ProfileComparison(before: "default", after: "default:draft")
}

/// Where to ask what a profile comes to: for a wish, or for a lane, category and area.
public struct ProfileResolving: Described {
    public var profile: String
    public var wish: RecordID?
    public var lane: String?
    public var category: String?
    public var area: String?

    public init(
        profile: String, wish: RecordID? = nil, lane: String? = nil, category: String? = nil, area: String? = nil
    ) {
        self.profile = profile
        self.wish = wish
        self.lane = lane
        self.category = category
        self.area = area
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            ProfileInput.referenceProperty, .optional("wish", .id, "For the lines of this wish.", "此心愿的各条明细。"),
            .optional("lane", .choice(Lane.allCases.map(\.code)), "A lane.", "通道。"),
            .optional("category", .category, "A category.", "品类。"), .optional("area", .area, "An area.", "区划。"),
        ])
    public static let sample = ProfileResolving(profile: "default", lane: "microWish", area: "441900119")
}

/// Sets how many people it takes to publish.
public struct PeopleSetting: Described {
    public var people: Int
    public var reason: String?
    public var note: String?

    public init(people: Int, reason: String? = nil, note: String? = nil) {
        self.people = people
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(
        "PeopleSetting", [.required("people", .integer(1...2), "1 or 2.", "1 或 2。")] + StepReason.properties)
    public static let sample = PeopleSetting(people: 2, reason: "council")
}
