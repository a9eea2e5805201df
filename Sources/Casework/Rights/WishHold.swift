/// What a wish is kept from, until somebody changes why: each is computed anew by the desk, never set by hand.
public enum WishHold: String, Hashable, Sendable, CaseIterable {
    /// Its wording holds something personal that nobody has looked at: it is not published.
    case wording
    /// No hold, but that a coordinator looked at what was found in the wording as it stands, and let it pass.
    case wordingAccepted
    /// The person has not agreed that it is published, or agrees no longer.
    case publication
    /// The person has not agreed that anything is matched with it, or agrees no longer.
    case matching
    /// The person has not agreed that who helps is told where they live.
    case sharing
    /// The person has not agreed that hardship and group are looked at.
    case sensitive

    /// Those that keep a wish from donors and the public.
    public static let fromPublication: Set<WishHold> = [.wording, .publication, .matching]
    /// Those that a consent lifts.
    static let byConsent: Set<WishHold> = [.publication, .matching, .sharing, .sensitive]
}
