public import MatchCore

/// A part of a record that can be shown or held back.
public enum AccessPart: Int, Hashable, Sendable, CaseIterable {
    /// That the record is there, with its id and where it stands.
    case existence
    /// Categories, quantities, and what became of them.
    case items
    /// How soon it is wanted.
    case urgency
    /// From which day to which.
    case days
    /// Skills and qualifications that are asked for.
    case requirements
    /// What one is thought to cost.
    case price
    case town
    /// The area to its last level: the village.
    case area
    /// The place, rounded to a cell of about a kilometre, the same each time.
    case roundedPlace
    case exactPlace
    case approvedWording
    /// The wording while nobody has approved it.
    case wording
    /// What other systems call the record.
    case handle
    /// Hardship, groups, benefits: why somebody needs help.
    case circumstances
    case languages
    /// When it came in and when it is due.
    case times
    /// At which hours of the week somebody is at home.
    case hours
    case household
    /// Who lives in a household, with their years of birth.
    case members
    /// What somebody said, word for word.
    case words
    case notes
    /// Who gives.
    case giver
    case name
    /// How much a party gave lately, and what is thought of it.
    case burden
    /// Who did what.
    case acts
    /// The order of candidates.
    case order
    /// Scores, with the values and inputs under them.
    case scores
    /// What may be odd, for somebody to look at.
    case warnings
    /// Counts and shares, however small.
    case figures
    /// Counts and shares in which nobody can be told apart.
    case roundedFigures
    /// Everything that is kept of a person.
    case file

    public var name: String { "\(self)" }

    /// What people call it.
    public var title: LocalizedText {
        func both(_ zhHans: String, _ en: String) -> LocalizedText { LocalizedText(zhHans: zhHans, en: en) }
        return switch self {
        case .existence: both("存在与状态", "that it is there")
        case .items: both("类目与数量", "items")
        case .urgency: both("紧急程度", "urgency")
        case .days: both("所需日期", "days")
        case .requirements: both("技能与资质", "skills and qualifications")
        case .price: both("估价", "estimated price")
        case .town: both("镇街", "town")
        case .area: both("村居", "village")
        case .roundedPlace: both("概略位置", "rounded place")
        case .exactPlace: both("准确位置", "exact place")
        case .approvedWording: both("核准文字", "approved wording")
        case .wording: both("未核准文字", "unapproved wording")
        case .handle: both("外部编号", "name elsewhere")
        case .circumstances: both("困难情形", "hardship and groups")
        case .languages: both("语言", "languages")
        case .times: both("提交与期限", "when it came in and is due")
        case .hours: both("在家时段", "hours at home")
        case .household: both("所属家庭", "its household")
        case .members: both("家庭成员", "members")
        case .words: both("原话", "what was said")
        case .notes: both("备注", "notes")
        case .giver: both("捐助方", "who gives")
        case .name: both("名称", "name")
        case .burden: both("近期负担", "burden and trust")
        case .acts: both("经办记录", "who did what")
        case .order: both("排名", "order")
        case .scores: both("分值与依据", "values and inputs")
        case .warnings: both("提示", "warnings")
        case .figures: both("明细数据", "figures")
        case .roundedFigures: both("取整数据", "rounded figures")
        case .file: both("全部资料", "everything")
        }
    }
}

/// Some parts of a record.
public struct AccessParts: Hashable, Sendable, ExpressibleByArrayLiteral {
    private var bits: UInt64

    public init(arrayLiteral parts: AccessPart...) { self.init(parts) }

    public init(_ parts: some Sequence<AccessPart>) {
        bits = parts.reduce(0) { $0 | 1 << UInt64($1.rawValue) }
    }

    public static let all = AccessParts(AccessPart.allCases)

    public var isEmpty: Bool { bits == 0 }

    public func contains(_ part: AccessPart) -> Bool { bits & 1 << UInt64(part.rawValue) != 0 }

    /// Whether all of the others are among these.
    public func isSuperset(of other: AccessParts) -> Bool { bits & other.bits == other.bits }

    public func union(_ other: AccessParts) -> AccessParts {
        var parts = self
        parts.bits |= other.bits
        return parts
    }

    public func intersection(_ other: AccessParts) -> AccessParts {
        var parts = self
        parts.bits &= other.bits
        return parts
    }

    public func subtracting(_ other: AccessParts) -> AccessParts {
        var parts = self
        parts.bits &= ~other.bits
        return parts
    }

    /// In the order of their declaration.
    public var list: [AccessPart] { AccessPart.allCases.filter(contains) }
}
