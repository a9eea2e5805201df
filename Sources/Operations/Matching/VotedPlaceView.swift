internal import MatchCore
public import Wire

/// How the vote of a program's voices placed an offer: its place on each voice's ballot. Points are told in halves, since equals share
/// theirs.
public struct VotedPlaceView: Described {
    public let place: Int
    public let candidates: Int
    public let halfPoints: Int
    public let voices: [Voice]

    public struct Voice: Described {
        public let voice: String
        public let profile: String
        public let votes: Int
        public let place: Int
        public let halfPoints: Int
        public let total: Int32

        public static let schema = JSONSchema.object(
            "VotedPlaceVoice",
            [
                .required("voice", .text(1...64), "Who.", "哪一方。"),
                .required("profile", .text(1...200), "The revision that it speaks by.", "所用的版次。"),
                .required("votes", .integer(VoteTerms.voteCounts.int64), "How many votes it has.", "票数。"),
                .required(
                    "place", .integer(1...1_000), "Its place on the voice's ballot, among those put to the vote.",
                    "在该方选票上的名次（仅在参选者之间）。"),
                .required("halfPoints", .count, "Twice the points that it gave.", "所给得分的两倍。"),
                .required("total", .total, "Its total for the offer.", "所给总分。"),
            ])
        public static let sample = Voice(
            voice: "donors", profile: "donors@2", votes: 2, place: 1, halfPoints: 36, total: 800_000)
    }

    public static let schema = JSONSchema.object(
        "VotedPlace",
        [
            .required("place", .integer(1...1_000), "Its place in the order of the vote.", "投票次序中的名次。"),
            .required("candidates", .integer(1...1_000), "How many were put to the vote.", "参选数量。"),
            .required("halfPoints", .count, "Twice its points: equals share theirs.", "得分的两倍（并列者平分）。"),
            .required("voices", .list(of: Voice.schema, VoteTerms.voiceCounts), "Who wanted what.", "各方意愿。"),
        ])
    public static let sample = VotedPlaceView(
        place: 1, candidates: 10, halfPoints: 50, voices: [.sample, .sample])

    private init(place: Int, candidates: Int, halfPoints: Int, voices: [Voice]) {
        (self.place, self.candidates, self.halfPoints) = (place, candidates, halfPoints)
        self.voices = voices
    }

    init(_ account: VoteAccount) {
        self.init(
            place: account.place, candidates: account.candidates, halfPoints: account.halfPoints,
            voices: account.voices.map { voice in
                Voice(
                    voice: voice.name, profile: voice.profile, votes: voice.votes, place: voice.place,
                    halfPoints: voice.halfPoints,
                    total: voice.totals.indices.contains(account.candidate) ? voice.totals[account.candidate] : 0)
            })
    }
}
