import MatchCore

/// Words of the measurements.
enum BenchWords: String, Words {
    case noFolder, missingFile, badRow, result

    var text: LocalizedText {
        switch self {
        case .noFolder: both("请用 --data 指定数据文件夹。", "Name the folder of the data set with --data.")
        case .missingFile: both("无法读取 {file}。", "The file {file} cannot be read.")
        case .badRow: both("{file} 第 {row} 行不合格式。", "Row {row} of {file} is not of the expected form.")
        case .result:
            both(
                "{wishes} 个心愿 × {offers} 份资源：中位数 {median} 毫秒，95% 分位 {p95} 毫秒",
                "{wishes} wishes × {offers} offers: median {median} ms, 95th percentile {p95} ms")
        }
    }
}
