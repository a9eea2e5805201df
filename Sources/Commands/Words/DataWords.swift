import MatchCore

/// Words of the commands that show what a program is set up with.
enum DataWords: String, Words {
    case noDirectory, noDirectoryAdvice, noProfile, noScorer, noArea, noCategory
    case scorerID, title, version, weight, neutral, parameters, parameter, value, unit, range, byDefault, help, summary
    case vetoes, reason, examples, exampleInputs, judged, exampleDiffers, exampleAgrees, changedParameters
    case choices, flagRange, tableRange, numberRange, code, name, level, parent, path, centroid, children, aliases,
        substitutes
    case price, priceValue, kind, group, item, unitPiece, unitMinute, unitFen, weightShare
    case outcomeValue, outcomeNotKnown, outcomeNotApplicable, outcomeVeto, centroidInherited, areasFound, itemsFound
    case nothingFound, shortName

    var text: LocalizedText {
        switch self {
        case .noDirectory: both("找不到数据目录。", "The data directory was not found.")
        case .noDirectoryAdvice:
            both(
                "用 --data 文件夹 或环境变量 ALMONER_DATA 指定，例如 --data /etc/almoner/Data。",
                "Name it with --data FOLDER or ALMONER_DATA, such as --data /etc/almoner/Data.")
        case .noProfile: both("没有评分方案“{name}”。", "There is no scoring profile '{name}'.")
        case .noScorer: both("没有评分器“{name}”。", "There is no scorer '{name}'.")
        case .noArea: both("没有区划“{name}”。", "There is no area '{name}'.")
        case .noCategory: both("没有品类“{name}”。", "There is no category '{name}'.")
        case .scorerID: both("评分器", "scorer")
        case .title: both("名称", "title")
        case .version: both("版本", "version")
        case .weight: both("权重", "weight")
        case .weightShare: both("占比", "share")
        case .neutral: both("中性值", "neutral")
        case .parameters: both("参数", "Parameters")
        case .parameter: both("参数", "parameter")
        case .value: both("值", "value")
        case .unit: both("单位", "unit")
        case .range: both("范围", "range")
        case .byDefault: both("默认", "default")
        case .help: both("说明", "help")
        case .summary: both("作用", "what it measures")
        case .vetoes: both("一票否决", "Vetoes")
        case .reason: both("理由代码", "reason")
        case .examples: both("实例（当场计算）", "Worked examples, judged just now")
        case .exampleInputs: both("依据", "facts")
        case .judged: both("结果", "result")
        case .exampleDiffers:
            both("与文档不符：应为 {expected}", "differs from its documentation, which says {expected}")
        case .exampleAgrees: both("与文档一致", "as documented")
        case .changedParameters: both("参数改为", "with")
        case .choices: both("可选：{list}", "one of {list}")
        case .tableRange: both("表，至多 {most} 行，列：{list}", "a table of at most {most} {most:row|rows}; columns: {list}")
        case .flagRange: both("true 或 false", "true or false")
        case .numberRange: both("{least} 至 {greatest}", "{least} to {greatest}")
        case .code: both("代码", "code")
        case .name: both("名称", "name")
        case .shortName: both("简称", "short name")
        case .level: both("级别", "level")
        case .parent: both("上级", "parent")
        case .path: both("全称", "full name")
        case .centroid: both("中心点", "centroid")
        case .centroidInherited: both("取上级的", "that of its parent")
        case .children: both("下级", "below it")
        case .aliases: both("别名", "other words")
        case .substitutes: both("可替代品", "substitutes")
        case .price: both("参考价", "typical price")
        case .priceValue: both("{yuan} 元", "CNY {yuan}")
        case .kind: both("类别", "kind")
        case .group: both("大类", "group")
        case .item: both("品目", "item")
        case .unitPiece: both("件", "piece")
        case .unitMinute: both("分钟", "minute")
        case .unitFen: both("分（人民币）", "fen (1/100 yuan)")
        case .outcomeValue: both("有值", "value")
        case .outcomeNotKnown: both("不详", "not known")
        case .outcomeNotApplicable: both("不适用", "does not apply")
        case .outcomeVeto: both("否决", "veto")
        case .areasFound: both("共 {count} 个区划", "areas: {count}")
        case .itemsFound: both("共 {count} 个品类", "categories: {count}")
        case .nothingFound: both("没有符合的。", "Nothing fits.")
        }
    }

    static func unit(_ unit: Unit) -> DataWords {
        switch unit {
        case .piece: .unitPiece
        case .minute: .unitMinute
        case .fen: .unitFen
        }
    }

    static func outcome(_ outcome: Explanation.Outcome) -> DataWords {
        switch outcome {
        case .value: .outcomeValue
        case .notKnown: .outcomeNotKnown
        case .notApplicable: .outcomeNotApplicable
        case .veto: .outcomeVeto
        }
    }
}
