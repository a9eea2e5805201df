public import MatchCore

/// That somebody has signed in: what a token stands for until it is ended, lies idle or comes to its end.
public struct StaffSession: Sendable, Hashable {
    /// How they showed who they are.
    public enum Way: String, Sendable, Hashable, CaseIterable {
        case password
        /// Password and a code of the second factor.
        case secondFactor
        /// Password and one of the recovery codes.
        case recoveryCode
        /// The town's directory, by OpenID Connect.
        case openID
        /// The same, which asked for a second factor of its own and is trusted in that.
        case openIDSecondFactor

        public var hasSecondFactor: Bool {
            switch self {
            case .password, .openID: false
            case .secondFactor, .recoveryCode, .openIDSecondFactor: true
            }
        }
    }

    public let id: RecordID
    /// SHA-256 of the token.
    public let hash: [UInt8]
    public let account: RecordID
    /// Under which of the account's grants it works.
    public var grant: RecordID
    public let way: Way
    public let beganAt: Moment
    /// When it was last used, give or take ``touchAfter``.
    public var seenAt: Moment
    /// After how long without use it ends, in milliseconds.
    public let idle: Int64
    /// When it ends whatever happens.
    public let endsAt: Moment
    public let revokedAt: Moment?

    public init(
        id: RecordID, hash: [UInt8], account: RecordID, grant: RecordID, way: Way, beganAt: Moment, seenAt: Moment,
        idle: Int64, endsAt: Moment, revokedAt: Moment? = nil
    ) {
        self.id = id
        self.hash = hash
        self.account = account
        self.grant = grant
        self.way = way
        self.beganAt = beganAt
        self.seenAt = seenAt
        self.idle = idle
        self.endsAt = endsAt
        self.revokedAt = revokedAt
    }

    public func isValid(at moment: Moment) -> Bool {
        revokedAt == nil && moment < endsAt && moment < idleEnd
    }

    /// When it ends unless it is used.
    public var idleEnd: Moment { seenAt.adding(milliseconds: idle) }

    /// After how long it is put down again that a session is used, in milliseconds: not with every request.
    public var touchAfter: Int64 { max(1_000, min(60_000, idle / 10)) }

    public func isTouchDue(at moment: Moment) -> Bool { moment.milliseconds(since: seenAt) >= touchAfter }
}

/// A session with what it rests on: whoever sends its token, as long as all three hold.
public struct SignedIn: Sendable, Hashable {
    public var session: StaffSession
    public let state: Account.State
    public let grant: AccountGrant

    public init(session: StaffSession, state: Account.State, grant: AccountGrant) {
        self.session = session
        self.state = state
        self.grant = grant
    }

    public func isValid(at moment: Moment) -> Bool {
        session.isValid(at: moment) && state == .active && grant.isValid(at: moment)
    }
}
