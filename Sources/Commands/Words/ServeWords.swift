import MatchCore

/// Words about the service.
enum ServeWords: String, Words {
    case serve, key, keyCreate, keyList, keyRevoke, file
    case listening, stopped, publicRefused, publicAdvice, clockRefused, halfTLS, noTLS, badProxy, badOrigin, nullOrigin,
        schemeOrigin, badSetting,
        badFile
    case badChoice, cannotListen, servedBy, servedAdvice, noToken
    case db, dbCopy, dbFrom, dbTo, dbSame, dbCopied, dbHead
    case keyLabel, keyRole, keyParty, keyArea, keyExpires, keyPurpose, keyStarts, noPurpose, keyID, keyShown,
        firstKey, revoked, label
    case role, created, expires, never
    case onlyHere, planned
    case changes, changesAfter, changesFollow, changesLimit
    case serverHelp, tokenFileHelp, serverOrDatabase, noTokenFile, localOnly, localOnlyAdvice, actsAsToken, tokenUnknown
    case replicaNeedsServer

    var text: LocalizedText {
        switch self {
        case .serverHelp:
            both(
                "改为经正在运行的服务操作，如 https://…（也可用环境变量 ALMONER_SERVER）。",
                "Work through a running server instead of a database: https://…, or ALMONER_SERVER.")
        case .tokenFileHelp:
            both(
                "令牌所在文件，取首行（也可用环境变量 ALMONER_TOKEN）；在本机数据库上更改评分方案时亦可用。",
                "The file whose first line is the token for --server, or ALMONER_TOKEN; changes of profiles on a database of this machine take it too."
            )
        case .serverOrDatabase: both("--server 与 --database 只能给出其一。", "Give --server or --database, not both.")
        case .noTokenFile: both("{path} 中没有令牌。", "There is no token in {path}.")
        case .localOnly: both("此命令只能用于本机数据库。", "This command works on a database of this machine only.")
        case .localOnlyAdvice:
            both(
                "请在数据库所在机器上停止服务后运行，且不带 --server。",
                "Run it where the database is, while no server uses it, and without --server.")
        case .actsAsToken:
            both(
                "给出令牌或经服务操作时，身份由令牌决定，时间由服务决定：不要使用 --actor、--as（经服务时亦不用 --at）。",
                "A token says who acts, and a server says when: leave --actor and --as out, and --at with a server."
            )
        case .tokenUnknown:
            both(
                "令牌不存在、已过期或已吊销，或其登录已结束。请重新登录（almoner sign-in），或由管理员发放：almoner key create admin "
                    + "--label 姓名",
                "The token is not known, has expired or was revoked, or its session has ended. Sign in again (almoner sign-in), "
                    + "or an admin makes another: almoner key create admin --label NAME"
            )
        case .onlyHere: both("（仅限本机，不经服务。）", " (This machine only, never through a server.)")
        case .planned:
            both(
                "方案含 {claims} 条认领，尚未执行。如需执行：--apply {digest}",
                "A plan of {claims} {claims:claim|claims}; nothing is held yet. To apply it: --apply {digest}")
        case .changes: both("列出发生过的变更，或持续跟随。", "List what changed, in order, or follow it.")
        case .changesAfter:
            both("只要此游标之后的变更；latest 为只要今后的。", "Only what is behind this cursor; 'latest' for what comes from now on.")
        case .changesFollow: both("持续跟随，直到中断。", "Go on until interrupted.")
        case .changesLimit: both("最多列出几条；0 为全部。", "At most so many; 0 for all.")
        case .serve: both("经 HTTP 提供服务，直到收到停止信号。", "Serve over HTTP until a signal asks to stop.")
        case .db: both("整个数据库。", "The database as a whole.")
        case .dbCopy:
            both(
                "把一个数据库的全部内容搬到另一个（文件到服务器，或反向）。例：almoner db copy sqlite:almoner.db postgres://almoner@db/almoner",
                "Copy everything into another database, from a file to a server or back, such as: almoner db copy "
                    + "sqlite:almoner.db postgres://almoner@db/almoner")
        case .dbFrom: both("来源数据库；复制期间不得有人写入。", "The database to copy; nobody may write to it meanwhile.")
        case .dbTo:
            both(
                "目标数据库；可为空，或是中断过的同一次复制。",
                "The database to copy into: one without tables, or the same copy broken off.")
        case .dbSame: both("来源与目标是同一个数据库：{database}", "Both are the same database: {database}")
        case .dbHead:
            both(
                "✓ 项目 {program} 的历史止于第 {number} 条  {hash}，两边一致",
                "✓ the history of {program} ends at entry {number}  {hash}, on both sides")
        case .dbCopied:
            both(
                "已把 {rows} 行从 {from} 复制到 {to}，逐表核对一致。",
                "Copied {rows} {rows:row|rows} from {from} to {to}; every table compared.")
        case .replicaNeedsServer:
            both(
                "只读副本须是 postgres://… 地址，且 --database 也须在 PostgreSQL 上。",
                "A replica is an address postgres://… of a standby, and --database is on PostgreSQL too.")
        case .key: both("令牌：谁可以以何角色使用服务。", "Keys: who may use the service, and in which role.")
        case .keyCreate: both("发放一个令牌；只显示这一次。", "Make a key; its token is shown this once.")
        case .keyList: both("列出令牌。", "List the keys.")
        case .keyRevoke: both("吊销令牌，立即生效。", "Revoke a key; it takes effect at once.")
        case .file: both("设置文件（JSON）。", "A file of settings (JSON).")
        case .listening: both("服务已就绪：{address}", "Listening on {address}")
        case .stopped: both("服务已停止。", "Stopped.")
        case .publicRefused:
            both(
                "{host} 可从别的机器访问，而令牌和个人信息会以明文传送。",
                "{host} can be reached from other machines, and tokens and personal data would travel in the clear.")
        case .publicAdvice:
            both(
                "请给出 --tls-certificate 和 --tls-key，或在代理之后使用 --behind-proxy 代理地址。",
                "Give --tls-certificate and --tls-key, or put a proxy in front and name it with --behind-proxy ADDRESS."
            )
        case .clockRefused:
            both("--clock 仅供测试，不能用于公开地址。", "--clock is for tests, and is refused on an address that others can reach.")
        case .halfTLS:
            both("--tls-certificate 和 --tls-key 须同时给出。", "--tls-certificate and --tls-key are given together.")
        case .noTLS: both("证书或私钥无法读取：{cause}", "The certificate or its key cannot be read: {cause}")
        case .badProxy:
            both(
                "--behind-proxy 须为地址、网段（如 10.0.0.0/8）或 unix。",
                "--behind-proxy takes addresses, networks such as 10.0.0.0/8, or unix.")
        case .badOrigin:
            both(
                "--cors-origin：浏览器不会发送“{origin}”这样的来源。请写成 {right}（协议与主机，非默认端口才写端口；小写，无路径、无末尾斜杠）。",
                "--cors-origin: no browser sends '{origin}'. Write {right}: scheme and host in small letters, the port where it is "
                    + "not the usual one, no path and no slash at the end.")
        case .nullOrigin:
            both(
                "--cors-origin：null 不属于任何站点：沙箱、文件等中的网页，无论何人所作，都发送它，等于对所有人开放。请由 http(s) 站点提供网页，并写该站点，如 https://town.example。",
                "--cors-origin: 'null' is no site's own: every page in a sandbox or a file sends it, whoever made it, so it would let "
                    + "everybody in. Serve the page from a site and name that, such as https://town.example.")
        case .schemeOrigin:
            both(
                "--cors-origin：“{origin}”用的是应用自有的协议，按 URL 标准没有自己的来源，只接受 http 与 https。请由此类站点提供网页（应用内网页可设为 https://localhost），并写该站点，如 https://town.example。",
                "--cors-origin: '{origin}' has a scheme of its own, and by the URL standard no origin of its own; http and https are "
                    + "taken. Serve the page from such a site (the web view of an app can be told https://localhost) and name that, "
                    + "such as https://town.example.")
        case .badSetting: both("{name}：{value} 不在 {range} 之内。", "{name}: {value} is not within {range}.")
        case .badFile: both("{source} 中的 {name} 无法读取：{cause}", "{name} in {source} cannot be read: {cause}")
        case .badChoice: both("{name}：“{value}”不可用；可用：{choices}。", "{name}: '{value}' is none of {choices}.")
        case .cannotListen: both("无法监听 {address}：{cause}", "{address} cannot be listened on: {cause}")
        case .servedBy: both("数据库正由服务 {address} 使用。", "The database is served at {address}.")
        case .servedAdvice:
            both(
                "请加上 --server {address} 和令牌经服务操作，或先停止服务。",
                "Work through it with --server {address} and a token, or stop it first.")
        case .noToken: both("{file} 中没有令牌。", "There is no token in {file}.")
        case .keyLabel: both("用途说明。", "What the key is for.")
        case .keyRole:
            both(
                "角色：coordinator、donor、intake、approver:级别:金额（分）等。",
                "The role: coordinator, donor, intake, approver:LEVEL:LIMIT (in fen), ….")
        case .keyParty: both("捐助、运送、安装角色所代表的主体。", "The party that a donor, carrier or fitter acts for.")
        case .keyArea: both("所辖区划（可重复；默认为全部）。", "An area whose subtree it covers; may be repeated (all by default).")
        case .keyPurpose:
            both(
                "授权用途：casework 办理（默认）、matching 匹配、oversight 监督、statistics 统计。",
                "What it is given for: casework (the default), matching, oversight or statistics.")
        case .keyStarts:
            both("生效时间，如 2026-12-01，默认立即。", "From when on it opens anything, as 2026-12-01; at once by default.")
        case .noPurpose: both("没有用途“{purpose}”。可用：{known}。", "There is no purpose '{purpose}'. There are: {known}.")
        case .keyExpires: both("到期时间，如 2027-01-01。", "When it ends, as 2027-01-01.")
        case .keyID: both("令牌的编号。", "The key's id.")
        case .keyShown: both("令牌只显示这一次，请妥善保存：", "The token is shown this once; keep it safe:")
        case .firstKey: both("首个管理员令牌只显示这一次，请妥善保存：", "The first admin's token is shown this once; keep it safe:")
        case .revoked: both("已吊销 {id}。", "Revoked {id}.")
        case .label: both("标签", "label")
        case .role: both("角色", "role")
        case .created: both("发放时间", "made")
        case .expires: both("到期", "ends")
        case .never: both("无期限", "never")
        }
    }
}

