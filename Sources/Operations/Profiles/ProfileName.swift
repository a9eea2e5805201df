public import Casework
public import MatchCore
public import Wire

/// What a person means by a profile: `default`, `default@2` or `default:draft`.
public enum ProfileName: Sendable, Hashable {
    case newest(String)
    case revision(String, Int)
    case draft(DraftKey)

    /// Throws ``Problem`` `invalidInput` at `place` for what is no name.
    public init(_ text: String, at place: String) throws {
        if let at = text.lastIndex(of: "@") {
            guard let revision = Int(text[text.index(after: at)...]), revision > 0 else {
                throw Self.noName(text, at: place)
            }
            self = .revision(String(text[..<at]), revision)
        } else if let colon = text.lastIndex(of: ":") {
            guard let draft = Code(String(text[text.index(after: colon)...])) else {
                throw Self.noName(text, at: place)
            }
            self = .draft(DraftKey(String(text[..<colon]), draft))
        } else {
            self = .newest(text)
        }
    }

    private static func noName(_ text: String, at place: String) -> Problem {
        Problem(
            .invalidInput, at: place,
            LocalizedText(
                zhHans: "“\(text)”不是方案：请写作 名称、名称@版次 或 名称:草案。",
                en: "'\(text)' names no profile: write NAME, NAME@REVISION or NAME:DRAFT."))
    }

    /// Throws ``Problem`` `notFound` with the names that there are.
    public func profile(in store: any CaseTransaction) throws -> ScoringProfile {
        let (found, name): (ScoringProfile?, String) =
            switch self {
            case .newest(let name): (try store.profile(name), name)
            case .revision(let name, let number): (try store.profile(name, revision: number), "\(name)@\(number)")
            case .draft(let key): (try store.draft(key)?.profile, "\(key.profile):\(key.draft)")
            }
        if let found { return found }
        if case .revision(let profile, let number) = self, let newest = try store.profile(profile)?.revision {
            throw Problem(
                .notFound, "There is no revision \(number) of \(profile); the newest is \(newest).",
                zhHans: "\(profile) 没有第 \(number) 版；最新为第 \(newest) 版。")
        }
        let known = try store.profileNames()
        let drafts = try store.drafts().map { "\($0.key.profile):\($0.key.draft)" }
        let list = (known + drafts).joined(separator: ", ")
        throw Problem(
            .notFound, "There is no scoring profile '\(name)'. There are: \(list).",
            zhHans: "没有评分方案“\(name)”。现有：\(list)。")
    }
}

/// A profile by its name, or one that is sent along.
public struct ProfileSource: Described, Hashable {
    public var name: String?
    public var content: ProfileContent?

    public init(name: String) { self.name = name }

    /// - Parameter name: what it is called in the answer.
    public init(_ profile: ScoringProfile, called name: String) {
        self.name = name
        content = ProfileContent(profile)
    }

    public static let schema = JSONSchema.object(
        "ProfileSource",
        [
            .optional(
                "name", .text(1...130),
                "NAME, NAME@REVISION or NAME:DRAFT; 'default' by default. With 'content' a name for it.",
                "名称、名称@版次 或 名称:草案，默认 default；附内容时为其称呼。"),
            .optional("content", ProfileContent.schema, "A profile that is kept nowhere.", "未保存的方案内容。"),
        ])
    public static let sample: ProfileSource = {
        var source = ProfileSource(name: "default:draft")
        source.content = .sample
        return source
    }()

    /// The profile, checked against the scorers that are built in.
    func profile(at place: String, in context: OperationContext) throws -> ScoringProfile {
        guard let content else {
            return try ProfileName(name ?? "default", at: "\(place)/name").profile(in: context.store)
        }
        let profile = try content.profile(named: name ?? "draft", at: "\(place)/content")
        try context.profileCheck.check(profile)
        return profile
    }

    /// What the profile is called in answers.
    func title(of profile: ScoringProfile) -> String {
        if case .draft(let key)? = try? name.map({ try ProfileName($0, at: "") }), content == nil {
            return "\(key.profile):\(key.draft)"
        }
        return content == nil ? profile.reference : name ?? profile.reference
    }
}

extension OperationContext {
    /// Against which profiles are checked: the scorers that are built in, and the program's trees.
    var profileCheck: ProfileCheck {
        ProfileCheck(
            scorers: room.matching.scorers, areas: reference.areas.tree, categories: reference.categories.tree)
    }

    func profileDesk() -> ProfileDesk {
        ProfileDesk(store: store, actor: actor, now: now, check: profileCheck)
    }
}
