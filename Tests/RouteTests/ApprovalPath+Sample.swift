import Casework
import Foundation

extension ApprovalPath {
    /// Screening, approval, a public notice above 10 yuan, and publication; emergencies up to 50,000 yuan go first.
    static func sample() throws -> ApprovalPath {
        try JSONDecoder().decode(
            ApprovalPath.self,
            from: Data(
                #"""
                {"id": "microWish", "version": 1, "title": {"zh-Hans": "微心愿", "en": "Micro wish"},
                 "fastLane": {"urgencies": ["emergency"], "level": "town", "upTo": 5000000,
                              "papersWithin": {"workingDays": 10}},
                 "refusals": [{"code": "no", "text": {"zh-Hans": "不属于困难群众", "en": "No hardship was found"}}],
                 "alternatives": [{"code": "hotline", "text": {"zh-Hans": "可拨打热线", "en": "Call the hotline"}}],
                 "steps": [
                    {"id": "screening", "kind": "screening", "title": {"zh-Hans": "初审", "en": "Screening"},
                     "roles": ["intake", "coordinator"]},
                    {"id": "conference", "kind": "conference", "title": {"zh-Hans": "会商", "en": "Conference"},
                     "roles": ["coordinator"], "participants": 2, "when": {"above": 50000}},
                    {"id": "approval", "kind": "approval", "title": {"zh-Hans": "审批", "en": "Approval"},
                     "roles": ["approver"], "limits": [{"level": "town", "upTo": 1000000}, {"level": "city"}]},
                    {"id": "publicNotice", "kind": "publicNotice", "title": {"zh-Hans": "公示", "en": "Notice"},
                     "roles": ["coordinator"], "workingDays": 3, "when": {"above": 1000}},
                    {"id": "publication", "kind": "publication", "title": {"zh-Hans": "发布", "en": "Publication"},
                     "roles": ["coordinator"]}]}
                """#.utf8))
    }
}
