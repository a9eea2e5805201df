internal import Casework
public import MatchCore
public import Wire

/// What a profile comes to in one place, and where each value comes from.
public struct ResolvedProfileView: Described {
    public let reference: String
    public let title: LocalizedText
    public let precedence: [String]
    public let layers: [String]
    public let scorers: [Entry]
    public let switchedOff: [Off]

    public struct Entry: Described {
        public let scorer: String
        public let weight: Int32
        public let weightFrom: String
        public let neutral: Int32
        public let neutralFrom: String
        public let parameters: [Parameter]

        public static let schema = JSONSchema.object(
            "ResolvedEntry",
            [
                .required("scorer", .code, "The scorer.", "评分器。"), .required("weight", .weight, "Its weight.", "权重。"),
                .required("weightFrom", .text(1...80), "'program' or a layer.", "program 或某层。"),
                .required("neutral", .score, "Its neutral value.", "中性值。"),
                .required("neutralFrom", .text(1...80), "'program' or a layer.", "program 或某层。"),
                .required("parameters", .list(of: Parameter.schema, 0...100), "Every parameter.", "全部参数。"),
            ])
        public static let sample = Entry(
            scorer: "Proximity", weight: 1_500, weightFrom: "program", neutral: 500_000, neutralFrom: "program",
            parameters: [.sample])
    }

    public struct Parameter: Described {
        public let name: String
        public let value: JSONValue
        public let from: String

        public static let schema = JSONSchema.object(
            "ResolvedParameter",
            [
                .required("name", .text(1...80), "The parameter.", "参数。"),
                .required("value", JSONSchema(.anything), "The value that holds.", "取值。"),
                .required("from", .text(1...80), "'program', a layer, or 'default'.", "program、某层或 default。"),
            ])
        public static let sample = Parameter(name: "decay", value: 5_000, from: "area:441900119")
    }

    public struct Off: Described {
        public let scorer: String
        public let by: String

        public static let schema = JSONSchema.object(
            "SwitchedOff",
            [
                .required("scorer", .code, "The scorer.", "评分器。"),
                .required("by", .text(1...80), "The layer that switched it off.", "停用它的层。"),
            ])
        public static let sample = Off(scorer: "FairShare", by: "area:441900119")
    }

    public static let schema = JSONSchema.object(
        "ResolvedProfile",
        [
            .required("reference", .text(1...1_000), "What explanations name.", "评分说明所引用的名称。"),
            .required("title", .title, "The profile's title.", "方案名称。"),
            .required("precedence", .list(of: .text(1...20), 3...3), "A later one wins.", "后者优先。"),
            .required(
                "layers", .list(of: .text(1...80), 0...100), "The layers laid over, in their order.", "叠加的层，按次序。"),
            .required("scorers", .list(of: Entry.schema, 0...100), "What counts.", "起作用者。"),
            .required("switchedOff", .list(of: Off.schema, 0...100), "What a layer switched off.", "被层停用者。"),
        ])
    public static let sample = ResolvedProfileView(
        reference: "default@3+area:441900119", title: LocalizedText(zhHans: "默认", en: "Default"),
        precedence: ["lane", "category", "area"], layers: ["area:441900119"], scorers: [.sample],
        switchedOff: [.sample])

    init(_ resolved: ResolvedProfile, precedence: [ProfileScope.Kind], _ scorers: [any Scorer.Type]) {
        func from(_ scope: ProfileScope?) -> String { scope?.description ?? "program" }
        self.init(
            reference: resolved.profile.reference, title: resolved.profile.title,
            precedence: precedence.map(\.rawValue), layers: resolved.profile.applied.map(\.description),
            scorers: zip(resolved.profile.entries, resolved.origins).map { entry, origin in
                let descriptor = scorers.first { $0.descriptor.id == entry.scorer }?.descriptor
                return Entry(
                    scorer: entry.scorer, weight: entry.weight, weightFrom: from(origin.weight),
                    neutral: entry.neutral, neutralFrom: from(origin.neutral),
                    parameters: (descriptor?.parameters ?? []).map { parameter in
                        // The outer nil of the origin is the scorer's default.
                        Parameter(
                            name: parameter.name,
                            value: JSONValue(entry.parameters[parameter.name] ?? parameter.defaultValue),
                            from: origin.parameters[parameter.name].map { from($0) } ?? "default")
                    })
            }, switchedOff: resolved.switchedOff.map { Off(scorer: $0.scorer, by: $0.by.description) })
    }

    private init(
        reference: String, title: LocalizedText, precedence: [String], layers: [String], scorers: [Entry],
        switchedOff: [Off]
    ) {
        (self.reference, self.title, self.precedence) = (reference, title, precedence)
        (self.layers, self.scorers, self.switchedOff) = (layers, scorers, switchedOff)
    }
}

/// What a profile comes to for each line of a wish, or in the place that was asked for.
public struct ResolvedProfileList: OpenAnswer {
    public let items: [ResolvedProfileView]

    public static let schema = JSONSchema.object(
        "ResolvedProfileList",
        [.required("items", .list(of: ResolvedProfileView.schema, 0...100), "One for each line.", "每条明细一项。")])
    public static let sample = ResolvedProfileList(items: [.sample])
}
