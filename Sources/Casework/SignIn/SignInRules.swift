internal import MatchCore

/// How staff sign in, as a program declares it in `Data/casework/sign-in.yaml`. What is left out has the value it has here.
public struct SignInRules: Sendable, Hashable, Codable {
    /// The work that Argon2id takes to hash a password.
    public struct Work: Sendable, Hashable, Codable {
        /// KiB of memory.
        public var memory: Int
        /// Passes over it.
        public var passes: Int
        /// Lanes that could be worked on side by side.
        public var lanes: Int

        public init(memory: Int = 19_456, passes: Int = 2, lanes: Int = 1) {
            self.memory = memory
            self.passes = passes
            self.lanes = lanes
        }

        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            self.init()
            memory = try container.decodeIfPresent(Int.self, forKey: .memory) ?? memory
            passes = try container.decodeIfPresent(Int.self, forKey: .passes) ?? passes
            lanes = try container.decodeIfPresent(Int.self, forKey: .lanes) ?? lanes
        }
    }

    public var work: Work
    /// The least length of a password, in Unicode scalars.
    public var leastPassword: Int
    /// For how many hours a one-time password is taken.
    public var oneTimeHours: Int
    /// After how many minutes without use a session ends.
    public var idleMinutes: Int
    /// After how many hours a session ends whatever happens.
    public var sessionHours: Int
    /// Roles that nobody works in without a second factor.
    public var secondFactor: [Role]
    /// The town's directory; nil where there is none.
    public var directory: DirectoryRules?

    public init(
        work: Work = Work(), leastPassword: Int = 12, oneTimeHours: Int = 72, idleMinutes: Int = 60,
        sessionHours: Int = 12, secondFactor: [Role] = [], directory: DirectoryRules? = nil
    ) {
        self.work = work
        self.leastPassword = leastPassword
        self.oneTimeHours = oneTimeHours
        self.idleMinutes = idleMinutes
        self.sessionHours = sessionHours
        self.secondFactor = secondFactor
        self.directory = directory
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init()
        work = try container.decodeIfPresent(Work.self, forKey: .work) ?? work
        leastPassword = try container.decodeIfPresent(Int.self, forKey: .leastPassword) ?? leastPassword
        oneTimeHours = try container.decodeIfPresent(Int.self, forKey: .oneTimeHours) ?? oneTimeHours
        idleMinutes = try container.decodeIfPresent(Int.self, forKey: .idleMinutes) ?? idleMinutes
        sessionHours = try container.decodeIfPresent(Int.self, forKey: .sessionHours) ?? sessionHours
        secondFactor = try container.decodeIfPresent([Role].self, forKey: .secondFactor) ?? secondFactor
        directory = try container.decodeIfPresent(DirectoryRules.self, forKey: .directory)
        try check()
    }

    /// Throws `malformed` for a value that would make signing in weak, or impossible.
    public func check() throws {
        func require(_ name: String, _ value: Int, _ range: ClosedRange<Int>) throws {
            guard range.contains(value) else {
                throw CaseworkError(
                    .malformed,
                    "\(name) is \(value), and has to lie within \(range.lowerBound)…\(range.upperBound). Correct sign-in.yaml.",
                    zhHans: "\(name) 为 \(value)，应在 \(range.lowerBound)…\(range.upperBound) 之间。请修改 sign-in.yaml。")
            }
        }
        try require("work.memory", work.memory, 19_456...1_048_576)
        try require("work.passes", work.passes, 2...16)
        try require("work.lanes", work.lanes, 1...16)
        try require("leastPassword", leastPassword, 8...64)
        try require("oneTimeHours", oneTimeHours, 1...720)
        try require("idleMinutes", idleMinutes, 1...10_080)
        try require("sessionHours", sessionHours, 1...720)
        if let role = secondFactor.first(where: { !AccountGrant.roles.contains($0) }) {
            throw CaseworkError(
                .malformed,
                "Nobody signs in in the role of \(role.name.en). Take \(role.rawValue) out of secondFactor in sign-in.yaml.",
                zhHans: "\(role.name.zhHans)不登录。请从 sign-in.yaml 的 secondFactor 中去掉 \(role.rawValue)。")
        }
        try directory?.check()
    }

    public static let standard = SignInRules()
}

/// The town's directory, which says who somebody is by OpenID Connect. What they may do is for this program to say.
public struct DirectoryRules: Sendable, Hashable, Codable {
    /// `https://login.example.gov.cn`, as its tokens state it.
    public var issuer: String
    public var client: String
    /// The file whose first line is the client's secret; nil for a public client.
    public var secretFile: String?
    /// Where the directory sends people back to, as it was registered there.
    public var redirect: String
    /// The claim whose value is the name of the account, where the directory is trusted to name people so; nil has every
    /// first link approved by an admin.
    public var nameClaim: String?
    /// Whether a directory that asked for a second factor, and says so, spares people ours.
    public var trustsSecondFactor: Bool
    /// Further hosts than the issuer's own that its addresses may lie on.
    public var hosts: [String]

    public init(
        issuer: String, client: String, secretFile: String? = nil, redirect: String, nameClaim: String? = nil,
        trustsSecondFactor: Bool = false, hosts: [String] = []
    ) {
        self.issuer = issuer
        self.client = client
        self.secretFile = secretFile
        self.redirect = redirect
        self.nameClaim = nameClaim
        self.trustsSecondFactor = trustsSecondFactor
        self.hosts = hosts
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            issuer: try container.decode(String.self, forKey: .issuer),
            client: try container.decode(String.self, forKey: .client),
            secretFile: try container.decodeIfPresent(String.self, forKey: .secretFile),
            redirect: try container.decode(String.self, forKey: .redirect),
            nameClaim: try container.decodeIfPresent(String.self, forKey: .nameClaim),
            trustsSecondFactor: try container.decodeIfPresent(Bool.self, forKey: .trustsSecondFactor) ?? false,
            hosts: try container.decodeIfPresent([String].self, forKey: .hosts) ?? [])
    }

    func check() throws {
        for (name, text) in [("issuer", issuer), ("redirect", redirect)] {
            let isHere = text.hasPrefix("http://127.0.0.1:") || text.hasPrefix("http://127.0.0.1/")
            guard text.hasPrefix("https://") || isHere, text.utf8.count <= 512,
                text.unicodeScalars.allSatisfy({ $0.isASCII && $0.value > 32 })
            else {
                throw CaseworkError(
                    .malformed, "directory.\(name) begins with https:// (or lies on 127.0.0.1). Correct sign-in.yaml.",
                    zhHans: "directory.\(name) 须以 https:// 开头（或在 127.0.0.1 上）。请修改 sign-in.yaml。")
            }
        }
    }
}
