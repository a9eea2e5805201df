public import Casework
public import MatchCore
public import Wire

/// What was said once.
public struct ConsentView: Projection {
    public let id: RecordID
    public let subject: RecordID
    public let scope: Consent.Scope
    public let isGiven: Bool
    public let version: Code
    public let giver: Consent.Giver
    public let relation: Code?
    public let saidAt: Timestamp
    public let recordedBy: RecordID

    public static let schema = JSONSchema.object(
        "Consent",
        [
            .required("id", .id, "The consent's id.", "编号。"),
            .required("subject", .id, "Whose it is: a wish, a household, a member of one, an inbound record.", "所涉记录。"),
            .required("scope", .choice(Consent.Scope.self), "To what.", "事项。"),
            .required("isGiven", .flag, "False for a refusal, and where a consent was taken back.", "为 false 即不同意或撤回。"),
            .required("version", .code, "The version of the text that was read to them.", "所读文本的版本。"),
            .required("giver", .choice(Consent.Giver.self), "Who said it.", "由谁表示。"),
            .optional("relation", .code, "What the guardian is to the person.", "监护人与本人的关系。"),
            .required("saidAt", .moment, "When.", "时间。"),
            .required("recordedBy", .id, "Who wrote it down.", "登记人。"),
        ])
    public static let sample = ConsentView(
        id: .sample(16), subject: .sample(3), scope: .publication, isGiven: true, version: "2026-11", giver: .guardian,
        relation: "mother", saidAt: .sample, recordedBy: .sample(10))

    /// For the list, which is shown as a whole.
    public static func projecting(_ consent: Consent, in context: OperationContext) throws -> ConsentView? {
        guard let file = try context.store.personFile(consent.subject),
            context.sees(.consent, isWithin: try context.isInScope(file))
        else { return nil }
        return ConsentView(consent)
    }

    init(_ consent: Consent) {
        self.init(
            id: consent.id, subject: consent.subject, scope: consent.scope, isGiven: consent.isGiven,
            version: consent.version, giver: consent.giver, relation: consent.relation,
            saidAt: Timestamp(consent.saidAt), recordedBy: consent.recordedBy)
    }

    private init(
        id: RecordID, subject: RecordID, scope: Consent.Scope, isGiven: Bool, version: Code, giver: Consent.Giver,
        relation: Code?, saidAt: Timestamp, recordedBy: RecordID
    ) {
        self.id = id
        self.subject = subject
        self.scope = scope
        self.isGiven = isGiven
        self.version = version
        self.giver = giver
        self.relation = relation
        self.saidAt = saidAt
        self.recordedBy = recordedBy
    }
}

/// Everything that a person said, and what follows for their wishes.
public struct ConsentFileView: Projection {
    public let person: RecordID
    public let said: [ConsentView]
    public let required: [Consent.Scope]
    public let wishes: [Held]
    public let released: Int
    public let underWay: Int

    /// A wish, and what it is kept from.
    public struct Held: Described {
        public let wish: RecordID
        public let holds: [String]

        public static let schema = JSONSchema.object(
            "HeldWish",
            [
                .required("wish", .id, "The wish.", "心愿编号。"),
                .required(
                    "holds", .list(of: .choice(WishHold.allCases.map(\.rawValue)), 0...16), "What it is kept from.",
                    "暂缓事项。"),
            ])
        public static let sample = Held(wish: .sample(3), holds: ["matching"])
    }

    /// What it is shown from.
    public struct Source: Sendable {
        let file: PersonFile
        let said: [Consent]
        let required: [Consent.Scope]
        let wishes: [(wish: RecordID, holds: Set<WishHold>)]
        var released = 0
        var underWay = 0
    }

    public static let schema = JSONSchema.object(
        "ConsentFile",
        [
            .required("person", .id, "What was asked for.", "所查编号。"),
            .required(
                "said", .list(of: ConsentView.schema, 0...100_000), "What was said, the oldest first.", "全部记录，最早的在前。"),
            .required(
                "required", .list(of: .choice(Consent.Scope.self), 0...4),
                "What the program does only with a recorded consent.", "本项目须有登记的同意方可进行的事项。"),
            .required("wishes", .list(of: Held.schema, 0...100_000), "The wishes it speaks of.", "相关心愿。"),
            .required("released", .integer(0...1_000_000), "Claims that were released because of it.", "因此释放的认领数。"),
            .required(
                "underWay", .integer(0...1_000_000), "Claims that something is on its way for: they go on.",
                "已在途、继续办理的认领数。"),
        ])
    public static let sample = ConsentFileView(
        person: .sample(3), said: [.sample], required: [.publication], wishes: [.sample], released: 1, underWay: 0)

