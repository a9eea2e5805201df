internal import Casework
internal import MatchCore
internal import Wire

/// What can be done with parties.
extension PartyOperations {
    public static let register = Operation<PartyRegistration, PartyRegistered>(
        OperationFacts(
            .partiesRegister, .post, "/v1/parties",
            "Registers a party.", zhHans: "登记主体。",
            details: LocalizedText(
                zhHans: "无令牌者登记后得到捐赠方令牌（仅显示一次），经确认后其资源才参与匹配。工作人员登记的主体立即启用。",
                en:
                    "Without a token you get one of your own, shown this once; what you offer is matched once you are confirmed. A party that staff register is active at once."
            ), status: 201, weight: .registration),
        location: { "/v1/parties/\($0.party.record.id)" }
    ) { input, context in
        let isGuest = context.viewer.role == .guest
        guard !isGuest || input.isIdentityVerified == nil else {
            throw Problem(
                .invalidInput, at: "/isIdentityVerified",
                LocalizedText(zhHans: "身份核实由工作人员填写。", en: "Whether an identity was verified is for staff to say."))
        }
        let key = try context.newKey(source: input.source, externalID: input.externalID)
        let desk = try context.desk()
        let id = try desk.register(
            Party(
                id: key.id, kind: input.kind.flatMap { PartyKind(code: $0) } ?? .donor,
                isIdentityVerified: input.isIdentityVerified,
                preference: input.preference?.preference ?? DonorPreference()),
            key: key, name: input.name, admission: context.admission)
        var token: AccessToken?
        if isGuest {
            var random = context.random
            token = try desk.createDonorKey(party: id, label: "registration", random: &random).token
        }
        return (try party(id, context), token)
    }

    public static let change = Operation<PartyChange, PartyView>(
        OperationFacts(
            .partiesChange, .patch, "/v1/parties/{party}",
            "Changes a party; what is left out stays.", zhHans: "更改主体；未填写的保持不变。", precondition: .required),
        current: { try party($0.party, $1) }
    ) { input, context in
        let before = try party(input.party, context)
        var features = before.features
        if let kind = input.kind.flatMap({ PartyKind(code: $0) }) { features.kind = kind }
        if let preference = input.preference { features.preference = preference.preference }
        features.isIdentityVerified = input.isIdentityVerified.applied(to: features.isIdentityVerified)
        features.fatigue = input.fatigue.applied(to: features.fatigue)
        try context.desk().change(
            features, key: before.key, name: input.name ?? before.name, admission: context.admission)
        return try party(input.party, context)
    }

    public static let issueCode = Operation<PartyInput, ConfirmationCodeView>(
        OperationFacts(
            .partiesCode, .post, "/v1/parties/{party}/code",
            "Makes the code with which a party confirms itself.", zhHans: "发放主体确认码。",
            details: LocalizedText(
                zhHans: "请在核实联系人后读出或交给对方；14 天内有效，仅可使用一次，重新发放则旧码失效。",
                en:
                    "Read or hand it out once you know whom you speak to. It holds for 14 days, once; a new one ends it."
            ),
            status: 201)
    ) { input, context in
        var random = context.random
        let (code, until) = try context.desk().issueConfirmation(of: input.party, random: &random)
        return ConfirmationCodeView(party: input.party, code: code.text, expires: Timestamp(until))
    }

    public static let confirm = Operation<PartyConfirmation, PartyView>(
        OperationFacts(
            .partiesConfirm, .post, "/v1/parties/{party}/confirm",
            "Confirms a party that registered itself.", zhHans: "确认自行登记的主体。",
            details: LocalizedText(
                zhHans: "捐赠方凭确认码确认本方；协调员可直接确认。",
                en: "A donor confirms itself with the code; a coordinator confirms without one."),
            weight: .registration)
    ) { input, context in
        guard context.viewer.isStaff || context.viewer.isParty(input.party) else { throw Problem.notFound }
        let code = input.code.flatMap { SpokenCode($0, .confirmation) }
        let desk = try context.desk()
        if !context.viewer.isStaff, code == nil {
            throw Problem(
                .invalidInput, at: "/code",
                LocalizedText(
                    zhHans: "请填写协调员发放的确认码（16 位字母或数字）。",
                    en: "Give the code that your coordinator handed out: 16 letters and digits."))
        }
        try desk.confirm(
            party: input.party, code: code,
            reason: try desk.reason(input.reason, note: input.note, about: input.party))
        return try party(input.party, context)
    }

    public static let pause = step(.partiesPause, "Pauses a party.", "暂停主体。") { try $0.pause(party: $1, reason: $2) }
    public static let resume = step(.partiesResume, "Opens a paused party again.", "恢复已暂停的主体。") {
        try $0.resume(party: $1, reason: $2)
    }
    public static let close = step(.partiesClose, "Closes a party for good.", "关闭主体。") {
        try $0.close(party: $1, reason: $2)
    }

    public static let deeds = Operation<PartyDeedsInput, PartyDeedsView>(
        OperationFacts(
            .partiesDeeds, .get, "/v1/parties/{party}/deeds",
            "Shows what a party did, for its certificate.", zhHans: "查看主体的公益记录，用于证书。", weight: .heavy)
    ) { input, context in
        guard context.viewer.isStaff || context.viewer.isParty(input.party) else { throw Problem.notFound }
        let from = input.from.map { Moment($0) } ?? Moment(milliseconds: 0)
        let until = input.until.map { Moment($0) } ?? Moment(milliseconds: .max)
        guard from <= until else {
            throw Problem(
                .invalidInput, at: "?until",
                LocalizedText(zhHans: "截止时间早于起始时间。", en: "It ends before it begins."))
        }
        let known = try party(input.party, context)
        return (try PartyDeeds(of: input.party, in: from...until, from: context.store), known.name)
    }

    static let changes: [AnyOperation] = [
        AnyOperation(register), AnyOperation(change), AnyOperation(issueCode), AnyOperation(confirm),
        AnyOperation(pause), AnyOperation(resume), AnyOperation(close), AnyOperation(deeds),
    ]

    private static func step(
        _ id: OperationID, _ en: String, _ zhHans: String,
        _ make: @escaping @Sendable (CaseDesk, RecordID, Reason?) throws -> Void
    ) -> Operation<PartyStep, PartyView> {
        Operation(
            OperationFacts(
                id, .post, "/v1/parties/{party}/\(id.verb)", en, zhHans: zhHans),
            current: { try party($0.party, $1) }
        ) { input, context in
            let desk = try context.desk()
            try make(desk, input.party, try desk.reason(input.reason, note: input.note, about: input.party))
            return try party(input.party, context)
        }
    }

    private static func party(_ id: RecordID, _ context: OperationContext) throws -> RegisteredParty {
        guard let party = try context.registry.party(id) else { throw Problem.notFound }
        return party
    }
}
