/// Everything that can be asked of a program, each by the id of its operation: the resource and the verb, stable for ever.
///
/// An operation is made of one of these, and ``AccessTable/row(of:)`` has to say of each who may ask it: one without a row
/// does not compile.
public enum OperationID: String, Hashable, Sendable, CaseIterable {
    case partiesList = "parties.list"
    case partiesShow = "parties.show"
    case partiesRegister = "parties.register"
    case partiesChange = "parties.change"
    case partiesCode = "parties.code"
    case partiesConfirm = "parties.confirm"
    case partiesPause = "parties.pause"
    case partiesResume = "parties.resume"
    case partiesClose = "parties.close"
    case partiesDeeds = "parties.deeds"

    case offersList = "offers.list"
    case offersShow = "offers.show"
    case offersCreate = "offers.create"
    case offersChange = "offers.change"
    case offersPause = "offers.pause"
    case offersResume = "offers.resume"
    case offersWithdraw = "offers.withdraw"

    case wishesList = "wishes.list"
    case wishesShow = "wishes.show"
    case wishesCreate = "wishes.create"
    case wishesChange = "wishes.change"
    case wishesCancel = "wishes.cancel"
    case wishesClose = "wishes.close"
    case wishesEnd = "wishes.end"
    case wishesRate = "wishes.rate"
    case wishesPledge = "wishes.pledge"
    case wishesWording = "wishes.wording"
    case wishesWord = "wishes.word"

    case lookupIssue = "lookup.issue"
    case lookupShow = "lookup.show"
    case lookupConfirm = "lookup.confirm"
    case lookupRate = "lookup.rate"

    case publicWishes = "public.wishes"
    case publicFigures = "public.figures"
    case publicOverdue = "public.overdue"

    case claimsPropose = "claims.propose"
    case claimsList = "claims.list"
    case claimsShow = "claims.show"
    case claimsAccept = "claims.accept"
    case claimsDecline = "claims.decline"
    case claimsRenew = "claims.renew"
    case claimsRelease = "claims.release"
    case claimsSplit = "claims.split"
    case claimsDispatch = "claims.dispatch"
    case claimsReceive = "claims.receive"
    case claimsReturn = "claims.return"
    case claimsConfirm = "claims.confirm"
    case claimsExpire = "claims.expire"
    case claimsLegsAgree = "claims.legs.agree"
    case claimsLegsLeave = "claims.legs.leave"
    case claimsLegsFinish = "claims.legs.finish"
    case claimsQueue = "claims.queue"

    case matchesForWish = "matches.forWish"
    case matchesSuggest = "matches.suggest"
    case matchesForOffer = "matches.forOffer"
    case matchesExplain = "matches.explain"
    case matchesRun = "matches.run"
    case matchesVerify = "matches.verify"

    case namesFind = "names.find"

    case inboxList = "inbox.list"
    case inboxShow = "inbox.show"
    case inboxPropose = "inbox.propose"
    case inboxTake = "inbox.take"
    case inboxConfirm = "inbox.confirm"

    case householdsList = "households.list"
    case householdsShow = "households.show"
    case householdsOpen = "households.open"
    case householdsCome = "households.come"
    case householdsLeave = "households.leave"
    case householdsHardship = "households.hardship"
    case householdsHardshipEnd = "households.hardshipEnd"
    case householdsBenefit = "households.benefit"
    case householdsBenefitEnd = "households.benefitEnd"
    case householdsVisit = "households.visit"
    case householdsSilence = "households.silence"
    case householdsFile = "households.file"
    case householdsMove = "households.move"

    case casesList = "cases.list"
    case casesShow = "cases.show"
    case casesOpen = "cases.open"
    case casesMove = "cases.move"
    case casesAnswer = "cases.answer"
    case casesClose = "cases.close"
    case casesEnd = "cases.end"
    case casesRate = "cases.rate"

    case duplicatesList = "duplicates.list"
    case duplicatesShow = "duplicates.show"
    case duplicatesJoin = "duplicates.join"
    case duplicatesApart = "duplicates.apart"
    case duplicatesReopen = "duplicates.reopen"

    case approvalsList = "approvals.list"
    case approvalsShow = "approvals.show"
    case approvalsOfWish = "approvals.ofWish"
    case approvalsPass = "approvals.pass"
    case approvalsRefuse = "approvals.refuse"
    case approvalsSendBack = "approvals.send-back"
    case approvalsRevise = "approvals.revise"
    case approvalsPutUpNotice = "approvals.put-up-notice"
    case approvalsSettleObjection = "approvals.settle-objection"
    case approvalsTakeDownNotice = "approvals.take-down-notice"
    case approvalsApprove = "approvals.approve"
    case approvalsApproveFast = "approvals.approve-fast"
    case approvalsConfer = "approvals.confer"

