public import Casework
public import MatchCore
public import Wire

/// Who made a step: in which role, and what they are called where that is kept.
public struct StepMaker: Described {
    public let person: RecordID
    public let role: Role
    public let name: String?

    public static let schema = JSONSchema.object(
        "StepMaker",
        [
            .required("person", .id, "Whose step it was.", "操作人编号。"),
            .required("role", .choice(Role.self), "In which role.", "角色。"),
            .optional("name", .text(1...400), "What they are called, where that is kept.", "名称（有记录时）。"),
        ])
    public static let sample = StepMaker(person: .sample(10), role: .intake, name: "王某")

    init(person: RecordID, role: Role, name: String?) {
        self.person = person
        self.role = role
        self.name = name
    }

    init(_ entry: HistoryEntry, in context: OperationContext) throws {
        self.init(person: entry.actor, role: entry.role, name: try context.name(of: entry.actor))
    }
}
