public import Casework
public import MatchCore
public import Wire

/// One thing that can be asked of a program, over HTTP or by a command.
///
/// `Input` holds everything that is sent: the members that the path names, and with GET the query or else the body.
/// The body of the operation runs in one transaction of the store and returns a record; what of it the viewer gets is
/// for ``Projection`` to say.
public struct Operation<Input: Described, Answer: Projection>: Sendable {
    public typealias Body = @Sendable (Input, OperationContext) throws -> Answer.Record

    public let facts: OperationFacts
    public let example: Input
    let perform: Body
    let current: Body?
    let currentTag: (@Sendable (Input, OperationContext) throws -> String)?
    let location: @Sendable (Answer) -> String?
    public let groundwork: (@Sendable (Input, OperationContext) throws -> Groundwork)?
    /// Whether the groundwork is begun in a transaction that only reads, so that nobody waits for it.
    public let looksFirst: Bool

    /// - Parameters:
    ///   - example: what the documentation shows; by default the input's sample.
    ///   - current: for changes under `If-Match`, the record as it is before: its projection has the tag to compare with.
    ///   - currentTag: the same for changes that answer with another kind of record: the tag of what is changed.
    ///   - location: the path of what was made, for 201.
    ///   - groundwork: what has to be worked out before, outside of any transaction.
    ///   - looksFirst: whether that begins with reading alone.
    public init(
        _ facts: OperationFacts, example: Input = .sample, current: Body? = nil,
        currentTag: (@Sendable (Input, OperationContext) throws -> String)? = nil,
        location: @escaping @Sendable (Answer) -> String? = { _ in nil },
        groundwork: (@Sendable (Input, OperationContext) throws -> Groundwork)? = nil, looksFirst: Bool = false,
        perform: @escaping Body
    ) {
        self.facts = facts
        self.example = example
        self.perform = perform
        self.current = current
        self.currentTag = currentTag
        self.location = location
        self.groundwork = groundwork
        self.looksFirst = looksFirst
    }

    /// Runs in a transaction and returns what the viewer may see. Throws ``Problem`` `notFound` where that is nothing.
    public func answer(_ input: Input, in context: OperationContext) throws -> Answer {
        try facts.admit(context.viewer)
        return try project(try perform(input, context), in: context)
    }

    func project(_ record: Answer.Record, in context: OperationContext) throws -> Answer {
        guard let answer = try Answer.projecting(record, in: context) else { throw Problem.notFound }
        return answer
    }
}

/// What is known of an operation besides its types.
public struct OperationFacts: Sendable {
    public enum Method: String, Sendable, Hashable, CaseIterable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    /// Whether an update must say which version it means.
    public enum Precondition: Sendable, Hashable {
        /// `If-Match` is heeded where it is sent and the operation knows the current version.
        case optional
        /// 428 without `If-Match`.
        case required
    }

    /// How much of the service a call takes, which decides its limits of size, time and rate.
    public enum Weight: Sendable, Hashable, CaseIterable {
        case ordinary
        /// Work over many records.
        case heavy
        /// Work over the whole registry or history: an export, a plan, the matches of every wish.
        case sweeping
        /// Open to everybody and changing something: rated strictly.
        case registration

        /// How much of the caller's rate one call takes, where an ordinary one takes 1.
        public var rateCost: Int {
            switch self {
            case .ordinary: 1
            case .heavy: 5
            case .registration: 10
            case .sweeping: 20
            }
        }

        /// What the dearest call takes.
        public static var dearest: Int { allCases.map(\.rateCost).max() ?? 1 }
    }

    /// How long a reading operation may take, which decides where it runs.
    public enum Cost: Sendable, Hashable {
        /// A record or a few by their ids, in far less than a millisecond: it may run on the thread that serves the
        /// connection.
        case point
        /// Anything that grows with what is stored: it runs on a thread of its own.
        case scan
    }

