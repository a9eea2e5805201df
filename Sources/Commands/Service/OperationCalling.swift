import Casework
import MatchCore
import Operations
import Wire

/// Calls operations of a program for a command, wherever the program's data is.
protocol OperationCalling {
    func call<Input, Answer>(_ operation: Operation<Input, Answer>, _ input: Input) async throws -> Answer

    /// The record that a person means by a name.
    func id(of kind: RecordKind, named text: String) async throws -> RecordID
}

extension OperationCalling {
    /// The record that a person means by a name.
    func id(of kind: RecordKind, named text: String) async throws -> RecordID {
        do {
            let finding = try await call(NameOperations.find, NameInput(kind: kind.rawValue, text: text))
            return try RecordNames.id(in: finding, kind, named: text)
        } catch let problem as Problem where problem.kind == .forbidden {
            // Who may not search by name still knows the ids of its own records.
            guard let id = RecordID(text) else { throw problem }
            return id
        }
    }

    /// A line of a record: `NAME` for its first, `NAME/2` for its second.
    func line(of kind: RecordKind, named text: String) async throws -> (record: RecordID, number: Int) {
        if let slash = text.lastIndex(of: "/"), let number = Int(text[text.index(after: slash)...]) {
            return (try await id(of: kind, named: String(text[..<slash])), number)
        }
        return (try await id(of: kind, named: text), 1)
    }
}

extension OperationCalling {
    /// Goes through the pages of a list until `limit` records are there; 0 for all of them.
    func all<Input, View>(
        _ operation: Operation<Input, Page<View>>, limit: Int, _ input: (_ limit: Int, _ cursor: String?) -> Input
    ) async throws -> [View] {
        try CommandError.check("--limit", limit, least: 0)
        var items: [View] = []
        var cursor: String?
        repeat {
            let wanted = limit == 0 ? PageRequest.most : min(PageRequest.most, limit - items.count)
            let page = try await call(operation, input(wanted, cursor))
            items += page.items
            cursor = page.next
        } while cursor != nil && (limit == 0 || items.count < limit)
        return items
    }
}
