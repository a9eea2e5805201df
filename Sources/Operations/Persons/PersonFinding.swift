public import Casework
public import MatchCore
public import Wire

/// Whom to look for: by what is known of them, by a household, or by a wish.
public struct PersonSeeking: Described {
    public var phone: String?
    public var idNumber: String?
    public var household: RecordID?
    public var wish: RecordID?

    public init(
        phone: String? = nil, idNumber: String? = nil, household: RecordID? = nil, wish: RecordID? = nil
    ) {
        self.phone = phone
        self.idNumber = idNumber
        self.household = household
        self.wish = wish
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            .optional("phone", .text(1...64), "Telephone.", "电话。"),
            .optional("idNumber", .text(1...64), "Number of the identity card.", "身份证件号码。"),
            .optional("household", .id, "Who lives, or lived, in this household.", "此家庭的成员（含已离开的）。"),
            .optional(
                "wish", .id, "Whose wish this is, and who lives in the household it is filed under.", "此心愿的申请人及其家庭成员。"),
        ])
    public static let sample = PersonSeeking(phone: "12000000001")
}

/// People who were looked for, with the ids that other calls take.
public struct PersonFindingView: OpenAnswer {
    public let records: [RecordID]
    public let persons: [Person]

    public struct Person: Described {
        public let person: RecordID
        public let kind: PersonFile.Holder.Kind
        public let title: String?
        public let name: String?
        public let birthYear: Int?
        public let household: RecordID?
        public let until: Timestamp?

        public static let schema = JSONSchema.object(
            "FoundPerson",
            [
                .required("person", .id, "The person's id, for a household's file or an export.", "人员编号，用于家庭档案或导出。"),
                .required(
                    "kind", .choice(PersonFile.Holder.Kind.self),
                    "Whose id it is: of a wish or an inbound record it stands for whoever asks.",
                    "编号种类：心愿或受理记录的编号即代表申请人。"),
                .optional("title", .text(1...400), "What the wish is called.", "心愿名称。"),
                .optional("name", .text(1...400), "The name, where it is kept.", "姓名（有记录时）。"),
                .optional("birthYear", .integer(1_850...2_200), "Year of birth of a member.", "成员出生年份。"),
                .optional("household", .id, "The household's file.", "家庭档案编号。"),
                .optional("until", .moment, "Since when a member no longer lives there.", "离开家庭的时间。"),
            ])
        public static let sample = Person(
            person: .sample(8), kind: .member, title: "W-12", name: "陈某", birthYear: 1940, household: .sample(7),
            until: .sample)
    }

    private static let most = 10_000

    public static let schema = JSONSchema.object(
        "PersonFinding",
        [
            .required("records", .list(of: .id, 0...most), "Wishes and inbound records.", "心愿和受理记录编号。"),
            .required(
                "persons", .list(of: Person.schema, 0...most), "Who asked, and who lives with them.", "申请人及其家庭成员。"),
        ])
    public static let sample = PersonFindingView(records: [.sample(3)], persons: [.sample])
}

/// Looks people up, within what the viewer works on.
struct PersonSearch {
    let context: OperationContext

    func find(_ seeking: PersonSeeking) throws -> PersonFindingView {
        var records: [RecordID] = []
        var households: [RecordID] = []
        if let household = seeking.household {
            guard let kept = try context.store.household(household),
                try HouseholdView.projecting(kept, in: context) != nil
            else { throw Problem.notFound }
            households.append(household)
        }
        if let wish = seeking.wish {
            try context.requireWish(wish)
            records.append(wish)
        }
        if seeking.phone != nil || seeking.idNumber != nil { records += try alike(seeking) }
        guard !records.isEmpty || !households.isEmpty || seeking.phone != nil || seeking.idNumber != nil else {
            throw Problem(
                .invalidInput, at: "/phone",
                LocalizedText(
                    zhHans: "请填写电话、证件号码、家庭或心愿。", en: "Give a telephone, an identity number, a household or a wish."))
        }
        var persons: [PersonFindingView.Person] = []
        for record in records {
            // A request that was confirmed is its wish's: whoever asked is told once.
            if let wish = try context.store.inboxRecord(record)?.wish, records.contains(wish) { continue }
            let household = try context.store.household(ofWish: record)
            persons.append(try asking(record, of: household))
            if let household, !households.contains(household) { households.append(household) }
        }
        for household in households { persons += try living(in: household) }
        return PersonFindingView(records: records, persons: persons)
    }

    /// Requests with the same telephone or identity number, through keyed hashes.
    private func alike(_ seeking: PersonSeeking) throws -> [RecordID] {
        let hints = PersonHints(phone: seeking.phone, idNumber: seeking.idNumber)
        let index = try context.room.office.blindIndex(for: hints)
        let nobody = RecordID(high: 0, low: 0)
        guard let traits = index?.traits(of: hints, record: nobody, receivedAt: context.now, categories: []) else {
            throw Problem(
                .invalidInput, at: "/phone",
                LocalizedText(zhHans: "无法识别所填电话或证件号码。", en: "This is no telephone and no identity number."))
        }
        let ever = Moment(milliseconds: 0)...context.now.adding(milliseconds: Moment.day)
        return try context.store.traits(sharingWith: traits, window: ever, limit: 100).filter {
            ($0.phone != nil && $0.phone == traits.phone) || ($0.identity != nil && $0.identity == traits.identity)
        }.map(\.record).filter { record in
            if try context.registry.wish(record) != nil { return try context.isInScope(wish: record) }
            return try context.store.inboxRecord(record)?.wish.map { try context.isInScope(wish: $0) } ?? true
        }
    }

    private func asking(_ record: RecordID, of household: RecordID?) throws -> PersonFindingView.Person {
        let wish = try context.registry.wish(record)
        return PersonFindingView.Person(
            person: record, kind: wish == nil ? .inbox : .wish, title: wish?.key.handle,
            name: try context.name(of: record), birthYear: nil, household: household, until: nil)
    }

    private func living(in id: RecordID) throws -> [PersonFindingView.Person] {
        guard let household = try context.store.household(id)?.household else { return [] }
        let parts = try context.parts(
            context.parts(of: .household, isWithin: context.isInScope(area: household.area.text)), openedOf: id)
        guard parts.contains(.members) else { return [] }
        return try household.members.map { member in
            if member.birthYear != nil { context.note(.birthYear, of: member.person) }
            return PersonFindingView.Person(
                person: member.person, kind: .member, title: nil, name: try context.name(of: member.person),
                birthYear: member.birthYear, household: id, until: member.to.map { Timestamp($0) })
        }
    }
}
