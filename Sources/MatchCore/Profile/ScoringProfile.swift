/// Which scorers count, how much, and with which parameters: one immutable revision.
///
/// The entries hold for the whole program; a layer changes some of them for a lane, a category group or an area. All of
/// it is one document with one number, so that a wish in any corner of the program is scored under one revision.
public struct ScoringProfile: Sendable, Hashable {
    public var name: String
    /// From 1; 0 for a draft.
    public var revision: Int
    /// The revision that a draft was begun from; nil for a revision, and for what was begun from none.
    public var basedOn: Int?
    public var title: LocalizedText
    public var entries: [Entry]
    /// In which order the kinds of layers are laid over the program's entries; a later one wins.
    public var precedence: [ProfileScope.Kind]
    /// What differs in parts of the program; at most one for each scope.
    public var layers: [ProfileLayer]
    /// The layers that were laid over the entries already, in their order; empty for a profile as it is published.
    public var applied: [ProfileScope]
    /// The goals and terms of allocating.
    public var allocation: AllocationRules
    /// How the trial is read that some of the layers serve; nil where there is none.
    public var trial: TrialTerms?
    /// By whose vote the offers for a wish are ordered; nil where the totals order them.
    public var vote: VoteTerms?

    public struct Entry: Sendable, Hashable {
        /// The id of a scorer's descriptor.
        public var scorer: String
        /// 0…10,000. A scorer of weight 0 adds nothing but its vetoes hold.
        public var weight: Int32
        /// The value that counts where the scorer does not know, 0…1,000,000.
        public var neutral: Int32
        /// Parameters that differ from their defaults.
        public var parameters: [String: ParameterValue]

        public static let defaultNeutral: Int32 = 500_000

        public init(
            scorer: String, weight: Int32, neutral: Int32 = Entry.defaultNeutral,
            parameters: [String: ParameterValue] = [:]
        ) {
            self.scorer = scorer
            self.weight = weight
            self.neutral = neutral
            self.parameters = parameters
        }
    }

    public init(
        name: String, revision: Int, title: LocalizedText, entries: [Entry],
        precedence: [ProfileScope.Kind] = ProfileScope.Kind.allCases, layers: [ProfileLayer] = [],
        allocation: AllocationRules = AllocationRules()
    ) {
        self.allocation = allocation
        (trial, vote) = (nil, nil)
        self.name = name
        self.revision = revision
        basedOn = nil
        self.title = title
        self.entries = entries
        self.precedence = precedence
        self.layers = layers
        applied = []
    }

    /// What stored explanations name: `default@1`, or `default@1+lane:microProject` under a layer. Nothing that is
    /// stored names a draft, which has no number; it is called what it is, in English.
    public var reference: String {
        revision > 0
            ? ProfileReference(name: name, revision: revision, scopes: applied).description : called(in: .en)
    }

    /// What the profile is called: `default@3`, or `draft of default (from revision 3)`, with its layers behind it.
    public func called(in language: Language) -> String {
        guard revision <= 0 else { return reference }
        let text: String
        if let basedOn {
            text =
                language == .zhHans
                ? "\(name) 的草案（始于第 \(basedOn) 版）" : "draft of \(name) (from revision \(basedOn))"
        } else {
            text = language == .zhHans ? "\(name)（未发布）" : "\(name) (not published)"
        }
        return applied.reduce(text) { "\($0)+\($1)" }
    }

    /// Whether two profiles say the same, whatever their names and numbers.
    public func says(sameAs other: ScoringProfile) -> Bool {
        title == other.title && entries == other.entries && precedence == other.precedence && layers == other.layers
            && allocation == other.allocation && trial == other.trial && vote == other.vote
    }
}

/// A revision as stored explanations name it, with the layers that were laid over it: `default@3+area:441900119`.
///
/// With the revision kept, the reference alone gives back the profile that a wish was scored under, whatever has become
/// of the area tree since.
public struct ProfileReference: Sendable, Hashable, CustomStringConvertible {
    public var name: String
    public var revision: Int
    public var scopes: [ProfileScope]

    public init(name: String, revision: Int, scopes: [ProfileScope] = []) {
        self.name = name
        self.revision = revision
        self.scopes = scopes
    }

    /// Reads what ``description`` writes; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "+", omittingEmptySubsequences: false)
        let head = parts[0].split(separator: "@", omittingEmptySubsequences: false)
        guard head.count == 2, !head[0].isEmpty, let revision = Int(head[1]), revision > 0 else { return nil }
        var scopes: [ProfileScope] = []
        for part in parts.dropFirst() {
            guard let scope = ProfileScope(String(part)) else { return nil }
            scopes.append(scope)
        }
        self.init(name: String(head[0]), revision: revision, scopes: scopes)
    }

    public var description: String { scopes.reduce("\(name)@\(revision)") { "\($0)+\($1)" } }
}

extension ProfileReference {
    /// What ``ScoringProfile/reference`` says, as a reader of the language would: a draft is called in Chinese what it
    /// is called in English; the number of a revision stands as it is.
    public static func text(_ reference: String, in language: Language) -> String {
        guard language == .zhHans else { return reference }
        let parts = reference.split(separator: "+", omittingEmptySubsequences: false)
        let layers = parts.dropFirst().map { "+\($0)" }.joined()
        let (begin, middle, end, none) = ("draft of ", " (from revision ", ")", " (not published)")
        let head = String(parts[0])
        if head.hasSuffix(none) {
            var profile = ScoringProfile.nameOnly(String(head.dropLast(none.count)))
            profile.basedOn = nil
            return profile.called(in: language) + layers
        }
        guard head.hasPrefix(begin), head.hasSuffix(end), let split = head.firstRange(of: middle) else {
            return reference
        }
        var profile = ScoringProfile.nameOnly(String(head[..<split.lowerBound].dropFirst(begin.count)))
        profile.basedOn = Int(head[split.upperBound...].dropLast(end.count))
        return profile.called(in: language) + layers
    }
}

extension ScoringProfile {
    fileprivate static func nameOnly(_ name: String) -> ScoringProfile {
        ScoringProfile(name: name, revision: 0, title: LocalizedText(zhHans: "", en: ""), entries: [])
    }
}
