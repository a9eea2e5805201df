internal import MatchCore
public import Wire

extension ProfileContent {
    /// By whose vote the offers for a wish are ordered.
    public struct Vote: Described, Hashable {
        public var top: Int?
        public var voices: [Voice]

        /// One of those who are asked.
        public struct Voice: Described, Hashable {
            public var name: String
            public var profile: String
            public var votes: Int?

            public static let schema = JSONSchema.object(
                "VoteTermsVoice",
                [
                    .required("name", .text(1...64), "What the account calls it.", "账目中的名称。"),
                    .required(
                        "profile", .text(1...130), "The published revision that it speaks by, such as donors@2.",
                        "所用的已发布版次，如 donors@2。"),
                    .optional(
                        "votes", .integer(VoteTerms.voteCounts.int64), "How many votes it has; 1 by default.",
                        "票数，默认 1。"),
                ])
            public static let sample = Voice(name: "donors", profile: "donors@2", votes: 2)
        }

        public static let schema = JSONSchema.object(
            "VoteTerms",
            [
                .optional(
                    "top", .integer(VoteTerms.tops.int64),
                    "The first so many of each voice are put to the vote; 10 by default.", "各方前几名参选，默认 10。"),
                .required(
                    "voices", .list(of: Voice.schema, VoteTerms.voiceCounts), "Those who are asked.", "参与投票的各方。"),
            ])
        public static let sample = Vote(
            top: 10, voices: [.sample, Voice(name: "coordinators", profile: "coordinators@3", votes: 1)])

        init(top: Int?, voices: [Voice]) { (self.top, self.voices) = (top, voices) }

        init(_ terms: VoteTerms) {
            self.init(
                top: terms.top,
                voices: terms.voices.map { Voice(name: $0.name, profile: $0.profile, votes: $0.votes) })
        }

        var terms: VoteTerms {
            VoteTerms(
                top: top ?? VoteTerms.usualTop,
                voices: voices.map { VoteTerms.Voice(name: $0.name, votes: $0.votes ?? 1, profile: $0.profile) })
        }
    }
}
