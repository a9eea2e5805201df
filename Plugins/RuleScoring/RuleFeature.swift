import MatchCore

/// What a rule may look at: the declared features, and none of them a personal field.
enum RuleFeature: String, Sendable, CaseIterable {
    case wishLane = "wish.lane"
    case wishUrgency = "wish.urgency"
    case wishHardship = "wish.hardship"
    case wishCategory = "wish.category"
    case wishArea = "wish.area"
    case wishUnit = "wish.unit"
    case wishQuantity = "wish.quantity"
    case wishPrice = "wish.price"
    case wishWhole = "wish.whole"
    case wishDaysWaited = "wish.daysWaited"
    case wishGroups = "wish.groups"
    case wishLanguages = "wish.languages"
    case wishSkills = "wish.skills"
    case offerKind = "offer.kind"
    case offerCategory = "offer.category"
    case offerArea = "offer.area"
    case offerUnit = "offer.unit"
    case offerQuantity = "offer.quantity"
    case offerDelivers = "offer.delivers"
    case offerRemote = "offer.remote"
    case offerLanguages = "offer.languages"
    case offerSkills = "offer.skills"
    case offerQualifications = "offer.qualifications"
    case partyVerified = "party.verified"
    case partyTrust = "party.trust"
    case partyFatigue = "party.fatigue"

    /// What a cell about the feature may say.
    enum Shape {
        /// One of these words.
        case choice([String])
        /// A code of a tree; what lies under it counts, too.
        case code
        /// Words of a set; one of them is enough.
        case words
        case number
        case flag
    }

    var shape: Shape {
        switch self {
        case .wishLane: .choice(Lane.allCases.map(\.code))
        case .wishUrgency: .choice(UrgencyGrade.allCases.map(\.code))
        case .wishUnit, .offerUnit: .choice(Unit.allCases.map(\.code))
        case .offerKind: .choice(OfferKind.allCases.map(\.code))
        case .wishCategory, .wishArea, .offerCategory, .offerArea: .code
        case .wishGroups, .wishLanguages, .wishSkills, .offerLanguages, .offerSkills, .offerQualifications: .words
        case .wishHardship, .wishQuantity, .wishPrice, .wishDaysWaited, .offerQuantity, .partyTrust, .partyFatigue:
            .number
        case .wishWhole, .offerDelivers, .offerRemote, .partyVerified: .flag
        }
    }

    var isOfWish: Bool { rawValue.hasPrefix("wish.") }

    var title: LocalizedText {
        switch self {
        case .wishLane: LocalizedText(zhHans: "心愿通道", en: "lane")
        case .wishUrgency: LocalizedText(zhHans: "心愿紧急等级", en: "urgency")
        case .wishHardship: LocalizedText(zhHans: "困难程度", en: "hardship")
        case .wishCategory: LocalizedText(zhHans: "心愿品类", en: "wished category")
        case .wishArea: LocalizedText(zhHans: "心愿所在", en: "area of the wish")
        case .wishUnit: LocalizedText(zhHans: "心愿单位", en: "unit of the wish")
        case .wishQuantity: LocalizedText(zhHans: "心愿数量", en: "quantity wished for")
        case .wishPrice: LocalizedText(zhHans: "估价（分）", en: "estimated price in fen")
        case .wishWhole: LocalizedText(zhHans: "不可拆分", en: "in one piece")
        case .wishDaysWaited: LocalizedText(zhHans: "已等天数", en: "days waited")
        case .wishGroups: LocalizedText(zhHans: "心愿人群", en: "groups")
        case .wishLanguages: LocalizedText(zhHans: "心愿语言", en: "languages of the wish")
        case .wishSkills: LocalizedText(zhHans: "所需技能", en: "skills wished for")
        case .offerKind: LocalizedText(zhHans: "资源种类", en: "kind of offer")
        case .offerCategory: LocalizedText(zhHans: "资源品类", en: "offered category")
        case .offerArea: LocalizedText(zhHans: "资源所在", en: "area of the offer")
        case .offerUnit: LocalizedText(zhHans: "资源单位", en: "unit of the offer")
        case .offerQuantity: LocalizedText(zhHans: "可用数量", en: "quantity available")
        case .offerDelivers: LocalizedText(zhHans: "送货上门", en: "delivers")
        case .offerRemote: LocalizedText(zhHans: "可远程", en: "remote")
        case .offerLanguages: LocalizedText(zhHans: "资源语言", en: "languages of the offer")
        case .offerSkills: LocalizedText(zhHans: "资源技能", en: "skills offered")
        case .offerQualifications: LocalizedText(zhHans: "资质", en: "qualifications")
        case .partyVerified: LocalizedText(zhHans: "身份已核验", en: "identity verified")
        case .partyTrust: LocalizedText(zhHans: "信任度（百万分之一）", en: "stated trust in millionths")
        case .partyFatigue: LocalizedText(zhHans: "疲劳度（百万分之一）", en: "fatigue in millionths")
        }
    }

