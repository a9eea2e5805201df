internal import Crypto
public import MatchCore

/// What is known of a published revision besides its content.
public struct ProfileRevision: Hashable, Sendable {
    public let name: String
    /// 1 for the first.
    public let number: Int
    public let at: Moment
    /// Who published it; nil where the program was set up with it.
    public let author: RecordID?
    /// Who confirmed it, where the program asks for two people.
    public let confirmedBy: RecordID?
    /// A code.
    public let reason: String
    /// Where the words of the reason stand.
    public let note: RecordID?
    /// The older revision that it says again, after a roll-back.
    public let restores: Int?

    public init(
        name: String, number: Int, at: Moment, author: RecordID? = nil, confirmedBy: RecordID? = nil, reason: String,
        note: RecordID? = nil, restores: Int? = nil
    ) {
        self.name = name
        self.number = number
        self.at = at
        self.author = author
        self.confirmedBy = confirmedBy
        self.reason = reason
        self.note = note
        self.restores = restores
    }
}

/// The name of a draft: that of its profile, and its own.
public struct DraftKey: Hashable, Sendable {
    public let profile: String
    public let draft: Code

    public init(_ profile: String, _ draft: Code = DraftKey.usual) {
        self.profile = profile
        self.draft = draft
    }

    /// The draft that is meant where none is named.
    public static let usual: Code = "draft"
}

/// A profile that someone is working on.
public struct ProfileDraft: Hashable, Sendable {
    public let key: DraftKey
    /// 1, and one more with every change: what a client names to change only what it has seen.
    public var version: Int
    /// Its revision is 0.
    public var profile: ScoringProfile
    /// The revision that it was begun from; nil for a profile that has none.
    public let basedOn: Int?
    public var changedAt: Moment
    public var changedBy: RecordID
    /// Who asked for it to be published as it stands, while a second person is waited for.
    public var proposal: Proposal?

    public struct Proposal: Hashable, Sendable {
        public let by: RecordID
        public let at: Moment
        public let reason: Reason

        public init(by: RecordID, at: Moment, reason: Reason) {
            self.by = by
            self.at = at
            self.reason = reason
        }
    }

    public init(
        key: DraftKey, version: Int, profile: ScoringProfile, basedOn: Int?, changedAt: Moment, changedBy: RecordID,
        proposal: Proposal? = nil
    ) {
        self.key = key
        self.version = version
        self.profile = profile
        self.basedOn = basedOn
        self.changedAt = changedAt
        self.changedBy = changedBy
        self.proposal = proposal
    }
}

/// The id by which the history knows a profile: made of its name, so that it needs no column of its own.
public enum ProfileSubject {
    public static let kind: Code = "profile"

    public static func id(of name: String) -> RecordID {
        let hash = SHA256.hash(data: Array("almoner.profile.\(name)".utf8))
        var value: UInt128 = 0
        for byte in hash.prefix(16) { value = value << 8 | UInt128(byte) }
        return RecordID(value)
    }
}
