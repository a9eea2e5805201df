public import MatchCore

extension ScoringProfile {
    /// The profiles by which the voices of its vote speak; empty where it declares none. Throws `malformed` where the store
    /// does not have one of them.
    public func voices(in store: any CaseTransaction) throws -> [ScoringProfile] {
        try (vote?.voices ?? []).map { voice in
            guard let named = ProfileReference(voice.profile),
                let profile = try store.profile(named.name, revision: named.revision)
            else {
                throw CaseworkError(
                    .malformed,
                    "The voice '\(voice.name)' speaks by \(voice.profile), which is not published. `almoner profile list` "
                        + "shows what is.",
                    zhHans: "“\(voice.name)”一方所用的 \(voice.profile) 未发布。almoner profile list 列出已发布的方案。")
            }
            return profile
        }
    }
}

extension ProfileDesk {
    /// Throws `malformed` for a voice whose revision is not published, and `wrongState` for one that is itself a vote.
    public func requireVoices(of profile: ScoringProfile) throws {
        for (voice, own) in zip(profile.vote?.voices ?? [], try profile.voices(in: store)) where own.vote != nil {
            throw CaseworkError(
                .wrongState,
                "The voice '\(voice.name)' speaks by \(voice.profile), whose order is a vote itself. Name a profile that orders by "
                    + "its own totals.",
                zhHans: "“\(voice.name)”一方所用的 \(voice.profile) 本身就是投票。请改用按自身总分排序的方案。")
        }
    }
}
