import MatchCore

/// Words about the database.
enum StoreWords: String, Words {
    case noProgram, noProgramAdvice, unknownAddress, unknownAddressAdvice
    case madeTables, madeProgram, madeProfile, ready, alreadyThere, lockedAdvice

    var text: LocalizedText {
        switch self {
        case .noProgram: both("数据库 {database} 中没有项目“{program}”。", "The database {database} has no program '{program}'.")
        case .noProgramAdvice:
            both(
                "用 --program 选已有的项目（{programs}），或用 `almoner init --program {program}` 建立。",
                "Choose one with --program (there is: {programs}), or make it with `almoner init --program {program}`.")
        case .unknownAddress: both("不认识的数据库地址：{address}", "This is no database address that is understood: {address}")
        case .unknownAddressAdvice:
            both("请写成 sqlite:路径，例如 sqlite:almoner.db。", "Write it as sqlite:PATH, such as sqlite:almoner.db.")
        case .madeTables: both("建立数据表", "made the tables")
        case .madeProgram: both("建立项目", "made the program")
        case .madeProfile: both("发布评分方案 default@1", "published the scoring profile default@1")
        case .ready: both("已就绪：{database}，项目 {program}。", "Ready: {database}, program {program}.")
        case .alreadyThere: both("一切都已存在，没有改动。", "All of it was there already; nothing was changed.")
        case .lockedAdvice:
            both(
                "结束占用它的进程后再试；若是正在运行的服务，请改用它的网络接口。",
                "End the process that has it open and try again; a running server is asked over its own interface.")
        }
    }
}
