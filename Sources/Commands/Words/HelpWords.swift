import MatchCore

/// What `--help` says.
enum HelpWords: String, Words {
    case root, rootDiscussion, version
    case database, data, program, json, lang, color, quiet, globalTitle

    var text: LocalizedText {
        switch self {
        case .root: both("善配：把真实的心愿与真实的资源配到一起。", "Matches wishes of people in hardship with what others offer.")
        case .rootDiscussion:
            both(
                """
                示例：
                  almoner demo                      载入演示城市（虚构的东莞）
                  almoner match W-0001 --explain    为一个心愿找资源，并说明理由
                  almoner import offers 物资.csv --map 映射.yaml --dry-run
                  almoner scorer show Proximity     看一个评分器怎样打分
                  almoner --generate-completion-script bash

                退出码：
                \(ExitStatus.listing(in: .zhHans))
                """,
                """
                EXAMPLES:
                  almoner demo                      load the demo city (fictitious)
                  almoner match W-0001 --explain    offers for a wish, and why
                  almoner import offers goods.csv --map map.yaml --dry-run
                  almoner scorer show Proximity     how a scorer judges
                  almoner --generate-completion-script bash

                EXIT CODES:
                \(ExitStatus.listing(in: .en))
                """)
        case .version: both("显示版本。", "Show the version.")
        case .globalTitle: both("通用选项", "Global options")
        case .database:
            both(
                "数据库。例：sqlite:/srv/almoner.db（默认 sqlite:almoner.db，或环境变量 ALMONER_DATABASE）",
                "The database, such as sqlite:/srv/almoner.db (default: ALMONER_DATABASE, else sqlite:almoner.db).")
        case .data:
            both(
                "数据目录：区划、品类、日历、方案。例：--data /etc/almoner/Data（默认 ALMONER_DATA、./Data、程序旁的 Data）",
                "The folder of areas, categories, calendar and profiles, such as /etc/almoner/Data (default: "
                    + "ALMONER_DATA, ./Data, or Data beside the program).")
        case .program: both("项目代号。例：--program dongguan", "The program's code, such as dongguan.")
        case .json:
            both(
                "输出 JSON；列表每行一个对象（NDJSON）。键按字母排序，可供脚本使用。",
                "Print JSON for scripts: one object, or one object a line for lists (NDJSON); keys are sorted.")
        case .lang:
            both(
                "语言：zh-Hans 或 en（默认看 LC_ALL、LC_MESSAGES、LANG）",
                "zh-Hans or en (default: LC_ALL, LC_MESSAGES, LANG).")
        case .color:
            both(
                "颜色：auto、always 或 never；设了 NO_COLOR 时 auto 不用颜色",
                "auto, always or never; auto uses none where NO_COLOR is set.")
        case .quiet: both("不显示进度和提示", "Show no progress and no notes.")
        }
    }
}
