import MatchCore

/// What `--help` says.
enum HelpWords: String, Words {
    case root, rootDiscussion, version, openAPI
    case scorer, scorerList, scorerShow, scorerName, profile, profileName
    case area, areaList, areaShow, areaName, areaLevel, category, categoryList, categoryShow, categoryName, search
    case initialise, programNameZh, programNameEn, importRecords, importDiscussion, importKind, importFile, importMap
    case importDryRun, importRejects, importTable, match, matchDiscussion, wishName, offerName, matchOffer, matchAll,
        matchTop
    case matchExplain, matchVetoes, threads, explain, recompute, recomputeDeep, party, partyList, partyShow, offer,
        offerList
    case offerShow, wish, wishList, wishShow, recordName, limit, listAfter, export, exportKind, exportFile, doctor,
        demo, demoLoad
    case demoGenerate, demoSeed, demoWishes, demoParties, demoOffers, demoOut
    case benchImport, benchMatch
    case wishSort, offerSort
    case bench, benchRank, benchOut, benchOffers, benchWishes, benchSeed, benchTwelve, benchUnbounded, benchThreads
    case benchRegistering, benchVoices
    case benchReplay, benchAllocate, benchDays, benchSolves, benchWrite, benchCurve
    case allocate, allocateDiscussion, allocateRun, allocateVerify, allocateInstance, allocateMode, allocateOut
    case allocateProof, allocateProofFile, allocateGoals, allocateDeadline, allocateComplete, allocateDryRun
    case allocateCandidates, allocatePartyCap, allocateAreaShare, allocateApply, allocateAsOf, allocateSeed,
        allocateSplit
    case allocateReserve, allocateCapDays, allocateSeedNew, allocateSeedFile
    case database, data, program, json, lang, color, quiet, globalTitle

