import Casework
import MatchCore
import Operations

/// The record that a person means by a name, or the sentence that says why it is none.
struct RecordNames {
    let transaction: any CaseTransaction
    let kind: RecordKind

    func id(named text: String) throws -> RecordID {
        try Self.id(in: NameSearch(transaction, kind).find(text), kind, named: text)
    }

    /// Throws `notFound` with what comes closest, or `usage` where several fit.
    static func id(in finding: NameFinding, _ kind: RecordKind, named text: String) throws -> RecordID {
        if let id = finding.id { return id }
        guard !finding.several.isEmpty else {
            throw CommandError(
                .notFound, missing(kind).filled(["name": text]), advice: NameList.didYouMean(finding.near))
        }
        throw NameList.ambiguous(text, finding.several)
    }

    /// The sentence that says that there is none of the kind.
    static func missing(_ kind: RecordKind) -> RecordWords {
        switch kind {
        case .party: .noParty
        case .offer: .noOffer
        case .wish: .noWish
        }
    }
}

extension CaseTransaction {
    /// A line of a record: `NAME` for its first, `NAME/2` for its second.
    func line(of kind: RecordKind, named text: String) throws -> LineReference {
        let names = RecordNames(transaction: self, kind: kind)
        guard let slash = text.lastIndex(of: "/"), let number = Int(text[text.index(after: slash)...]) else {
            return LineReference(try names.id(named: text), 1)
        }
        return LineReference(try names.id(named: String(text[..<slash])), number)
    }
}
