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
        if let found = try find(in: store) { return found }
        if case .revision(let profile, let number) = self, let newest = try store.profile(profile)?.revision {
            throw Problem(
                .notFound, "There is no revision \(number) of \(profile); the newest is \(newest).",
                zhHans: "\(profile) 没有第 \(number) 版；最新为第 \(newest) 版。")
        }
        let known = try store.profileNames()
        let drafts = try store.drafts().map { "\($0.key.profile):\($0.key.draft)" }
        let list = (known + drafts).joined(separator: ", ")
        throw Problem(
            .notFound, "There is no scoring profile '\(self)'. There are: \(list).",
            zhHans: "没有评分方案“\(self)”。现有：\(list)。")
    }

    /// Nil where there is none.
    func find(in store: any CaseTransaction) throws -> ScoringProfile? {
        switch self {
        case .newest(let name): try store.profile(name)
        case .revision(let name, let number): try store.profile(name, revision: number)
        case .draft(let key): try store.draft(key)?.profile
        }
    }

    /// What stored explanations name. Throws ``Problem`` for a draft, which nothing that is kept names, and for what is not
    /// there.
    public func kept(in store: any CaseTransaction, at place: String) throws -> (name: String, revision: Int?) {
        switch self {
        case .newest(let name):
            _ = try profile(in: store)
            return (name, nil)
        case .revision(let name, let number):
            _ = try profile(in: store)
            return (name, number)
        case .draft:
            throw Problem(
                .invalidInput, at: place,
                LocalizedText(
                    zhHans: "“\(self)”是草案，已保存的内容都注明版次。", en: "'\(self)' is a draft: what is kept names a revision."))
        }
    }

    public var isDraft: Bool {
        if case .draft = self { true } else { false }
    }
}

extension ProfileName: CustomStringConvertible {
    public var description: String {
        switch self {
        case .newest(let name): name
        case .revision(let name, let number): "\(name)@\(number)"
        case .draft(let key): "\(key.profile):\(key.draft)"
        }
    }
}

extension OperationContext {
    /// The profile to rank by: what is published, an older revision, or, for those who may read them, a draft.
    ///
    /// - Parameter keeps: whether what comes of it is kept, which takes a revision: years later it has to be found again.
    /// - Throws: ``Problem`` `invalidInput` at `place`, with the names that there are for those who may read them.
    func profileToRank(by text: String?, at place: String, keeps: Bool = false) throws -> String {
        let name = try ProfileName(text ?? "default", at: place)
        let mayRead = sees(.profile)
        if name.isDraft, mayRead, keeps, try name.find(in: store) != nil {
            throw Problem(
                .invalidInput, at: place,
                LocalizedText(
                    zhHans: "“\(name)”是草案：保存的内容须注明版次。可只查看，或先发布。",
                    en:
                        "'\(name)' is a draft: what is kept has to name a revision. Look without keeping, or publish it first."
                ))
        }
        guard mayRead else {
            if !name.isDraft, try name.find(in: store) != nil { return name.description }
            throw Problem(
                .invalidInput, at: place,
                LocalizedText(zhHans: "没有此评分方案。", en: "There is no scoring profile of this name."))
        }
        do {
            _ = try name.profile(in: store)
        } catch let problem as Problem where problem.kind == .notFound {
            throw Problem(.invalidInput, at: place, problem.detail)
        }
        return name.description
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
        // Answers are called by it: what is sent along must not pass for what the program keeps.
        if let name, let kept = try? ProfileName(name, at: place), try kept.find(in: context.store) != nil {
            throw Problem(
                .invalidInput, at: "\(place)/name",
                LocalizedText(
                    zhHans: "“\(name)”是项目已有的方案。所附内容请另取名称，或只写名称。",
                    en:
                        "'\(name)' is a profile of the program. Call what is sent along otherwise, or send the name alone."
                ))
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
        ProfileCheck(scorers: room.matching.scorers, codes: reference.knownCodes)
    }

    func profileDesk() -> ProfileDesk {
        ProfileDesk(store: store, actor: actor, now: now, check: profileCheck, isProven: viewer.isProven)
    }
}
