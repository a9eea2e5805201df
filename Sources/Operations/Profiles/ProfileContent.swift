public import MatchCore
public import Wire

/// What a scoring profile says, as it is sent and shown: scorers with weights and parameters, layers, and the terms of
/// allocating.
public struct ProfileContent: Described, Hashable {
    public var title: LocalizedText
    public var scorers: [Entry]
    /// In which order the kinds of layers are laid over; a later one wins.
    public var precedence: [String]?
    public var layers: [Layer]?
    public var allocation: Terms?
    /// How the trial is read that the layers serve.
    public var trial: Trial?
    /// By whose vote the offers for a wish are ordered.
    public var vote: Vote?

    public struct Entry: Described, Hashable {
        public var scorer: String
        public var weight: Int32
        public var neutral: Int32?
        public var parameters: JSONValue?

        public static let schema = JSONSchema.object(
            "ProfileEntry",
            [
                .required("scorer", .code, "The scorer's id; GET /v1/scorers lists them.", "评分器编号，见 /v1/scorers。"),
                .required("weight", .weight, "How much it counts.", "权重。"),
                .optional(
                    "neutral", .score, "What counts where it does not know; 500,000 by default.", "不知时的中性值，默认 500000。"),
                .optional("parameters", .parameters, "Parameters that differ from their defaults.", "与默认不同的参数。"),
            ])
        public static let sample = Entry(
            scorer: "Proximity", weight: 1_500, neutral: 500_000, parameters: ["decay": 5_000])
    }

    public struct Layer: Described, Hashable {
        public var scope: String
        public var scorers: [Change]

        public static let schema = JSONSchema.object(
            "ProfileLayer",
            [
                .required(
                    "scope", .text(1...80), "lane:CODE, category:CODE or area:CODE.", "lane:代码、category:代码 或 area:代码。"),
                .required("scorers", .list(of: Change.schema, 1...100), "What differs there.", "该处不同之处。"),
            ])
        public static let sample = Layer(scope: "area:441900119", scorers: [.sample])
    }

    public struct Change: Described, Hashable {
        public var scorer: String
        public var off: Bool?
        public var weight: Int32?
        public var neutral: Int32?
        public var parameters: JSONValue?

        public static let schema = JSONSchema.object(
            "ProfileChange",
            [
                .required("scorer", .code, "The scorer's id.", "评分器编号。"),
                .optional("off", .flag, "Leaves the scorer out, with its vetoes.", "停用该评分器及其否决。"),
                .optional("weight", .weight, "Its weight there.", "该处权重。"),
                .optional("neutral", .score, "Its neutral value there.", "该处中性值。"),
                .optional("parameters", .parameters, "Only these parameters change.", "仅更改这些参数。"),
            ])
        public static let sample = Change(
            scorer: "Trust", off: false, weight: 900, neutral: 500_000, parameters: ["priorShare": 700_000])
    }

    /// What a trial by areas is read by, stated before it begins.
    public struct Trial: Described, Hashable {
        public var share: Int
        public var seed: Int64
        public var horizon: Int

        public static let schema = JSONSchema.object(
            "TrialTerms",
            [
                .required(
                    "share", .integer(TrialTerms.shares.int64), "Per cent of areas that the other profile serves.",
                    "另一方案服务区划的百分比。"),
                .required("seed", .integer(0...Int64.max), "Decides each area's side.", "决定各区划归属的种子。"),
                .required(
                    "horizon", .integer(TrialTerms.horizons.int64),
                    "Ended choices a side at which there is the one look.",
                    "每侧满此数即作唯一一次判断。"),
            ])
        public static let sample = Trial(share: 20, seed: 7, horizon: 200)

        init(share: Int, seed: Int64, horizon: Int) {
            (self.share, self.seed, self.horizon) = (share, seed, horizon)
        }

        init(_ terms: TrialTerms) { self.init(share: terms.share, seed: terms.seed, horizon: terms.horizon) }

        var terms: TrialTerms { TrialTerms(share: share, seed: seed, horizon: horizon) }
    }

    /// The goals and terms of allocating.
    public struct Terms: Described, Hashable {
        public var goals: [String]
        public var split: String?
        public var reserve: Int?
        public var areaShare: Int?
        public var capDays: Int?
        public var partyCaps: JSONValue?

