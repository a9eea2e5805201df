/// The rows, by record. An admin's are written like everybody's.
extension AccessTable {
    private static let staff: [Role] = [.intake, .coordinator, .approver, .auditor, .admin, .integration]
    /// Staff who work with the files of people. Another system is none of them, and an admin sees of them what an
    /// opening shows.
    private static let keepers: [Role] = [.intake, .coordinator, .approver, .auditor]
    private static let volunteers: [Role] = [.carrier, .fitter]
    private static let givers: [Role] = [.donor, .carrier, .fitter]
    private static let stages: [AccessStage] = [.beforeApproval, .published, .accepted, .carrying, .ended]

    /// What a wish asks for beside its items.
    private static let asked: AccessParts = [.urgency, .days, .requirements, .price]

    static let standardRules: [AccessRule] =
        wishes + casework + people + giving + matching + oversight + administration

    /// A wish. What a donor or a volunteer sees of it grows with a claim of theirs, and ends with it.
    private static let wishes: [AccessRule] = [
        AccessRule(
            .wish, staff, stages, .area,
            [
                .existence, .items, .town, .area, .exactPlace, .approvedWording, .wording, .handle, .circumstances,
                .languages, .times, .hours,
            ]),
        AccessRule(
            .wish, [.recipient], stages, .own,
            [
                .existence, .items, .town, .area, .exactPlace, .approvedWording, .wording, .handle, .languages, .times,
                .hours,
            ]),
        // What is asked for, of which a giver's ranking is made: whoever sees it as published sees all of that.
        AccessRule(.wish, staff, stages, .area, asked),
        AccessRule(.wish, [.recipient], stages, .own, asked),
        AccessRule(.wish, givers, [.published, .accepted, .carrying], .everyone, asked),
        AccessRule(.wish, [.guest], [.published], .everyone, [.existence, .items, .town, .approvedWording]),
        AccessRule(
            .wish, givers, [.published, .accepted, .carrying], .everyone,
            [.existence, .items, .town, .approvedWording]),
        AccessRule(.wish, givers, [.accepted, .carrying], .everyone, [.area, .roundedPlace, .languages, .hours]),
        AccessRule(.wish, givers, [.carrying], .everyone, [.exactPlace]),
    ]

    private static let casework: [AccessRule] = [
        AccessRule(.case, staff, .area, [.existence, .items, .area, .times, .household]),
        AccessRule(.case, [.recipient], .own, [.existence, .items, .area, .times]),
        AccessRule(.approval, keepers, .area, [.existence, .items, .acts, .notes]),
        AccessRule(.approval, [.admin], .machine, [.notes]),
        AccessRule(.approval, [.admin, .integration], .area, [.existence, .items, .acts]),
        AccessRule(.approval, [.recipient], .own, [.existence, .items]),
        AccessRule(.notice, Role.allCases, .everyone, [.existence, .items, .town, .times, .approvedWording]),
        AccessRule(.clock, staff, .area, [.existence, .area, .times, .acts]),
        AccessRule(.clock, [.recipient], .own, [.existence, .area, .times]),
        AccessRule(.calendar, Role.allCases, .everyone, [.existence]),
    ]

    private static let people: [AccessRule] = [
        AccessRule(.household, keepers, .area, [.existence, .area, .members, .circumstances, .times]),
        AccessRule(.household, [.admin], .area, [.existence, .area, .times]),
        AccessRule(.household, [.admin], .machine, [.members, .circumstances]),
        AccessRule(.inbox, keepers, .area, [.existence, .words, .handle, .times]),
        AccessRule(.inbox, [.admin], .area, [.existence, .handle, .times]),
        AccessRule(.inbox, [.admin], .machine, [.words]),
        AccessRule(.inbox, [.integration], .own, [.existence, .words, .handle, .times]),
        AccessRule(.duplicate, staff, .area, [.existence, .handle]),
        AccessRule(.person, [.coordinator], .area, [.existence, .file, .acts]),
        AccessRule(.person, [.admin], .machine, [.file]),
        AccessRule(.consent, keepers + [.admin], .area, [.existence, .acts, .times]),
        AccessRule(.retention, [.coordinator, .auditor, .admin], .everyone, [.existence, .times]),
        AccessRule(.person, [.admin, .intake], .area, [.existence]),
    ]