    /// `claims.accept`: the resource and the verb; unique, and stable for ever.
    public let id: String
    public let method: Method
    /// `/v1/claims/{claim}/accept`; the names in braces are members of the input.
    public let path: String
    /// Who may ask, by the operation's row in the table of access; an admin always may. With `guest` no token is needed.
    public let roles: Set<Role>
    /// Whose projection the answer is.
    public let record: AccessRecord
    public let summary: LocalizedText
    public let details: LocalizedText?
    /// The HTTP status of success.
    public let status: Int
    public let precondition: Precondition
    public let weight: Weight
    /// Whether answers may be kept by shared caches: only what everybody may see.
    public let isPublic: Bool
    /// Whether a POST only reads: what it is asked by is too secret for an address.
    public let readsOnly: Bool
    /// The member of the input that takes the cursor of the next page.
    public let cursor: String
    /// Statuses of problems that only this operation answers.
    public let refusals: [Int]
    public let cost: Cost
    /// Whether it is read for a report, which may take long: from a replica where there is one.
    public let isReport: Bool
    /// What the answer to one viewer rests on, so that it may be given again until that changes; nil where it may not.
    public let ground: Ground?
    /// Whether a POST may be made again at any time, and so takes no `Idempotency-Key`. What it is asked by is too secret for
    /// as much as a digest of it to be kept.
    public let isRepeatable: Bool

    /// What an answer is made of besides who asks for it, where that is known to the store's log of changes.
    public enum Ground: Sendable, Hashable {
        /// The one wish or offer that the first member of the path names, and nothing else that changes.
        case record
        /// Parties, offers, wishes and profiles, and the time of day: given again for a few seconds at most.
        case registry
    }

    public init(
        _ id: OperationID, _ method: Method, _ path: String, _ en: String, zhHans: String,
        details: LocalizedText? = nil, status: Int = 200, precondition: Precondition = .optional,
        weight: Weight = .ordinary, isPublic: Bool = false, readsOnly: Bool = false,
        cursor: String = "cursor", refusals: [Int] = [], cost: Cost = .scan, isReport: Bool = false,
        ground: Ground? = nil, isRepeatable: Bool = false
    ) {
        self.id = id.rawValue
        self.method = method
        self.path = path
        let row = AccessTable.row(of: id)
        (roles, record) = (row.roles, row.record)
        summary = LocalizedText(zhHans: zhHans, en: en)
        self.details = details
        self.status = status
        self.precondition = precondition
        self.weight = weight
        self.isPublic = isPublic
        self.readsOnly = readsOnly
        self.cursor = cursor
        self.refusals = refusals
        self.cost = cost
        self.isReport = isReport
        self.ground = ground
        self.isRepeatable = isRepeatable
    }

    /// Whether it changes anything: then it runs in a writing transaction, and a POST takes an `Idempotency-Key`.
    public var changes: Bool { method != .get && !readsOnly }

    /// Whether a request is made at most once under its `Idempotency-Key`.
    public var takesKey: Bool { method == .post && changes && !isRepeatable }

    /// The segments of the path: fixed words, and the members of the input that stand in it.
    public var segments: [PathSegment] {
        path.split(separator: "/").map { segment in
            segment.hasPrefix("{") ? .member(String(segment.dropFirst().dropLast())) : .word(String(segment))
        }
    }

    public enum PathSegment: Sendable, Hashable {
        case word(String)
        case member(String)
    }

    /// The first word behind `/v1`: what the documentation groups by.
    public var resource: String {
        for case .word(let word) in segments where word != "v1" { return word }
        return ""
    }

    /// Throws `unauthenticated` for a guest and `forbidden` for a role that may not ask.
    public func admit(_ viewer: Viewer) throws {
        guard !roles.contains(viewer.role) else { return try admit(viewer.purpose) }
        guard viewer.role != .guest else {
            throw Problem(
                .unauthenticated,
                "Send a token: 'Authorization: Bearer …' (for a command: almoner sign-in NAME, --token-file or ALMONER_TOKEN).",
                zhHans: "请提供令牌：Authorization: Bearer …（命令行：almoner sign-in 账号、--token-file 或 ALMONER_TOKEN）。")
        }
        let list = roles.names
        throw Problem(
            .forbidden, "\(viewer.role.withArticle) cannot do this. It takes: \(list.en).",
            zhHans: "\(viewer.role.name.zhHans)无此权限。可执行的角色：\(list.zhHans)。")
    }

    private func admit(_ purpose: AccessPurpose) throws {
        guard changes, !purpose.changes else { return }
        throw Problem(
            .forbidden, "This access is for \(purpose.title.en), and changes nothing.",
            zhHans: "此授权用于\(purpose.title.zhHans)，不得作出更改。")
    }
}
