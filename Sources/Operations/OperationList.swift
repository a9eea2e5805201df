/// Every operation there is, by resource: what the routes, the OpenAPI document and the tests go through.
public enum OperationList {
    public static let all: [AnyOperation] =
        PartyOperations.all + OfferOperations.all + WishOperations.all + ClaimOperations.all + MatchOperations.all
        + NameOperations.all + LookUpOperations.all + PublicOperations.all + InboxOperations.all
        + HouseholdOperations.all + CaseOperations.all + DuplicateOperations.all + ApprovalOperations.all
        + ClockOperations.all + CalendarOperations.all + BudgetOperations.all + HistoryOperations.all
        + AuditOperations.all + FigureOperations.all + ProfileOperations.all + TuningOperations.all
        + PersonOperations.all + OpeningOperations.all + ChangeOperations.all + ImportOperations.all
        + ExportOperations.all + ReferenceOperations.all + KeyOperations.all + SessionOperations.all
        + FactorOperations.all + DirectoryOperations.all + AccountOperations.all + SealingOperations.all
        + BackupOperations.all
        + AllocationOperations.all + WordingOperations.all + ConsentOperations.all + RetentionOperations.all
}
