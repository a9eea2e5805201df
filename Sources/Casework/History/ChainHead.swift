/// An entry with its place in the program's chain.
public struct SealedEntry: Hashable, Sendable {
    /// 1, 2, 3, … without a gap.
    public let number: Int64
    public let entry: HistoryEntry
    /// Of the hash before it, the number and the entry.
    public let hash: HistoryHash

    public init(number: Int64, entry: HistoryEntry, hash: HistoryHash) {
        self.number = number
        self.entry = entry
        self.hash = hash
    }
}

/// The end of a program's chain: how many entries there are, and the last one's hash, which stands for all of them.
public struct ChainHead: Hashable, Sendable {
    public let program: Code
    /// The last entry's number; 0 for an empty chain.
    public let number: Int64
    public let hash: HistoryHash

    public init(program: Code, number: Int64, hash: HistoryHash) {
        self.program = program
        self.number = number
        self.hash = hash
    }

    /// The head of a chain without entries. It holds the program's name, so that no chain fits another program.
    public static func empty(_ program: Code) -> ChainHead {
        var content = CanonicalBytes()
        content.append("almoner.history.1")
        content.append(program.text)
        return ChainHead(program: program, number: 0, hash: HistoryHash(of: content))
    }

    /// Seals entries in commit order; returns them with numbers and hashes. The head moves to the last of them.
    ///
    /// Throws `brokenChain`, and the head stays, for an entry of another program.
    public mutating func seal(_ entries: [HistoryEntry]) throws -> [SealedEntry] {
        var head = self
        let sealed = try entries.map { entry in
            guard entry.program == program else {
                throw CaseworkError(
                    .brokenChain, "An entry of program \(entry.program) cannot enter the chain of \(program).",
                    zhHans: "项目 \(entry.program) 的记录不能进入项目 \(program) 的链。")
            }
            let sealed = head.next(entry)
            head = ChainHead(program: program, number: sealed.number, hash: sealed.hash)
            return sealed
        }
        self = head
        return sealed
    }

    /// The entry as it would stand next in the chain.
    func next(_ entry: HistoryEntry) -> SealedEntry {
        var content = CanonicalBytes(reserving: 512)
        content.append(raw: hash.bytes)
        content.append(number + 1)
        content.append(entry)
        return SealedEntry(number: number + 1, entry: entry, hash: HistoryHash(of: content))
    }
}
