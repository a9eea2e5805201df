import Casework
import MatchCore

/// A line of a record: `NAME` for its first, `NAME/2` for its second.
enum LineName {
    static func line(_ text: String, of kind: RecordKind, in transaction: any CaseTransaction) throws -> LineReference {
        let names = RecordNames(transaction: transaction, kind: kind)
        if let slash = text.lastIndex(of: "/"), let number = Int(text[text.index(after: slash)...]) {
            return LineReference(try names.id(named: String(text[..<slash])), number)
        }
        return LineReference(try names.id(named: text))
    }
}
