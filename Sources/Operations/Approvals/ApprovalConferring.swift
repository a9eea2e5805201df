public import Casework
public import MatchCore
public import Wire

/// A case conference (一事一议).
public struct ApprovalConferring: Described {
    public var approval: RecordID
    public var participants: [Participant]
    public var votesFor: Int?
    public var votesAgainst: Int?
    public var abstentions: Int?
    public var finding: String
    public var reasons: String

    /// Somebody who took part: by the id of a person who is known, or by name.
    public struct Participant: Described {
        public var person: RecordID?
        public var name: String?
        public var vote: Conference.Vote?

        public init(person: RecordID? = nil, name: String? = nil, vote: Conference.Vote? = nil) {
            self.person = person
            self.name = name
            self.vote = vote
        }

        public static let schema = JSONSchema.object(
            "ConferenceParticipant",
            [
                .optional("person", .id, "The id of a person who is known; else say the name.", "已知人员的编号；否则填姓名。"),
                .optional(
                    "name", .text(1...200), "Name and part, as 'Chen, for the residents'; kept sealed with the wish.",
                    "姓名与身份，如“陈某（居民代表）”；随心愿加密保存。"),
                .optional(
                    "vote", .choice(Conference.Vote.self), "How they voted; for all of them or for none.",
                    "表决意见；全部填写或全部不填。"),
            ])
        public static let sample = Participant(name: "陈某（居民代表）", vote: .for)
    }

    static let most = 1_000

    public init(
        approval: RecordID, participants: [Participant], votesFor: Int? = nil, votesAgainst: Int? = nil,
        abstentions: Int? = nil, finding: String, reasons: String
    ) {
        self.approval = approval
        self.participants = participants
        self.votesFor = votesFor
        self.votesAgainst = votesAgainst
        self.abstentions = abstentions
        self.finding = finding
        self.reasons = reasons
    }

    private static func votes(_ name: String, _ en: String, _ zhHans: String) -> JSONSchema.Property {
        .optional(name, .integer(0...Int64(most)), en, zhHans)
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            ApprovalInput.approvalProperty,
            .required("participants", .list(of: Participant.schema, 1...most), "Everybody who took part.", "全部参会人员。"),
            votes("votesFor", "Votes for it; more than half of all who took part carry it.", "赞成票；超过参会人数一半为通过。"),
            votes("votesAgainst", "Votes against it.", "反对票。"),
            votes(
                "abstentions", "Abstentions; with the votes for and against they are all who took part.",
                "弃权票；三项之和为参会人数。"),
            .required("finding", .text(1...Admission.Limits.text), "What was found.", "结论。"),
            .required("reasons", .text(1...Admission.Limits.text), "Why.", "理由。"),
        ])
    public static let sample = ApprovalConferring(
        approval: .sample(11),
        participants: [
            .sample, Participant(name: "李某（村委会）", vote: .for), Participant(person: .sample(13), vote: .for),
        ],
        votesFor: 3, votesAgainst: 0, abstentions: 0, finding: "同意资助", reasons: "家庭确无力承担，邻里一致证明")

    /// The conference as the case keeps it; names and words go into notes of the wish.
    ///
    /// Throws `invalidInput` where somebody is not said, said twice, or the votes are half said.
    func conference(of wish: RecordID, fewest: Int, at desk: CaseDesk) throws -> Conference {
        guard participants.count >= fewest else {
            throw Problem(
                .invalidInput, at: "/participants",
                LocalizedText(
                    zhHans: "请填写参会人员：本步骤至少 \(fewest) 人，现填 \(participants.count) 人。",
                    en:
                        "Say who took part: at least \(fewest) people at this step, and \(participants.count) are named."
                ))
        }
        let votes = participants.compactMap(\.vote)
        guard votes.isEmpty || votes.count == participants.count else {
            throw Problem(
                .invalidInput, at: "/participants",
                LocalizedText(
                    zhHans: "请填写每位参会人的表决意见，或只填三项票数。",
                    en: "Say how each of them voted, or of none and the three counts instead."))
        }
        let people = try kept(of: wish, at: desk)
        let finding = try words(finding, "finding", "/finding", about: wish, at: desk)
        let reasons = try words(reasons, "reason", "/reasons", about: wish, at: desk)
        guard votes.isEmpty else {
            let conference = try Conference(
                ballots: zip(people, votes).map { Conference.Ballot($0, $1) }, finding: finding, reasons: reasons)
            let counts = [
                (votesFor, conference.votesFor), (votesAgainst, conference.votesAgainst),
                (abstentions, conference.abstentions),
            ]
            guard counts.allSatisfy({ $0 == nil || $0 == $1 }) else {
                throw Problem(
                    .invalidInput, at: "/votesFor",
                    LocalizedText(
                        zhHans: "票数与各人意见不符：赞成 \(conference.votesFor)、反对 \(conference.votesAgainst)、"
                            + "弃权 \(conference.abstentions)。",
                        en: "The counts are not what was said of each: \(conference.votesFor) for, "
                            + "\(conference.votesAgainst) against, \(conference.abstentions) abstained."))
            }
            return conference
        }
        guard let votesFor, let votesAgainst else {
            throw Problem(
                .invalidInput, at: "/votesFor",
                LocalizedText(
                    zhHans: "请填写赞成、反对和弃权票数，或每位参会人的意见。",
                    en: "Say how many voted for and against and how many abstained, or how each of them voted."))
        }
        return try Conference(
            participants: Set(people), votesFor: votesFor, votesAgainst: votesAgainst, abstentions: abstentions ?? 0,
            finding: finding, reasons: reasons)
    }

    /// An id for each participant: the person's own, or that of the note with the name.
    private func kept(of wish: RecordID, at desk: CaseDesk) throws -> [RecordID] {
        var names: Set<String> = []
        var ids: Set<RecordID> = []
        return try participants.enumerated().map { number, participant in
            let name = participant.name.map { String($0.split(whereSeparator: \.isWhitespace).joined(separator: " ")) }
            switch (participant.person, name) {
            case (let person?, nil):
                guard ids.insert(person).inserted else { throw Self.twice(number) }
                return person
            case (nil, let name?) where !name.isEmpty:
                guard names.insert(name).inserted else { throw Self.twice(number) }
                guard let id = try desk.keep(name, as: "participant", about: wish) else { throw Self.unsaid(number) }
                return id
            default: throw Self.unsaid(number)
            }
        }
    }

    private func words(
        _ text: String, _ kind: Code, _ place: String, about wish: RecordID, at desk: CaseDesk
    ) throws -> RecordID {
        guard !text.trimmed.isEmpty, let id = try desk.keep(text, as: kind, about: wish) else {
            throw Problem(
                .invalidInput, at: place,
                LocalizedText(zhHans: "请填写结论及其理由。", en: "Say what was found, and why."))
        }
        return id
    }

    private static func twice(_ number: Int) -> Problem {
        Problem(
            .invalidInput, at: "/participants/\(number)",
            LocalizedText(zhHans: "同一人出现了两次，每人只填一次。", en: "Somebody is named twice; name each once."))
    }

    private static func unsaid(_ number: Int) -> Problem {
        Problem(
            .invalidInput, at: "/participants/\(number)",
            LocalizedText(zhHans: "请填写编号或姓名之一。", en: "Say who it is: by id or by name, and not by both."))
    }
}

