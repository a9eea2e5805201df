/// One row of the table that says what each step needs: from which states, by which role, with which reason.
public struct ClaimRule: Sendable {
    /// On whose behalf a role makes the step.
    public enum Standing: Hashable, Sendable {
        /// On any claim: staff.
        case any
        /// Only on claims of the party the person acts for.
        case ownOffer
        /// Only on the wish that the look-up code opened.
        case ownWish
        /// Only on a leg the person's party has taken on.
        case ownLeg
        /// Only on a leg that nobody has taken on.
        case openLeg
    }

    /// Whether a reason must be given.
    public enum ReasonNeed: Hashable, Sendable {
        case never, always
        /// When someone acts for a person who could have acted.
        case onBehalf
    }

    public let step: ClaimStep.Kind
    public let from: Set<ClaimState>
    /// The state after the step; nil when the state stays.
    public let to: ClaimState?
    public let reason: ReasonNeed
    public let allowed: [Role: Standing]

    /// The one table. A role that a row does not name can never make the step.
    public static let table: [ClaimRule] = [
        ClaimRule(
            .propose, from: [], to: .proposed, reason: .never,
            [.donor: .ownOffer, .coordinator: .any, .admin: .any, .integration: .any]),
        ClaimRule(
            .accept, from: [.proposed], to: .accepted, reason: .onBehalf,
            [.donor: .ownOffer, .coordinator: .any, .admin: .any]),
        ClaimRule(
            .decline, from: [.proposed], to: .declined, reason: .always,
            [.donor: .ownOffer, .coordinator: .any, .admin: .any]),
        ClaimRule(
            .dispatch, from: [.accepted], to: .inTransit, reason: .never,
            [.donor: .ownOffer, .carrier: .ownLeg, .coordinator: .any, .admin: .any]),
        ClaimRule(
            .receive, from: [.inTransit], to: .received, reason: .never,
            [
                .donor: .ownOffer, .carrier: .ownLeg, .recipient: .ownWish, .intake: .any, .coordinator: .any,
                .admin: .any,
            ]),
        // By the recipient, or by staff after a visit: then the reason says which visit.
        ClaimRule(
            .confirm, from: [.received], to: .confirmed, reason: .onBehalf,
            [.recipient: .ownWish, .intake: .any, .coordinator: .any, .admin: .any]),
        ClaimRule(
            .renew, from: [.proposed, .accepted], to: nil, reason: .always,
            [.donor: .ownOffer, .coordinator: .any, .admin: .any]),
        // By the runner, as the system user; the lease is the reason.
        ClaimRule(.expire, from: [.proposed, .accepted], to: .expired, reason: .never, [.admin: .any]),
        ClaimRule(
            .release, from: [.proposed, .accepted], to: .released, reason: .always,
            [.donor: .ownOffer, .coordinator: .any, .admin: .any]),
        // What was confirmed only while its wish is open, or open again: the desk looks at that.
        ClaimRule(
            .giveBack, from: [.inTransit, .received, .confirmed], to: .returned, reason: .always,
            [
                .donor: .ownOffer, .carrier: .ownLeg, .recipient: .ownWish, .intake: .any, .coordinator: .any,
                .admin: .any,
            ]),
        ClaimRule(
            .split, from: [.proposed, .accepted, .inTransit, .received, .confirmed], to: nil, reason: .always,
            [.donor: .ownOffer, .coordinator: .any, .admin: .any]),
        ClaimRule(
            .agree, from: [.proposed, .accepted, .inTransit, .received], to: nil, reason: .onBehalf,
            [.carrier: .openLeg, .fitter: .openLeg, .coordinator: .any, .admin: .any]),
        ClaimRule(
            .leave, from: [.proposed, .accepted, .inTransit, .received], to: nil, reason: .always,
            [.carrier: .ownLeg, .fitter: .ownLeg, .coordinator: .any, .admin: .any]),
        ClaimRule(
            .finish, from: [.inTransit, .received], to: nil, reason: .onBehalf,
            [.carrier: .ownLeg, .fitter: .ownLeg, .coordinator: .any, .admin: .any]),
    ]

    /// The rule of a step.
    public static func rule(for step: ClaimStep.Kind) -> ClaimRule {
        byStep[step]!  // The test `everyStepHasOneRule` holds the table complete.
    }

    private static let byStep = Dictionary(uniqueKeysWithValues: table.map { ($0.step, $0) })

    private init(
        _ step: ClaimStep.Kind, from: Set<ClaimState>, to: ClaimState?, reason: ReasonNeed, _ allowed: [Role: Standing]
    ) {
        self.step = step
        self.from = from
        self.to = to
        self.reason = reason
        self.allowed = allowed
    }
}
