public import MatchCore

/// A rule of casework that refused a change: which rule, and in both languages what is wrong and what to do.
public struct CaseworkError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// The record was changed since the version that the step names.
        case stale
        /// The record is not in a state from which this step can be made.
        case wrongState
        /// The role may never make this step.
        case roleNotAllowed
        /// The role may make the step, but only on its own offer, wish or leg.
        case notYours
        /// The step needs a reason and none was given.
        case reasonRequired
        /// The code that was given as the reason is none that fits here.
        case reasonUnknown
        /// The lease has ended (or has not ended yet, for an expiry).
        case lease
        /// A carrier or fitter is still missing.
        case legMissing
        /// A quantity is zero, negative or too large for what it is taken from.
        case quantity
        /// The balance does not hold enough.
        case insufficient
        /// The numbers of a balance do not add up, or would leave the range of 64 bits.
        case unsound
        /// A record the change speaks of is not known.
        case unknown
        /// The moment lies before the last change of the record.
        case timeRunsBackwards
        /// The host clock jumped ahead; nothing is expired until a person has looked.
        case clockAlarm
        /// The step comes too late or too early.
        case notInTime
        /// No policy, budget or rule covers the case.
        case notCovered
        /// The amount lies above what this person may approve.
        case aboveAuthority
        /// A second person has to decide.
        case secondPerson
        /// Declared data (a path, a rule, a calendar) contradicts itself.
        case malformed
        /// The history's chain does not hold.
        case brokenChain
    }

    public let code: Code
    public let text: LocalizedText

    public init(_ code: Code, _ en: String, zhHans: String) {
        self.code = code
        self.text = LocalizedText(zhHans: zhHans, en: en)
    }

    /// The English text.
    public var message: String { text.en }

    public var description: String { "\(code.rawValue): \(text.en)" }
}
