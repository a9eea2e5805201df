import MatchCore

/// Words of the demo.
enum DemoWords: String, Words {
    case parties, offers, wishes, people, missing, missingAdvice, programName, next, generating, generated, households

    var text: LocalizedText {
        switch self {
        case .missing: both("缺少演示文件 {file}。", "The demo file {file} is missing.")
        case .missingAdvice:
            both("请用带有 Data/demo 的完整数据目录（--data）。", "Use a complete data directory, with its demo folder (--data).")
        case .parties: both("主体", "parties")
        case .offers: both("资源", "offers")
        case .wishes: both("心愿", "wishes")
        case .people: both("申请人线索（仅存加密摘要）", "who asked (kept as keyed hashes only)")
        case .households: both("家庭档案：{count} 份。", "Household files: {count}.")
        case .programName: both("东莞（演示）", "Dongguan (demo)")
        case .generating: both("生成", "generating")
        case .generated:
            both(
                "已写入 {folder}：主体 {parties}，资源 {offers}，心愿 {wishes}。",
                "Written to {folder}: {parties} {parties:party|parties}, {offers} {offers:offer|offers}, {wishes} {wishes:wish|wishes}."
            )
        case .next:
            both("接下来：almoner wish list，或 almoner match --all", "Next: almoner wish list, or almoner match --all")
        }
    }
}
