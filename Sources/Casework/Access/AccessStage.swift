public import MatchCore

/// How far something has come, as far as what is seen of it depends on that.
public enum AccessStage: Int, Hashable, Sendable, CaseIterable {
    /// The record's kind knows no stages.
    case always
    /// Nobody has approved its wording yet.
    case beforeApproval
    /// Open, and its wording approved or in no need of that.
    case published
    /// The viewer holds an accepted claim on it.
    case accepted
    /// The viewer brings it or fits it, for as long as the lease runs.
    case carrying
    /// Over: closed, withdrawn, refused.
    case ended

    public var name: String { "\(self)" }

    /// What people call it.
    public var title: LocalizedText {
        switch self {
        case .always: LocalizedText(zhHans: "任何时候", en: "always")
        case .beforeApproval: LocalizedText(zhHans: "核准前", en: "before approval")
        case .published: LocalizedText(zhHans: "公开后", en: "published")
        case .accepted: LocalizedText(zhHans: "本人已接受认领", en: "claim accepted")
        case .carrying: LocalizedText(zhHans: "本人承运期间", en: "carrying, under lease")
        case .ended: LocalizedText(zhHans: "结束后", en: "ended")
        }
    }
}

/// Which records of a kind a row of the table speaks of.
public enum AccessReach: Int, Hashable, Sendable, CaseIterable {
    /// The viewer's own: its party's, its wish, what it sent.
    case own
    /// Those in the areas that the viewer works in.
    case area
    /// All, for viewers who are limited to no areas.
    case program
    /// All, for the system user of a local command: whoever holds database, key file and key store.
    case machine
    case everyone

    public var name: String { "\(self)" }

    /// What people call it.
    public var title: LocalizedText {
        switch self {
        case .own: LocalizedText(zhHans: "本人的", en: "own")
        case .area: LocalizedText(zhHans: "所辖区划的", en: "in its areas")
        case .program: LocalizedText(zhHans: "全项目（不限区划者）", en: "all, without a limit of areas")
        case .machine: LocalizedText(zhHans: "全部（本机持有数据文件者）", en: "all, on the machine with the files")
        case .everyone: LocalizedText(zhHans: "全部", en: "all")
        }
    }
}

/// How a viewer stands to one record.
public struct AccessStanding: Hashable, Sendable {
    public var isOwn: Bool
    /// Whether the record lies in the areas that the viewer works in.
    public var isWithin: Bool
    /// Whether the viewer is limited to no areas.
    public var isUnlimited: Bool
    /// Whether the viewer is the system user of a local command.
    public var isMachine: Bool

    public init(isOwn: Bool = false, isWithin: Bool = false, isUnlimited: Bool = false, isMachine: Bool = false) {
        self.isOwn = isOwn
        self.isWithin = isWithin
        self.isUnlimited = isUnlimited
        self.isMachine = isMachine
    }

    func isReached(by reach: AccessReach) -> Bool {
        switch reach {
        case .own: isOwn
        case .area: isWithin
        case .program: isUnlimited
        case .machine: isMachine
        case .everyone: true
        }
    }
}
