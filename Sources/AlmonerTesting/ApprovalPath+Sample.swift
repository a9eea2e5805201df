public import Casework
internal import Foundation

extension ApprovalPath {
    /// Screening, then approval; emergencies up to 50,000 yuan go first.
    public static let sample: ApprovalPath = {
        let text = #"""
            {"id": "microWish", "version": 1, "title": {"zh-Hans": "微心愿", "en": "Micro wish"},
             "fastLane": {"urgencies": ["emergency"], "level": "town", "upTo": 5000000,
                          "papersWithin": {"workingDays": 10}},
             "refusals": [{"code": "no", "text": {"zh-Hans": "否", "en": "no"}}],
             "alternatives": [{"code": "hotline", "text": {"zh-Hans": "热线", "en": "hotline"}}],
             "steps": [
                {"id": "screening", "kind": "screening", "title": {"zh-Hans": "初审", "en": "Screening"},
                 "roles": ["intake", "coordinator"]},
                {"id": "approval", "kind": "approval", "title": {"zh-Hans": "审批", "en": "Approval"},
                 "roles": ["approver"], "limits": [{"level": "town", "upTo": 1000000}, {"level": "city"}]}]}
            """#
        do { return try JSONDecoder().decode(ApprovalPath.self, from: Data(text.utf8)) } catch {
            fatalError("the sample path: \(error)")
        }
    }()
}
