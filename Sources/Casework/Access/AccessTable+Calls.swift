/// Who may ask for what: a row for every operation, and no operation without one.
extension AccessTable {
    private static let everybody = Set(Role.allCases)
    /// All who have a token or a code.
    private static let members = everybody.subtracting([.guest])
    private static let staff: Set<Role> = [.intake, .coordinator, .approver, .auditor, .integration]

    static let standardCalls: [AccessCall] = OperationID.allCases.map { row(of: $0) }

    /// The row of an operation. The switch has no default: what is new is not built before somebody says who may ask it.
    public static func row(of id: OperationID) -> AccessCall {
        switch id {
        case .partiesList, .partiesShow:
            AccessCall(id, .party, [.donor, .intake, .coordinator, .approver, .auditor, .integration])
        case .partiesRegister:
            AccessCall(id, .party, [.guest, .intake, .coordinator, .integration])
        case .partiesChange:
            AccessCall(id, .party, [.coordinator, .integration])
        case .partiesCode:
            AccessCall(id, .party, [.intake, .coordinator])
        case .partiesConfirm:
            AccessCall(id, .party, [.donor, .coordinator])
        case .partiesPause, .partiesResume, .partiesClose:
            AccessCall(id, .party, [.coordinator])
        case .partiesDeeds:
            AccessCall(
                id, .deeds, [.donor, .carrier, .fitter, .intake, .coordinator, .approver, .auditor, .integration])
        case .offersList, .offersShow:
            AccessCall(id, .offer, [.donor, .intake, .coordinator, .approver, .auditor, .integration])
        case .offersCreate:
            AccessCall(id, .offer, [.donor, .intake, .coordinator, .integration])
        case .offersChange:
            AccessCall(id, .offer, [.donor, .coordinator, .integration])
        case .offersPause, .offersResume, .offersWithdraw:
            AccessCall(id, .offer, [.donor, .coordinator])
        case .wishesList, .wishesShow:
            AccessCall(id, .wish, members)
        case .wishesCreate, .wishesChange:
            AccessCall(id, .wish, [.intake, .coordinator, .integration])
        case .wishesCancel, .lookupIssue:
            AccessCall(id, .wish, [.intake, .coordinator])
        case .wishesClose:
            AccessCall(id, .wish, [.coordinator])
        case .wishesEnd:
            AccessCall(id, .wish, [.coordinator, .approver])
        case .wishesRate:
            AccessCall(id, .wish, [.recipient, .intake, .coordinator])
        case .lookupShow, .lookupConfirm, .lookupRate, .publicWishes:
            AccessCall(id, .wish, everybody)
        case .wishesPledge, .claimsPropose:
            AccessCall(id, .claim, [.donor, .coordinator, .integration])
        case .claimsList, .claimsShow:
            AccessCall(id, .claim, members)
        case .claimsAccept, .claimsDecline, .claimsRenew, .claimsRelease, .claimsSplit:
            AccessCall(id, .claim, [.donor, .coordinator])
        case .claimsDispatch:
            AccessCall(id, .claim, [.donor, .carrier, .coordinator])
        case .claimsReceive, .claimsReturn:
            AccessCall(id, .claim, [.recipient, .donor, .carrier, .intake, .coordinator])
        case .claimsConfirm:
            AccessCall(id, .claim, [.recipient, .intake, .coordinator])
        case .claimsExpire:
            AccessCall(id, .claim, [])
        case .claimsLegsAgree, .claimsLegsLeave, .claimsLegsFinish:
            AccessCall(id, .claim, [.carrier, .fitter, .coordinator])
        case .claimsQueue:
            AccessCall(id, .queuePlace, [.donor, .coordinator, .integration])
        case .matchesForWish:
            AccessCall(id, .match, staff)
        case .matchesSuggest:
            AccessCall(id, .match, [.coordinator, .integration])
        case .matchesForOffer:
            AccessCall(id, .match, [.donor, .intake, .coordinator, .approver, .auditor, .integration])
        case .matchesExplain:
            AccessCall(id, .pair, staff)
        case .matchesRun:
            AccessCall(id, .suggestion, [.coordinator, .integration])
        case .matchesVerify:
            AccessCall(id, .tuning, [.coordinator, .auditor])
        case .namesFind:
            AccessCall(id, .names, staff.union([.donor, .carrier, .fitter]))
        case .publicFigures:
            AccessCall(id, .publicFigures, everybody)
        case .inboxList, .inboxShow, .inboxPropose:
            AccessCall(id, .inbox, staff)
        case .inboxTake:
            AccessCall(id, .inbox, [.intake, .coordinator, .integration])
        case .inboxConfirm:
            AccessCall(id, .inbox, [.intake, .coordinator])
        case .householdsList, .householdsShow:
            AccessCall(id, .household, [.intake, .coordinator, .approver, .auditor])
        case .householdsOpen, .householdsCome, .householdsLeave, .householdsHardship, .householdsHardshipEnd,
            .householdsBenefit, .householdsBenefitEnd, .householdsVisit, .householdsSilence, .householdsFile,
            .householdsMove:
            AccessCall(id, .household, [.intake, .coordinator])
        case .casesList, .casesShow:
            AccessCall(id, .case, [.recipient, .intake, .coordinator, .approver, .auditor, .integration])
        case .casesOpen:
            AccessCall(id, .case, [.intake, .coordinator, .integration])
        case .casesMove:
            AccessCall(id, .case, [.intake, .coordinator])
        case .casesAnswer:
            AccessCall(id, .case, [.intake, .coordinator, .approver])
        case .casesClose:
            AccessCall(id, .case, [.coordinator])
        case .casesEnd:
            AccessCall(id, .case, [.coordinator, .approver])
        case .casesRate:
            AccessCall(id, .case, [.recipient, .intake, .coordinator])
        case .duplicatesList, .duplicatesShow:
            AccessCall(id, .duplicate, [.intake, .coordinator, .approver, .auditor])
        case .duplicatesJoin, .duplicatesApart, .duplicatesReopen:
            AccessCall(id, .duplicate, [.intake, .coordinator])
        case .approvalsList, .approvalsShow, .approvalsOfWish:
            AccessCall(id, .approval, [.recipient, .intake, .coordinator, .approver, .auditor, .integration])
        case .approvalsPass, .approvalsRefuse, .approvalsSendBack, .approvalsRevise, .approvalsPutUpNotice,
            .approvalsSettleObjection, .approvalsTakeDownNotice:
            AccessCall(id, .approval, [.intake, .coordinator, .approver])
        case .approvalsApprove, .approvalsApproveFast:
            AccessCall(id, .approval, [.approver])
        case .approvalsConfer:
            AccessCall(id, .approval, [.coordinator, .approver])
        case .noticesList, .publicOverdue:
            AccessCall(id, .notice, everybody)
        case .noticesObject:
            AccessCall(id, .notice, members)
        case .clocksList, .clocksShow:
            AccessCall(id, .clock, [.recipient, .intake, .coordinator, .approver, .auditor, .integration])
        case .clocksOverdue:
            AccessCall(id, .clock, staff)
        case .clocksRun:
            AccessCall(id, .clock, [])
        case .clocksPause, .clocksResume, .clocksExtend:
            AccessCall(id, .clock, [.intake, .coordinator, .approver])
        case .clocksGrant, .clocksRefuse:
            AccessCall(id, .clock, [.approver])
        case .clocksMeet:
            AccessCall(id, .clock, [.intake, .coordinator, .approver, .integration])
        case .clocksCancel:
            AccessCall(id, .clock, [.coordinator, .approver])
        case .calendarShow:
            AccessCall(id, .calendar, everybody)
        case .calendarLoad:
            AccessCall(id, .calendar, [])
        case .budgetsList:
            AccessCall(id, .budget, [.donor, .intake, .coordinator, .approver, .auditor, .integration])
        case .budgetsSet:
            AccessCall(id, .budget, [.donor, .coordinator])
        case .historyOfRecord, .historyStory:
            AccessCall(id, .history, [.intake, .coordinator, .approver, .auditor])
        case .auditHead, .auditVerify:
            AccessCall(id, .audit, [.auditor])
        case .figuresList:
            AccessCall(id, .figures, everybody)
        case .profilesList, .profilesShow, .profilesRevisions, .profilesResolve, .profilesDiff, .profilesValidate,
            .profilesPeople, .draftsShow:
            AccessCall(id, .profile, [.coordinator, .approver, .auditor, .integration])
        case .profilesSetPeople, .draftsReplace, .draftsChange, .draftsBegin, .draftsDiscard, .draftsPublish,
            .profilesRollBack:
            AccessCall(id, .profile, [])
        case .tuningPreview, .tuningLists, .tuningExplain, .tuningBacktest, .tuningLearn, .tuningShadow, .tuningSplit,
            .tuningVoices:
            AccessCall(id, .tuning, [.coordinator, .auditor])
        case .personsFind:
            AccessCall(id, .person, [.intake, .coordinator])
        case .personsExport:
            AccessCall(id, .person, [.coordinator])
        case .personsErase:
            AccessCall(id, .person, [])
        case .consentsList:
            AccessCall(id, .consent, [.intake, .coordinator, .approver, .auditor])
        case .consentsRecord:
            AccessCall(id, .consent, [.intake, .coordinator])
        case .retentionShow:
            AccessCall(id, .retention, [.coordinator, .auditor])
        case .wishesWording, .wordingsCheck:
            AccessCall(id, .wish, [.intake, .coordinator, .approver])
        case .wishesWord:
            AccessCall(id, .wish, [.intake, .coordinator])
        case .changesList:
            AccessCall(id, .change, members)
        case .importsRun:
            AccessCall(id, .exchange, [.integration])
        case .exportsRun:
            AccessCall(id, .exchange, [.coordinator, .auditor, .integration])
        case .areasList, .areasShow, .categoriesList, .categoriesShow, .scorersList, .scorersShow:
            AccessCall(id, .reference, everybody)
        case .openingsList, .openingsShow, .openingsApprove:
            AccessCall(id, .opening, [.coordinator, .auditor])
        case .openingsAsk:
            AccessCall(id, .opening, [])
        case .sealingShow:
            AccessCall(id, .masterKey, [.auditor])
        case .sealingRotate:
            AccessCall(id, .masterKey, [])
        case .backupsMake:
            AccessCall(id, .backup, [])
        case .keysList, .keysCreate, .keysShow, .keysRevoke:
            AccessCall(id, .key, [.coordinator])
        case .accountsList, .accountsShow, .accountsCreate, .accountsLock, .accountsUnlock, .accountsLeave,
            .accountsGrant, .accountsRevoke, .accountsResetPassword, .accountsRemoveFactor, .identitiesList,
            .identitiesLink, .identitiesUnlink:
            AccessCall(id, .account, [])
        case .accountsSessions:
            AccessCall(id, .session, [])
        case .sessionBeginFactor, .sessionConfirmFactor, .sessionBeginDirectory, .sessionFinishDirectory,
            .sessionCreate, .sessionShow, .sessionSwitch, .sessionEnd, .sessionPassword, .sessionsList, .sessionsEnd:
            AccessCall(id, .session, everybody)
        case .allocationsPlan:
            AccessCall(id, .allocation, [.coordinator, .auditor, .integration])
        case .allocationsApply:
            AccessCall(id, .allocation, [.coordinator, .integration])
        }
    }
}
