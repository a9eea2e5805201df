import Casework
import Exchange
import MatchCore

extension Session {
    /// The rules of casework: the calendar that was loaded into the store, else that of the data directory.
    func caseRules(_ loaded: WorkingCalendar? = nil) throws -> CaseRules {
        try dataDirectory().caseRules(loaded, program: Code(options.program))
    }
}

extension DataDirectory {
    /// The rules of casework for a program, with the calendar that was loaded into its store, else the directory's own.
    ///
    /// - Parameter catalogue: where it has been read already.
    func caseRules(_ loaded: WorkingCalendar?, program: Code?, catalogue: CategoryTree? = nil) throws -> CaseRules {
        let zone = ProgramTimeZone.shanghai
        let rows = try calendar().map { day in
            WorkingCalendar.Row(
                date: CivilDate(dayNumber: Int(day.day.number)), kind: day.kind == .holiday ? .holiday : .workday)
        }
        let categories = try catalogue ?? self.categories()
        // First, so that a name that there is not is told with its line.
        try requireKnownNames(categories)
        var paths: [Code: ApprovalPath] = [:]
        for name in ruleNames(in: "paths") {
            let path = try rules(ApprovalPath.self, in: "paths/\(name).yaml")
            try path.check()
            paths[path.id] = path
        }
        let watch = try rules(WatchRules.self, in: "watch/standard.yaml")
        try watch.check()
        let reasons = try rules(ReasonBook.self, in: "casework/reasons.yaml")
        try reasons.check()
        let circumstances = try rules(CircumstanceBook.self, in: "casework/circumstances.yaml")
        try circumstances.check(against: watch)
        let groups =
            ruleNames(in: "casework").contains("groups") ? try rules(GroupBook.self, in: "casework/groups.yaml") : nil
        try groups?.check(against: circumstances)
        let hasRounds = ruleNames(in: "households").contains("rounds")
        let rounds = hasRounds ? try rules(HouseholdRounds.self, in: "households/rounds.yaml") : nil
        let declared = Set(ruleNames(in: "casework"))
        let masking =
            declared.contains("masking") ? try rules(MaskingRules.self, in: "casework/masking.yaml") : .standard
        try masking.check()
        let consent =
            declared.contains("consent") ? try rules(ConsentRules.self, in: "casework/consent.yaml") : .standard
        try consent.check()
        let retention =
            declared.contains("retention") ? try rules(RetentionRules.self, in: "casework/retention.yaml") : .standard
        try retention.check()
        return CaseRules(
            calendar: try loaded ?? WorkingCalendar(zone: zone, rows: rows),
            clocks: try rules(ClockPolicy.self, in: "clocks/standard.yaml"),
            leases: try rules(LeaseTerms.self, in: "leases/standard.yaml"), paths: paths,
            duplicates: try rules(DuplicateRules.self, in: "households/duplicates.yaml"), watch: watch,
            onePerRound: program.map { rounds?.oneOpenWish.contains($0) ?? false } ?? false,
            pledges: ruleNames(in: "pledges").contains("standard")
                ? try rules(PledgeRules.self, in: "pledges/standard.yaml") : .careful,
            reasons: reasons, circumstances: circumstances, categories: categories,
            satisfaction: try satisfaction(),
            enterWithinDays: try rules(CaseTiming.self, in: "casework/timing.yaml").enterWithinDays, masking: masking,
            consent: consent, retention: retention, groups: groups)
    }

    /// What ratings are taken for, wherever they are looked at.
    func satisfaction() throws -> SatisfactionRule {
        ruleNames(in: "casework").contains("satisfaction")
            ? try rules(SatisfactionRule.self, in: "casework/satisfaction.yaml") : .standard
    }

    /// How staff sign in, by `Data/casework/sign-in.yaml`; the usual where there is no such file.
    func signInRules() throws -> SignInRules {
        guard ruleNames(in: "casework").contains("sign-in") else { return .standard }
        return try rules(SignInRules.self, in: "casework/sign-in.yaml")
    }

    /// Proposes classifications by the catalogue and `Data/intake/words.yaml`.
    func proposer() throws -> WishProposer {
        let words = try rules(IntakeWords.self, in: "intake/words.yaml")
        try words.check()
        return try WishProposer(categories: categories(), words: words)
    }
}

extension DataDirectory {
    /// Throws for the first name in a program's rules that there is not: a category, a group, a lane, a level, a role,
    /// an urgency, a kind of clock or step.
    private func requireKnownNames(_ categories: CategoryTree) throws {
        func words<Name: RawRepresentable & CaseIterable>(_ type: Name.Type) -> [String]
        where Name.RawValue == String { type.allCases.map(\.rawValue) }
        let category = RuleVocabulary(
            ["category", "categories"], LocalizedText(zhHans: "类目", en: "category"),
            categories.categories.map(\.code) + [WishCase.unclassified.text])
        let lane = RuleVocabulary(
            ["lane", "approvedLanes"], LocalizedText(zhHans: "类别", en: "lane"), Lane.allCases.map(\.code))
        let level = RuleVocabulary(["level"], LocalizedText(zhHans: "层级", en: "level"), words(AreaLevel.self))
        let role = RuleVocabulary(["roles"], LocalizedText(zhHans: "角色", en: "role"), words(Role.self))
        let urgency = RuleVocabulary(
            ["urgency", "urgencies"], LocalizedText(zhHans: "紧急程度", en: "urgency"), words(Urgency.self))
        let grade = RuleVocabulary(
            ["grade"], LocalizedText(zhHans: "紧急程度", en: "urgency"), UrgencyGrade.allCases.map(\.code))
        let watchGrade = RuleVocabulary(["grade"], LocalizedText(zhHans: "等级", en: "grade"), words(WatchGrade.self))
        let step = RuleVocabulary(
            ["kind"], LocalizedText(zhHans: "步骤种类", en: "kind of step"), words(ApprovalPath.Step.Kind.self))
        let clock = RuleVocabulary(["kind"], LocalizedText(zhHans: "时限种类", en: "kind of clock"), words(ClockKind.self))
        var intake = [category, lane, grade]
        let groups = try codes(of: .groups).map(\.code)
        if !groups.isEmpty {
            intake.append(RuleVocabulary(["group"], LocalizedText(zhHans: "人群", en: "group"), groups))
        }
        try requireKnownNames(in: "paths", [category, level, role, urgency, step])
        try requireKnownNames(in: "clocks", [category, lane, level, urgency, clock])
        try requireKnownNames(in: "pledges", [lane])
        try requireKnownNames(in: "watch", [watchGrade])
        try requireKnownNames(in: "intake", intake)
    }
}

/// `Data/casework/timing.yaml`: how many days ago something may have begun that is entered today.
struct CaseTiming: Decodable {
    var enterWithinDays: Int
}

/// `Data/households/rounds.yaml`: the programs in which a household may have one open wish in a round.
struct HouseholdRounds: Decodable {
    var oneOpenWish: [Code]
}
