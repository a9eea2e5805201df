import MatchCore

/// What `--help` says.
enum HelpWords: String, Words {
    case root, rootDiscussion, version
    case scorer, scorerList, scorerShow, scorerName, profile, profileShow, profileName
    case area, areaList, areaShow, areaName, areaLevel, category, categoryList, categoryShow, categoryName, search
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
        case .scorer: both("评分器：从各个角度判断一对心愿与资源。", "Scorers: each judges a pair in one respect.")
        case .scorerList: both("列出内置的评分器。例：almoner scorer list", "List the scorers that are built in.")
        case .scorerShow:
            both(
                "说明一个评分器：参数、否决条件、当场计算的实例。例：almoner scorer show Proximity",
                "Explain a scorer: parameters, vetoes, and examples judged on the spot, such as Proximity.")
        case .scorerName: both("评分器的代号或名称，例：Proximity、远近", "Id or title of the scorer, such as Proximity.")
        case .profile: both("评分方案：各评分器的权重和参数。", "Scoring profiles: how much each scorer counts.")
        case .profileShow: both("显示评分方案。例：almoner profile show default", "Show a profile's weights and parameters.")
        case .profileName: both("方案名称", "Name of the profile.")
        case .area: both("区划：市、镇街、村（社区）。", "Areas: city, towns, villages.")
        case .areaList: both("列出区划，可按名称查找。例：almoner area list 虎门", "List areas, or those with a word in the name.")
        case .areaShow: both("显示一个区划。例：almoner area show 虎门", "Show an area, such as 虎门 or 441900121.")
        case .areaName: both("名称、简称或代码", "Name, short name or code.")
        case .areaLevel: both("只看一级：city、town 或 village", "Only one level: city, town or village.")
        case .category: both("品类：心愿所求与资源所供。", "Categories: what is asked for and given.")
        case .categoryList:
            both(
                "列出品类，可按名称、别名、方言、错字查找。例：almoner category list 雪柜",
                "List categories, or those with a word among their names and aliases, such as fridge.")
        case .categoryShow:
            both("显示一个品类。例：almoner category show 轮椅", "Show a category, such as wheelchair or mobility.wheelchair.")
        case .categoryName: both("名称、别名或代码", "Name, alias or code.")
        case .search: both("名称中的字词", "A word of the name.")
        }
    }
}
