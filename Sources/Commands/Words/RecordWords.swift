import MatchCore

/// Words about parties, offers and wishes.
enum RecordWords: String, Words {
    case damagedMarked, noParty, noOffer, noWish, id, externalID, source, name, kind, state, verified, item, quantity,
        place, text
    case lane, urgency, groups, derivedGroups, submitted, due, window, hours, skills, qualifications, languages,
        delivers, remote
    case serves, party, lines, preference, excludes, received, wanted, open, pledged, available, count, countMore,
        countRest,
        lastConfirmed
    case anywhere, fatigue, hardship, price

    var text: LocalizedText {
        switch self {
        case .damagedMarked:
            both(
                "有 {count} 条建议损坏或被改动，altered 列为 yes；请运行 `almoner recompute --deep`。",
                "{count} {count:suggestion is|suggestions are} damaged or altered, with yes in the column altered; run `almoner recompute --deep`."
            )
        case .noParty: both("没有主体“{name}”。", "There is no party '{name}'.")
        case .noOffer: both("没有资源“{name}”。", "There is no offer '{name}'.")
        case .noWish: both("没有心愿“{name}”。", "There is no wish '{name}'.")
        case .id: both("编号", "id")
        case .externalID: both("外部编号", "external id")
        case .source: both("来源", "source")
        case .name: both("名称", "name")
        case .kind: both("类型", "kind")
        case .state: both("状态", "state")
        case .verified: both("身份核验", "identity verified")
        case .item: both("品类", "item")
        case .quantity: both("数量", "quantity")
        case .place: both("地点", "place")
        case .text: both("内容", "wording")
        case .lane: both("类别", "lane")
        case .urgency: both("缓急", "urgency")
        case .groups: both("人群", "groups")
        case .derivedGroups: both("人群（由家庭档案推定）", "groups (from the household's file)")
        case .submitted: both("提交时间", "submitted")
        case .due: both("应答期限", "due")
        case .window: both("日期", "days")
        case .hours: both("每周时间", "hours")
        case .skills: both("技能", "skills")
        case .qualifications: both("资质", "qualifications")
        case .languages: both("语言", "languages")
        case .delivers: both("送上门", "delivers")
        case .remote: both("线上", "remote")
        case .serves: both("服务范围", "serves")
        case .party: both("主体", "party")
        case .lines: both("明细", "lines")
        case .preference: both("愿意帮助", "wants to help")
        case .excludes: both("不帮助", "excludes")
        case .received: both("登记时间", "received")
        case .wanted: both("所求", "wanted")
        case .open: both("待满足", "open")
        case .pledged: both("承诺", "pledged")
        case .available: both("可用", "available")
        case .count: both("共 {count} 条", "records: {count}")
        case .countMore:
            both(
                "共 {count} 条，显示前 {shown} 条：加 --after {after} 继续，或用 --limit 调整数量（0 为全部）",
                "records: {count}; the first {shown} {shown:is|are} shown: go on with --after {after}, or show more with --limit (0 for all)"
            )
        case .countRest:
            both(
                "此处之后共 {count} 条，显示 {shown} 条：加 --after {after} 继续，或用 --limit 调整数量（0 为全部）",
                "records behind that place: {count}; {shown} {shown:is|are} shown: go on with --after {after}, or show more with --limit (0 for all)"
            )
        case .lastConfirmed: both("最近确认", "last confirmed")
        case .anywhere: both("不限", "anywhere")
        case .fatigue: both("近期付出", "given lately")
        case .hardship: both("困难程度", "hardship")
        case .price: both("估价（每件）", "estimated price (each)")
        }
    }
}