    var text: LocalizedText {
        switch self {
        case .root: both("善配：把真实的心愿与真实的资源配到一起。", "Matches wishes of people in hardship with what others offer.")
        case .rootDiscussion:
            both(
                """
                示例：
                  almoner demo                      载入演示城市（虚构的东莞）
                  almoner match W0001 --explain    为一个心愿找资源，并说明理由
                  almoner import offers 物资.csv --map 映射.yaml --dry-run
                  almoner scorer show Proximity     看一个评分器怎样打分
                  almoner --generate-completion-script bash

                退出码：
                \(ExitStatus.listing(in: .zhHans))
                """,
                """
                EXAMPLES:
                  almoner demo                      load the demo city (fictitious)
                  almoner match W0001 --explain    offers for a wish, and why
                  almoner import offers goods.csv --map map.yaml --dry-run
                  almoner scorer show Proximity     how a scorer judges
                  almoner --generate-completion-script bash

                EXIT CODES:
                \(ExitStatus.listing(in: .en))
                """)
        case .version: both("显示版本。", "Show the version.")
        case .openAPI: both("输出服务接口的 OpenAPI 3.1 文档。", "Print the service's OpenAPI 3.1 document.")
        case .globalTitle: both("通用选项", "Global options")
        case .database:
            both(
                "数据库。例：sqlite:/srv/almoner.db、postgres://almoner@db1,db2/almoner（默认 sqlite:almoner.db，或环境变量 ALMONER_DATABASE）",
                "The database, such as sqlite:/srv/almoner.db or postgres://almoner@db1,db2/almoner (default: "
                    + "ALMONER_DATABASE, else sqlite:almoner.db).")
        case .data:
            both(
                "数据目录：区划、品类、日历、方案。例：--data /etc/almoner/Data（默认 ALMONER_DATA、./Data、程序旁的 Data）",
                "The folder of areas, categories, calendar and profiles, such as /etc/almoner/Data (default: "
                    + "ALMONER_DATA, ./Data, or Data beside the program).")
        case .program: both("项目代号。例：--program dongguan", "The program's code, such as dongguan.")
        case .json:
            both(
                "输出 JSON；列表每行一个对象（NDJSON）。可供脚本使用。",
                "Print JSON for scripts: one object, or one object a line for lists (NDJSON).")
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
        case .profileName: both("方案名称", "Name of the profile.")
        case .area: both("区划：市、镇街、村（社区）。", "Areas: city, towns, villages.")
        case .areaList: both("列出区划，可按名称查找。例：almoner area list 虎门", "List areas, or those with a word in the name.")
        case .areaShow: both("显示一个区划。例：almoner area show 虎门", "Show an area, such as Humen or 441900121.")
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
        case .search: both("名称或文字中的字词", "A word of the name or of the text.")
        case .initialise:
            both(
                "建立数据库、项目和第一版评分方案。例：almoner init --database sqlite:东莞.db",
                "Make the database, the program and its first scoring profile. Safe to run again.")
        case .programNameZh: both("项目的中文名称，例：东莞市社会救助", "The program's Chinese name.")
        case .programNameEn: both("项目的英文名称", "The program's English name, such as 'Dongguan relief'.")
        case .importRecords:
            both("从 CSV 导入主体、资源、心愿、受理记录、区划或距离。", "Import parties, offers, wishes, inbound records, areas or distances.")
        case .importDiscussion:
            both(
                """
                编码（UTF-8、UTF-16、GB18030）自动识别。默认要么全部写入，要么一行不写，并逐一列出错误所在的行和列。
                同一文件导入两次不会重复。

                示例：
                  almoner import offers 物资.csv --map 物资.yaml --dry-run
                  almoner import wishes 心愿.csv --map 心愿.yaml --rejects 待改.csv
                """,
                """
                The encoding (UTF-8, UTF-16, GB18030) is told from the file. All rows are stored or none, and every fault is
                listed with its row and column. Importing a file twice changes nothing.

                EXAMPLES:
                  almoner import offers goods.csv --map goods.yaml --dry-run
                  almoner import wishes wishes.csv --map wishes.yaml --rejects bad.csv
                """)
        case .importKind: both("导入什么", "What to import.")
        case .importFile: both("CSV 文件", "The CSV file.")
        case .importMap: both("映射文件，见 Data/mappings", "The mapping file; see Data/mappings.")
        case .importDryRun: both("只检查，不写入", "Check everything, store nothing.")
        case .importTable:
            both(
                "给映射文件中的附表另指一个文件，例如 place=towns.csv；可重复。",
                "Another file for a table that the mapping joins or looks up, such as place=towns.csv; repeatable.")
        case .importRejects:
            both("把有误的行连同原因写到此文件，其余照常写入", "Write rows at fault with reasons here, and store the others.")
        case .match: both("为心愿找资源，或为资源找心愿。", "Find offers for a wish, or wishes for an offer.")
        case .matchDiscussion:
            both(
                """
                示例：
                  almoner match W0001 --explain     一个心愿，逐项说明
                  almoner match --offer O0001       一份资源适合哪些心愿
                  almoner match --all                所有待满足的心愿
                """,
                """
                EXAMPLES:
                  almoner match W0001 --explain     one wish, with full explanations
                  almoner match --offer O0001       which wishes an offer suits
                  almoner match --all                every open wish
                """)
        case .wishName: both("心愿：外部编号、编号或内容中的字词", "The wish: external id, id, or words of it.")
        case .offerName: both("资源：外部编号、编号或内容中的字词", "The offer: external id, id, or words of it.")
        case .matchOffer: both("反过来：为这份资源找心愿", "The other way round: wishes for this offer.")
        case .matchAll: both("匹配所有待满足的心愿", "Match every open wish.")
        case .matchTop: both("取前几名（单个 20，全部 5）", "How many to show (20 for one, 5 each with --all).")
        case .matchExplain: both("逐项说明每个结果", "Show the full explanation of each.")
        case .matchVetoes:
            both(
                "统计各项否决排除了多少条（要给每一条打分；找不够时总会统计）",
                "Count what each veto rules out, for which all are scored; always done where fewer are found than asked."
            )
        case .threads: both("线程数（默认为处理器核数）；结果与线程数无关", "Threads (default: all cores); the result never depends on it.")
        case .explain:
            both(
                "说明一对心愿与资源的得分，被否决的也说明。例：almoner explain W0001 O0001",
                "Explain the score of one pair, vetoed ones too, such as: almoner explain W0001 O0001")
        case .recompute: both("复算已保存的每条说明，指出不一致的。", "Add every stored explanation up again; name any that differ.")
        case .recomputeDeep: both("还让评分器按所列依据重新判断", "Also have each scorer judge the listed facts again.")
        case .party: both("主体：捐赠人、企业、社会组织、志愿者。", "Parties: donors, enterprises, organisations, volunteers.")
        case .partyList: both("列出主体，可按名称查找。", "List parties, or those with a word in the name.")
        case .partyShow: both("显示一个主体。", "Show one party.")
        case .offer: both("资源：主体承诺提供的。", "Offers: what parties promise.")
        case .offerList: both("列出资源，可按内容查找。例：almoner offer list 轮椅", "List offers, or those with a word in them.")
        case .offerShow: both("显示一份资源。", "Show one offer.")
        case .wish: both("心愿：微心愿与微实事。", "Wishes: of persons and of communities.")
        case .wishList: both("列出心愿，可按内容查找。例：almoner wish list 轮椅", "List wishes, or those with a word in them.")
        case .wishShow: both("显示一个心愿。例：almoner wish show W0001", "Show one wish, such as W0001.")
        case .recordName: both("外部编号、编号或其中的字词", "External id, id, or words of it.")
        case .limit: both("最多显示几条；0 为全部", "How many to show; 0 for all.")
        case .listAfter: both("从何处之后继续（前次显示的游标）", "Behind which place to go on: the cursor that was shown before.")
        case .wishSort:
            both(
                "次序：created（默认）、-created（写作 --sort=-created）、due（期限最近的在前）或 urgency（最紧急的在前）",
                "The order: created (the default), -created (write --sort=-created), due (the soonest first) or urgency (the most urgent first)."
            )
        case .offerSort:
            both(
                "次序：created（默认）、-created（写作 --sort=-created） 或 until（最早到期的在前）",
                "The order: created (the default), -created (write --sort=-created) or until (what ends soonest first)."
            )
        case .export: both("把登记导出为 CSV。例：almoner export offers 资源.csv", "Write the registry as CSV.")
        case .exportKind: both("导出什么", "What to write.")
        case .exportFile: both("文件；不写则输出到屏幕", "The file; standard output when left out.")
        case .doctor: both("检查数据目录、数据库和已保存的说明。", "Check the data directory, the database and stored explanations.")
        case .demo: both("演示城市（全部虚构）。", "The demo city; everyone in it is invented.")
        case .demoLoad: both("建立数据库并载入演示城市。", "Make the database and load the demo city.")
        case .bench: both("性能测量。", "Measure speed.")
        case .benchRank: both("在生成的数据上测量排序。", "Rank a generated data set: offers.csv and wishes.jsonl.")
        case .benchOffers: both("生成多少份资源（给出数据时不用）", "How many offers to generate where no data is given.")
        case .benchWishes: both("生成多少个心愿（给出数据时不用）", "How many wishes to generate where no data is given.")
        case .benchSeed: both("生成数据的种子", "The seed of the generated data.")
        case .benchTwelve: both("用全部十二个评分器，含文字", "Use all twelve scorers, texts included.")
        case .benchUnbounded: both("不用上界，每一行都评分", "Score every row, as with a plugin that gives no bound.")
        case .benchThreads:
            both("把全部心愿排完，用这么多线程", "Rank every wish on so many threads, and time the whole.")
        case .benchVoices:
            both(
                "改为衡量几方（2…10）波达投票作为次序，与按总分相比",
                "Measure a Borda vote of so many voices (2…10) as the order, beside totals.")
        case .benchRegistering:
            both(
                "排序的同时每秒登记这么多份资源，量排序慢了多少",
                "Register so many offers a second meanwhile, and time rankings with and without.")
        case .benchReplay:
            both(
                "逐周重放 GetUsPPE 的一年：--data 指向 ppe_match_*.csv 所在文件夹。",
                "Replay a year of GetUsPPE week by week; --data names the folder of ppe_match_*.csv.")
        case .benchOut: both("结果文件；不写则输出到屏幕", "Where to write the result; standard output when left out.")
        case .benchAllocate:
            both(
                "测量统筹分配：任意大小的生成数据或给定文件，冷求解、核对、改动百分之一后再求解。",
                "Measure allocating on generated data of any size, or a file: cold, its proof, and after 1 % changes.")
        case .benchSolves:
            both("同一实例求解多少次，时间取中位数（默认 1）", "How often it is solved; times are medians (default 1).")
        case .benchDays: both("改动百分之一再求解多少次（默认 5）", "How many times 1 % of the wishes change (default 5).")
        case .benchWrite: both("把数据写成 ALLOC1 文件，供对照程序使用", "Write the data as an ALLOC1 file, for the peers.")
        case .benchCurve:
            both("只显示权衡曲线：公平目标从不计到优先", "Only the trade-off curve: a fairness goal from no weight to first place.")
        case .allocate: both("统筹分配：把所有待满足的心愿一并配给资源，并证明最优。", "Allocate all open wishes at once, with a proof.")
        case .allocateDiscussion:
            both(
                """
                示例：
                  almoner allocate --dry-run                          会认领什么，为什么
                  almoner allocate --goals served,score --plan 方案.json
                  almoner allocate verify 方案.json                   独立核对方案、证明和抽签
                  almoner allocate --apply 方案.json                  照方案认领，全部或全不
                  almoner allocate seed 种子.txt                      先承诺，后抽签：再加 --seed 种子.txt
                  almoner allocate --instance 文件 --mode bypass --json   测量用的格式
                """,
                """
                EXAMPLES:
                  almoner allocate --dry-run                          what would be claimed, and why
                  almoner allocate --goals served,score --plan plan.json
                  almoner allocate verify plan.json                   check plan, proof and draw independently
                  almoner allocate --apply plan.json                  claim by it, all or nothing
                  almoner allocate seed seed.txt                      commit, then draw with --seed seed.txt
                  almoner allocate --instance FILE --mode bypass --json   the format of the measurements
                """)
        case .allocateRun: both("求最优分配。", "Find the best allocation.")
        case .allocateVerify: both("用独立的核对器检查证明文件。", "Check a proof file with the independent verifier.")
        case .allocateInstance: both("测量格式（ALLOC1）的文件", "A file in the ALLOC1 format of the measurements.")
        case .allocateMode:
            both(
                "bypass（总分）、max（先人数后总分）、fair（先最低区划）",
                "bypass (total score), max (served first) or fair (worst area first).")
        case .allocateOut: both("把方案和价格写到此文件", "Write the plan and its prices here.")
        case .allocateProof: both("把方案连同证明写到此文件", "Write the plan with its proof here.")
        case .allocateProofFile: both("证明文件", "The proof document.")
        case .allocateGoals:
            both(
                "目标，按先后，以逗号分隔：critical,areas,served,score（默认即此）",
                "Goals in order, with commas: critical,areas,served,score (the default).")
        case .allocateDeadline:
            both("最多用多久，例：30s、500ms、2m；到时给出目前最好的和界限", "Stop after 30s, 500ms or 2m with the best so far and a bound.")
        case .allocateComplete:
            both("在所有配对上最优，而不只是每条明细的前若干名", "An optimum over all pairs, not the best few of each line.")
        case .allocateDryRun: both("只显示，不认领", "Show what would be claimed; claim nothing.")
        case .allocateCandidates: both("每条明细取前几名候选（默认 32）", "Candidates for each wish line (default 32).")
        case .allocatePartyCap:
            both(
                "每个主体最多承担多少：20（各种单位）或 fen:500000；可多次给出",
                "The most any one party gives: 20 of any unit, or fen:500000; may be given again.")
        case .allocateCapDays:
            both("上限含最近多少天内已承诺的（默认 0：只计本方案）", "Days back whose promises count towards the cap (0: none).")
        case .allocateApply:
            both(
                "照方案认领：方案文件，或屏幕上显示的摘要；登记库有变化即拒绝",
                "Claim by a plan: its file, or the digest that was shown; a changed registry is refused.")
        case .allocateAsOf:
            both(
                "年龄与期限从何时算起（24 小时内，默认现在）；用摘要执行时给方案显示的时间",
                "Reckon ages and due times from then, at most 24 hours ago; with a digest, what its plan showed.")
        case .allocateSeed: both("种子文件（allocate seed 所写），用来抽签", "The seed file of 'allocate seed', for the draw.")
        case .allocateSplit:
            both("供应不足时怎样分：proportional、equal、need、none", "Splitting: proportional, equal, need or none.")
        case .allocateReserve: both("每份资源留存的百分比", "The per cent of every offer that is held back.")
        case .allocateSeedNew: both("抽一个种子存入文件，并公布承诺。", "Draw a seed into a file and commit to it.")
        case .allocateSeedFile: both("种子存入此文件", "Where the seed is kept until it is shown.")
        case .allocateAreaShare:
            both("各区划需求保证满足的百分比，0 至 100", "The percentage of each area's demand that is guaranteed, 0 to 100.")
        case .demoGenerate:
            both(
                "生成一座虚构的城市，任意大小。例：almoner demo generate --seed 7 --wishes 5000 --out /tmp/city",
                "Invent a city of any size, such as: almoner demo generate --seed 7 --wishes 5000 --out /tmp/city")
        case .demoSeed: both("种子；同一种子总得到同样的文件", "The seed; the same seed always gives the same files.")
        case .demoWishes: both("心愿数", "How many wishes.")
        case .demoParties: both("主体数", "How many parties.")
        case .demoOffers: both("资源数（默认每三个主体五份）", "How many offers (default: five for every three parties).")
        case .demoOut: both("写到哪个文件夹", "The folder to write to.")
        case .benchImport: both("生成并导入大量资源，测量用时和内存。", "Generate and import many offers; measure time and memory.")
        case .benchMatch: both("匹配一座生成的城市，测量用时和内存。", "Match a generated city; measure time and memory.")
        }
    }
}
