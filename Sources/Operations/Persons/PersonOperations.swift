internal import Casework
public import MatchCore
public import Wire

/// One person, by the id of a wish, a household, a member of one, a party or an inbound record.
public struct PersonIDInput: Described {
    public var person: RecordID

    public init(person: RecordID) { self.person = person }

    static let property = JSONSchema.Property.required(
        "person", .id, "A wish, a household, a member of one, a party or an inbound record.", "心愿、家庭、成员、主体或受理记录编号。")
    public static let schema = JSONSchema.object(nil, [property])
    public static let sample = PersonIDInput(person: .sample(3))
}

/// Erases a person.
public struct PersonErasing: Described {
    public var person: RecordID
    public var reason: String?
    public var note: String?

    public init(person: RecordID, reason: String? = nil, note: String? = nil) {
        self.person = person
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(nil, [PersonIDInput.property] + StepReason.properties)
    public static let sample = PersonErasing(person: .sample(3), reason: "personAsked")
}

/// The person's rights: everything that is kept of them, and its end.
public enum PersonOperations {
    public static let export = Operation<PersonIDInput, PersonFileView>(
        OperationFacts(
            .personsExport, .get, "/v1/persons/{person}/file",
            "Hands out everything that is kept of a person, with who read it.", zhHans: "导出个人的全部资料及查看记录。",
            weight: .heavy)
    ) { input, context in try context.desk().personFile(input.person) }

    public static let erase = Operation<PersonErasing, ErasureView>(
        OperationFacts(
            .personsErase, .post, "/v1/persons/{person}/erase",
            "Erases a person: what is sealed of them is gone, here and in every backup; ledger and history stay.",
            zhHans: "删除个人资料：本库及所有备份中的内容均不可恢复；台账与历史保留。")
    ) { input, context in
        let desk = try context.desk()
        // The note would be about somebody who is forgotten: only the code stays.
        guard input.note?.isEmpty ?? true else {
            throw Problem(
                .invalidInput, at: "/note",
                LocalizedText(
                    zhHans: "删除个人资料不保存说明，只保存理由代码。", en: "An erasure keeps no note, only the reason's code."))
        }
        let reason = try desk.reason(input.reason, note: nil, about: input.person)
        return try desk.erasePerson(input.person, reason: reason)
    }

    public static let find = Operation<PersonSeeking, PersonFindingView>(
        OperationFacts(
            .personsFind, .post, "/v1/persons/find",
            "Finds people and their ids: by telephone or identity number, through keyed hashes, by household or by wish.",
            zhHans: "查找人员及其编号：按电话或证件号（仅比对加密摘要）、按家庭或按心愿。", readsOnly: true)
    ) { input, context in try PersonSearch(context: context).find(input) }

    static let all: [AnyOperation] = [AnyOperation(find), AnyOperation(export), AnyOperation(erase)]
}
