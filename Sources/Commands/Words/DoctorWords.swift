import MatchCore

/// Words of `almoner doctor`.
enum DoctorWords: String, Words {
    case areas, categories, calendar, profile, database, records, explanations, history, historyDetail
    case areasDetail, categoriesDetail, calendarDetail, profileDetail, recordsDetail, explanationsDetail
    case integrity, integrityFine, integrityFaults, noCalendar, calendarEnds, explanationsDiffer

    var text: LocalizedText {
        switch self {
        case .areas: both("区划", "areas")
        case .categories: both("品类", "categories")
        case .calendar: both("日历", "calendar")
        case .profile: both("评分方案", "scoring profile")
        case .database: both("数据库", "database")
        case .records: both("登记", "registry")
        case .history: both("历史", "history")
        case .historyDetail:
            both("{count} 条，链完好，各记录与之一致", "{count} entries; the chain holds, and the records stand as it tells")
        case .explanations: both("说明", "explanations")
        case .areasDetail: both("{path}：{count} 个", "{path}: {count}")
        case .categoriesDetail: both("{count} 个", "{count} of them")
        case .calendarDetail: both("{count} 天，至 {day}", "{count} days, to {day}")
        case .profileDetail: both("default，{count} 个评分器", "default, with {count} scorers")
        case .recordsDetail:
            both("主体 {parties}，资源 {offers}，心愿 {wishes}", "{parties} parties, {offers} offers, {wishes} wishes")
        case .explanationsDetail: both("{count} 条，全部加得对", "{count}, all add up")
        case .integrity: both("完整性", "integrity")
        case .integrityFine: both("文件结构与引用都完好", "the file is sound, and every reference leads somewhere")
        case .integrityFaults:
            both("数据库自检发现问题：{list}。请从备份恢复。", "The database's own check finds: {list}. Restore a backup.")
        case .noCalendar: both("没有节假日历，时限将只按周末计算。", "There is no calendar; clocks will know weekends only.")
        case .calendarEnds:
            both("日历只到 {day}，请补上今年的文件。", "The calendar ends on {day}; add this year's file.")
        case .explanationsDiffer:
            both(
                "{count} 条加不对或被改动，用 `almoner recompute --deep` 查看。",
                "{count} do not add up or were altered; see `almoner recompute --deep`.")
        }
    }
}
