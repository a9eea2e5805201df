public import MatchCore

/// The ways on which requests come in, merged into one queue.
public enum Channel: String, Hashable, Sendable, Codable, CaseIterable {
    /// The citizens' hotline 12345.
    case hotline12345
    case townWindow, villageOffice, socialWorker
    /// 救助赶大集: a batch entered under one event.
    case fair
    case childHelpline, web, messenger, letter, phone, volunteer, departmentReferral
    /// A file of another system.
    case importFile

    public var code: Code { Code(rawValue) ?? "other" }

    public var title: LocalizedText {
        switch self {
        case .hotline12345: LocalizedText(zhHans: "12345 热线", en: "hotline 12345")
        case .townWindow: LocalizedText(zhHans: "镇街窗口", en: "town window")
        case .villageOffice: LocalizedText(zhHans: "村（社区）", en: "village office")
        case .socialWorker: LocalizedText(zhHans: "社工走访", en: "social worker's visit")
        case .fair: LocalizedText(zhHans: "救助赶大集", en: "outreach fair")
        case .childHelpline: LocalizedText(zhHans: "未成年人保护热线", en: "child helpline")
        case .web: LocalizedText(zhHans: "网页", en: "web")
        case .messenger: LocalizedText(zhHans: "小程序、微信", en: "messenger")
        case .letter: LocalizedText(zhHans: "来信", en: "letter")
        case .phone: LocalizedText(zhHans: "来电", en: "telephone")
        case .volunteer: LocalizedText(zhHans: "志愿者代报", en: "volunteer")
        case .departmentReferral: LocalizedText(zhHans: "部门转介", en: "referral by a department")
        case .importFile: LocalizedText(zhHans: "批量导入", en: "import")
        }
    }
}

/// What came in, word for word. It is never changed; a person links it to a wish.
public struct InboxRecord: Hashable, Sendable {
    public let id: RecordID
    public let channel: Channel
    /// The number the channel gave it; the same number again is the same record.
    public let externalID: String?
    /// The fair or campaign it was entered under.
    public let event: Code?
    public let words: String
    public let receivedAt: Moment
    public let takenBy: RecordID
    public var wish: RecordID?
    public var closedAt: Moment?

    /// The most that one record may hold, in Unicode scalars.
    public static let longest = 20_000

    /// Throws `malformed` when there is nothing in it, or more than can be kept.
    public init(
        id: RecordID, channel: Channel, externalID: String?, event: Code? = nil, words: String, receivedAt: Moment,
        takenBy: RecordID
    ) throws {
        let length = words.unicodeScalars.count
        guard (1...Self.longest).contains(length),
            externalID.map({ (1...200).contains($0.unicodeScalars.count) }) ?? true
        else {
            throw CaseworkError(
                .malformed, "The words have \(length) characters; 1 to \(Self.longest) can be kept, 200 of a number.",
                zhHans: "原话共 \(length) 字；可保存 1 至 \(Self.longest) 字，编号至多 200 字。")
        }
        self.id = id
        self.channel = channel
        self.externalID = externalID
        self.event = event
        self.words = words
        self.receivedAt = receivedAt
        self.takenBy = takenBy
    }

    /// A record as a store gives it back.
    public init(
        id: RecordID, channel: Channel, externalID: String?, event: Code?, keptWords: String, receivedAt: Moment,
        takenBy: RecordID, wish: RecordID?, closedAt: Moment?
    ) {
        self.id = id
        self.channel = channel
        self.externalID = externalID
        self.event = event
        words = keptWords
        self.receivedAt = receivedAt
        self.takenBy = takenBy
        self.wish = wish
        self.closedAt = closedAt
    }
}
