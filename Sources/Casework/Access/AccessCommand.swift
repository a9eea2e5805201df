public import MatchCore

/// A command of the command line, and through what it reaches records.
public struct AccessCommand: Hashable, Sendable {
    public enum Gate: String, Hashable, Sendable, CaseIterable {
        /// Calls operations: what they show, it shows.
        case operations
        /// Works on the files of the machine, for whoever holds database, key file and key store.
        case machine
        /// Reads no record of anybody.
        case none

        /// What people call it.
        public var title: LocalizedText {
            switch self {
            case .operations: LocalizedText(zhHans: "经由操作", en: "through operations")
            case .machine: LocalizedText(zhHans: "持有数据文件者", en: "whoever holds the files")
            case .none: LocalizedText(zhHans: "不涉及个人记录", en: "no record of anybody")
            }
        }
    }

    /// The words behind `almoner`.
    public let path: String
    public let gate: Gate

    public init(_ path: String, _ gate: Gate) {
        self.path = path
        self.gate = gate
    }
}
