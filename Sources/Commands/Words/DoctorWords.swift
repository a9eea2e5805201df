import MatchCore

/// Words of `almoner doctor`.
enum DoctorWords: String, Words {
    case areas, categories, calendar, profile, database, records, explanations, history, historyDetail
    case areasDetail, categoriesDetail, calendarDetail, profileDetail, recordsDetail, explanationsDetail
    case server, serverDetail, noFsync, noFullPageWrites, asynchronousReplication, noSynchronousStandby,
        replicationUnseen, fewConnections, oldLibrary,
        clockApart, keyStore, keyStoreDetail, keyStoreOneMachine
    case sealedFields, sealedFine, sealedSample, sealedFaults
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
            both(
                "{count} 条，链完好，各记录与之一致",
                "{count} {count:entry|entries}; the chain holds, and the records stand as it tells")
        case .explanations: both("说明", "explanations")
        case .areasDetail: both("{path}：{count} 个", "{path}: {count}")
        case .categoriesDetail: both("{count} 个", "{count} of them")
        case .calendarDetail: both("{count} 天，至 {day}", "{count} {count:day|days}, to {day}")
        case .profileDetail: both("default，{count} 个评分器", "default, with {count} {count:scorer|scorers}")
        case .recordsDetail:
            both(
                "主体 {parties}，资源 {offers}，心愿 {wishes}",
                "{parties} {parties:party|parties}, {offers} {offers:offer|offers}, {wishes} {wishes:wish|wishes}")
        case .explanationsDetail: both("{count} 条，全部加得对", "{count}, all add up")
        case .server: both("数据库服务器", "database server")
        case .serverDetail:
            both(
                "PostgreSQL {version}，可容 {places} 个连接（{nodes} 个节点在服务，共需 {needed}）；同步备机 {standbys} 台；本机时钟与它相差 {milliseconds} ± {error} 毫秒",
                "PostgreSQL {version}, room for {places} {places:connection|connections} ({nodes} {nodes:node serves|nodes serve}: {needed} needed); {standbys} synchronous {standbys:standby|standbys}; this host's clock is {milliseconds} ± {error} ms from it"
            )
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
                "可用连接 {places} 个，太少：现有 {nodes} 个节点在服务，每个最多用 {ours} 个，加上接替者与维护共需 {needed} 个。"
                    + "请将 max_connections（减去保留数）或该用户、数据库的 CONNECTION LIMIT 调到 {needed} 以上。",
                "There is room for {places} {places:connection|connections}, which is too few: {nodes} {nodes:node serves|nodes serve}, each uses "
                    + "up to {ours}, and with one that takes over and room for maintenance {needed} are needed. Raise "
                    + "max_connections (less the reserved ones), or the CONNECTION LIMIT of this user or database, to {needed} "
                    + "or more.")
        case .noSynchronousStandby:
            both(
                "synchronous_standby_names 已设，但没有一台同步备机在流复制：每次提交都会一直等待。请启动备机，或核对其 application_name。",
                "synchronous_standby_names is set and no synchronous standby is streaming: every commit waits for one. Start "
                    + "the standby, or compare its application_name with the setting.")
        case .replicationUnseen:
            both(
                "无权查看备机状态，不能确认同步复制在进行。请授权：GRANT pg_monitor TO 该用户。",
                "This user may not see the standbys, so whether a synchronous one follows is not known. GRANT "
                    + "pg_monitor to it, and run doctor again.")
        case .oldLibrary: both("libpq 早于 15 版，请升级。", "libpq is older than 15. Upgrade it.")
        case .clockApart:
            both(
                "本机时钟与数据库相差 {milliseconds} ± {error} 毫秒。时限以数据库为准；请校准本机时钟（NTP），并在每个节点上各运行一次 doctor。",
                "This host's clock is {milliseconds} ± {error} ms from the database's, whose time counts. Set it by NTP, and "
                    + "run doctor on every node's host.")
        case .sealedFields: both("加密字段", "sealed fields")
        case .sealedFine: both("{count} 个，全部能在原处解密", "{count}, and each opens where it stands")
        case .sealedSample:
            both(
                "{all} 个中抽查 {count} 个（种子 {seed}），都能在原处解密",
                "{count} of {all}, drawn with the seed {seed}, open where they stand")
        case .sealedFaults:
            both(
                "查看的 {count} 个加密字段中有 {faults} 个不属于其所在的行，第一个是 {column}，行 {row}：{text}",
                "Of {count} sealed fields that were opened {faults} {faults:does|do} not belong where {faults:it stands|they "
                    + "stand}; the first is {column} of the row {row}: {text}")
        case .keyStore: both("密钥库", "key store")
        case .keyStoreDetail: both("{store}，{count} 把密钥", "{store}, with {count} {count:key|keys}")
        case .keyStoreOneMachine:
            both(
                "{store}，{count} 把密钥；它是一个文件，只供本机的节点。多台机器请用 postgres://（--keys）",
                "{store}, with {count} {count:key|keys}; it is a file, for nodes of this machine only. For several machines name "
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
