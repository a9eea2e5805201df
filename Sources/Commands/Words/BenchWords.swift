import MatchCore

/// Words of the measurements.
enum BenchWords: String, Words {
    case missingFile, badRow, result, all, refused, rows, rowsPerSecond, cpuSeconds, wallSeconds, peakMemory

    var text: LocalizedText {
        switch self {
        case .missingFile: both("无法读取 {file}。", "The file {file} cannot be read.")
        case .badRow: both("{file} 第 {row} 行不合格式。", "Row {row} of {file} is not of the expected form.")
        case .refused: both("生成的文件有 {count} 行被拒绝。", "{count} rows of the generated file were refused.")
        case .rows: both("行数", "rows")
        case .rowsPerSecond: both("每秒行数", "rows per second")
        case .cpuSeconds: both("处理器时间（秒）", "CPU seconds")
        case .wallSeconds: both("历时（秒）", "seconds")
        case .peakMemory: both("内存峰值", "peak memory")
        case .all:
            both(
                "{wishes} 个心愿 × {offers} 份资源：全部排完 {wall} 秒，处理器 {cpu} 秒",
                "{wishes} wishes × {offers} offers: all ranked in {wall} s, {cpu} s of processor time")
        case .result:
            both(
                "{wishes} 个心愿 × {offers} 份资源：中位数 {median} 毫秒，95% 分位 {p95} 毫秒",
                "{wishes} wishes × {offers} offers: median {median} ms, 95th percentile {p95} ms")
        }
    }
}
