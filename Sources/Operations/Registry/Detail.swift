internal import MatchCore
internal import Wire

/// A member that a draft may have, and that a change may set, or take away where it can be without.
struct Detail: Sendable {
    let optional: JSONSchema.Property
    let change: JSONSchema.Property

    init(_ name: String, _ schema: JSONSchema, _ en: String, _ zhHans: String, isClearable: Bool = false) {
        optional = .optional(name, schema, en, zhHans)
        change = isClearable ? .clearable(name, schema, en, zhHans) : optional
    }

    /// When something can be had or is needed.
    static let times: [Detail] = [
        Detail("from", .day, "The first day.", "开始日期。", isClearable: true),
        Detail("until", .day, "The last day.", "结束日期。", isClearable: true),
        Detail(
            "hours", .text(1...2_000), "Hours of the week, such as 'mon-fri 9-17'.", "每周时段，如 mon-fri 9-17。",
            isClearable: true),
    ]
}

extension JSONSchema.Property {
    /// What every new line of an offer or a wish says.
    static let lineDraft: [JSONSchema.Property] = [
        .required("category", .category, "Code of the category.", "类目代码。"),
        .optional(
            "quantity", .quantity, "How much; left out where it is not known, and then nothing can be claimed.",
            "数量；未知则不填，此时不能认领。"),
        .optional("unit", .unit, "What it counts; by default as the category does.", "计量单位，默认取类目的单位。"),
    ]
}

extension JSONSchema {
    static let unit = JSONSchema.choice(Unit.allCases.map(\.code))
}
