import MatchCore

/// Words about scoring profiles.
enum ProfileWords: String, Words {
    case show, list, log, draft, edit, set, diff, validate, publish, rollback, people, resolve
    case reference, draftName, changes, laneHelp, categoryHelp, areaHelp, fileHelp, versionHelp, fromHelp, discardHelp,
        overNewerHelp, revisionHelp, peopleHelp, wishHelp, yamlHelp, leftHelp, rightHelp
    case noEditor, editorFailed, unreadable, oneScope, noScope, needsReason
    case revision, drafts, published, author, confirmed, restores, version, basedOn, changed, proposed, from, before,
        after, layer, wholeProgram, value, byDefault, off, inherited
    case draftReady, draftGone, isValid, noDifference, isPublished, awaits, rolledBack, peopleNow, fromDirectory
    case precedence, layersApplied, noLayers, switchedOff

    var text: LocalizedText {
        switch self {
        case .show: both("显示已发布的评分方案。例：almoner profile show default@2", "Show a published profile, such as default@2.")
        case .list: both("列出评分方案与草案。", "List profiles and drafts.")
        case .log: both("列出各版：何时、何人、为何发布。", "List the revisions: when, who, why.")
        case .draft: both("新建或弃用草案。", "Begin a draft, or discard one.")
        case .edit: both("以编辑器或文件修改草案。", "Edit a draft as YAML, in your editor or from a file.")
        case .set:
            both(
                "修改草案的值。例：almoner profile set Proximity.decay=5000 Trust.weight=900",
                "Change values of a draft, such as Proximity.decay=5000 Trust.weight=900.")
        case .diff: both("比较两版，默认比较已发布与草案。", "Compare two profiles: published and draft by default.")
        case .validate: both("检查草案或文件。", "Check a draft or a file.")
        case .publish: both("将草案发布为下一版。", "Publish a draft as the next revision.")
        case .rollback: both("一步退回旧版（发布为新的一版）。", "Go back to an older revision, as a new one.")
        case .people: both("设定发布须一人或两人。", "Set whether publishing takes one person or two.")
        case .resolve: both("显示某处适用的方案及各值的来源。", "Show the profile of one place, and where each value comes from.")
        case .reference: both("方案：名称、名称@版次 或 名称:草案", "A profile: NAME, NAME@REVISION or NAME:DRAFT.")
        case .draftName: both("草案名称", "Name of the draft.")
        case .changes:
            both("如 评分器.weight=900、评分器.参数=值、评分器=off", "Such as SCORER.weight=900, SCORER.PARAMETER=VALUE, SCORER=off.")
        case .laneHelp: both("通道代码", "A lane's code.")
        case .categoryHelp: both("品类代码", "A category's code.")
        case .areaHelp: both("区划代码", "An area's code.")
        case .fileHelp: both("YAML 文件，- 为标准输入", "A YAML file; - for standard input.")
        case .versionHelp: both("只有草案仍为此版时才修改", "Change only a draft that still has this version.")
        case .fromHelp: both("以此方案为起点，默认为已发布者", "What to begin from; what is published by default.")
        case .discardHelp: both("弃用草案", "Discard the draft.")
        case .overNewerHelp: both("即使其后已有新版也发布", "Publish even though a newer revision came out.")
        case .revisionHelp: both("退回到哪一版，默认为前一版", "The revision to go back to; the one before by default.")
        case .peopleHelp: both("1 或 2；不给则只显示", "1 or 2; without it the setting is shown.")
        case .wishHelp: both("心愿", "A wish.")
        case .yamlHelp: both("以 YAML 输出", "Print YAML.")
        case .leftHelp: both("先者：名称、名称@版次 或 名称:草案", "What to compare: NAME, NAME@REVISION or NAME:DRAFT.")
        case .rightHelp: both("后者，默认为草案", "With what; the draft by default.")
        case .noEditor:
            both("请设环境变量 EDITOR，或用 --file 指定文件。", "Set EDITOR in the environment, or give --file.")
        case .editorFailed: both("编辑器未正常结束，草案未改。", "The editor did not end well; the draft is as it was.")
        case .unreadable: both("无法读取 {file}。", "Cannot read {file}.")
        case .oneScope: both("--lane、--category、--area 只能给一个。", "Give only one of --lane, --category and --area.")
        case .noScope:
            both(
                "请给出 --wish，或 --lane、--category、--area 之一或多个。", "Give --wish, or some of --lane, --category and --area."
            )
        case .needsReason: both("请用 --reason 代码 或 --note 文字 说明理由。", "Say why: --reason CODE, or --note WORDS.")
        case .revision: both("版次", "revision")
        case .drafts: both("草案", "drafts")
        case .published: both("发布时间", "published")
        case .author: both("发布人", "author")
        case .confirmed: both("确认人", "confirmed by")
        case .restores: both("退回至", "restores")
        case .version: both("草案版本", "version")
        case .basedOn: both("起于", "begun from")
        case .changed: both("修改时间", "changed")
        case .proposed: both("待确认", "awaits a second person")
        case .from: both("来源", "from")
        case .before: both("原为", "before")
        case .after: both("改为", "after")
        case .layer: both("层", "layer")
        case .wholeProgram: both("全项目", "program")
        case .value: both("值", "value")
        case .byDefault: both("默认", "default")
        case .off: both("停用", "off")
        case .inherited: both("沿用", "inherited")
        case .draftReady:
            both("{profile} 的草案“{draft}”：第 {version} 版", "Draft '{draft}' of {profile}: version {version}")
        case .draftGone: both("已弃用 {profile} 的草案“{draft}”。", "Discarded the draft '{draft}' of {profile}.")
        case .isValid: both("可以发布。", "It can be published.")
        case .noDifference: both("没有差别。", "Nothing differs.")
        case .isPublished: both("已发布 {reference}。", "Published {reference}.")
        case .awaits: both("已提出发布，等待另一人执行同一命令确认。", "Proposed. Another person has to give the same command.")
        case .rolledBack:
            both("已发布 {reference}，内容同第 {number} 版。", "Published {reference}, which says what revision {number} says.")
        case .peopleNow: both("发布评分方案须 {count} 人。", "People needed to publish a profile: {count}.")
        case .fromDirectory:
            both("未打开数据库；以下为数据目录中的方案。", "No database was opened; this is the profile of the data directory.")
        case .precedence: both("优先次序（后者优先）：{list}", "Order (a later one wins): {list}")
        case .layersApplied: both("适用的层：{list}", "Layers laid over: {list}")
        case .noLayers: both("没有适用的层，用全项目的方案。", "No layer holds here; the program's own values do.")
        case .switchedOff: both("{scorer} 已由 {layer} 层停用。", "{scorer} is switched off by {layer}.")
        }
    }
}
