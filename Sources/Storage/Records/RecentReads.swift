internal import Casework
internal import MatchCore

/// Remembers what is on record of reading, so that somebody who looks at the same field again within a minute is on
/// record once: a page that is open and asks every second would fill the record otherwise, and each look would wait for
/// a commit.
final class RecentReads: Sendable {
    private struct Look: Hashable {
        var actor: RecordID
        var role: Role
        var holder: RecordID
        var field: SealedField

        init(_ read: SealedRead) {
            (actor, role, holder, field) = (read.actor, read.role, read.holder, read.field)
        }
    }

    private struct Generations {
        var young: [Look: Int64] = [:]
        var old: [Look: Int64] = [:]
    }

    /// How long one entry speaks for what follows, in milliseconds.
    static let span: Int64 = 60_000

    private let looks = Guarded(Generations())
    private let capacity: Int

    /// - Parameter capacity: how many looks each of two generations remembers.
    init(capacity: Int = 16_384) {
        self.capacity = capacity
    }

    /// The looks that are not on record yet.
    func new(among reads: Set<SealedRead>) -> [SealedRead] {
        guard !reads.isEmpty else { return [] }
        return looks.withLock { looks in
            reads.filter { read in
                let look = Look(read)
                guard let last = looks.young[look] ?? looks.old[look] else { return true }
                // A clock that was set back proves nothing.
                return !(0..<Self.span).contains(read.at.milliseconds - last)
            }
        }
    }

    /// Remembers looks whose entries are committed.
    func insert(_ reads: [SealedRead]) {
        looks.withLock { looks in
            for read in reads {
                if looks.young.count >= capacity {
                    looks.old = looks.young
                    looks.young = [:]
                }
                looks.young[Look(read)] = read.at.milliseconds
            }
        }
    }
}
