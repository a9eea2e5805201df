import MatchCore

/// Words of the measurements.
enum BenchWords: String, Words {
    case noFolder, missingFile, badRow, result, all, live, vote, refused, rows, rowsPerSecond, cpuSeconds, wallSeconds,
        peakMemory
    case method, unitMiles, holding, shipments, fill, recipients, gini, units, nearestFirst, balanced, soonest
    case fillFirst, reachFirst, rules, fillBefore, reachBefore, allocated

    var text: LocalizedText {
        switch self {
        case .noFolder: both("请用 --data 指定数据文件夹。", "Name the folder of the data set with --data.")
        case .missingFile: both("无法读取 {file}。", "The file {file} cannot be read.")
        case .badRow: both("{file} 第 {row} 行不合格式。", "Row {row} of {file} is not of the expected form.")
        case .refused: both("生成的文件有 {count} 行被拒绝。", "{count} {count:row|rows} of the generated file were refused.")
        case .rows: both("行数", "rows")
        case .rowsPerSecond: both("每秒行数", "rows per second")
        case .cpuSeconds: both("处理器时间（秒）", "CPU seconds")
        case .wallSeconds: both("历时（秒）", "seconds")
        case .peakMemory: both("内存峰值", "peak memory")
        case .all:
            both(
                "{wishes} 个心愿 × {offers} 份资源：全部排完 {wall} 秒，处理器 {cpu} 秒",
                "{wishes} {wishes:wish|wishes} × {offers} {offers:offer|offers}: all ranked in {wall} s, {cpu} s of processor time"
            )
        case .vote:
            both(
                "{offers} 份资源：{voices} 方投票排一条心愿的 CPU 中位数 {vote} 毫秒（p95 {p95}），按总分 {totals} 毫秒，为其 {ratio} 倍",
                "{offers} {offers:offer|offers}: the vote of {voices} {voices:voice|voices} orders a wish in {vote} ms of CPU at the median (p95 {p95}), totals in "
                    + "{totals} ms: {ratio} times as much")
        case .live:
            both(
                "单次排序中位数 {quiet} 毫秒；其间登记 {registered} 份资源时 {busy} 毫秒；登记最久 {longest} 毫秒即可排序",
                "one ranking: median {quiet} ms, and {busy} ms while {registered} {registered:offer was|offers were} registered, each rankable "
                    + "within {longest} ms")
        case .method: both("方法", "method")
        case .unitMiles: both("件均英里", "unit-miles")
        case .holding: both("留存天数", "holding days")
        case .shipments: both("每捐赠人发货", "shipments/donor")
        case .fill: both("满足率", "fill")
        case .recipients: both("受助机构", "recipients")
        case .gini: both("基尼系数", "Gini")
        case .units: both("件数", "units")
        case .nearestFirst: both("贪心（先近后远）", "greedy, nearest first")
        case .balanced:
            both("每周最优，至多 {miles} 英里，每等一周减 {less}", "best plan, up to {miles} miles, {less} less a week waited")
        case .soonest: both("每周最优，不等待", "best plan, nothing waits")
        case .fillFirst: both("每周最优，满足率 {weight}", "best plan, fill × {weight}")
        case .reachFirst: both("每周最优，先未受助者 {weight}", "best plan, unreached first × {weight}")
        case .fillBefore: both("每周最优，满足率优先于数量", "best plan, fill before anything else")
        case .reachBefore: both("每周最优，未受助者优先于数量", "best plan, unreached before anything else")
        case .allocated:
            both(
                """
                {wishes} 个心愿、{offers} 份资源、{pairs} 对：总分 {objective}，满足 {matched}。
                求解 {solve} 秒，核对证明 {proof} 秒（CPU）；内存 {memory} MB。
                改动百分之一后：{warm} 秒；重新求解 {cold} 秒；快 {ratio} 倍。
                """,
                """
                {wishes} {wishes:wish|wishes}, {offers} {offers:offer|offers}, {pairs} {pairs:pair|pairs}: score {objective}, {matched} served, proved best.
                {solve} s to solve, {proof} s to check the proof (CPU); {memory} MB.
                After 1 % of the wishes changed: {warm} s; solved afresh: {cold} s; {ratio} times as long.
                """)
        case .rules:
            both(
                "每周一批；超过 1,000 件的捐赠不计；同品类、在捐赠人附近名单之内。{donations} 笔捐赠，{requests} 笔需求。",
                "Weekly batches; donations above 1,000 units left out; same product, on the donor's list of near ones. "
                    + "{donations} {donations:donation|donations}, {requests} {requests:request|requests}.")
        case .result:
            both(
                "{wishes} 个心愿 × {offers} 份资源：中位数 {median} 毫秒，95% 分位 {p95} 毫秒",
                "{wishes} {wishes:wish|wishes} × {offers} {offers:offer|offers}: median {median} ms, 95th percentile {p95} ms"
            )
        }
    }
}
