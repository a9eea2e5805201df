import MatchCore

/// Words of tuning: back-tests, learning, previews, shadow runs, votes.
enum TuningWords: String, Words {
    case tune, backtest, learn, shadow, voices, outcomes, preview, benchTune, benchPreview
    case profileOption, againstOption, decisionsOption, cutoffOption, seedOption, drawsOption, biasOption, boundOption
    case reasonOption, parameterOption, foldsOption, leastOption, outOption, pageOption, draftArgument, wishOption
    case voiceOption, shareOption, horizonOption, outcomesFile, historyFlag, randomFlag, randomNeedsHistory,
        randomWritten, decisionCount, topOption, areaOption
    case measure, recall, ndcg, reciprocalRank, delivered, distance, areaGap, first, second, difference, meaning
    case better, worse, noise, unknown, replayed, leftOut, damaged, noList, notInList, byDonor, notDecided
    case verdictBetter, verdictNoBetter, verdictCannotTell, verdictNoEvidence, adviceCannotTell, adviceNoEvidence
    case signal, scorer, today, learned, change, draftWritten, nothingPublished, positions, badBias, badBound
    case badReason, badParameter, badDecisions, noDecisions, historyWritten, tooFewSources, chosenParameters
    case draftName, benchSeeds
    case shadowCounts, shadowChosen, trialSides, trialDifference, goOn, stopForHarm, draftBetter, draftWorse
    case tooFewVoices, badVoice, points, voicesNote, previewOf, previewDrafts, area, group, lane
    case party, lines, topColumn, listColumn, nearerColumn, fartherColumn, gainColumn, lossColumn, firstBefore
    case firstAfter, gained, wish, offerBefore, offerAfter, kmColumn, pageWritten, noChange, under
    case biggest, pageTitle, gainers, byArea, howMuch, previewing, outcomeCounts, outcomeLists, concordance
    case badOutcomes, tellsApart, tellsAgainst, split, splitAreas, layerOption, learnedLayer, elsewhere, partial
    case benchScorers, nothingWritten, sinceOption, sideSeedOption, onlyWithShare, trialDecided, voteTopOption,
        voiceTwice
    case gapInterval, biasTaken, biasNotTaken, allRowsFlag, notWithWish, jsonHasAll, placeNow, placeByDraft, totalNow
    case totalByDraft, ruledOut, cameIn, wentOut, noListChange, biggestLists, moreRows, partialVote
    case triedOption, sameProfile, sameProfileAdvice, emptied, emptiedColumn, trialTerms, trialStated
    case voteOutOption, onlyWithOut, voiceNotPublished
    case trialSaidNow, trialOthers, shadowUndecided, untoldRows, recallLists, recallShort, recallNone, factsOfToday