extension ServiceSetting {
    /// What the setting is, without its default.
    var words: LocalizedText {
        switch self {
        case .replica:
            both(
                "只读副本（postgres://…），用于指标和导出；落后或不可用时改读主库。",
                "A standby (postgres://…) to read figures and exports from; where it is behind or away the primary answers."
            )
        case .host: both("监听的地址。", "The address to listen on.")
        case .port: both("端口；0 为任一空闲端口。", "The port; 0 for any that is free.")
        case .socket: both("改用 Unix 套接字。", "Listen on a Unix socket instead.")
        case .tlsCertificate: both("TLS 证书链（PEM）。", "The chain of certificates for TLS (PEM).")
        case .tlsKey: both("证书的私钥（PEM）。", "The certificate's private key (PEM).")
        case .behindProxy:
            both(
                "可信代理的地址，以逗号分隔；只采信它们转来的客户端地址。",
                "Addresses of proxies, by commas; only their word about a client counts.")
        case .corsOrigin: both("允许其网页使用服务的站点，以逗号分隔。", "Sites whose pages may use the service, by commas.")
        case .connections: both("连接总数上限。", "Open connections at most.")
        case .connectionsPerAddress: both("每个地址的连接数上限。", "Open connections of one address at most.")
        case .headSeconds: both("请求头须在几秒内传完。", "Seconds for the head of a request to arrive.")
        case .idleSeconds: both("空闲连接保留几秒。", "Seconds that an idle connection is kept.")
        case .bodySeconds: both("请求须在几秒内传完。", "Seconds for a whole request to arrive.")
        case .bodyRate: both("请求体的最低速率（字节/秒）。", "The least rate of a body, in bytes a second.")
        case .answerSeconds: both("答复的时限（秒）。", "Seconds for an answer.")
        case .takeSeconds: both("客户端须在几秒内取走 64 KiB。", "Seconds in which a client takes 64 KiB of an answer.")
        case .stopSeconds: both("停止时留给在途请求的秒数。", "Seconds that a stop gives to requests in flight.")
        case .headBytes: both("请求头的上限。", "The greatest head of a request.")
        case .addressBytes: both("地址的上限。", "The greatest address of a request.")
        case .bodyBytes: both("请求体的上限（无另行规定时）。", "The greatest body, where a route says nothing else.")
        case .keyRate: both("每个令牌每秒请求数；0 为不限。", "Requests a second of one token; 0 for no limit.")
        case .keyBurst: both("每个令牌一次可连发的请求数。", "Requests at once of one token.")
        case .addressRate:
            both("每个地址（无令牌）每秒请求数；0 为不限。", "Requests a second of one address without a token; 0 for no limit.")
        case .addressBurst: both("每个地址（无令牌）一次可连发的请求数。", "Requests at once of one address without a token.")
        case .failureRate:
            both("每个地址每秒可用错的令牌数；0 为不限。", "Wrong tokens a second of one address; 0 for no limit.")
        case .failureBurst: both("每个地址一次可用错的令牌数。", "Wrong tokens at once of one address.")
        case .holdSeconds:
            both("Idempotency-Key 未续期即释放的秒数。", "Seconds after which an Idempotency-Key that is not renewed is free.")
        case .keptHours:
            both("Idempotency-Key 的答复保留几小时。", "Hours for which the answer under an Idempotency-Key is kept.")
        case .streamSeconds:
            both("事件流最长几秒，之后请客户端续接。", "Seconds after which an event stream ends, to be taken up again.")
        case .heartbeatSeconds: both("事件流无事时每几秒发一次心跳。", "Seconds between two signs of life of a quiet event stream.")
        case .browseGuest:
            both("无令牌者每个地址每天可浏览的心愿数；0 为不限。", "Wishes a day that an address without a token is shown; 0 for no limit.")
        case .browseParty:
            both(
                "捐助、运送、安装方每天可浏览的心愿数，同一地址合计四倍；0 为不限。",
                "Wishes a day that a donor, carrier or fitter is shown, and four times as many to all at one address; 0 for no limit."
            )
        case .changeDays: both("变更记录保留几天。", "Days for which the feed of changes is kept.")
        case .importBytes: both("一次导入的上限（字节）。", "The greatest body of an import.")
        case .atomicRows:
            both(
                "整批导入（mode=atomic）的最多行数，心愿、受理记录和个人为其十分之一；写入期间他人须等待。",
                "The most rows of an atomic import, a tenth of them for wishes, inbox and people; others wait while it is written."
            )
        case .importSeconds: both("导入的内容须在几秒内传完。", "Seconds for the body of an import to arrive.")
        case .leaseAnswerHours:
            both(
                "认领等待答复几小时；默认按数据目录。",
                "Hours that a proposal waits for its answer; by default as the data directory says.")
        case .leaseDispatchHours:
            both(
                "接受后须在几小时内发出；默认按数据目录。",
                "Hours from the acceptance until goods set off; by default as the data directory says.")
        case .leaseRenewals:
            both("租期可续几次；默认按数据目录。", "How often a lease can be renewed; by default as the data directory says.")
        case .runnerSeconds: both("时限与租期每几秒处理一次。", "Seconds between two looks at clocks and leases.")
        case .readers: both("同时读取数据库的连接数。", "Reads of the database at once.")
        case .answerMebibytes:
            both(
                "所存答复的兆字节数，内容未变时再次给出；0 为不存。",
                "Mebibytes of answers that are kept and given again while nothing has changed; 0 for none.")
        case .metricsTokenFile:
            both("存有读取 /metrics 之令牌的文件；默认仅限本机。", "A file with the token for /metrics; this machine only by default.")
        case .logLevel:
            both(
                "日志级别：trace、debug、info、notice、warning、error。",
                "How much to log: trace, debug, info, notice, warning, error.")
        case .logFormat: both("日志格式：text 或 json。", "The format of the log: text or json.")
        case .clock: both("测试用：从此时间起走。", "For tests: the time to begin at.")
        }
    }
}
