import AlmonerTesting
import Casework
import Foundation
import MatchCore

/// Rules that tell requests apart: by urgency and category, with a way that has a visit, a conference and a notice, and a
/// watch over households.
enum LivingRules {
    static let path: ApprovalPath = decoded(
        #"""
        {"id": "microWish", "version": 1, "title": {"zh-Hans": "微心愿", "en": "Micro wish"},
         "secondPersonAbove": 500000,
         "fastLane": {"urgencies": ["emergency"], "level": "town", "upTo": 5000000, "papersWithin": {"workingDays": 10}},
         "refusals": [{"code": "no", "text": {"zh-Hans": "否", "en": "no"}}],
         "alternatives": [{"code": "hotline", "text": {"zh-Hans": "热线", "en": "hotline"}}],
         "steps": [
            {"id": "screening", "kind": "screening", "title": {"zh-Hans": "初审", "en": "Screening"},
             "roles": ["intake", "coordinator"]},
            {"id": "homeVisit", "kind": "visit", "title": {"zh-Hans": "走访", "en": "Visit"},
             "roles": ["intake", "coordinator"]},
            {"id": "conference", "kind": "conference", "title": {"zh-Hans": "议事", "en": "Conference"},
             "roles": ["coordinator"], "participants": 3, "when": {"above": 800000, "categories": ["aid.bed"]}},
            {"id": "approval", "kind": "approval", "title": {"zh-Hans": "审批", "en": "Approval"}, "roles": ["approver"],
             "limits": [{"level": "village", "upTo": 100000}, {"level": "town", "upTo": 1000000}, {"level": "city"}]},
            {"id": "publicNotice", "kind": "publicNotice", "title": {"zh-Hans": "公示", "en": "Notice"},
             "roles": ["coordinator"], "workingDays": 3, "when": {"above": 100000}},
            {"id": "publication", "kind": "publication", "title": {"zh-Hans": "发布", "en": "Publication"},
             "roles": ["coordinator"]}]}
        """#)

    static let watch: WatchRules = decoded(
        #"""
        {"visits": {"green": {"workingDays": 60}, "orange": {"workingDays": 20}, "red": {"workingDays": 5}},
         "rules": [
            {"id": "silentElders", "grade": "red", "title": {"zh-Hans": "联系不上", "en": "They do not answer"},
             "when": [{"fact": "eldersAlone", "atLeast": 1}, {"fact": "unansweredCalls", "atLeast": 2}]},
            {"id": "hardshipWithoutBenefit", "grade": "orange", "title": {"zh-Hans": "无救助", "en": "No benefit"},
             "when": [{"fact": "hardships", "atLeast": 1}, {"fact": "benefits", "atMost": 0}]},
            {"id": "forgotten", "grade": "orange", "title": {"zh-Hans": "超期", "en": "Overdue"},
             "when": [{"fact": "overdueClocks", "atLeast": 1}]}]}
        """#)

    static func rules() throws -> CaseRules {
        var rules = try SampleRules.rules(paths: ["microWish": path])
        func rule(
            _ kind: ClockKind, _ allowance: Allowance, urgency: Urgency? = nil, category: Code? = nil, warn: [Int] = []
        ) throws -> ClockRule {
            ClockRule(
                kind: kind, category: category, urgency: urgency,
                terms: try ClockTerms(allowance: allowance, warnHours: warn))
        }
        rules.clocks = ClockPolicy(rules: [
            try rule(.answer, .hours(12), urgency: .emergency), try rule(.decision, .hours(24), urgency: .emergency),
            try rule(.delivery, .hours(72), urgency: .emergency),
            try rule(.answer, .hours(24), urgency: .urgent, warn: [4]),
            try rule(.delivery, .workingDays(20), category: "aid.bed"),
            try rule(.answer, .workingDays(3), warn: [24]), try rule(.decision, .workingDays(5)),
            try rule(.delivery, .workingDays(10), warn: [24]), try rule(.callBack, .workingDays(5)),
            try rule(.visit, .workingDays(3), warn: [24]), try rule(.publicNotice, .workingDays(1), warn: [24]),
            try rule(.papers, .workingDays(10)),
        ])
        rules.watch = watch
        let name = LocalizedText(zhHans: "物", en: "thing")
        rules.categories = try CategoryTree([
            Category(code: "aid.chair", parent: nil, name: name, typicalPriceFen: 50_000),
            Category(code: "aid.bed", parent: nil, name: name, typicalPriceFen: 300_000),
        ])
        return rules
    }

    private static func decoded<Value: Decodable>(_ text: String) -> Value {
        do { return try JSONDecoder().decode(Value.self, from: Data(text.utf8)) } catch { fatalError("\(error)") }
    }
}
