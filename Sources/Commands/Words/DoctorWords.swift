import MatchCore

/// Words of `almoner doctor`.
enum DoctorWords: String, Words {
    case areas, categories, calendar, profile, database, records, explanations, history, historyDetail
    case areasDetail, categoriesDetail, calendarDetail, profileDetail, recordsDetail, explanationsDetail
    case server, serverDetail, noFsync, noFullPageWrites, asynchronousReplication, fewConnections, oldLibrary,
        clockApart, keyStore, keyStoreDetail, keyStoreOneMachine
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
        case .server: both("数据库服务器", "database server")
        case .serverDetail:
            both(
                "PostgreSQL {version}，可容 {places} 个连接；本机时钟与它相差 {milliseconds} 毫秒",
                "PostgreSQL {version}, room for {places} connections; this host's clock is {milliseconds} ms from it")
        case .noFsync:
            both(
                "fsync 关闭：断电会丢失已确认的数据。请在服务器上设 fsync = on。",
                "fsync is off: a power cut loses what was acknowledged. Set fsync = on on the server.")
        case .noFullPageWrites:
            both(
                "full_page_writes 关闭：断电可能损坏数据库。请设 full_page_writes = on。",
                "full_page_writes is off: a power cut may damage the database. Set full_page_writes = on.")
        case .asynchronousReplication:
            both(
                "配置了多台主机，但复制是异步的：主机故障会丢失已确认的数据。请设 synchronous_standby_names。",
                "Several hosts are named and replication is asynchronous: a primary that dies takes acknowledged changes "
                    + "with it. Set synchronous_standby_names.")
        case .fewConnections:
            both(
                "max_connections = {places} 太少：每个节点最多用 {ours} 个连接。请调大。",
                "max_connections = {places} is too few: each node uses up to {ours}. Raise it.")
        case .oldLibrary: both("libpq 早于 15 版，请升级。", "libpq is older than 15. Upgrade it.")
        case .clockApart:
            both(
                "本机时钟与数据库相差 {milliseconds} 毫秒。时限以数据库为准；请校准本机时钟（NTP）。",
                "This host's clock is {milliseconds} ms from the database's, whose time counts. Set it by NTP.")
        case .keyStore: both("密钥库", "key store")
        case .keyStoreDetail: both("{store}，{count} 把密钥", "{store}, with {count} keys")
        case .keyStoreOneMachine:
            both(
                "{store}，{count} 把密钥；它是一个文件，只供本机的节点。多台机器请用 postgres://（--keys）",
                "{store}, with {count} keys; it is a file, for nodes of this machine only. For several machines name "
                    + "postgres:// with --keys")
        case .integrity: both("完整性", "integrity")
        case .integrityFine: both("结构与引用都完好", "what is kept is sound, and every reference leads somewhere")
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