    public static func projecting(_ source: Source, in context: OperationContext) throws -> ConsentFileView? {
        guard context.sees(.consent, isWithin: try context.isInScope(source.file)) else { return nil }
        return ConsentFileView(
            person: source.file.id, said: source.said.map { ConsentView($0) }, required: source.required,
            wishes: source.wishes.map { wish, holds in
                Held(
                    wish: wish,
                    holds: WishHold.allCases.filter { $0 != .wordingAccepted && holds.contains($0) }.map(\.rawValue))
            }, released: source.released, underWay: source.underWay)
    }
}

/// What a person agrees to, or no longer agrees to.
public struct ConsentSaying: Described {
    public var person: RecordID
    public var scopes: [Consent.Scope]
    public var isGiven: Bool
    public var giver: Consent.Giver?
    public var relation: Code?
    public var saidAt: Timestamp?
    public var version: Code?

    public init(
        person: RecordID, scopes: [Consent.Scope], isGiven: Bool, giver: Consent.Giver? = nil, relation: Code? = nil,
        saidAt: Timestamp? = nil, version: Code? = nil
    ) {
        self.person = person
        self.scopes = scopes
        self.isGiven = isGiven
        self.giver = giver
        self.relation = relation
        self.saidAt = saidAt
        self.version = version
    }

    public static let schema = JSONSchema.object(
        "ConsentSaying",
        [
            PersonIDInput.property,
            .required("scopes", .list(of: .choice(Consent.Scope.self), 1...4), "To what; each by itself.", "事项，分别同意。"),
            .required("isGiven", .flag, "True for yes; false for no, or no longer.", "同意为 true；不同意或撤回为 false。"),
            .optional("giver", .choice(Consent.Giver.self), "Who says it; by default the person.", "由谁表示，默认本人。"),
            .optional("relation", .guardianRelation, "What the guardian is to the person.", "监护人与本人的关系代码。"),
            .optional("saidAt", .moment, "When, where it was not now.", "时间（非现在时填写）。"),
            .optional(
                "version", .code, "The version of the text; by default the program's present one.", "文本版本，默认当前版本。"),
        ])
    public static let sample = ConsentSaying(person: .sample(3), scopes: [.publication], isGiven: true)
}

/// Consents: to what, since when, under which text, who wrote it down; and their end.
public enum ConsentOperations {
    public static let list = Operation<PersonIDInput, ConsentFileView>(
        OperationFacts(
            .consentsList, .get, "/v1/persons/{person}/consents",
            "Shows what a person agreed to, and what their wishes are kept from.", zhHans: "查看某人的同意记录及其心愿的暂缓事项。")
    ) { input, context in
        let file = try known(input.person, context)
        return try source(file, context)
    }

    public static let record = Operation<ConsentSaying, ConsentFileView>(
        OperationFacts(
            .consentsRecord, .post, "/v1/persons/{person}/consents",
            "Records what a person agrees to, or takes a consent back.", zhHans: "登记同意、不同意或撤回。",
            details: LocalizedText(
                zhHans: "立即生效：不同意配对的心愿退出配对，未发出的认领释放并删除建议；不同意发布的不再公开。不满十四周岁须由监护人同意。",
                en:
                    "It counts at once: a wish that is not to be matched leaves the matching, claims for which nothing was sent are "
                    + "released and its suggestions are taken away; one that is not to be published is seen by no donor. For a child "
                    + "under 14 a guardian agrees."))
    ) { input, context in
        let file = try known(input.person, context)
        let outcome = try context.desk().record(
            input.scopes, of: input.person, isGiven: input.isGiven, by: input.giver ?? .person,
            relation: input.relation, saidAt: input.saidAt.map { Moment($0) }, version: input.version)
        var source = try source(file, context)
        (source.released, source.underWay) = (outcome.released, outcome.underWay)
        return source
    }

    static let all: [AnyOperation] = [AnyOperation(list), AnyOperation(record)]

    private static func known(_ id: RecordID, _ context: OperationContext) throws -> PersonFile {
        guard let file = try context.store.personFile(id), try context.isInScope(file) else { throw Problem.notFound }
        return file
    }

    private static func source(_ file: PersonFile, _ context: OperationContext) throws -> ConsentFileView.Source {
        let desk = try context.desk()
        return ConsentFileView.Source(
            file: file, said: try context.store.consents(of: file.holders.map(\.id)),
            required: desk.rules.consent.required,
            wishes: try desk.wishes(of: file.holders).map { ($0, try context.store.holds(of: $0)) })
    }
}
