public import MatchCore

extension ClaimStep.Kind {
    /// What people call the step; in English what somebody does to a claim.
    public var name: LocalizedText {
        switch self {
        case .propose: LocalizedText(zhHans: "发起认领", en: "propose")
        case .accept: LocalizedText(zhHans: "接受", en: "accept")
        case .decline: LocalizedText(zhHans: "婉拒", en: "decline")
        case .dispatch: LocalizedText(zhHans: "发出", en: "dispatch")
        case .receive: LocalizedText(zhHans: "送达", en: "receive")
        case .confirm: LocalizedText(zhHans: "确认收到", en: "confirm")
        case .renew: LocalizedText(zhHans: "续期", en: "renew")
        case .expire: LocalizedText(zhHans: "到期", en: "end the lease of")
        case .release: LocalizedText(zhHans: "释放", en: "release")
        case .giveBack: LocalizedText(zhHans: "退回", en: "give back")
        case .split: LocalizedText(zhHans: "拆分", en: "split")
        case .agree: LocalizedText(zhHans: "承接环节", en: "take on a part of")
        case .leave: LocalizedText(zhHans: "退出环节", en: "give up a part of")
        case .finish: LocalizedText(zhHans: "完成环节", en: "finish a part of")
        }
    }
}
