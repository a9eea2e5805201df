internal import Synchronization

/// Counts the transactions that changed what others remember: keys, and the registry that matching works on.
///
/// A number moves after the commit and before it is reported: whoever asks for the number and then reads keeps what was
/// true, and whoever has been told of a change finds a new number.
final class StoreVersions: Sendable {
    enum Part: Int {
        case keys, registry
    }

    private let keys = Atomic<UInt64>(0)
    private let registry = Atomic<UInt64>(0)

    func current(_ part: Part) -> UInt64 {
        switch part {
        case .keys: keys.load(ordering: .acquiring)
        case .registry: registry.load(ordering: .acquiring)
        }
    }

    func watching<Result>(_ write: (ChangeMarks) async throws -> Result) async throws -> Result {
        let marks = ChangeMarks()
        defer { move(marks) }
        return try await write(marks)
    }

    func watching<Result>(_ write: (ChangeMarks) throws -> Result) throws -> Result {
        let marks = ChangeMarks()
        defer { move(marks) }
        return try write(marks)
    }

    private func move(_ marks: ChangeMarks) {
        if marks.has(.keys) { keys.wrappingAdd(1, ordering: .acquiringAndReleasing) }
        if marks.has(.registry) { registry.wrappingAdd(1, ordering: .acquiringAndReleasing) }
    }
}

/// What one transaction has changed.
final class ChangeMarks: Sendable {
    private let bits = Atomic<UInt8>(0)

    func mark(_ part: StoreVersions.Part) {
        bits.bitwiseOr(1 << UInt8(part.rawValue), ordering: .acquiringAndReleasing)
    }

    func has(_ part: StoreVersions.Part) -> Bool {
        bits.load(ordering: .acquiring) & 1 << UInt8(part.rawValue) != 0
    }
}