    /// The feature of a pair as a fact; ``ScoreInputs/Value/missing``, or an empty list, where it is not stated.
    func fact(wish: WishRow, offer: OfferRow, in context: ScoringContext) -> ScoreInputs.Value {
        let registry = context.registry
        func words(_ set: SetColumns, _ row: Int, _ vocabulary: Vocabulary) -> ScoreInputs.Value {
            let bits = set.bits(of: row)
            return .texts(
                vocabulary.words.indices.filter { bits[$0 / 32] >> UInt32($0 % 32) & 1 == 1 }.map {
                    vocabulary.words[$0]
                })
        }
        let parties = registry.parties
        switch self {
        case .wishLane: return .text(wish.lane.code)
        case .wishUrgency: return .text(wish.urgency.code)
        case .wishHardship: return .optional(wish.hardship)
        case .wishCategory: return .texts(registry.categories.tree.path(to: wish.category))
        case .wishArea: return .texts(registry.areas.tree.path(to: wish.area))
        case .wishUnit: return .text(wish.unit.code)
        case .wishQuantity: return .optional(wish.wanted)
        case .wishPrice: return .optional(wish.price)
        case .wishWhole: return .flag(wish.isWhole)
        case .wishDaysWaited:
            return .optional(wish.submitted.map { RuleFeature.days(from: $0.milliseconds, to: context.now) })
        case .wishGroups: return words(wish.columns.groups, wish.row, registry.vocabularies.groups)
        case .wishLanguages: return words(wish.columns.languages, wish.row, registry.vocabularies.languages)
        case .wishSkills: return words(wish.columns.skills, wish.row, registry.vocabularies.skills)
        case .offerKind: return .text(offer.kind.code)
        case .offerCategory: return .texts(registry.categories.tree.path(to: offer.category))
        case .offerArea: return .texts(registry.areas.tree.path(to: offer.area))
        case .offerUnit: return .text(offer.unit.code)
        case .offerQuantity: return .optional(offer.available)
        case .offerDelivers: return .flag(offer.delivers)
        case .offerRemote: return .flag(offer.isRemote)
        case .offerLanguages: return words(offer.columns.languages, offer.row, registry.vocabularies.languages)
        case .offerSkills: return words(offer.columns.skills, offer.row, registry.vocabularies.skills)
        case .offerQualifications:
            return words(offer.columns.qualifications, offer.row, registry.vocabularies.skills)
        case .partyVerified:
            let verified = offer.party < 0 ? -1 : parties.isVerified[Int(offer.party)]
            return verified < 0 ? .missing : .flag(verified == 1)
        case .partyTrust: return .optional(RuleFeature.stated(offer.columns.statedTrust[offer.row]))
        case .partyFatigue: return .optional(RuleFeature.stated(offer.columns.fatigue[offer.row]))
        }
    }

    private static func stated(_ value: Int32) -> Int64? { value < 0 ? nil : Int64(value) }

    /// Whole days of 24 hours; 0 for what lies ahead. Stops at the end of the range, never traps.
    @inline(__always)
    static func days(from start: Int64, to now: Timestamp) -> Int64 {
        let (elapsed, overflow) = now.milliseconds.subtractingReportingOverflow(start)
        return overflow ? (start < 0 ? Int64.max / 86_400_000 : 0) : max(0, elapsed) / 86_400_000
    }
}
