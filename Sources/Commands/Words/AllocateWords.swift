import MatchCore

/// Words of allocating.
enum AllocateWords: String, Words {
    case instanceResult, cannotWrite, modeNeedsInstance, unknownMode, unknownModeAdvice

    var text: LocalizedText {
        switch self {
        case .instanceResult:
            both(
                "总分 {objective}，满足 {matched}；求解 {solve} 秒、核对证明 {proof} 秒（CPU）。最优，已证明。",
                "Score {objective}, {matched} served; {solve} s to solve, {proof} s to check the proof (CPU). Proved best.")
        case .cannotWrite: both("无法写入 {file}。", "The file {file} cannot be written.")
        case .modeNeedsInstance:
            both("--mode 和 --out 只用于 --instance。", "--mode and --out belong to --instance.")
        case .unknownMode: both("没有“{name}”这种方式。", "There is no mode '{name}'.")
        case .unknownModeAdvice: both("可选：{list}", "Choose one of: {list}")
        }
    }
}
