public import Casework
public import MatchCore
public import Wire

/// Whether an inbound record waits for somebody.
public enum InboxState: String, Sendable, Hashable, Codable, CaseIterable {
    case waiting, confirmed
}

/// Which inbound records to list.
public struct InboxListInput: Described {
    public var state: InboxState?
    public var channel: Channel?
    public var event: Code?
    public var since: Timestamp?
    public var limit: Int?
    public var cursor: String?

    public init(
        state: InboxState? = nil, channel: Channel? = nil, event: Code? = nil, since: Timestamp? = nil,
        limit: Int? = nil, cursor: String? = nil
    ) {
        self.state = state
        self.channel = channel
        self.event = event
        self.since = since
        self.limit = limit
        self.cursor = cursor
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            .optional(
                "state", .choice(InboxState.self), "Only records that wait, or those confirmed.", "只要待处理或已确认的记录。"),
            .optional("channel", .choice(Channel.self), "Only records of this channel.", "只要此渠道的记录。"),
            .optional("event", .code, "Only records entered under this event.", "只要此活动的记录。"),
            .optional("since", .moment, "Only records received then or later.", "只要此时间以来受理的记录。"),
        ] + PageRequest.properties)
    public static let sample = InboxListInput(state: .waiting, limit: 20)
}

/// One inbound record.
public struct InboxInput: Described {
    public var record: RecordID

    public init(record: RecordID) { self.record = record }

    static let recordProperty = JSONSchema.Property.required("record", .id, "The record's id.", "受理记录编号。")
    public static let schema = JSONSchema.object(nil, [recordProperty])
    public static let sample = InboxInput(record: .sample(6))
}

/// What is said of the person who asks. It is compared through keyed hashes and kept nowhere as it stands.
public struct PersonInput: Described {
    public var name: String?
    public var phone: String?
    public var idNumber: String?
    public var address: String?
    public var street: String?
    public var birthYear: Int?

    public init(_ hints: PersonHints) {
        name = hints.name
        phone = hints.phone
        idNumber = hints.idNumber
        address = hints.address
        street = hints.street
        birthYear = hints.birthYear
    }

    public var hints: PersonHints {
        PersonHints(
            name: name, phone: phone, idNumber: idNumber, address: address, street: street, birthYear: birthYear)
    }

    public static let schema = JSONSchema.object(
        "PersonHints",
        [
            .optional("name", .text(1...200), "Name.", "姓名。"),
            .optional("phone", .text(1...64), "Telephone.", "电话。"),
            .optional("idNumber", .text(1...64), "Number of the identity card.", "身份证件号码。"),
            .optional("address", .text(1...200), "Address.", "地址。"),
            .optional("street", .text(1...200), "Street, where no address is given.", "街道（无完整地址时）。"),
            .optional(
                "birthYear", .integer(1_900...2_200), "Year of birth: 1900 to this year.", "出生年份：1900 年至今年。"),
        ])
    public static let sample = PersonInput(PersonHints(name: "示例大宝", phone: "12000000001", birthYear: 1950))
}

/// Takes a request in.
public struct InboxTaking: Described {
    public var channel: Channel
    public var words: String
    public var number: String?
    public var event: Code?
    public var person: PersonInput?

    public init(
        channel: Channel, words: String, number: String? = nil, event: Code? = nil, person: PersonInput? = nil
    ) {
        self.channel = channel
        self.words = words
        self.number = number
        self.event = event
        self.person = person
    }

    public static let schema = JSONSchema.object(
        "InboxTaking",
        [
            .required("channel", .choice(Channel.self), "On which way it came in.", "来源渠道。"),
            .required("words", .text(1...InboxRecord.longest), "The person's own words.", "原话。"),
            .optional(
                "number", .text(1...200), "The channel's own number; the same number again is the same record.",
                "渠道自带编号；同一编号即同一记录。"),
            .optional("event", .code, "The fair or campaign it was entered under.", "所属活动或大集。"),
            .optional(
                "person", PersonInput.schema, "What is known of the person: for finding who asked twice; not kept.",
                "申请人信息：仅用于查重，不予保存。"),
        ])
    public static let sample = InboxTaking(channel: .hotline12345, words: "想要一台轮椅", number: "12345-0001")
}

/// Confirms what a record asks for.
public struct InboxConfirming: Described {
    public var record: RecordID
    public var wish: RecordID?
    public var category: Code?
    public var lane: String?
    public var urgency: String?
    public var quantity: Int64?
    public var groups: [Code]?
    public var area: Code?
    public var wording: String?
    public var person: PersonInput?

    public init(
        record: RecordID, wish: RecordID? = nil, category: Code? = nil, lane: String? = nil, urgency: String? = nil,
        quantity: Int64? = nil, groups: [Code]? = nil, area: Code? = nil, wording: String? = nil,
        person: PersonInput? = nil
    ) {
        self.record = record
        self.wish = wish
        self.category = category
        self.lane = lane
        self.urgency = urgency
        self.quantity = quantity
        self.groups = groups
        self.area = area
        self.wording = wording
        self.person = person
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            InboxInput.recordProperty,
            .optional("wish", .id, "The wish it is; without it a new wish is registered.", "所属心愿；不填则登记新心愿。"),
            .optional(
                "category", .category, "Category of the new wish; by default the first proposed.", "新心愿的类目，默认取首个建议。"),
            .optional("lane", .choice(Lane.allCases.map(\.code)), "By default the proposed one.", "默认取建议值。"),
            .optional(
                "urgency", .choice(UrgencyGrade.allCases.map(\.code)), "By default the proposed one.", "默认取建议值。"),
            .optional("quantity", .quantity, "In the category's unit; by default the proposed one.", "以类目单位计，默认取建议值。"),
            .optional(
                "groups", .list(of: .code, 0...Admission.Limits.listItems), "By default the proposed.", "默认取建议值。"),
            .optional("area", .area, "Code of the area where help is needed.", "需求所在区划。"),
            .optional("wording", .text(0...Admission.Limits.text), "The wording that may be published.", "可公开的文字。"),
            .optional("person", PersonInput.schema, "What is known of the person; not kept.", "申请人信息，不予保存。"),
        ])
    public static let sample = InboxConfirming(record: .sample(6), category: "goods.wheelchair", wording: "一台轮椅")
}
