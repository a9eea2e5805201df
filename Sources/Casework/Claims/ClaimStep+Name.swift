public import MatchCore

extension ClaimStep.Kind {
    /// What people call the step; the English name is the code.
    public var name: LocalizedText {
        let chinese =
            switch self {
            case .propose: "发起认领"
            case .accept: "接受"
            case .decline: "婉拒"
            case .dispatch: "发出"
            case .receive: "送达"
            case .confirm: "确认收到"
            case .renew: "续期"
            case .expire: "到期"
            case .release: "释放"
            case .giveBack: "退回"
            case .split: "拆分"
            case .agree: "承接环节"
            case .leave: "退出环节"
            case .finish: "完成环节"
            }
        return LocalizedText(zhHans: chinese, en: rawValue)
    }
}
