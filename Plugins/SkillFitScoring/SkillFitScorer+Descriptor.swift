public import MatchCore

extension SkillFitScorer {
    public static let descriptor = ScorerDescriptor(
        id: "SkillFit", version: 1, title: LocalizedText(zhHans: "技能", en: "Skill fit"),
        summary: LocalizedText(
            zhHans: "心愿所需的技能，资源具备几成；必需的资格缺一不可。",
            en: "Which part of the wanted skills the offer has; a required qualification must be there."),
        vetoes: [
            .init(
                reason: "qualificationMissing",
                title: LocalizedText(zhHans: "缺少必需的资格", en: "A required qualification is missing"))
        ],
        reasons: [
            "allSkills", "someSkills", "noSkill", "qualified", "givesThings", "skillsNotStated", "noSkillWanted",
            "qualificationMissing",
        ],
        examples: [
            example(
                "两项技能都有", "Both skills are there", wanted: ["tutoring", "english"],
                skills: ["tutoring", "english", "driving"], .value(1_000_000), "allSkills"),
            example(
                "三项技能有一项", "One skill of three", wanted: ["tutoring", "english", "mathematics"],
                skills: ["english"], .value(333_333), "someSkills"),
            example(
                "证书也算技能", "A qualification counts as a skill", wanted: ["nursing"], qualifications: ["nursing"],
                .value(1_000_000), "allSkills"),
            example("技能不对", "Other skills", wanted: ["plumbing"], skills: ["tutoring"], .value(0), "noSkill"),
            example(
                "只要求资格，资格具备", "Only a qualification is required, and it is there", required: ["nursing"],
                qualifications: ["nursing"], .value(1_000_000), "qualified"),
            example(
                "需要护士证，没有", "A nurse's licence is required and missing", wanted: ["nursing"],
                required: ["nursing"], skills: ["nursing"], .veto(0), "qualificationMissing"),
            example(
                "要人上门修水管，提供的是物品", "Plumbing is wanted, goods are offered", wanted: ["plumbing"], kind: .goods,
                .value(0), "givesThings"),
            example(
                "志愿者没有写技能", "A volunteer names no skills", wanted: ["plumbing"], .notKnown, "skillsNotStated"),
            example(
                "不需要技能", "No skill is wanted", skills: ["tutoring"], .notApplicable, "noSkillWanted"),
        ])

    private static func example(
        _ zhHans: String, _ en: String, wanted: [String] = [], required: [String] = [], skills: [String] = [],
        qualifications: [String] = [], kind: OfferKind = .service, _ score: Score, _ reason: String
    ) -> WorkedExample {
        WorkedExample(
            LocalizedText(zhHans: zhHans, en: en),
            inputs: [
                "wanted": .texts(wanted), "required": .texts(required), "skills": .texts(skills),
                "qualifications": .texts(qualifications), "offerKind": .text(kind.code),
            ], expected: Judgement(score, reason: reason))
    }

    public func sentence(for finding: Finding, in language: Language) -> String {
        let isChinese = language == .zhHans
        let wanted = Self.words("wanted", of: finding)
        let qualifications = Self.words("qualifications", of: finding)
        let held = Self.words("skills", of: finding) + qualifications
        let present = Self.list(wanted.filter { held.contains($0) }, in: language)
        let absent = Self.list(wanted.filter { !held.contains($0) }, in: language)
        let required = Self.words("required", of: finding)
        return switch finding.judgement.reason {
        case "allSkills": isChinese ? "具备所需的全部技能：\(present)。" : "Has every wanted skill: \(present)."
        case "someSkills": isChinese ? "具备 \(present)，缺 \(absent)。" : "Has \(present), lacks \(absent)."
        case "noSkill": isChinese ? "不具备所需的技能：\(absent)。" : "Has none of the wanted skills: \(absent)."
        case "qualified":
            isChinese
                ? "具备必需的资格：\(Self.list(required, in: language))。"
                : "Has the required qualification: \(Self.list(required, in: language))."
        case "givesThings":
            isChinese ? "需要技能（\(absent)），提供的是财物。" : "Skills are wanted (\(absent)), things or money are offered."
        case "skillsNotStated":
            isChinese ? "需要 \(absent)，资源没有说明会什么。" : "Wanted: \(absent). The offer does not say what it can do."
        case "noSkillWanted": isChinese ? "心愿不需要特别的技能。" : "The wish needs no particular skill."
        default:
            isChinese
                ? "缺少必需的资格：\(Self.list(required.filter { !qualifications.contains($0) }, in: language))。"
                : "A required qualification is missing: "
                    + "\(Self.list(required.filter { !qualifications.contains($0) }, in: language))."
        }
    }

    private static func words(_ input: String, of finding: Finding) -> [String] {
        guard case .texts(let words)? = finding.inputs[input] else { return [] }
        return words
    }

    private static func list(_ words: [String], in language: Language) -> String {
        words.joined(separator: language == .zhHans ? "、" : ", ")
    }
}
