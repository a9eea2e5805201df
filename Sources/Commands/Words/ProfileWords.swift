import MatchCore

/// Words about scoring profiles.
enum ProfileWords: String, Words {
    case show, list, log, draft, edit, set, diff, validate, publish, rollback, people, resolve
    case reference, draftName, changes, laneHelp, categoryHelp, areaHelp, fileHelp, versionHelp, fromHelp, discardHelp,
        overNewerHelp, revisionHelp, peopleHelp, wishHelp, yamlHelp, leftHelp, rightHelp
    case noEditor, editorFailed, editKept, unreadable, oneScope, noScope, needsReason
    case revision, drafts, published, author, confirmed, restores, version, basedOn, changed, proposed, from, before,
        after, layer, wholeProgram, value, byDefault, off, inherited
    case draftReady, draftGone, isValid, voicesUnchecked, noDifference, isPublished, awaits, rolledBack, peopleNow,
        fromDirectory
    case precedence, layersApplied, noLayers, switchedOff
    case discardOnly, fileIsContent, fileIsChecked, wishSaysWhere, countFirst, loweringAwaits, twoPeople, checkedHelp
    case draftNotKept, draftNotApplied, previewInstead, madeUnder
    case votedBy, setProfileHelp, revisionStays, twoDrafts

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
            both(
                "如 评分器.weight=900、评分器.参数=值、评分器=off；表写成 JSON 列表，或 Rule.rules=@文件（YAML 或 JSON）",
                "Such as SCORER.weight=900, SCORER.PARAMETER=VALUE, SCORER=off; a table as a list in JSON, or Rule.rules=@FILE (YAML or JSON)."
            )
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
        case .rightHelp:
            both(
                "后者；不给则草案与现行相比，旧版与现行相比", "With what; else a draft or a revision is held against what is published.")
        case .noEditor:
            both("请设环境变量 EDITOR，或用 --file 指定文件。", "Set EDITOR in the environment, or give --file.")
        case .editorFailed: both("编辑器未正常结束，草案未改。", "The editor did not end well; the draft is as it was.")
        case .editKept:
            both(
                "已编辑的内容保存在 {file}；修改后用 profile edit --file {file} 继续。",
                "What was edited is kept in {file}. Correct it, and go on with: profile edit --file {file}")
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
        case .votedBy:
            both(
                "心愿的资源次序由投票决定：各方前 {top} 名参选，{voices}。",
                "The offers for a wish are ordered by a vote over the first {top} of each voice: {voices}.")
        case .setProfileHelp:
            both(
                "更改哪个方案的草案：名称，或 名称:草案（默认 default）",
                "Whose draft is changed: NAME, or NAME:DRAFT (default: default).")
        case .revisionStays:
            both(
                "--profile {revision} 是已发布的版次，永不更改。请更改草案：--profile {profile}，或 --profile {profile}:草案名。",
                "--profile {revision} is a published revision, which never changes. Change a draft: --profile {profile}, or --profile {profile}:DRAFT."
            )
        case .twoDrafts:
            both(
                "--profile {profile} 与 --draft {draft} 指的是两份草案，请只给出一份。",
                "--profile {profile} and --draft {draft} name two drafts. Give one of them.")
        case .discardOnly: both("--discard 只弃用草案。", "--discard takes the draft away and looks at nothing else.")
        case .fileIsContent: both("草案的内容已由 --file 给出。", "--file says already what the draft begins with.")
        case .fileIsChecked: both("--file 已指明检查哪个文件。", "--file says already what is checked.")
        case .wishSaysWhere: both("心愿自带通道、品类和区划。", "A wish says itself in which lane, category and area it is.")
        case .countFirst: both("理由用于设定人数：请给出 1 或 2。", "A reason goes with a change: give 1 or 2.")
        case .loweringAwaits:
            both(
                "{by} 提出改为 1 人，待另一人确认：almoner profile people 1。",
                "{by} proposed that one person be enough; another one confirms it with: almoner profile people 1")
        case .twoPeople:
            both(
                "发布须两人时，两人各以自己的管理员令牌执行同一命令（--token-file 文件 或 ALMONER_TOKEN，本机数据库亦然；"
                    + "令牌由 almoner key create admin --label 姓名 发放）。由两人改回一人同样须两人。--actor 只是自称，不算证明。",
                "Where it takes two people, each gives the same command with an admin's token of its own (--token-file FILE or "
                    + "ALMONER_TOKEN, also on a database of this machine; almoner key create admin --label NAME makes one). "
                    + "Going back to one person takes two as well. --actor only claims a name and proves nothing.")
        case .checkedHelp:
            both(
                "方案：名称、名称@版次 或 名称:草案，默认 default:draft",
                "A profile: NAME, NAME@REVISION or NAME:DRAFT (default: default:draft).")
        case .draftNotKept:
            both("草案的建议只显示，不保存。", "Under a draft suggestions are shown and not kept.")
        case .madeUnder:
            both("只核对在此方案（名称 或 名称@版次）下所作者", "Only what was made under this profile: NAME or NAME@REVISION.")
        case .previewInstead:
            both("请看预览：almoner profile preview {draft}", "Preview it: almoner profile preview {draft}")
        case .draftNotApplied:
            both(
                "草案下的分配方案只可查看；请先发布草案，再按新版次规划。",
                "A plan under a draft can be looked at only: publish the draft, then plan by the revision.")
        case .draftReady:
            both("{profile} 的草案“{draft}”：第 {version} 版", "Draft '{draft}' of {profile}: version {version}")
        case .draftGone: both("已弃用 {profile} 的草案“{draft}”。", "Discarded the draft '{draft}' of {profile}.")
        case .isValid: both("可以发布。", "It can be published.")
        case .voicesUnchecked:
            both(
                "文件不经登记库检查，未核对各方所用方案是否已发布：{voices}。放入草案后再检查：profile draft --file、profile validate。",
                "A file is checked without a program, so whether the profiles of its voices are published was not: {voices}. Put it into a draft and check that: profile draft --file, profile validate."
            )
        case .noDifference: both("没有差别。", "Nothing differs.")
        case .isPublished: both("已发布 {reference}。", "Published {reference}.")
        case .awaits:
            both(
                "已提出发布，等待另一人以自己的令牌执行同一命令确认。",
                "Proposed. Another person has to give the same command, with a token of its own.")
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