        public static let schema = JSONSchema.object(
            "AllocationTerms",
            [
                .required(
                    "goals", .list(of: .choice(PlanGoal.declarable.map(\.rawValue)), 1...PlanGoal.declarable.count),
                    "What a plan is to be best in, most important first.", "方案的目标，最重要者在前。"),
                .optional("split", .choice(SplitRule.self), "How a short supply is divided.", "供不应求时如何分配。"),
                .optional("reserve", .integer(0...100), "Per cent of every offer held back.", "每项资源预留的百分比。"),
                .optional("areaShare", .integer(0...100), "Per cent of each area's demand guaranteed.", "各区划需求的保底百分比。"),
                .optional("capDays", .integer(0...3_660), "Days back that count towards a party's cap.", "主体上限回溯的天数。"),
                .optional(
                    "partyCaps", JSONSchema(.map(.integer(0...PlanProblem.greatestQuantity), most: 8)),
                    "For a unit the most that one party gives.", "每一单位下单个主体的上限。"),
            ])
        public static let sample = Terms(
            goals: ["critical", "served"], split: "proportional", reserve: 5, areaShare: 10, capDays: 30,
            partyCaps: ["piece": 100])
    }

    public static let schema = JSONSchema.object(
        "ProfileContent",
        [
            .required("title", .title, "Its title in both languages.", "两种语言的名称。"),
            .required("scorers", .list(of: Entry.schema, 1...100), "The scorers that count.", "起作用的评分器。"),
            .optional(
                "precedence", .list(of: .choice(ProfileScope.Kind.self), 3...3),
                "In which order layers are laid over; a later one wins.", "各层叠加次序，后者优先。"),
            .optional(
                "layers", .list(of: Layer.schema, 0...500), "What differs in parts of the program.", "部分区域的不同之处。"),
            .optional("allocation", Terms.schema, "The goals and terms of allocating.", "分配的目标与条件。"),
            .optional(
                "trial", Trial.schema, "How the trial is read that the layers serve; a split states it.",
                "各层所作试行如何判断；由分流写明。"),
            .optional(
                "vote", Vote.schema,
                "By whose vote the offers for a wish are ordered; left out where the totals make the order.",
                "心愿的资源次序由哪几方投票决定；按总分排序时没有此项。"),
        ])
    public static let sample = ProfileContent(
        title: LocalizedText(zhHans: "默认", en: "Default"), scorers: [.sample],
        precedence: ["lane", "category", "area"], layers: [.sample], allocation: .sample, trial: .sample, vote: .sample)
}

extension JSONSchema {
    static let weight = JSONSchema.integer(0...10_000)
    static let score = JSONSchema.integer(0...Int64(Score.best))
    /// Values by name; what each may be is for its scorer to say.
    static let parameters = JSONSchema(.map(JSONSchema(.anything), most: 100))
    static let title = JSONSchema.object(
        "Title",
        [
            .required("zh-Hans", .text(1...200), "In Chinese.", "中文。"),
            .required("en", .text(1...200), "In English.", "英文。"),
        ])
}

// MARK: To and from the profile

extension ProfileContent {
    public init(_ profile: ScoringProfile) {
        title = profile.title
        scorers = profile.entries.map {
            Entry(
                scorer: $0.scorer, weight: $0.weight, neutral: $0.neutral,
                parameters: JSONValue(parameters: $0.parameters))
        }
        precedence = profile.precedence.map(\.rawValue)
        layers = profile.layers.map { layer in
            Layer(
                scope: layer.scope.description,
                scorers: layer.changes.map {
                    Change(
                        scorer: $0.scorer, off: $0.isOff ? true : nil, weight: $0.weight, neutral: $0.neutral,
                        parameters: $0.parameters.isEmpty ? nil : JSONValue(parameters: $0.parameters))
                })
        }
        allocation = Terms(profile.allocation)
        trial = profile.trial.map { Trial($0) }
        vote = profile.vote.map { Vote($0) }
    }

    /// The profile that is meant, as a draft. Throws ``Problem`` `invalidInput` at what cannot be read; whether it can
    /// be published is for ``ProfileCheck`` to say.
    ///
    /// - Parameter place: where the content stands in the input.
    public func profile(named name: String, at place: String = "/content") throws -> ScoringProfile {
        var profile = ScoringProfile(name: name, revision: 0, title: title, entries: [])
        for (index, entry) in scorers.enumerated() {
            profile.entries.append(
                ScoringProfile.Entry(
                    scorer: entry.scorer, weight: entry.weight,
                    neutral: entry.neutral ?? ScoringProfile.Entry.defaultNeutral,
                    parameters: try Self.parameters(entry.parameters, at: "\(place)/scorers/\(index)/parameters")))
        }
        if let precedence { profile.precedence = precedence.compactMap { ProfileScope.Kind(rawValue: $0) } }
        for (index, layer) in (layers ?? []).enumerated() {
            guard let scope = ProfileScope(layer.scope) else {
                throw Problem(
                    .invalidInput, at: "\(place)/layers/\(index)/scope",
                    LocalizedText(
                        zhHans: "“\(layer.scope)”应写作 lane:代码、category:代码 或 area:代码。",
                        en: "'\(layer.scope)' is no layer; write lane:CODE, category:CODE or area:CODE."))
            }
            profile.layers.append(
                ProfileLayer(
                    scope: scope,
                    changes: try layer.scorers.enumerated().map { number, change in
                        ProfileLayer.Change(
                            scorer: change.scorer, isOff: change.off ?? false, weight: change.weight,
                            neutral: change.neutral,
                            parameters: try Self.parameters(
                                change.parameters, at: "\(place)/layers/\(index)/scorers/\(number)/parameters"))
                    }))
        }
        if let allocation { profile.allocation = try allocation.rules(at: "\(place)/allocation") }
        (profile.trial, profile.vote) = (trial?.terms, vote?.terms)
        return profile
    }