    var text: LocalizedText {
        switch self {
        case .tune:
            both("从过去的决定中调校评分方案；只提出草案，从不发布。", "Tune the scoring on past decisions; proposes drafts, never publishes.")
        case .backtest: both("用过去的决定回放两个方案，附置信区间。", "Replay two profiles over past decisions, with intervals.")
        case .learn: both("从过去的决定学习权重，提出草案。", "Learn weights from past decisions and propose a draft.")
        case .shadow:
            both("让草案在影子中与现行方案一起打分，或按区划分流。", "Score a draft in the shadow of the published profile, or split areas.")
        case .voices: both("几方各持一案，用波达计数合成一个次序。", "Join the rankings of several voices by a Borda vote.")
        case .outcomes: both("从配对的实际结局（CSV）看还能学到什么。", "See what can be learned from real outcomes of matches (CSV).")
        case .preview:
            both("在今日未满足的心愿上，把草案与现行方案对照。", "Hold a draft against the published profile on today's open wishes.")
        case .benchTune: both("在权重已知的世界里衡量学习。", "Measure learning in worlds whose true weights are known.")
        case .benchScorers:
            both("衡量各评分器处理百万个候选所需的时间。", "Measure what each scorer takes for a million candidates.")
        case .benchPreview: both("衡量大规模预览所需的时间。", "Measure how long a large preview takes.")
        case .profileOption:
            both(
                "方案：名称、名称@版次、名称:草案，或 .yaml 文件（默认 default）",
                "A profile: NAME, NAME@REVISION, NAME:DRAFT or a .yaml file (default: default).")
        case .againstOption:
            both(
                "对照的方案：名称、名称@版次、名称:草案，或 .yaml 文件（默认 default）",
                "What to compare with: NAME, NAME@REVISION, NAME:DRAFT or a .yaml file (default: default).")
        case .decisionsOption:
            both("决定的历史，NDJSON 或 CSV（默认读数据库）", "A history of decisions, NDJSON or CSV (default: the database).")
        case .cutoffOption: both("只看前几名，1…100", "How many of the first places count, 1…100.")
        case .seedOption: both("随机种子", "Seed of chance.")
        case .drawsOption: both("自助法抽取次数，100…5,000", "Draws of the bootstrap, 100…5,000.")
        case .biasOption:
            both("位置偏差：none、estimated，或指数如 0.7", "Position bias: none, estimated, or an exponent such as 0.7.")
        case .boundOption:
            both("权重的界，如 Proximity=500...3000，可重复", "Bounds of a weight, such as Proximity=500...3000; repeatable.")
        case .reasonOption:
            both(
                "婉拒原因归到评分器，如 tooFar=Proximity，可重复",
                "What a reason of refusal blames, such as tooFar=Proximity; repeatable.")
        case .parameterOption:
            both(
                "一并学习的参数及其备选值，如 Proximity.decay=5000,10000,20000，可重复",
                "A parameter to learn with its choices, such as Proximity.decay=5000,10000,20000; repeatable.")
        case .foldsOption: both("按时间分几段检验，2…20", "Later parts to test on, 2…20.")
        case .leastOption:
            both("少于这么多决定便答“无法判断”，50…1,000,000", "Below so many decisions (50…1,000,000) the answer is 'cannot tell'.")
        case .outOption: both("把草案写到此文件", "Write the draft to this file.")
        case .pageOption: both("写一个自含的网页", "Write a self-contained page (HTML).")
        case .draftArgument:
            both(
                "草案：名称:草案、.yaml 文件，或任一方案",
                "The draft: NAME:DRAFT (such as default:draft), a .yaml file, or any profile.")
        case .wishOption:
            both("并列显示这一心愿前几名的前后变化并逐项说明", "Show the first few of this wish before and after, and explain each change.")
        case .voiceOption: both("一方的声音：名称=方案，可加 *票数，可重复", "A voice: NAME=PROFILE, *VOTES may follow; repeatable.")
        case .shareOption: both("由草案服务的区划占百分之几", "The share of areas, in per cent, that the draft serves.")
        case .horizonOption:
            both(
                "事先定下的停止数：两侧各满这么多结局即作唯一一次判断，默认 200",
                "The stop stated beforehand: one look when each side has so many ends; 200 by default.")
        case .outcomesFile: both("GetUsPPE 格式的 all_matches.csv", "A file in the form of GetUsPPE's all_matches.csv.")
        case .historyFlag: both("生成一段决定的历史，真实权重已知", "Make a history of decisions whose true weights are known.")
        case .randomFlag:
            both(
                "与 --history 并用：决定全凭偶然，无可学习（检验学习是否会答“没有证据”）",
                "With --history: decisions at random, so that there is nothing to learn (learning has to say 'no evidence')."
            )
        case .randomNeedsHistory: both("它只用于 --history。", "It belongs to --history.")
        case .randomWritten:
            both(
                "{count} 个随机的决定写入 {folder}：decisions.ndjson、today.yaml",
                "{count} {count:decision|decisions} at random in {folder}: decisions.ndjson, today.yaml")
        case .decisionCount: both("决定的条数", "How many decisions.")
        case .topOption: both("看前几名的变化，1…50", "How many of the first places to compare, 1…50.")
        case .areaOption: both("列出这一区划由谁服务", "Say who serves this area.")
        case .measure: both("指标", "measure")
        case .recall: both("前 {k} 名召回", "recall@{k}")
        case .ndcg: both("前 {k} 名 NDCG", "NDCG@{k}")
        case .reciprocalRank: both("平均倒数名次", "mean reciprocal rank")
        case .delivered: both("首选送达率", "first choices delivered")
        case .distance: both("首选平均公里数", "km to first choice")
        case .areaGap: both("区划间差距", "gap between areas")
        case .first: both("甲 {name}", "A {name}")
        case .second: both("乙 {name}", "B {name}")
        case .difference: both("乙减甲", "B − A")
        case .meaning: both("结论", "meaning")
        case .better: both("更好", "better")
        case .worse: both("更差", "worse")
        case .noise: both("只是噪声", "only noise")
        case .unknown: both("不知", "not known")
        case .replayed:
            both(
                "回放 {count} 个决定；括号内为 95% 区间。",
                "{count} {count:decision|decisions} replayed; in brackets the 95% interval.")
        case .leftOut: both("未计入：{list}", "Left out: {list}")
        case .damaged: both("损坏的建议 {count}", "{count} damaged {count:suggestion|suggestions}")
        case .noList: both("没有清单的认领 {count}", "{count} {count:claim|claims} without a list")
        case .notInList: both("清单之外的认领 {count}", "{count} {count:claim|claims} on offers outside the list")
        case .byDonor: both("捐方自行认领 {count}", "{count} {count:claim|claims} that donors made themselves")
        case .notDecided: both("无人选择的清单 {count}", "{count} {count:list|lists} that nobody chose from")
        case .verdictBetter: both("学到了更好的权重。", "Better weights were learned.")
        case .verdictNoBetter:
            both(
                "现行权重已经够好：差别只是噪声，或不值得改。", "Today's weights are as good: the difference is noise or too small to matter."
            )
        case .verdictCannotTell: both("无法判断：证据太少。", "Cannot tell: there is too little evidence.")
        case .verdictNoEvidence:
            both(
                "没有证据：这些决定与各评分器的值无关，不出草案。",
                "No evidence: the decisions do not follow the scorers' values. There is no draft.")
        case .adviceCannotTell:
            both(
                "{decisions} 个决定中有 {count} 个在可比的候选间作了选择；至少要 {least} 个，且区间不含 0。",
                "{count} of {decisions} {decisions:decision|decisions} chose between candidates that differ; it takes {least} at least, and an interval without 0."
            )
        case .adviceNoEvidence:
            both(
                "请查看数据是否对应，或评分器是否缺了人们看重的东西。",
                "Check that the data belong together, or whether no scorer sees what people go by.")
        case .signal:
            both(
                "总分对预言选择的增益（纳特／决定，99%）：{value}",
                "What totals add to foretelling a choice (nats per decision, 99%): {value}")
        case .scorer: both("评分器", "scorer")
        case .today: both("今日", "today")
        case .learned: both("学得", "learned")
        case .change: both("变化", "change")
        case .draftWritten: both("草案已写入 {file}。", "The draft is in {file}.")
        case .nothingPublished:
            both(
                "什么也没有发布；请先看预览：almoner profile preview {file}",
                "Nothing was published; preview it with: almoner profile preview {file}")
        case .positions: both("各位置被看到的机会（首位为 1）：{list}", "Chance to be looked at by position (1 for the first): {list}")
        case .badBias:
            both(
                "--position-bias 应为 none、estimated 或 0…5 的数：{text}",
                "--position-bias takes none, estimated, or a number 0…5: {text}")
        case .badBound:
            both(
                "--bound 应写作 评分器=下限...上限，如 Proximity=500...3000；上下限为 0…10,000 的整数，下限不大于上限：{text}",
                "--bound is written SCORER=LOW...HIGH, such as Proximity=500...3000, whole weights of 0…10,000 with LOW not above HIGH: {text}"
            )
        case .recallLists:
            both(
                "前 {k} 名召回由 {count} 个决定得出：所选结果良好，且清单长于 {k}。",
                "recall@{k} rests on {count} {count:decision|decisions}: a choice that turned out well, from a list longer than {k}."
            )
        case .recallShort:
            both(
                "多数清单不长于 {asked}，故召回看前 {k} 名，由 {count} 个决定得出：所选结果良好，且清单长于 {k}。",
                "Most lists are not longer than {asked}, so recall is told at {k}; it rests on {count} {count:decision|decisions}: a choice that turned out well, from a list longer than {k}."
            )
        case .recallNone:
            both(
                "召回不知：没有一个决定是从长于 {k} 的清单中选出且结果良好的。",
                "Recall is not known: no decision has a choice that turned out well, from a list longer than {k}.")
        case .factsOfToday:
            both(
                "{count} 个决定的心愿或家庭档案后来有过更改：其人群按今日计，因为历史不留人群；区划、通道、品类凡历史有载者按当时计。",
                "The wish or household file of {count} {count:decision was|decisions was} changed later: its groups are those of today, since the history keeps none; area, lane and category are as of then wherever the history tells."
            )
        case .badReason: both("--reason 应写作 原因=评分器,评分器：{text}", "--reason is written CODE=SCORER,SCORER: {text}")
        case .badParameter:
            both("--parameter 应写作 评分器.参数=值,值：{text}", "--parameter is written SCORER.NAME=VALUE,VALUE: {text}")
        case .badDecisions: both("--decisions 至少为 1", "--decisions must be 1 or more.")
        case .noDecisions: both("没有可回放的决定。", "There are no decisions to replay.")
        case .historyWritten:
            both(
                "{count} 个决定写入 {folder}：decisions.ndjson、truth.yaml（真实权重）、today.yaml",
                "{count} {count:decision is|decisions are} in {folder}: decisions.ndjson, truth.yaml (the true weights), today.yaml"
            )
        case .tooFewSources:
            both(
                "参数只能从数据库中的历史学习：外来历史没有事实可供重判。",
                "Parameters can be learned only from the database: a history from outside has no facts to judge again.")
        case .chosenParameters: both("选中的参数：{list}", "Chosen parameters: {list}")
        case .benchSeeds: both("用几个种子", "How many seeds.")
        case .triedOption:
            both(
                "要检验的方案：名称、名称@版次、名称:草案，或 .yaml 文件（默认 default:draft）",
                "The profile to try: NAME, NAME@REVISION, NAME:DRAFT or a .yaml file (default: default:draft).")
        case .sameProfile: both("两者都是 {name}，无可比较。", "Both are {name}: there is nothing to compare.")
        case .sameProfileAdvice:
            both(
                "例：almoner tune backtest --profile default:draft --against default@1",
                "For example: almoner tune backtest --profile default:draft --against default@1")
        case .trialTerms:
            both(
                "试行：{share}% 的区划（种子 {seed}）由另一方案服务；每侧满 {horizon} 个结局即作唯一一次判断，此前只为有害而停。",
                "Trial: another profile serves {share}% of the areas (seed {seed}); one look at {horizon} ends a side, earlier only for harm."
            )
        case .trialStated: both("条件在 {profile} 发布时写明。", "The terms were stated when {profile} was published.")
        case .trialSaidNow:
            both(
                "条件只在此刻给出，未写入任何已发布的方案：事后选定何时判断，结论不可当真。almoner tune split 会事先写明。",
                "The terms are only said now, and stand in no published profile: who chooses afterwards when to look finds what he looks for. almoner tune split states them beforehand."
            )
        case .trialOthers:
            both(
                "另有 {count} 个决定的清单不在试行下生成，不计入。",
                "{count} {count:decision rests on a list that was|decisions rest on lists that were} not made under the trial, and {count:does|do} not count."
            )
        case .emptied:
            both(
                "{count} 条明细现有资源可配，草案之下一个也没有。",
                "{count} {count:wish line has|wish lines have} an offer now, and would have none under the draft.")
        case .emptiedColumn: both("落空", "left with none")
        case .partialVote:
            both(
                "只计了 {open} 条中的 {lines} 条。",
                "{lines} of {open} {open:open line|open lines} {lines:was|were} voted on: that is as many as one call takes."
            )
        case .nothingWritten: both("没有草案，{file} 未写。", "There is no draft, so {file} was not written.")
        case .sinceOption:
            both("试行何时开始，此前的决定不计入分流", "When the trial began; earlier decisions do not count for the split.")
        case .sideSeedOption: both("决定各区划归哪一侧的种子，默认 1", "Seed that decides each area's side; 1 by default.")
        case .onlyWithShare:
            both("此选项说明如何读出分流，须与 --share 并用。", "It says how a split is read: give --share PERCENT with it.")
        case .trialDecided:
            both("于 {time} 作出判断；其后的 {later} 个结局不计入。", "Decided at {time}; {later} ends that came later do not count.")
        case .voteTopOption:
            both("各方前几名参选，默认 10", "The first so many of each voice are put to the vote; 10 by default.")
        case .voteOutOption:
            both(
                "把以此投票为次序的草案写到此文件；各方须用已发布的方案",
                "Write the draft by which this vote becomes the program's order; each voice speaks by a published profile."
            )
        case .onlyWithOut:
            both("它说明以哪个方案写草案，须与 --out 并用。", "It says what the draft begins with: give --out FILE with it.")
        case .voiceNotPublished:
            both(
                "“{name}”一方所用的不是已发布的方案。请先发布（profile draft、profile publish），再写 {name}=名称@版次。",
                "The voice '{name}' speaks by what is not published. Publish it first (profile draft, profile publish), then write {name}=NAME@REVISION."
            )
        case .voiceTwice: both("“{name}”出现两次；每一方各取一名。", "The voice '{name}' stands twice; give each its own name.")
        case .gapInterval:
            both(
                "区划间差距的区间：各次抽取围绕其中位数的散布，置于该差距两侧。",
                "Gap between areas: the interval is the spread of the draws around their middle, laid around the gap.")
        case .biasTaken:
            both(
                "位置偏差：{bias}；各位置被看到的机会：{list}",
                "Position bias: {bias}; chance to be looked at by position: {list}")
        case .biasNotTaken: both("未计位置偏差。", "Position bias was not taken into account.")
        case .allRowsFlag: both("列出每一行", "Show every row of every table.")
        case .notWithWish: both("--wish 只说明一个心愿。", "--wish tells of one wish only.")
        case .jsonHasAll: both("JSON 本来就含每一行。", "JSON has every row anyway.")
        case .placeNow: both("现行名次", "place now")
        case .placeByDraft: both("草案名次", "by draft")
        case .totalNow: both("现行总分", "total now")
        case .totalByDraft: both("草案总分", "by draft")
        case .ruledOut: both("被否决", "ruled out")
        case .cameIn: both("进入", "came in")
        case .wentOut: both("退出", "left")
        case .noListChange: both("这一心愿的前几名及其次序不变。", "Nothing changes among the first few of this wish.")
        case .biggestLists: both("前 {k} 名变化最大的心愿", "Wishes whose first {k} change most")
        case .moreRows:
            both("另有 {count} 行；--all 列出全部。", "{count} {count:more row|more rows}; --all shows {count:it|them}.")
        case .untoldRows:
            both(
                "另有 {count} 处改变未列：预览只列变化最大的若干处；--wish 心愿 逐一说明。",
                "{count} {count:more change is|more changes are} not listed: a preview lists the greatest only; --wish WISH explains any single one."
            )
        case .shadowCounts:
            both(
                "展示过的 {lists} 份清单（其中 {decided} 份有人选择）：首位不同 {first}，次序不同 {order}，名次互换的候选对 {pairs}",
                "{lists} {lists:list that was|lists that were} shown ({decided} of them chosen from): another first in {first}, another order in {order}, pairs that stand the other way round: {pairs}"
            )
        case .shadowUndecided:
            both(
                "尚无人从中选择，故不知人们所选在草案中名次如何",
                "Nobody has chosen from them yet: where people's choices stand under the draft is not known")
        case .shadowChosen:
            both(
                "人们所选在草案中名次更高 {higher} 次，更低 {lower} 次",
                "What people chose stands higher under the draft {higher} {higher:time|times}, lower {lower} {lower:time|times}"
            )
        case .trialSides:
            both(
                "分流：草案一侧送达 {draft}（区划 {areas}），现行一侧 {published}；事先定下每侧满 {horizon} 即止",
                "The split: {draft} delivered on the draft's side (areas {areas}), {published} on the other; to stop at {horizon} a side"
            )
        case .trialDifference: both("送达率之差 {value}：{verdict}", "Difference in the share delivered {value}: {verdict}")
        case .goOn: both("继续", "go on")
        case .stopForHarm: both("草案有害，立即停止", "the draft does harm: stop")
        case .draftBetter: both("草案更好", "the draft is better")
        case .draftWorse: both("草案更差", "the draft is worse")
        case .tooFewVoices:
            both(
                "请用 --voice 给出至少两方，如 --voice 协调员=default --voice 捐方=donors.yaml*2",
                "Give two voices or more with --voice, such as --voice coordinators=default --voice donors=donors.yaml*2"
            )
        case .badVoice:
            both(
                "--voice 应写作 名称=方案 或 名称=方案*票数（1…1000）：{text}",
                "--voice is written NAME=PROFILE or NAME=PROFILE*VOTES (1…1,000): {text}")
        case .points: both("得分", "points")
        case .voicesNote:
            both(
                "各列为该方选票上的名次：参选的是各方前几名，名次只在参选者之间；任何一方否决的候选不参选。",
                "A column per voice has the place on its ballot: among the first few of all voices, which are put to the vote. "
                    + "What any of them vetoes is not.")
        case .previewOf:
            both(
                "{lines} 条明细：首位改变 {top}（{topShare}%），前 {k} 名改变 {list}（{listShare}%）",
                "{lines} {lines:wish line|wish lines}: another first offer in {top} ({topShare}%), other first {k} in {list} ({listShare}%)"
            )
        case .previewDrafts: both("现行 {published}，拟改为 {draft}", "Published {published}, proposed {draft}")
        case .area: both("区划", "area")
        case .group: both("人群", "group")
        case .lane: both("通道", "lane")
        case .party: both("主体", "party")
        case .lines: both("明细", "lines")
        case .topColumn: both("首位改变", "first changed")
        case .listColumn: both("前几名改变", "list changed")
        case .nearerColumn: both("更近", "nearer")
        case .fartherColumn: both("更远", "farther")
        case .gainColumn: both("按草案的增益", "gain by draft")
        case .lossColumn: both("按现行的损失", "loss by published")
        case .firstBefore: both("首位（现行）", "first now")
        case .firstAfter: both("首位（草案）", "first by draft")
        case .gained: both("增减", "gain")
        case .wish: both("心愿", "wish")
        case .offerBefore: both("现行首选", "first now (offer)")
        case .offerAfter: both("草案首选", "first by draft (offer)")
        case .kmColumn: both("公里 现行→草案", "km now → draft")
        case .pageWritten: both("网页已写入 {file}。", "The page is in {file}.")
        case .noChange: both("首选不变。", "The first offer stays.")
        case .under: both("在 {profile} 之下：", "Under {profile}:")
        case .biggest: both("变化最大的首选", "Greatest changes of first offers")
        case .pageTitle: both("方案预览", "Preview of a scoring profile")
        case .gainers: both("哪些主体得到更多或更少首位", "Parties that gain and lose first places")
        case .byArea: both("各区划首位改变的比例", "Share of first offers changed, by area")
        case .howMuch: both("首选改变处：按草案的增益（千分）", "Where the first offer changes: gain by the draft (thousandths)")
        case .previewing: both("预览", "previewing")
        case .outcomeCounts:
            both(
                "{rows} 行结局已定：送达 {delivered}（{share}%）；未计入 {skipped} 行（未定、测试、数量不详）",
                "{rows} {rows:row|rows} with an end: {delivered} delivered ({share}%); {skipped} left out (open, tests, no quantity)"
            )
        case .outcomeLists:
            both(
                "同一周、同一物品为一份清单：{lists} 份既有送达又有未成",
                "A list is an item in a week: {lists} have both delivered and failed matches")
        case .concordance: both("判别力（0.5 为掷币）", "tells apart (0.5 is a coin)")
        case .badOutcomes:
            both(
                "{file} 不是 all_matches.csv 的格式：缺少列“{column}”",
                "{file} is not in the form of all_matches.csv: the column '{column}' is missing")
        case .tellsApart: both("能分辨", "tells")
        case .tellsAgainst: both("反着分辨", "tells, the other way round")
        case .draftName: both("学得的草案", "Learned draft")
        case .split:
            both(
                "生成分流草案：部分区划由另一方案服务，其余照旧。",
                "Make a draft that serves a share of the areas with another profile, and the rest as before.")
        case .splitAreas: both("{draft} 服务 {count} 个区划：{areas}", "{draft} serves {count} {count:area|areas}: {areas}")
        case .layerOption:
            both(
                "学习此层的权重，如 area:441900119（默认学习全项目的）",
                "Learn the weights of this layer, such as area:441900119 (default: the program's own).")
        case .learnedLayer: both("所学为 {layer} 层的权重。", "Learned were the weights of {layer}.")
        case .elsewhere:
            both(
                "另有 {count} 个决定属于其他层，未计入；可用 --layer 学习该层。",
                "{count} more {count:decision lies|decisions lie} under other layers and {count:was|were} left out; learn {count:it|those} with --layer."
            )
        case .partial:
            both(
                "时间所限，只比较了 {open} 条中的 {lines} 条。",
                "Time ran out: {lines} of {open} {open:line|lines} {lines:was|were} compared.")
        }
    }
}
