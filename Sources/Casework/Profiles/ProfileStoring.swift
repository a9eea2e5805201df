public import MatchCore

/// Scoring profiles, as a store keeps them: revisions are only ever added, drafts change.
public protocol ProfileStoring {
    /// The names of which there is a revision or a draft, in their order.
    func profileNames() throws -> [String]
    /// The newest revision of a profile; nil where there is none.
    func profile(_ name: String) throws -> ScoringProfile?
    /// Throws `corrupt` where the text is not what was published.
    func profile(_ name: String, revision: Int) throws -> ScoringProfile?
    /// What is known of the revisions of a profile, the newest first.
    func revisions(of name: String) throws -> [ProfileRevision]
    /// Adds an immutable revision; throws `uniqueViolation` where its number is taken.
    func insert(_ revision: ProfileRevision, _ profile: ScoringProfile) throws

    func draft(_ key: DraftKey) throws -> ProfileDraft?
    /// Every draft, by profile and draft.
    func drafts() throws -> [ProfileDraft]
    /// Throws `uniqueViolation` where there is one of that name.
    func insert(_ draft: ProfileDraft) throws
    /// Puts the draft in the place of its earlier version; false where somebody else was quicker.
    func update(_ draft: ProfileDraft, from version: Int) throws -> Bool
    /// False where the draft has another version by now.
    func deleteDraft(_ key: DraftKey, version: Int) throws -> Bool

    /// A setting of the program; nil where it was never set.
    func setting(_ name: Code) throws -> String?
    func set(_ name: Code, to value: String, at moment: Moment, by actor: RecordID) throws
}

extension ProfileStoring {
    /// Adds a revision of which nothing is known but when and why.
    public func publish(_ profile: ScoringProfile, at time: Timestamp, reason: String) throws {
        try insert(
            ProfileRevision(
                name: profile.name, number: profile.revision, at: Moment(milliseconds: time.milliseconds),
                reason: reason), profile)
    }
}
