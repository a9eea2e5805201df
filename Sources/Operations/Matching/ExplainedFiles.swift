internal import Casework
internal import MatchCore

/// What a viewer may know of the circumstances under the explanations that it is shown.
///
/// Some groups of a wish follow from the file of its household: that there is a small child, or a hardship. Whoever may read
/// the file is shown what they did to a score, and that is on record as a look into the file. Whoever may not is told that
/// the scorers which read groups counted, of every wish that is filed, so that nothing can be learned from where something
/// is withheld.
struct ExplainedFiles {
    private let context: OperationContext
    /// Whether hardships and stated groups of wishes are the viewer's business at all.
    private let isTold: Bool
    private let unread: Set<RecordID>
    private let derived: [RecordID: Set<String>]
    private let names: [String: LocalizedText]

    init(of wishes: [RecordID], in context: OperationContext) throws {
        self.context = context
        names = wishes.isEmpty ? [:] : context.reference.groupNames
        // Whoever knows of a wish that it exists sees these of it or of none, whatever its stage.
        isTold = context.parts(of: .wish, at: .published, isWithin: true).contains(.circumstances)
        let wishes = Set(wishes)
        unread = context.readsAllFiles ? [] : try wishes.filter { try context.isFileUnread(of: $0) }
        derived =
            try wishes.isEmpty
            ? [:]
            : context.store.derivedGroups(among: Array(wishes.subtracting(unread))).mapValues { Set($0.map(\.text)) }
    }

    private func hidesGroups(of wish: RecordID) -> Bool { !isTold || unread.contains(wish) }

    /// As the viewer may see it; what it is told of hardship and of the file is put on record.
    func view(of explanation: Explanation, plan: ScoringPlan) throws -> ExplanationView {
        let wish = explanation.wish.id
        let hidesGroups = self.hidesGroups(of: wish)
        for (entry, descriptor) in explanation.entries(by: plan) {
            if isTold, descriptor.hardshipInputs.contains(where: { entry.inputs[$0].map { $0 != .missing } ?? false }) {
                context.note(.circumstance, of: wish)
            }
            if !hidesGroups, let groups = derived[wish], entry.names(groups, in: descriptor.groupInputs),
                let household = try context.store.household(ofWish: wish)
            {
                context.note(.circumstance, of: household)
            }
        }
        return ExplanationView(
            explanation, plan: plan, language: context.viewer.language, groups: names, hidesGroups: hidesGroups,
            hidesHardship: !isTold)
    }

    /// What ruled out offers for a wish, without what its groups and its hardship did where the viewer may not know.
    func told(_ vetoes: [Ranking.VetoCount]?, of wish: RecordID, _ plans: [ScoringPlan]) -> [Ranking.VetoCount]? {
        let hidesGroups = self.hidesGroups(of: wish)
        let silent = plans.flatMap(\.steps).map(\.descriptor).filter {
            (hidesGroups && !$0.groupInputs.isEmpty) || (!isTold && !$0.hardshipInputs.isEmpty)
        }
        return vetoes?.filter { veto in !silent.contains { $0.id == veto.scorer } }
    }
}

extension Explanation {
    /// What each scorer said, with what it says of itself.
    fileprivate func entries(by plan: ScoringPlan) -> [(Entry, ScorerDescriptor)] {
        entries.compactMap { entry in
            plan.steps.first { $0.descriptor.id == entry.scorer }.map { (entry, $0.descriptor) }
        }
    }
}

extension Explanation.Entry {
    /// Whether one of these groups stands in one of the facts.
    fileprivate func names(_ groups: Set<String>, in facts: [String]) -> Bool {
        facts.contains { name in
            guard case .texts(let codes)? = inputs[name] else { return false }
            return !groups.isDisjoint(with: codes)
        }
    }
}

extension OperationContext {
    /// What the viewer sees of a household's file; empty where there is none.
    func parts(ofHousehold id: RecordID) throws -> AccessParts {
        guard let file = try store.household(id)?.household else { return [] }
        return try parts(parts(of: .household, isWithin: isInScope(area: file.area.text)), openedOf: id)
    }

    /// Whether there is no file whose hardships and groups the viewer may not read.
    fileprivate var readsAllFiles: Bool {
        viewer.areas.isEmpty && parts(of: .household, isWithin: true).contains(.circumstances)
    }

    /// Whether a wish stands in a file whose hardships and groups the viewer may not read.
    fileprivate func isFileUnread(of wish: RecordID) throws -> Bool {
        guard let household = try store.household(ofWish: wish) else { return false }
        return try !parts(ofHousehold: household).contains(.circumstances)
    }
}