/// A case conference as it is shown.
public struct ConferenceView: Described {
    public let participants: [Participant]
    public let votesFor: Int
    public let votesAgainst: Int
    public let abstentions: Int
    public let isCarried: Bool
    public let finding: String?
    public let reasons: String?

    public struct Participant: Described {
        public let person: RecordID
        public let name: String?
        public let vote: Conference.Vote?

        public static let schema = JSONSchema.object(
            "ConferenceVoter",
            [
                .required("person", .id, "Who took part.", "参会人编号。"),
                .optional("name", .text(1...400), "Who that is, where it may be said.", "姓名（可显示时）。"),
                .optional("vote", .choice(Conference.Vote.self), "How they voted, where that is known.", "表决意见（已知时）。"),
            ])
        public static let sample = Participant(person: .sample(13), name: "陈某（居民代表）", vote: .for)
    }

    public static let schema = JSONSchema.object(
        "ConferenceRecord",
        [
            .required("participants", .list(of: Participant.schema, 0...1_000), "Who took part.", "参会人员。"),
            .required("votesFor", .integer(0...1_000), "Votes for it.", "赞成票。"),
            .required("votesAgainst", .integer(0...1_000), "Votes against it.", "反对票。"),
            .required("abstentions", .integer(0...1_000), "Abstentions.", "弃权票。"),
            .required("isCarried", .flag, "Whether more than half were for it.", "是否过半通过。"),
            .optional("finding", .text(1...Admission.Limits.text), "What was found.", "结论。"),
            .optional("reasons", .text(1...Admission.Limits.text), "Why.", "理由。"),
        ])
    public static let sample = ConferenceView(
        participants: [.sample], votesFor: 1, votesAgainst: 0, abstentions: 0, isCarried: true, finding: "同意资助",
        reasons: "家庭确无力承担")

    init(
        participants: [Participant], votesFor: Int, votesAgainst: Int, abstentions: Int, isCarried: Bool,
        finding: String?, reasons: String?
    ) {
        self.participants = participants
        self.votesFor = votesFor
        self.votesAgainst = votesAgainst
        self.abstentions = abstentions
        self.isCarried = isCarried
        self.finding = finding
        self.reasons = reasons
    }

    /// For staff; the words and names of it are noted as read.
    init(_ conference: Conference, in context: OperationContext) throws {
        self.init(
            participants: try conference.participants.sorted().map {
                Participant(person: $0, name: try context.name(of: $0), vote: conference.vote(of: $0))
            }, votesFor: conference.votesFor, votesAgainst: conference.votesAgainst,
            abstentions: conference.abstentions, isCarried: conference.isCarried,
            finding: try context.words(of: conference.finding),
            reasons: try conference.reasons.flatMap { try context.words(of: $0) })
    }
}
