import Casework
import MatchCore
import Testing

/// What words seem to ask for, and why.
@Suite struct ProposalTests {
    private func proposal(_ words: String) throws -> WishProposal {
        let categories = try CategoryTree([
            Category(code: "mobility", parent: nil, name: LocalizedText(zhHans: "辅具", en: "Mobility aids")),
            Category(
                code: "mobility.wheelchair", parent: "mobility", name: LocalizedText(zhHans: "轮椅", en: "Wheelchair"),
                aliases: ["手推轮椅", "轮椅车"]),
            Category(code: "school", parent: nil, name: LocalizedText(zhHans: "学习用品", en: "School things")),
            Category(
                code: "school.desk", parent: "school", name: LocalizedText(zhHans: "学习桌椅", en: "Study desk"),
                aliases: ["书桌", "课桌"]),
            Category(
                code: "bed", parent: nil, name: LocalizedText(zhHans: "床", en: "Bed")),
            Category(
                code: "company", parent: nil, name: LocalizedText(zhHans: "陪护", en: "Company"), unit: .minute),
            Category(
                code: "cost.treatment", parent: nil, name: LocalizedText(zhHans: "治疗费", en: "Treatment"), unit: .fen,
                aliases: ["医药费"]),
            Category(code: "public", parent: nil, name: LocalizedText(zhHans: "社区微实事", en: "Micro projects")),
            Category(
                code: "public.lamp", parent: "public", name: LocalizedText(zhHans: "路灯", en: "Street lamp")),
        ])
        let rules: IntakeWords = try dataFile("intake/words.yaml")
        try rules.check()
        return WishProposer(categories: categories, words: rules).proposal(for: words)
    }

    @Test func theWordThatNamedTheItemIsSaid() throws {
        let made = try proposal("老人中风，想要两辆手推轮椅。")
        #expect(made.candidates.first?.category == "mobility.wheelchair")
        #expect(made.candidates[0].because.contains { $0.zhHans.contains("“手推轮椅”是“轮椅”的别名") })
        #expect(made.amount?.value == WishProposal.Amount(quantity: 2, unit: .piece))
        #expect(made.groups.map(\.value) == ["elders"])
        #expect(made.lane.value == .microWish && made.urgency.value == .normal)
    }

    @Test func whatIsAskedForComesBeforeWhatIsThere() throws {
        let made = try proposal("孩子趴在床边写作业，想要一张书桌")
        #expect(made.candidates.map(\.category) == ["school.desk", "bed"])
        #expect(made.candidates[0].points > made.candidates[1].points)
        let had = try proposal("家里已有轮椅，想要一张床")
        #expect(had.candidates.first?.category == "bed")
        #expect(had.candidates.last?.because.contains { $0.en.contains("but '已有' stands before it") } == true)
    }

    @Test func englishWordsStandAlone() throws {
        let made = try proposal("Needs two folding wheelchairs for her disabled son, urgently")
        #expect(made.candidates.map(\.category) == ["mobility.wheelchair"])
        #expect(made.amount?.value.quantity == 2)
        #expect(made.urgency.value == .urgent)
        #expect(Set(made.groups.map(\.value)) == ["children", "disabled"])
        #expect(try proposal("Bedding was washed").candidates.isEmpty)
    }

    @Test(arguments: [
        ("需要医药费六十万", Int64(60_000_000)), ("医药费 3,000 元", 300_000), ("医药费两万元", 2_000_000),
        ("医药费1.5万元", -1), ("医药费一千五百元", 150_000), ("医药费一千五元", -1), ("医药费 300 元或者 500 元", 30_000),
        ("欠了 300 元又借 500 元，交不起医药费", -1),
    ])
    func sumsOfMoneyAreReadExactlyOrNotAtAll(_ words: String, _ fen: Int64) throws {
        #expect(try proposal(words).amount?.value.quantity == (fen < 0 ? nil : fen))
    }

    @Test(arguments: [
        ("要轮椅三台", Int64(3)), ("两个人住，要轮椅", -1), ("W12 号申请轮椅", -1), ("需要十二张课桌", 12), ("要2把轮椅", 2),
        ("第三次申请轮椅", -1), ("8岁孩子要轮椅", -1),
    ])
    func aNumberCountsOnlyWhatItStandsBy(_ words: String, _ pieces: Int64) throws {
        #expect(try proposal(words).amount?.value.quantity == (pieces < 0 ? nil : pieces))
    }

    @Test func timeIsCountedInMinutes() throws {
        #expect(
            try proposal("每周需要三个小时陪护").amount?.value == WishProposal.Amount(quantity: 180, unit: .minute))
    }

    @Test func aCommunitysNeedIsAProject() throws {
        let made = try proposal("村道晚上没有路灯，请求装六盏")
        #expect(made.lane.value == .microProject && made.lane.because.first?.zhHans.contains("社区微实事") == true)
        #expect(try proposal("居民们想要轮椅").lane.value == .microProject)
    }

    @Test func theGravestWordGivesTheUrgency() throws {
        let made = try proposal("急需轮椅，家里着火了")
        #expect(made.urgency.value == .critical && made.urgency.because.map(\.zhHans) == ["原话中有“着火”"])
        #expect(try proposal("老人想要轮椅，很急").urgency.value == .urgent)
    }

    @Test func nothingKnownIsSaidAsNothing() throws {
        let made = try proposal("你好")
        #expect(made.candidates.isEmpty && made.amount == nil && made.groups.isEmpty)
        #expect(try proposal(String(repeating: "一", count: 20_000)).candidates.isEmpty)
    }
}
