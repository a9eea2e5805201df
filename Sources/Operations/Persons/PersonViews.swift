public import Casework
public import MatchCore
public import Wire

/// Everything that is kept of a person, for the person.
public struct PersonFileView: Projection {
    public let id: RecordID
    public let holders: [Holder]
    /// What they asked for and what they give, as it stands.
    public let wishes: [WishView]
    public let offers: [OfferView]
    public let items: [Item]
    public let reads: [Read]
    public let openings: [OpeningView]
    public let consents: [ConsentView]

    /// A record that speaks of the person.
    public struct Holder: Described {
        public let kind: PersonFile.Holder.Kind
        public let id: RecordID

        public static let schema = JSONSchema.object(
            "PersonHolder",
            [
                .required("kind", .choice(PersonFile.Holder.Kind.self), "What it is.", "种类。"),
                .required("id", .id, "Its id.", "编号。"),
            ])
        public static let sample = Holder(kind: .wish, id: .sample(3))
    }

    /// One thing that is known.
    public struct Item: Described {
        public let field: SealedField
        public let record: RecordID
        public let text: String
        public let at: Timestamp?

        public static let schema = JSONSchema.object(
            "PersonItem",
            [
                .required("field", .choice(SealedField.self), "What kind of thing it is.", "内容种类。"),
                .required("record", .id, "The record it stands in.", "所在记录。"),
                .required("text", .text(0...InboxRecord.longest), "What is kept.", "保存的内容。"),
                .optional("at", .moment, "Since when.", "时间。"),
            ])
        public static let sample = Item(field: .words, record: .sample(6), text: "想要一台轮椅", at: .sample)
    }

    /// That somebody was shown something.
    public struct Read: Described {
        public let at: Timestamp
        public let actor: RecordID
        public let role: Role
        public let field: SealedField

        public static let schema = JSONSchema.object(
            "PersonRead",
            [
                .required("at", .moment, "When.", "时间。"), .required("actor", .id, "Who.", "查看人。"),
                .required("role", .choice(Role.self), "In which role.", "角色。"),
                .required("field", .choice(SealedField.self), "What was shown.", "查看的内容种类。"),
            ])
        public static let sample = Read(at: .sample, actor: .sample(10), role: .coordinator, field: .words)
    }

    private static let most = 100_000

    public static let schema = JSONSchema.object(
        "PersonFile",
        [
            .required("id", .id, "What was asked for.", "所查编号。"),
            .required("holders", .list(of: Holder.schema, 0...most), "The records that speak of the person.", "相关记录。"),
            .required("wishes", .list(of: WishView.schema, 0...most), "Their wishes, as they stand.", "相关心愿的现状。"),
            .required("offers", .list(of: OfferView.schema, 0...most), "Their offers, as they stand.", "相关资源的现状。"),
            .required("items", .list(of: Item.schema, 0...most), "Everything that is sealed.", "加密保存的全部内容。"),
            .required(
                "reads", .list(of: Read.schema, 0...most), "Who was shown what, the latest first.", "查看记录，最近的在前。"),
            .required(
                "openings", .list(of: OpeningView.schema, 0...most),
                "Openings to people who do not see it otherwise, with who agreed.", "例外查看的申请及同意人。"),
            .required(
                "consents", .list(of: ConsentView.schema, 0...most), "What they agreed to, refused or took back.",
                "同意、不同意和撤回的记录。"),
        ])
    public static let sample = PersonFileView(
        id: .sample(3), holders: [.sample], wishes: [.sample], offers: [], items: [.sample], reads: [.sample],
        openings: [.sample], consents: [.sample])

    /// For those who hand it out, in their areas.
    public static func projecting(_ file: PersonFile, in context: OperationContext) throws -> PersonFileView? {
        let parts = try context.parts(
            context.parts(of: .person, isWithin: try context.isInScope(file)), openedOf: file.id)
        guard parts.contains(.file) else { return nil }
        let wishes = try context.registry.wishes(file.holders.filter { $0.kind == .wish }.map(\.id))
        let offers = try file.holders.filter { $0.kind == .party }.flatMap {
            try context.registry.offers(RecordQuery(party: $0.id), limit: most)
        }
        return PersonFileView(
            id: file.id, holders: file.holders.map { Holder(kind: $0.kind, id: $0.id) },
            wishes: try file.holders.compactMap {
                try wishes[$0.id].flatMap { try WishView.projecting($0, in: context) }
            },
            offers: try offers.compactMap { try OfferView.projecting($0, in: context) },
            items: file.items.map {
                Item(field: $0.field, record: $0.record, text: $0.text, at: $0.at.map { Timestamp($0) })
            },
            reads: file.reads.map {
                Read(at: Timestamp($0.at), actor: $0.actor, role: $0.role, field: $0.field)
            }, openings: file.openings.map { OpeningView.view(of: $0) },
            consents: file.consents.map { ConsentView($0) })
    }
}

/// What an erasure took away: never what it was.
public struct ErasureView: Projection {
    public let id: RecordID
    public let holders: [PersonFileView.Holder]
    public let items: Int
    public let released: Int
    public let underWay: Int
    public let linesClosed: Int

    public static let schema = JSONSchema.object(
        "Erasure",
        [
            .required("id", .id, "What was asked for.", "所查编号。"),
            .required(
                "holders", .list(of: PersonFileView.Holder.schema, 0...100_000), "Whose keys were destroyed.",
                "已销毁密钥的记录。"),
            .required("items", .integer(0...1_000_000), "How many things were taken away.", "已删除的内容数。"),
            .required("released", .integer(0...1_000_000), "Claims that were released.", "已释放的认领数。"),
            .required(
                "underWay", .integer(0...1_000_000), "Claims that something is on its way for: they go on.",
                "已在途、继续办理的认领数。"),
            .required(
                "linesClosed", .integer(0...1_000_000), "Lines of which the rest was cancelled or withdrawn.",
                "已取消或撤回余量的明细数。"),
        ])
    public static let sample = ErasureView(
        id: .sample(3), holders: [.sample], items: 4, released: 1, underWay: 0, linesClosed: 1)

    public static func projecting(_ erasure: Erasure, in context: OperationContext) throws -> ErasureView? {
        let file = erasure.file
        guard context.sees(.person, isWithin: try context.isInScope(file)) else { return nil }
        return ErasureView(
            id: file.id, holders: file.holders.map { PersonFileView.Holder(kind: $0.kind, id: $0.id) },
            items: file.items.count, released: erasure.released, underWay: erasure.underWay,
            linesClosed: erasure.linesClosed)
    }
}

extension OperationContext {
    /// Whether the viewer works where all that a file speaks of lies.
    func isInScope(_ file: PersonFile) throws -> Bool {
        if viewer.areas.isEmpty { return true }
        return try file.holders.allSatisfy { holder in
            switch holder.kind {
            case .wish: try isInScope(wish: holder.id)
            case .household: try isInScope(area: store.household(holder.id)?.household.area.text)
            // Its household stands beside it, or the viewer has every area.
            case .member: file.holders.contains { $0.kind == .household }
            case .party, .inbox: true
            // Who works for the program belongs to no area.
            case .staff: false
            }
        }
    }
}
