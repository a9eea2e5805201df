/// By whose wants the order of a program is made: a Borda vote of several published profiles, declared in the profile.
///
/// The profile's own scorers go on to give every pair its total, by which plans are made and wishes are ranked for an offer,
/// and their vetoes hold; in which order the offers for a wish are shown is what the voices want together.
public struct VoteTerms: Sendable, Hashable, Codable, CustomStringConvertible {
    /// Whatever stands among the first so many of any voice is put to the vote.
    public var top: Int
    public var voices: [Voice]

    /// One of those who are asked.
    public struct Voice: Sendable, Hashable, Codable, CustomStringConvertible {
        /// What the account calls it.
        public var name: String
        public var votes: Int
        /// A published revision, such as `donors@2`: what a voice wants is settled when the vote is published.
        public var profile: String

        public init(name: String, votes: Int = 1, profile: String) {
            (self.name, self.votes, self.profile) = (name, votes, profile)
        }

        public var description: String { "\(name)=\(profile)" + (votes == 1 ? "" : "*\(votes)") }
    }

    public static let usualTop = 10
    public static let tops = 1...50
    public static let voiceCounts = 2...10
    public static let voteCounts = 1...1_000

    public init(top: Int = VoteTerms.usualTop, voices: [Voice]) {
        (self.top, self.voices) = (top, voices)
    }

    /// As a difference shows it: `first 10 of coordinators=staff@3, donors=donors@2*2`.
    public var description: String { "first \(top) of " + voices.map(\.description).joined(separator: ", ") }
}

extension ProfileCheck {
    /// What is wrong with the terms of a vote; nil where they can be kept. Whether the revisions are there is not looked up.
    static func faultOfVote(in profile: ScoringProfile) -> LocalizedText? {
        guard let vote = profile.vote else { return nil }
        guard VoteTerms.tops.contains(vote.top), VoteTerms.voiceCounts.contains(vote.voices.count) else {
            return LocalizedText(
                zhHans: "vote：top 须为 1…50，voices 须有 2…10 方。", en: "'vote': top must be 1…50, with 2…10 voices.")
        }
        var names: Set<String> = []
        for voice in vote.voices {
            guard (1...64).contains(voice.name.utf8.count), names.insert(voice.name).inserted else {
                return LocalizedText(
                    zhHans: "vote：“\(voice.name)”为空、过长或重复；每一方各取一名。",
                    en: "'vote': the name '\(voice.name)' is empty, too long or stands twice; give each voice its own.")
            }
            guard VoteTerms.voteCounts.contains(voice.votes) else {
                return LocalizedText(
                    zhHans: "vote：“\(voice.name)”的票数须为 1…1,000。", en: "'vote': '\(voice.name)' has 1…1,000 votes.")
            }
            guard let named = ProfileReference(voice.profile), named.scopes.isEmpty else {
                return LocalizedText(
                    zhHans: "vote：“\(voice.name)”须指明已发布的版次，如 donors@2，而非“\(voice.profile)”。",
                    en:
                        "'vote': '\(voice.name)' must name a published revision such as donors@2, not '\(voice.profile)'."
                )
            }
        }
        guard profile.trial == nil else {
            return LocalizedText(
                zhHans: "vote 与 trial 不能并用：次序由投票决定，权重的试行无从比较。",
                en:
                    "'vote' and 'trial' cannot stand together: the vote makes the order, so a trial of weights would try nothing."
            )
        }
        return nil
    }
}
