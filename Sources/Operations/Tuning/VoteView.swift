public import MatchCore
public import Wire

/// The offers for a wish in the order of a vote between several profiles, and who wanted what.
public struct VoteView: OpenAnswer {
    public let items: [Standing]
    /// Lines that were voted on.
    public let lines: Int
    /// Lines that are open; more where time or the limit of one call ran out.
    public let open: Int

    public struct Standing: Described {
        public let wish: RecordNameView
        public let wishLine: Int
        public let rank: Int
        public let offer: RecordNameView
        public let offerLine: Int
        public let points: Double
        public let voices: [Wanted]

        public static let schema = JSONSchema.object(
            "VoteStanding",
            [
                .required("wish", RecordNameView.schema, "The wish.", "心愿。"),
                .required("wishLine", .lineNumber, "Its line.", "明细序号。"),
                .required("rank", .integer(1...Int64(Int32.max)), "1 for the first.", "名次，1 为首位。"),
                .required("offer", RecordNameView.schema, "The offer.", "资源。"),
                .required("offerLine", .lineNumber, "Its line.", "明细序号。"),
                .required("points", .number(0...1e12), "Borda points, all voices together.", "各方波达得分之和。"),
                .required("voices", .list(of: Wanted.schema, 0...VoteInput.mostVoices), "Who wanted what.", "各方意愿。"),
            ])
        public static let sample = Standing(
            wish: .sample, wishLine: 1, rank: 1, offer: .sample, offerLine: 1, points: 27.5, voices: [.sample])
    }

    public struct Wanted: Described {
        public let voice: String
        public let place: Int
        public let points: Double

        public static let schema = JSONSchema.object(
            "VoiceWanted",
            [
                .required("voice", .text(1...100), "The voice.", "一方。"),
                .required(
                    "place", .integer(1...Int64(Int32.max)),
                    "Its place on the voice's ballot: among the candidates put to the vote.", "在该方选票上的名次（仅在参选者之间）。"),
                .required("points", .number(0...1e12), "The points it gave.", "该方所给得分。"),
            ])
        public static let sample = Wanted(voice: "donors", place: 1, points: 9)
    }

    public static let schema = JSONSchema.object(
        "Vote",
        [
            .required("items", .list(of: Standing.schema, 0...1_000_000), "Line by line, best first.", "逐条明细，最佳在前。"),
            .required("lines", .count, "Lines that were voted on.", "已计票的明细数。"),
            .required(
                "open", .count, "Open lines; more than 'lines' where time or the limit of one call ran out.",
                "未满足明细数；受时间或单次上限所限时多于 lines。"),
        ])
    public static let sample = VoteView(items: [.sample], lines: 1, open: 1)
}

/// Asks for a vote.
public struct VoteInput: Described {
    /// Nil for the open lines of every wish: the program's order.
    public var wish: RecordID?
    public var voices: [Voice]
    public var top: Int?

    static let mostVoices = TuningLimits.voices.upperBound

    public init(wish: RecordID? = nil, voices: [Voice], top: Int? = nil) {
        (self.wish, self.voices, self.top) = (wish, voices, top)
    }

    /// One stakeholder, with the profile that it keeps.
    public struct Voice: Described {
        public var name: String
        public var profile: ProfileSource
        public var votes: Int?

        public init(name: String, profile: ProfileSource, votes: Int? = nil) {
            (self.name, self.profile, self.votes) = (name, profile, votes)
        }

        public static let schema = JSONSchema.object(
            "Voice",
            [
                .required("name", .text(1...100), "What it is called.", "称呼。"),
                .required("profile", ProfileSource.schema, "Its profile.", "其方案。"),
                .optional(
                    "votes", .integer(TuningLimits.votes.int64), "How many votes it has; 1 by default.", "票数，默认 1。"),
            ])
        public static let sample = Voice(name: "donors", profile: .sample, votes: 2)
    }

    public static let schema = JSONSchema.object(
        "VoteInput",
        [
            .optional("wish", .id, "The wish; left out for every open one.", "心愿；不填则为全部未满足心愿。"),
            .required("voices", .list(of: Voice.schema, 2...mostVoices), "Who votes.", "参与各方。"),
            .optional(
                "top", .integer(TuningLimits.voteTop.int64),
                "The first so many of each voice are put to the vote; 10 by default.",
                "各方前几名参选，默认 10。"),
        ])
    public static let sample = VoteInput(wish: .sample(3), voices: [.sample, .sample], top: 10)
}

extension VoteInput {
    /// Throws ``Problem`` `invalidInput` where two voices have one name: nobody could tell who wanted what.
    func requireOwnNames() throws {
        var names: Set<String> = []
        for (number, voice) in voices.enumerated() where !names.insert(voice.name).inserted {
            throw Problem(
                .invalidInput, at: "/voices/\(number)/name",
                LocalizedText(
                    zhHans: "“\(voice.name)”出现两次；每一方各取一名。",
                    en: "The voice '\(voice.name)' stands twice; give each its own name."))
        }
    }
}
