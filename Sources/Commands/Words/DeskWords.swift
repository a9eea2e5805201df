import ArgumentParser
import MatchCore

/// Words of what is registered, confirmed and pledged one by one.
enum DeskWords: String, Words {
    case partyRegister, partyCode, partyConfirm, partyPause, partyResume, partyClose, offerCreate, wishCreate
    case wishPledge, wishCode, partyName, partyKind, codeHelp, sourceHelp, externalIDHelp, itemHelp, quantityHelp
    case unitHelp, areaHelp, textHelp, kindHelp, deliversHelp, channelHelp, wholeHelp, partyHelp, token, code, expires
    case onlyOnce, confirmationDue, hardshipHelp

    var text: LocalizedText {
        switch self {
        case .partyRegister:
            both(
                "登记主体；以 --as guest 登记则待确认，并给出捐赠方令牌。",
                "Registers a party; with --as guest one to be confirmed, with its token.")
        case .partyCode: both("发放主体确认码（仅显示一次）。", "Makes the code with which a party confirms itself; shown once.")
        case .partyConfirm: both("确认自行登记的主体。", "Confirms a party that registered itself.")
        case .partyPause: both("暂停主体：其资源不再配对和认领。", "Pauses a party: nothing of it is matched or claimed.")
        case .partyResume: both("恢复已暂停的主体。", "Opens a paused party again.")
        case .partyClose: both("关闭主体。", "Closes a party for good.")
        case .offerCreate: both("登记一项资源。", "Registers an offer of one thing.")
        case .wishCreate: both("登记一个心愿并立案。", "Registers a wish for one thing and opens its case.")
        case .wishPledge:
            both("由主体直接认领心愿：一步生成资源和认领。", "Claims a wish for a party: the offer and its claim in one step.")
        case .wishCode: both("发放本人查询码（仅显示一次）。", "Makes the code with which a person looks their wish up; shown once.")
        case .partyName: both("主体名称。", "The party's name.")
        case .partyKind:
            both(
                "主体类型：donor、enterprise、socialOrganisation、volunteer、fund 或 department。",
                "The kind: donor, enterprise, socialOrganisation, volunteer, fund or department.")
        case .codeHelp: both("确认码；协调员直接确认时不填。", "The code; none where a coordinator confirms.")
        case .sourceHelp: both("来源系统。", "The system it comes from.")
        case .externalIDHelp: both("来源系统中的编号。", "Its id there.")
        case .itemHelp: both("品类：代码、名称或别名。", "The category, by code, name or alias.")
        case .quantityHelp: both("数量（件、分钟或分）。", "How much: pieces, minutes or fen.")
        case .unitHelp: both("计量单位，默认取品类的单位。", "piece, minute or fen; by default as the category counts.")
        case .areaHelp: both("区划代码或名称。", "The area, by code or name.")
        case .textHelp: both("文字说明；心愿的文字将公开。", "The words; those of a wish are public.")
        case .kindHelp: both("资源类型，默认 goods。", "goods, money, service, skill, transport or purchase.")
        case .deliversHelp: both("可送达。", "It comes to the wish.")
        case .channelHelp: both("受理渠道，例如 hotline12345。", "By which way it came, such as hotline12345.")
        case .wholeHelp: both("须由一方整体满足。", "It goes to one offer as a whole.")
        case .partyHelp: both("所属主体。", "Whose it is.")
        case .token: both("令牌", "token")
        case .code: both("码", "code")
        case .expires: both("有效期至", "valid until")
        case .onlyOnce: both("仅显示一次，请妥善保管。", "Shown this once; keep it safe.")
        case .confirmationDue: both("待确认", "confirmation due")
        case .hardshipHelp: both("困难程度 0 至 4。", "Hardship, 0 to 4.")
        }
    }
}

extension HelpText {
    static func configuration(
        _ name: String, _ abstract: some Words, discussion: ProfileWords? = nil
    ) -> CommandConfiguration {
        CommandConfiguration(
            commandName: name, abstract: abstract[language], discussion: discussion?[language] ?? "",
            version: "almoner \(AlmonerProgram.version)")
    }
}

extension ArgumentHelp {
    init(_ words: DeskWords, value: String? = nil) {
        self.init(stringLiteral: words[HelpText.language])
        valueName = value
    }
}
