public import MatchCore

/// That something happened to a record: one entry of the feed that others follow a program by.
///
/// It says of what and when, never what the record holds; whoever may see the record reads it for that.
public struct Change: Hashable, Sendable {
    /// The kinds of record that can be asked for.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        case party, offer, wish, claim
        /// Where a wish stands; its id is the wish's.
        case `case`
        /// Suggestions that were kept for a wish; its id is the wish's.
        case matches
        case inbox, household
        /// What was decided on a wish's duplicates; its id is the wish's.
        case duplicate
        case approval, clock
        /// A period of a fund; its id is the offer's.
        case budget
        /// The working calendar, of which there is one.
        case calendar
        case key
        /// Somebody who signs in.
        case account
        /// A scoring profile, by its name.
        case profile
    }

    public enum What: String, Hashable, Sendable, Codable, CaseIterable {
        case created, changed
        /// Nothing more will come of it: withdrawn, closed, confirmed, revoked.
        case ended
    }

    public let kind: Kind
    /// A record's id or a profile's name; empty where there is only one of the kind.
    public let subject: String
    public let what: What

    public init(_ kind: Kind, _ subject: String, _ what: What) {
        self.kind = kind
        self.subject = subject
        self.what = what
    }

    public var record: RecordID? { RecordID(subject) }
}

/// A change with its place in the feed.
public struct KeptChange: Hashable, Sendable {
    public let change: Change
    public let place: ChangePlace
    public let at: Moment

    public init(_ change: Change, place: ChangePlace, at: Moment) {
        self.change = change
        self.place = place
        self.at = at
    }
}

/// A place in the feed of changes: a transaction, and one of its changes. The feed is in this order.
public struct ChangePlace: Hashable, Sendable, Comparable {
    /// Made by the database; a transaction that is seen has a greater one than all that were seen before it.
    public let transaction: Int64
    /// 1 for the first change of the transaction; 0 stands before it.
    public let position: Int64
    /// The newest server's that had written when the place was given out; 0 where there was but one. It says nothing of the
    /// order.
    public let timeline: Int64

    public init(transaction: Int64, position: Int64, timeline: Int64 = 0) {
        self.transaction = transaction
        self.position = position
        self.timeline = timeline
    }

    public static func < (one: ChangePlace, other: ChangePlace) -> Bool {
        (one.transaction, one.position) < (other.transaction, other.position)
    }

    /// Before everything.
    public static let beginning = ChangePlace(transaction: 0, position: 0)
}
