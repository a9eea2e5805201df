internal import Casework
internal import MatchCore
internal import Wire

/// The record that a change speaks of: where it is read, and by whom.
struct ChangedRecord {
    let change: Change

    init(_ change: Change) {
        self.change = change
    }

    var path: String {
        let id = change.subject
        return switch change.kind {
        case .party: "/v1/parties/\(id)"
        case .offer: "/v1/offers/\(id)"
        case .wish: "/v1/wishes/\(id)"
        case .claim: "/v1/claims/\(id)"
        case .case: "/v1/cases/\(id)"
        case .matches: "/v1/wishes/\(id)/matches"
        case .inbox: "/v1/inbox/\(id)"
        case .household: "/v1/households/\(id)"
        case .duplicate: "/v1/duplicates/\(id)"
        case .approval: "/v1/approvals/\(id)"
        case .clock: "/v1/clocks/\(id)"
        case .budget: "/v1/budgets?offer=\(id)"
        case .calendar: "/v1/calendar"
        case .key: "/v1/keys/\(id)"
        case .account: "/v1/accounts/\(id)"
        case .profile: "/v1/profiles/\(id)"
        }
    }

    /// Whether the viewer may read the record: what the operation that shows it says, and nothing else.
    func isVisible(in context: OperationContext) throws -> Bool {
        switch change.kind {
        case .calendar: return CalendarOperations.show.facts.roles.contains(context.viewer.role)
        case .profile: return context.sees(.profile)
        default: break
        }
        guard let id = change.record else { return false }
        return switch change.kind {
        case .party: try isShown(by: PartyOperations.show, PartyInput(party: id), context)
        case .offer: try isShown(by: OfferOperations.show, OfferInput(offer: id), context)
        case .wish: try isShown(by: WishOperations.show, WishInput(wish: id), context)
        case .claim: try isShown(by: ClaimOperations.show, ClaimInput(claim: id), context)
        case .case: try isShown(by: CaseOperations.show, CaseInput(wish: id), context)
        case .matches: try isWishShown(to: MatchOperations.forWish.facts, id, context)
        case .inbox: try isShown(by: InboxOperations.show, InboxInput(record: id), context)
        case .household: try isShown(by: HouseholdOperations.show, HouseholdInput(household: id), context)
        case .duplicate: try isWishShown(to: DuplicateOperations.show.facts, id, context)
        case .approval: try isShown(by: ApprovalOperations.show, ApprovalInput(approval: id), context)
        case .clock: try isShown(by: ClockOperations.show, ClockInput(clock: id), context)
        case .budget:
            try BudgetOperations.list.facts.roles.contains(context.viewer.role)
                && isShown(by: OfferOperations.show, OfferInput(offer: id), context)
        case .key: try isShown(by: KeyOperations.show, KeyInput(key: id), context)
        case .account: try isShown(by: AccountOperations.show, AccountInput(account: id), context)
        case .calendar, .profile: false
        }
    }

    /// What takes long to work out is shown to whoever may ask for it and sees the wish.
    private func isWishShown(to facts: OperationFacts, _ id: RecordID, _ context: OperationContext) throws -> Bool {
        try facts.roles.contains(context.viewer.role)
            && isShown(by: WishOperations.show, WishInput(wish: id), context)
    }

    private func isShown<Input, Answer>(
        by operation: Operation<Input, Answer>, _ input: Input, _ context: OperationContext
    ) throws -> Bool {
        guard operation.facts.roles.contains(context.viewer.role) else { return false }
        do {
            _ = try operation.answer(input, in: context)
            return true
        } catch let problem as Problem where [.notFound, .forbidden, .unauthenticated].contains(problem.kind) {
            return false
        } catch let error as CaseworkError where [.unknown, .notYours, .roleNotAllowed].contains(error.code) {
            return false
        }
    }
}
