public import Casework
public import MatchCore
public import Wire

/// The file of a family with its colour on the watch. Who its members are stands in the sealed records of persons.
///
/// The colour, since when it holds and when a visit is due for it are made of the family's circumstances, and are left out with
/// them.
public struct HouseholdView: Projection {
    public let id: RecordID
    public let area: Code
    public let grade: WatchGrade?
    public let because: [Code]?
    public let since: Timestamp?
    public let visitDue: Timestamp?
    public let lastVisit: Timestamp?
    public let members: [Member]?
    public let hardships: [Circumstance]?
    public let benefits: [Circumstance]?
    /// The groups that follow from the file, and that its wishes are matched by.
    public let groups: [Code]?
    public let wishes: [FiledWish]

    /// What one file may hold of each.
    static let most = 10_000

    public struct Member: Described {
        public let person: RecordID
        public let name: String?
        public let birthYear: Int?
        public let from: Timestamp
        public let until: Timestamp?

        public static let schema = JSONSchema.object(
            "HouseholdMember",
            [
                .required("person", .id, "The person.", "人员编号。"),
                .optional("name", .text(1...400), "What the person is called, where it is kept.", "姓名（有记录时）。"),
                .optional("birthYear", .integer(1_850...2_200), "Year of birth.", "出生年份。"),
                .required("from", .moment, "Since when.", "起始时间。"),
                .optional("until", .moment, "Until when; left out while it lasts.", "结束时间；仍有效时没有此项。"),
            ])
        public static let sample = Member(
            person: .sample(8), name: "陈某", birthYear: 1940, from: .sample, until: .sample)
    }

    /// A hardship or a benefit, for as long as it held.
    public struct Circumstance: Described {
        public let code: Code
        public let from: Timestamp
        public let until: Timestamp?

        init(_ circumstance: Household.Circumstance) {
            code = circumstance.code
            from = Timestamp(circumstance.from)
            until = circumstance.to.map { Timestamp($0) }
        }

        public static let schema = JSONSchema.object(
            "Circumstance",
            [
                .required("code", .code, "The program's code.", "项目代码。"),
                .required("from", .moment, "Since when.", "起始时间。"),
                .optional("until", .moment, "Until when; left out while it lasts.", "结束时间；仍有效时没有此项。"),
            ])
        public static let sample = Circumstance(
            Household.Circumstance(code: "minimumLiving", from: Moment(.sample), to: Moment(.sample)))
    }

    /// A wish in a household's file.
    public struct FiledWish: Described {
        public let wish: RecordID
        public let handle: String?
        public let round: Int
        public let openedAt: Timestamp
        public let closedAt: Timestamp?

        public static let schema = JSONSchema.object(
            "FiledWish",
            [
                .required("wish", .id, "The wish.", "心愿编号。"),
                .optional("handle", .text(1...200), "What people call the wish.", "心愿的通用编号。"),
                .required("round", .integer(1...100_000), "The round of the program.", "项目轮次。"),
                .required("openedAt", .moment, "When it was filed.", "归档时间。"),
                .optional("closedAt", .moment, "When it was closed.", "办结时间。"),
            ])
        public static let sample = FiledWish(
            wish: .sample(3), handle: "W-12", round: 1, openedAt: .sample, closedAt: .sample)
    }

    public static let schema = JSONSchema.object(
        "Household",
        [
            .required("id", .id, "The file's id.", "家庭档案编号。"),
            .required("area", .code, "Where the family lives.", "所在区划。"),
            .optional(
                "grade", .choice(WatchGrade.self), "Its colour on the watch, for those who see hardships.",
                "关注等级（可查看困难情形者）。"),
            .optional("because", .list(of: .code, 0...64), "The rules that gave the grade.", "定级依据。"),
            .optional("since", .moment, "Since when it has the grade.", "定级时间。"),
            .optional("visitDue", .moment, "By when the next visit is due, by its grade.", "按等级确定的下次走访期限。"),
            .optional("lastVisit", .moment, "When somebody last came by.", "最近走访时间。"),
            .optional(
                "members", .list(of: Member.schema, 0...most), "Who lives, or lived, there, for those who may know.",
                "家庭成员，含已离开的（可查看者）。"),
            .optional(
                "hardships", .list(of: Circumstance.schema, 0...most), "Hardships over time, for those who may know.",
                "历次困难情形（可查看者）。"),
            .optional(
                "benefits", .list(of: Circumstance.schema, 0...most), "Benefits over time, for those who may know.",
                "历次享受的救助（可查看者）。"),
            .optional(
                "groups", .list(of: .code, 0...256),
                "Groups that follow from the file; its wishes are matched by them. For those who may know.",
                "由档案推定的人群，供匹配使用（可查看者）。"),
            .required("wishes", .list(of: FiledWish.schema, 0...most), "All its wishes.", "历次心愿。"),
        ])

    public static let sample = HouseholdView(
        id: .sample(7), area: "441900121", grade: .orange, because: ["eldersAlone"], since: .sample,
        visitDue: .sample, lastVisit: .sample, members: [.sample], hardships: [.sample], benefits: [.sample],
        groups: ["elders"], wishes: [.sample])

    /// Whether sensitive fields are held back of all its wishes.
    private static func isHeld(_ household: Household, in context: OperationContext) throws -> Bool {
        let wishes = household.wishes.map(\.wish)
        guard !wishes.isEmpty else { return false }
        return try context.store.heldWishes(by: [.sensitive], among: wishes).isSuperset(of: wishes)
    }

    public static func projecting(
        _ record: (household: Household, watch: HouseholdWatch), in context: OperationContext
    ) throws -> HouseholdView? {
        let (household, watch) = record
        let parts = try context.parts(
            context.parts(of: .household, isWithin: context.isInScope(area: household.area.text)),
            openedOf: household.id)
        guard parts.contains(.existence) else { return nil }
        let isTold = parts.contains(.circumstances)
        // Nothing follows from it for a family that does not agree to that.
        let groups =
            try isTold && !isHeld(household, in: context)
            ? context.store.derivedGroups(of: household.id)?.codes ?? [] : []
        // Also where nothing is noted: the grade is made of the file, and the lowest one says that there is nothing.
        if isTold { context.note(.circumstance, of: household.id) }
        let members = parts.contains(.members) ? household.members : nil
        for member in members ?? [] where member.birthYear != nil { context.note(.birthYear, of: member.person) }
        return HouseholdView(
            id: household.id, area: household.area, grade: isTold ? watch.grade : nil,
            because: isTold ? watch.because : nil, since: isTold ? Timestamp(watch.since) : nil,
            visitDue: isTold ? watch.visitDue.map { Timestamp($0) } : nil,
            lastVisit: household.lastVisit.map { Timestamp($0) },
            members: try members?.map {
                Member(
                    person: $0.person, name: try context.name(of: $0.person), birthYear: $0.birthYear,
                    from: Timestamp($0.from),
                    until: $0.to.map { Timestamp($0) })
            }, hardships: isTold ? household.hardships.map { Circumstance($0) } : nil,
            benefits: isTold ? household.benefits.map { Circumstance($0) } : nil, groups: isTold ? groups : nil,
            wishes: try household.wishes.map {
                FiledWish(
                    wish: $0.wish, handle: try context.handle(of: $0.wish), round: $0.round,
                    openedAt: Timestamp($0.openedAt),
                    closedAt: $0.closedAt.map { Timestamp($0) })
            })
    }
}