    private static func parameters(_ value: JSONValue?, at place: String) throws -> [String: ParameterValue] {
        guard case .object(let object)? = value else { return [:] }
        var parameters: [String: ParameterValue] = [:]
        for member in object.members {
            guard let value = ParameterValue(member.value) else {
                throw Problem(
                    .invalidInput, at: "\(place)/\(member.name)",
                    LocalizedText(
                        zhHans: "参数应为整数、true/false、文字、列表或对象。",
                        en: "A parameter is a whole number, true or false, a text, a list or an object."))
            }
            parameters[member.name] = value
        }
        return parameters
    }
}

extension ProfileContent.Terms {
    init(_ rules: AllocationRules) {
        goals = rules.goals.map(\.rawValue)
        split = rules.split?.rawValue
        (reserve, areaShare, capDays) = (rules.reserve, rules.areaShare, rules.capDays)
        partyCaps =
            rules.partyCaps.isEmpty
            ? nil : .object(JSONObject(rules.partyCaps.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) }))
    }

    func rules(at place: String) throws -> AllocationRules {
        var rules = AllocationRules(goals: goals.compactMap { PlanGoal(rawValue: $0) })
        guard Set(rules.goals).count == rules.goals.count else {
            throw Problem(
                .invalidInput, at: "\(place)/goals",
                LocalizedText(zhHans: "目标不能重复。", en: "Name each goal once."))
        }
        rules.split = split.flatMap { SplitRule(rawValue: $0) }
        rules.reserve = reserve ?? 0
        rules.areaShare = areaShare ?? 0
        rules.capDays = capDays ?? 0
        guard case .object(let caps)? = partyCaps else { return rules }
        for member in caps.members {
            guard Unit.allCases.contains(where: { $0.code == member.name }), case .integer(let cap) = member.value
            else {
                let known = Unit.allCases.map(\.code).joined(separator: ", ")
                throw Problem(
                    .invalidInput, at: "\(place)/partyCaps/\(member.name)",
                    LocalizedText(zhHans: "单位应为：\(known)。", en: "A cap is for a unit, one of: \(known)."))
            }
            rules.partyCaps[member.name] = cap
        }
        return rules
    }
}

extension JSONValue {
    public init(_ value: ParameterValue) {
        switch value {
        case .integer(let number): self = .integer(number)
        case .flag(let flag): self = .flag(flag)
        case .text(let text): self = .text(text)
        case .list(let values): self = .list(values.map { JSONValue($0) })
        case .entries(let entries): self = .object(JSONObject(entries.map { ($0.name, JSONValue($0.value)) }))
        }
    }

    init(parameters: [String: ParameterValue]) {
        self = .object(JSONObject(parameters.sorted { $0.key < $1.key }.map { ($0.key, JSONValue($0.value)) }))
    }
}

extension ParameterValue {
    /// A table as it is written in a change: a list in JSON; nil for anything else.
    public static func table(_ text: String) -> ParameterValue? {
        guard let value = try? JSONValue(parsing: Array(text.utf8)), case .list = value else { return nil }
        return ParameterValue(value)
    }

    /// Nil for null and for fractions, which no parameter takes.
    public init?(_ value: JSONValue) {
        switch value {
        case .integer(let number): self = .integer(number)
        case .flag(let flag): self = .flag(flag)
        case .text(let text): self = .text(text)
        case .list(let values):
            let read = values.compactMap { ParameterValue($0) }
            guard read.count == values.count else { return nil }
            self = .list(read)
        case .object(let object):
            var entries: [ParameterEntry] = []
            for member in object.members {
                guard let value = ParameterValue(member.value) else { return nil }
                entries.append(ParameterEntry(member.name, value))
            }
            self = .entries(entries)
        case .null, .decimal: return nil
        }
    }
}