    case noticesList = "notices.list"
    case noticesObject = "notices.object"

    case clocksList = "clocks.list"
    case clocksShow = "clocks.show"
    case clocksOverdue = "clocks.overdue"
    case clocksRun = "clocks.run"
    case clocksPause = "clocks.pause"
    case clocksResume = "clocks.resume"
    case clocksExtend = "clocks.extend"
    case clocksGrant = "clocks.grant"
    case clocksRefuse = "clocks.refuse"
    case clocksMeet = "clocks.meet"
    case clocksCancel = "clocks.cancel"

    case calendarShow = "calendar.show"
    case calendarLoad = "calendar.load"

    case budgetsList = "budgets.list"
    case budgetsSet = "budgets.set"

    case historyOfRecord = "history.ofRecord"
    case historyStory = "history.story"

    case auditHead = "audit.head"
    case auditVerify = "audit.verify"

    case figuresList = "figures.list"

    case profilesList = "profiles.list"
    case profilesShow = "profiles.show"
    case profilesRevisions = "profiles.revisions"
    case profilesResolve = "profiles.resolve"
    case profilesDiff = "profiles.diff"
    case profilesValidate = "profiles.validate"
    case profilesPeople = "profiles.people"
    case profilesSetPeople = "profiles.setPeople"
    case profilesRollBack = "profiles.rollBack"

    case draftsShow = "drafts.show"
    case draftsReplace = "drafts.replace"
    case draftsChange = "drafts.change"
    case draftsBegin = "drafts.begin"
    case draftsDiscard = "drafts.discard"
    case draftsPublish = "drafts.publish"

    case tuningPreview = "tuning.preview"
    case tuningLists = "tuning.lists"
    case tuningExplain = "tuning.explain"
    case tuningBacktest = "tuning.backtest"
    case tuningLearn = "tuning.learn"
    case tuningShadow = "tuning.shadow"
    case tuningSplit = "tuning.split"
    case tuningVoices = "tuning.voices"

    case personsFind = "persons.find"
    case personsExport = "persons.export"
    case personsErase = "persons.erase"

    case consentsList = "consents.list"
    case consentsRecord = "consents.record"

    case retentionShow = "retention.show"

    case wordingsCheck = "wordings.check"

    case changesList = "changes.list"

    case importsRun = "imports.run"

    case exportsRun = "exports.run"

    case areasList = "areas.list"
    case areasShow = "areas.show"

    case categoriesList = "categories.list"
    case categoriesShow = "categories.show"

    case scorersList = "scorers.list"
    case scorersShow = "scorers.show"

    case openingsList = "openings.list"
    case openingsShow = "openings.show"
    case openingsApprove = "openings.approve"
    case openingsAsk = "openings.ask"

    case sealingShow = "sealing.show"
    case sealingRotate = "sealing.rotate"

    case backupsMake = "backups.make"

    case keysList = "keys.list"
    case keysCreate = "keys.create"
    case keysShow = "keys.show"
    case keysRevoke = "keys.revoke"

    case accountsList = "accounts.list"
    case accountsShow = "accounts.show"
    case accountsCreate = "accounts.create"
    case accountsLock = "accounts.lock"
    case accountsUnlock = "accounts.unlock"
    case accountsLeave = "accounts.leave"
    case accountsGrant = "accounts.grant"
    case accountsRevoke = "accounts.revoke"
    case accountsResetPassword = "accounts.resetPassword"
    case accountsRemoveFactor = "accounts.removeFactor"
    case accountsSessions = "accounts.sessions"

    case identitiesList = "identities.list"
    case identitiesLink = "identities.link"
    case identitiesUnlink = "identities.unlink"

    case sessionBeginFactor = "session.beginFactor"
    case sessionConfirmFactor = "session.confirmFactor"
    case sessionBeginDirectory = "session.beginDirectory"
    case sessionFinishDirectory = "session.finishDirectory"
    case sessionCreate = "session.create"
    case sessionShow = "session.show"
    case sessionSwitch = "session.switch"
    case sessionEnd = "session.end"
    case sessionPassword = "session.password"

    case sessionsList = "sessions.list"
    case sessionsEnd = "sessions.end"

    case allocationsPlan = "allocations.plan"
    case allocationsApply = "allocations.apply"

    /// The last word of the id, which is the last of the path of most operations that take a step.
    public var verb: String {
        String(rawValue[(rawValue.lastIndex(of: ".").map(rawValue.index(after:)) ?? rawValue.startIndex)...])
    }
}
