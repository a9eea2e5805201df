public import MatchCore

/// What is wrong with a chain, and where it begins.
public struct ChainFault: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable {
        /// The number is not the next one: an entry was deleted, inserted or moved.
        case number
        /// The entry, or its hash, is not what was sealed.
        case content
        /// The chain holds together, but not with a head that was kept: it was written anew.
        case rewritten
        /// The chain ends before a head that was kept.
        case cut
    }

    public let kind: Kind
    /// The first bad entry's place in the chain, 1 for the first. For `cut`, the first that is missing.
    public let number: Int64

    public init(kind: Kind, number: Int64) {
        self.kind = kind
        self.number = number
    }

    public var text: LocalizedText {
        switch kind {
        case .number:
            LocalizedText(
                zhHans: "第 \(number) 条缺失、错序或被插入。", en: "Entry \(number) is missing, out of order or inserted.")
        case .content:
            LocalizedText(zhHans: "第 \(number) 条内容被改动。", en: "Entry \(number) was changed.")
        case .rewritten:
            LocalizedText(
                zhHans: "第 \(number) 条与另存的链首不符：此前的历史被重写。",
                en: "Entry \(number) does not fit the head that was kept: the history up to it was written anew.")
        case .cut:
            LocalizedText(
                zhHans: "历史自第 \(number) 条起被截断。",
                en: "The history is cut off: entry \(number) and later ones are missing.")
        }
    }
}

/// Follows a chain entry by entry, in constant memory, and names the first bad one.
public struct ChainVerifier: Sendable {
    /// The end of what was found good.
    public private(set) var head: ChainHead
    public private(set) var fault: ChainFault?
    private let kept: [Int64: HistoryHash]
    private let lastKept: Int64

    /// - Parameters:
    ///   - start: where to begin: an empty chain, or a head that was verified before.
    ///   - kept: heads that were kept elsewhere and whose signature has been checked.
    public init(from start: ChainHead, kept: [ChainHead] = []) {
        head = start
        let own = kept.filter { $0.program == start.program && $0.number > start.number }
        self.kept = Dictionary(own.map { ($0.number, $0.hash) }, uniquingKeysWith: { first, _ in first })
        lastKept = own.map(\.number).max() ?? 0
    }

    /// Takes the next entry; after a fault nothing more is looked at. Returns false once there is one.
    public mutating func take(_ sealed: SealedEntry) -> Bool {
        guard fault == nil else { return false }
        let next = head.number + 1
        guard sealed.number == next else { return fail(.number, at: next) }
        guard sealed.entry.program == head.program, head.next(sealed.entry).hash == sealed.hash else {
            return fail(.content, at: next)
        }
        if let hash = kept[next], hash != sealed.hash { return fail(.rewritten, at: next) }
        head = ChainHead(program: head.program, number: next, hash: sealed.hash)
        return true
    }

    /// Says after the last entry whether the chain holds; nil when it does.
    public mutating func finish() -> ChainFault? {
        if fault == nil, head.number < lastKept { _ = fail(.cut, at: head.number + 1) }
        return fault
    }

    private mutating func fail(_ kind: ChainFault.Kind, at number: Int64) -> Bool {
        fault = ChainFault(kind: kind, number: number)
        return false
    }
}