    private static let giving: [AccessRule] = [
        AccessRule(
            .party, staff, .everyone, [.existence, .name, .handle, .times, .burden, .items]),
        AccessRule(.party, givers + [.guest], .own, [.existence, .name, .handle, .times, .items]),
        AccessRule(
            .offer, staff, .everyone, [.existence, .items, .area, .exactPlace, .approvedWording, .handle, .giver]),
        AccessRule(.offer, givers, .own, [.existence, .items, .area, .exactPlace, .approvedWording, .handle, .giver]),
        AccessRule(.budget, staff, .everyone, [.existence, .items, .giver]),
        AccessRule(.budget, [.donor], .own, [.existence, .items, .giver]),
        AccessRule(.claim, staff, .area, [.existence, .items, .times, .giver, .warnings]),
        AccessRule(.claim, givers, .own, [.existence, .items, .times, .giver, .warnings]),
        AccessRule(.claim, [.recipient], .own, [.existence, .items, .times]),
        AccessRule(.queuePlace, staff, .area, [.existence, .items, .times]),
        AccessRule(.queuePlace, [.donor], .own, [.existence, .items, .times]),
        AccessRule(.deeds, staff, .everyone, [.existence, .name, .items, .times]),
        AccessRule(.deeds, givers, .own, [.existence, .name, .items, .times]),
    ]

    /// Rankings. A donor gets an order that was made of rounded places and approved wording, and no score.
    private static let matching: [AccessRule] = [
        AccessRule(.match, staff, .everyone, [.existence, .order, .scores, .exactPlace, .giver, .warnings]),
        AccessRule(.match, [.donor], .own, [.existence, .order, .giver]),
        AccessRule(.suggestion, staff, .area, [.existence, .order, .scores]),
        AccessRule(.pair, staff, .everyone, [.existence, .order, .scores, .exactPlace, .giver]),
        AccessRule(.allocation, staff, .program, [.existence, .items, .scores]),
        AccessRule(.names, staff, .everyone, [.existence, .handle, .name]),
        AccessRule(.names, givers, .own, [.existence, .handle, .name]),
    ]

    private static let oversight: [AccessRule] = [
        AccessRule(.history, keepers + [.admin], .area, [.existence, .acts, .times, .name]),
        AccessRule(.history, keepers, .area, [.notes]),
        AccessRule(.history, [.admin], .machine, [.notes]),
        AccessRule(.history, [.integration], .area, [.existence, .acts, .times]),
        AccessRule(.audit, [.auditor, .admin], .everyone, [.existence, .acts, .times]),
        AccessRule(.change, Role.allCases.filter { $0 != .guest }, .everyone, [.existence, .times]),
        AccessRule(.figures, staff, .everyone, [.existence, .roundedFigures, .giver]),
        AccessRule(.figures, staff, .area, [.figures]),
        AccessRule(
            .figures, [.guest, .recipient, .donor, .carrier, .fitter], .everyone, [.existence, .roundedFigures]),
        AccessRule(.publicFigures, Role.allCases, .everyone, [.existence, .roundedFigures]),
    ]

    private static let administration: [AccessRule] = [
        AccessRule(.opening, [.coordinator, .auditor, .admin], .program, [.existence, .acts, .times]),
        AccessRule(.opening, [.admin], .own, [.existence, .acts, .times]),
        AccessRule(.masterKey, [.auditor, .admin], .program, [.existence, .acts, .times]),
        AccessRule(.backup, [.admin], .program, [.existence, .acts]),
        AccessRule(.key, [.admin], .area, [.existence, .acts, .times]),
        AccessRule(.key, [.coordinator], .own, [.existence, .acts, .times]),
        AccessRule(.account, [.admin], .area, [.existence, .name, .acts, .times]),
        AccessRule(.session, Role.allCases, .own, [.existence, .times]),
        AccessRule(.session, [.admin], .area, [.existence, .times]),
        AccessRule(.profile, staff, .everyone, [.existence, .scores]),
        AccessRule(.tuning, staff, .program, [.existence, .scores]),
        AccessRule(.reference, Role.allCases, .everyone, [.existence]),
        AccessRule(.exchange, staff, .everyone, [.existence]),
    ]
}

extension AccessRule {
    /// A row for a kind of record without stages.
    fileprivate init(_ record: AccessRecord, _ roles: [Role], _ reach: AccessReach, _ parts: AccessParts) {
        self.init(record, roles, [.always], reach, parts)
    }
}
