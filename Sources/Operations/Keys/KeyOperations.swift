public import Casework
public import MatchCore
public import Wire

/// One key.
public struct KeyInput: Described {
    public var key: RecordID

    public init(key: RecordID) { self.key = key }

    static let property = JSONSchema.Property.required("key", .id, "The key's id.", "令牌编号。")
    public static let schema = JSONSchema.object(nil, [property])
    public static let sample = KeyInput(key: .sample(9))
}

/// Revokes a key.
public struct KeyRevoking: Described {
    public var key: RecordID
    public var reason: String?
    public var note: String?

    public init(key: RecordID, reason: String? = nil, note: String? = nil) {
        self.key = key
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(nil, [KeyInput.property] + StepReason.properties)
    public static let sample = KeyRevoking(key: .sample(9), reason: "left")
}

/// What a new key is to allow.
public struct KeyGranting: Described {
    public var label: String
    public var role: Role
    public var party: RecordID?
    public var areas: [Code]?
    public var approvalLevel: AreaLevel?
    public var approvalLimit: Int64?
    public var purpose: AccessPurpose?
    public var starts: Timestamp?
    public var expires: Timestamp?

    public init(
        label: String, role: Role, party: RecordID? = nil, areas: [Code]? = nil, approvalLevel: AreaLevel? = nil,
        approvalLimit: Int64? = nil, purpose: AccessPurpose? = nil, starts: Timestamp? = nil, expires: Timestamp? = nil
    ) {
        self.label = label
        self.role = role
        self.party = party
        self.areas = areas
        self.approvalLevel = approvalLevel
        self.approvalLimit = approvalLimit
        self.purpose = purpose
        self.starts = starts
        self.expires = expires
    }

    /// Whoever acts for a party, who approves, and everybody else; guests and recipients have no keys.
    private static let kinds: [JSONSchema.Kind] = {
        let parties: Set<Role> = [.donor, .carrier, .fitter]
        let others = Role.allCases.filter {
            !parties.contains($0) && $0 != .approver && $0 != .guest && $0 != .recipient
        }
        let approval = ["approvalLevel", "approvalLimit"]
        return [
            JSONSchema.Kind(others.map(\.rawValue), refuses: ["party"] + approval),
            JSONSchema.Kind([Role.approver.rawValue], needs: approval, refuses: ["party"]),
            JSONSchema.Kind(
                Role.allCases.filter(parties.contains).map(\.rawValue), needs: ["party"], refuses: approval),
        ]
    }()

    public static let schema = JSONSchema.object(
        "KeyGranting",
        [
            .required("label", .text(1...200), "What it is for.", "用途。"),
            .required("role", .choice(kinds.flatMap(\.values)), "The role.", "角色。"),
            .optional("party", .id, "The party that a donor, carrier or fitter acts for.", "捐助、运送、安装角色所代表的主体。"),
        ] + grantProperties
    ).told(apartBy: "role", kinds)
    public static let sample = KeyGranting(label: "Anna's desk", role: .coordinator)
}

extension KeyGranting: GrantAsking {}

/// What an admin can do about keys.
public enum KeyOperations {
    public static let list = Operation<PageInput, Page<KeyView>>(
        OperationFacts(
            .keysList, .get, "/v1/keys", "Lists keys, the newest first.", zhHans: "列出令牌，最新的在前。")
    ) { input, context in
        try PageRecord.reading(
            PageRequest(limit: input.limit, cursor: input.cursor),
            fetch: { try context.store.accessKeys(before: $0?.recordID, limit: $1) }, cursor: { Cursor($0.id) },
            where: { KeyView.isVisible($0, in: context) })
    }

    public static let show = Operation<KeyInput, KeyView>(
        OperationFacts(.keysShow, .get, "/v1/keys/{key}", "Shows a key.", zhHans: "查看令牌。")
    ) { input, context in
        guard let key = try context.store.accessKey(input.key) else { throw Problem.notFound }
        return key
    }

    public static let create = Operation<KeyGranting, NewKeyView>(
        OperationFacts(
            .keysCreate, .post, "/v1/keys", "Makes a key; its token is shown this once.",
            zhHans: "发放令牌，只显示这一次。", status: 201),
        location: { "/v1/keys/\($0.key.id)" }
    ) { input, context in
        let grant = try input.grant(label: input.label, party: input.party, in: context)
        var random = context.random
        return try context.desk().createKey(
            grant, by: context.viewer.delegation, in: context.reference.areas, random: &random)
    }

    public static let revoke = Operation<KeyRevoking, KeyView>(
        OperationFacts(
            .keysRevoke, .post, "/v1/keys/{key}/revoke", "Revokes a key; it takes effect at once.",
            zhHans: "吊销令牌，立即生效。")
    ) { input, context in
        guard let key = try context.store.accessKey(input.key), KeyView.isVisible(key, in: context) else {
            throw Problem.notFound
        }
        if key.holder == context.actor.id {
            throw Problem(
                .conflict, "This is your own key, and you would be locked out. Have another admin revoke it.",
                zhHans: "这是您自己的令牌，吊销后将无法进入。请由另一管理员吊销。")
        }
        let desk = try context.desk()
        return try desk.revokeKey(
            input.key, reason: try desk.reason(input.reason, note: input.note, about: input.key))
    }

    static let all: [AnyOperation] = [
        AnyOperation(list), AnyOperation(show), AnyOperation(create), AnyOperation(revoke),
    ]
}
