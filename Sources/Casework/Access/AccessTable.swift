/// One row: what some roles see of a kind of record, at some stages, of the records that the row reaches.
public struct AccessRule: Hashable, Sendable {
    public let record: AccessRecord
    public let roles: [Role]
    public let stages: [AccessStage]
    public let reach: AccessReach
    public let parts: AccessParts

    public init(
        _ record: AccessRecord, _ roles: [Role], _ stages: [AccessStage], _ reach: AccessReach,
        _ parts: AccessParts
    ) {
        self.record = record
        self.roles = roles
        self.stages = stages
        self.reach = reach
        self.parts = parts
    }
}

/// One thing that can be asked of a program: who may ask, and whose projection the answer is.
public struct AccessCall: Hashable, Sendable {
    public let id: OperationID
    /// Who may ask; an admin always may.
    public let roles: Set<Role>
    public let record: AccessRecord

    init(_ id: OperationID, _ record: AccessRecord, _ roles: Set<Role>) {
        self.id = id
        self.roles = roles.union([.admin])
        self.record = record
    }
}

/// Role × record × stage: what of it is seen. The one place where that is decided.
///
/// What no row shows is not seen. Rows add up where several reach a record.
public struct AccessTable: Sendable {
    public let rules: [AccessRule]
    public let calls: [AccessCall]
    public let commands: [AccessCommand]
    /// By record, role, stage and reach, flat: asked for every record that is shown.
    private let parts: [AccessParts]
    private let records: [AccessRecord: Int]
    private let roles: [Role: Int]

    public init(rules: [AccessRule], calls: [AccessCall], commands: [AccessCommand] = []) {
        self.rules = rules
        self.calls = calls
        self.commands = commands
        let records = Dictionary(uniqueKeysWithValues: AccessRecord.allCases.enumerated().map { ($1, $0) })
        let roles = Dictionary(uniqueKeysWithValues: Role.allCases.enumerated().map { ($1, $0) })
        var parts = Array(
            repeating: AccessParts(),
            count: records.count * roles.count * AccessStage.allCases.count * AccessReach.allCases.count)
        for rule in rules {
            for role in rule.roles {
                for stage in rule.stages {
                    let place = Self.place(records[rule.record] ?? 0, roles[role] ?? 0, stage) + rule.reach.rawValue
                    parts[place] = parts[place].union(rule.parts)
                }
            }
        }
        self.parts = parts
        self.records = records
        self.roles = roles
    }

    private static func place(_ record: Int, _ role: Int, _ stage: AccessStage) -> Int {
        ((record * Role.allCases.count + role) * AccessStage.allCases.count + stage.rawValue)
            * AccessReach.allCases.count
    }

    /// What a role sees of a record at a stage; empty where even that it exists is none of its business.
    public func parts(
        of record: AccessRecord, at stage: AccessStage = .always, for role: Role, _ standing: AccessStanding,
        purpose: AccessPurpose = .casework
    ) -> AccessParts {
        guard let record = records[record], let role = roles[role] else { return [] }
        let place = Self.place(record, role, stage)
        var seen = AccessParts()
        for reach in AccessReach.allCases where standing.isReached(by: reach) {
            seen = seen.union(parts[place + reach.rawValue])
        }
        return purpose == .casework ? seen : seen.intersection(purpose.parts)
    }

    /// The table of this version of the program.
    public static let standard = AccessTable(rules: standardRules, calls: standardCalls, commands: standardCommands)
}
