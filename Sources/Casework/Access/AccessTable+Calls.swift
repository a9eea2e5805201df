/// Who may ask for what: a row for every operation.
///
/// An operation that has none here is refused to everybody but admins, and fails a test.
extension AccessTable {
    private static let everybody = Set(Role.allCases)
    /// All who have a token or a code.
    private static let members = everybody.subtracting([.guest])
    private static let staff: Set<Role> = [.intake, .coordinator, .approver, .auditor, .integration]

    static let standardCalls: [AccessCall] = [
        rows(
            .party, [.donor, .intake, .coordinator, .approver, .auditor, .integration],
            ["parties.list", "parties.show"]),
        rows(.party, [.guest, .intake, .coordinator, .integration], ["parties.register"]),
        rows(.party, [.coordinator, .integration], ["parties.change"]),
        rows(.party, [.intake, .coordinator], ["parties.code"]),
        rows(.party, [.donor, .coordinator], ["parties.confirm"]),
        rows(.party, [.coordinator], ["parties.pause", "parties.resume", "parties.close"]),
        rows(
            .deeds, [.donor, .carrier, .fitter, .intake, .coordinator, .approver, .auditor, .integration],
            ["parties.deeds"]),
        rows(
            .offer, [.donor, .intake, .coordinator, .approver, .auditor, .integration], ["offers.list", "offers.show"]),
        rows(.offer, [.donor, .intake, .coordinator, .integration], ["offers.create"]),
        rows(.offer, [.donor, .coordinator, .integration], ["offers.change"]),
        rows(.offer, [.donor, .coordinator], ["offers.pause", "offers.resume", "offers.withdraw"]),
        rows(.wish, members, ["wishes.list", "wishes.show"]),
        rows(.wish, [.intake, .coordinator, .integration], ["wishes.create", "wishes.change"]),
        rows(.wish, [.intake, .coordinator], ["wishes.cancel", "lookup.issue"]),
        rows(.wish, [.coordinator], ["wishes.close"]),
        rows(.wish, [.coordinator, .approver], ["wishes.end"]),
        rows(.wish, [.recipient, .intake, .coordinator], ["wishes.rate"]),
        rows(.wish, everybody, ["lookup.show", "lookup.confirm", "lookup.rate", "public.wishes"]),
        rows(.claim, [.donor, .coordinator, .integration], ["wishes.pledge", "claims.propose"]),
        rows(.claim, members, ["claims.list", "claims.show"]),
        rows(
            .claim, [.donor, .coordinator],
            ["claims.accept", "claims.decline", "claims.renew", "claims.release", "claims.split"]),
        rows(.claim, [.donor, .carrier, .coordinator], ["claims.dispatch"]),
        rows(.claim, [.recipient, .donor, .carrier, .intake, .coordinator], ["claims.receive", "claims.return"]),
        rows(.claim, [.recipient, .intake, .coordinator], ["claims.confirm"]),
        rows(.claim, [], ["claims.expire"]),
        rows(
            .claim, [.carrier, .fitter, .coordinator], ["claims.legs.agree", "claims.legs.leave", "claims.legs.finish"]),
        rows(.queuePlace, [.donor, .coordinator, .integration], ["claims.queue"]),
        rows(.match, staff, ["matches.forWish"]),
        rows(.match, [.coordinator, .integration], ["matches.suggest"]),
        rows(.match, [.donor, .intake, .coordinator, .approver, .auditor, .integration], ["matches.forOffer"]),
        rows(.pair, staff, ["matches.explain"]),
        rows(.suggestion, [.coordinator, .integration], ["matches.run"]),
        rows(.tuning, [.coordinator, .auditor], ["matches.verify"]),
        rows(.names, staff.union([.donor, .carrier, .fitter]), ["names.find"]),
        rows(.publicFigures, everybody, ["public.figures"]),
        rows(.inbox, staff, ["inbox.list", "inbox.show", "inbox.propose"]),
        rows(.inbox, [.intake, .coordinator, .integration], ["inbox.take"]),
        rows(.inbox, [.intake, .coordinator], ["inbox.confirm"]),
        rows(.household, [.intake, .coordinator, .approver, .auditor], ["households.list", "households.show"]),
        rows(
            .household, [.intake, .coordinator],
            [
                "households.open", "households.come", "households.leave", "households.hardship",
                "households.hardshipEnd", "households.benefit", "households.benefitEnd", "households.visit",
                "households.silence", "households.file", "households.move",
            ]),
        rows(
            .case, [.recipient, .intake, .coordinator, .approver, .auditor, .integration], ["cases.list", "cases.show"]),
        rows(.case, [.intake, .coordinator, .integration], ["cases.open"]),
        rows(.case, [.intake, .coordinator], ["cases.move"]),
        rows(.case, [.intake, .coordinator, .approver], ["cases.answer"]),
        rows(.case, [.coordinator], ["cases.close"]),
        rows(.case, [.coordinator, .approver], ["cases.end"]),
        rows(.case, [.recipient, .intake, .coordinator], ["cases.rate"]),
        rows(.duplicate, [.intake, .coordinator, .approver, .auditor], ["duplicates.list", "duplicates.show"]),
        rows(.duplicate, [.intake, .coordinator], ["duplicates.join", "duplicates.apart", "duplicates.reopen"]),
        rows(
            .approval, [.recipient, .intake, .coordinator, .approver, .auditor, .integration],
            ["approvals.list", "approvals.show", "approvals.ofWish"]),
        rows(
            .approval, [.intake, .coordinator, .approver],
            [
                "approvals.pass", "approvals.refuse", "approvals.send-back", "approvals.revise",
                "approvals.put-up-notice", "approvals.settle-objection", "approvals.take-down-notice",
            ]),
        rows(.approval, [.approver], ["approvals.approve", "approvals.approve-fast"]),
        rows(.approval, [.coordinator, .approver], ["approvals.confer"]),
        rows(.notice, everybody, ["notices.list", "public.overdue"]),
        rows(.notice, members, ["notices.object"]),
        rows(
            .clock, [.recipient, .intake, .coordinator, .approver, .auditor, .integration],
            ["clocks.list", "clocks.show"]),
        rows(.clock, staff, ["clocks.overdue"]),
        rows(.clock, [], ["clocks.run"]),
        rows(.clock, [.intake, .coordinator, .approver], ["clocks.pause", "clocks.resume", "clocks.extend"]),
        rows(.clock, [.approver], ["clocks.grant", "clocks.refuse"]),
        rows(.clock, [.intake, .coordinator, .approver, .integration], ["clocks.meet"]),
        rows(.clock, [.coordinator, .approver], ["clocks.cancel"]),
        rows(.calendar, everybody, ["calendar.show"]),
        rows(.calendar, [], ["calendar.load"]),
        rows(.budget, [.donor, .intake, .coordinator, .approver, .auditor, .integration], ["budgets.list"]),
        rows(.budget, [.donor, .coordinator], ["budgets.set"]),
        rows(.history, [.intake, .coordinator, .approver, .auditor], ["history.ofRecord", "history.story"]),
        rows(.audit, [.auditor], ["audit.head", "audit.verify"]),
        rows(.figures, everybody, ["figures.list"]),
        rows(
            .profile, [.coordinator, .approver, .auditor, .integration],
            [
                "profiles.list", "profiles.show", "profiles.revisions", "profiles.resolve", "profiles.diff",
                "profiles.validate", "profiles.people", "drafts.show",
            ]),
        rows(
            .profile, [],
            [
                "profiles.setPeople", "drafts.replace", "drafts.change", "drafts.begin", "drafts.discard",
                "drafts.publish", "profiles.rollBack",
            ]),
        rows(
            .tuning, [.coordinator, .auditor],
            [
                "tuning.preview", "tuning.lists", "tuning.explain", "tuning.backtest", "tuning.learn", "tuning.shadow",
                "tuning.split",
                "tuning.voices",
            ]),
        rows(.person, [.intake, .coordinator], ["persons.find"]),
        rows(.person, [.coordinator], ["persons.export"]),
        rows(.person, [], ["persons.erase"]),
        rows(.consent, [.intake, .coordinator, .approver, .auditor], ["consents.list"]),
        rows(.consent, [.intake, .coordinator], ["consents.record"]),
        rows(.retention, [.coordinator, .auditor], ["retention.show"]),
        rows(.wish, [.intake, .coordinator, .approver], ["wishes.wording", "wordings.check"]),
        rows(.wish, [.intake, .coordinator], ["wishes.word"]),
        rows(.change, members, ["changes.list"]),
        rows(.exchange, [.integration], ["imports.run"]),
        rows(.exchange, [.coordinator, .auditor, .integration], ["exports.run"]),
        rows(
            .reference, everybody,
            ["areas.list", "areas.show", "categories.list", "categories.show", "scorers.list", "scorers.show"]),
        rows(.opening, [.coordinator, .auditor], ["openings.list", "openings.show", "openings.approve"]),
        rows(.opening, [], ["openings.ask"]),
        rows(.masterKey, [.auditor], ["sealing.show"]),
        rows(.masterKey, [], ["sealing.rotate"]),
        rows(.backup, [], ["backups.make"]),
        rows(.key, [.coordinator], ["keys.list", "keys.create", "keys.show", "keys.revoke"]),
        rows(
            .account, [],
            [
                "accounts.list", "accounts.show", "accounts.create", "accounts.lock", "accounts.unlock",
                "accounts.leave", "accounts.grant", "accounts.revoke", "accounts.resetPassword",
                "accounts.removeFactor", "identities.list", "identities.link", "identities.unlink",
            ]),
        rows(.session, [], ["accounts.sessions"]),
        rows(
            .session, everybody,
            [
                "session.beginFactor", "session.confirmFactor", "session.beginDirectory", "session.finishDirectory",
                "session.create", "session.show", "session.switch", "session.end", "session.password", "sessions.list",
                "sessions.end",
            ]),
        rows(.allocation, [.coordinator, .auditor, .integration], ["allocations.plan"]),
        rows(.allocation, [.coordinator, .integration], ["allocations.apply"]),
    ].flatMap { $0 }

    private static func rows(_ record: AccessRecord, _ roles: Set<Role>, _ ids: [String]) -> [AccessCall] {
        ids.map { AccessCall($0, record, roles) }
    }
}
