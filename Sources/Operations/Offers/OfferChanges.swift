internal import Casework
internal import MatchCore
internal import Wire

/// What can be done with offers.
extension OfferOperations {
    public static let create = Operation<OfferDraft, OfferView>(
        OperationFacts(
            .offersCreate, .post, "/v1/offers",
            "Registers an offer.", zhHans: "登记资源。",
            details: LocalizedText(
                zhHans: "捐赠方为本方登记，工作人员可为任一主体登记。未确认主体的资源先保存，确认后才参与匹配。",
                en:
                    "A donor offers for itself, staff for any party. What an unconfirmed party offers is kept, and matched once the party is confirmed."
            ), status: 201),
        location: { "/v1/offers/\($0.record.id)" }
    ) { input, context in
        guard let party = input.party ?? context.actor.party else {
            throw Problem(
                .invalidInput, at: "/party", LocalizedText(zhHans: "请填写所属主体。", en: "Say whose offer it is."))
        }
        guard context.viewer.isStaff || context.viewer.isParty(party) else { throw Problem.notFound }
        let offer = Offer(
            key: try context.newKey(source: input.source, externalID: input.externalID), party: party,
            kind: input.kind.flatMap { OfferKind(code: $0) } ?? .goods, place: try FieldReading.place(input.place),
            delivers: input.delivers ?? false, isRemote: input.isRemote ?? false,
            serviceAreas: input.serviceAreas ?? [], serviceRadiusMetres: input.serviceRadiusMetres,
            window: FieldReading.window(input.from, input.until), hours: try FieldReading.hours(input.hours),
            skills: input.skills ?? [], qualifications: input.qualifications ?? [], languages: input.languages ?? [],
            text: input.text,
            lines: input.lines.enumerated().map { index, line in
                OfferLine(
                    number: index + 1, category: line.category, available: line.quantity,
                    unit: FieldReading.unit(line.unit, of: line.category, context))
            })
        let id = try context.desk().register(
            offer, received: input.received ?? Timestamp(context.now), admission: context.admission)
        return try Self.offer(id, context)
    }

    public static let change = Operation<OfferChange, OfferView>(
        OperationFacts(
            .offersChange, .patch, "/v1/offers/{offer}",
            "Changes an offer; what is left out stays.", zhHans: "更改资源；未填写的保持不变。",
            details: LocalizedText(
                zhHans: "数量改大即追加认捐，改小即从可用量撤回；低于已占用的数量返回 409 insufficient-balance。",
                en:
                    "A greater quantity is pledged on top, a smaller one withdrawn from what is available; below what is held the answer is 409 insufficient-balance."
            ), precondition: .required),
        current: { try offer($0.offer, $1) }
    ) { input, context in
        let before = try visible(input.offer, context)
        var offer = before.features
        if let place = input.place { offer.place = try FieldReading.place(place) }
        if let delivers = input.delivers { offer.delivers = delivers }
        if let isRemote = input.isRemote { offer.isRemote = isRemote }
        if let areas = input.serviceAreas { offer.serviceAreas = areas }
        offer.serviceRadiusMetres = input.serviceRadiusMetres.applied(to: offer.serviceRadiusMetres)
        offer.window = FieldReading.window(
            input.from.applied(to: offer.window?.from), input.until.applied(to: offer.window?.until))
        if case .value(let text) = input.hours { offer.hours = try FieldReading.hours(text) }
        if case .none = input.hours { offer.hours = nil }
        if let skills = input.skills { offer.skills = skills }
        if let qualifications = input.qualifications { offer.qualifications = qualifications }
        if let languages = input.languages { offer.languages = languages }
        if let text = input.text { offer.text = text }
        for (index, pledged) in before.pledged.enumerated() { offer.lines[index].available = pledged }
        for (place, line) in (input.lines ?? []).enumerated() {
            try change(line, at: "/lines/\(place)", in: &offer, context)
        }
        try AdmissionRefusal.placing(lines: (input.lines ?? []).map(\.number), of: offer.lines.map(\.number)) {
            try context.desk().change(offer, admission: context.admission)
        }
        return try Self.offer(input.offer, context)
    }

    public static let pause = step(.offersPause, "Pauses an open offer: it is neither matched nor claimed.", "暂停资源。") {
        try $0.pause(offer: $1, reason: $2)
    }
    public static let resume = step(.offersResume, "Opens a paused offer again.", "恢复资源。") {
        try $0.resume(offer: $1, reason: $2)
    }

    public static let withdraw = Operation<OfferWithdrawal, OfferView>(
        OperationFacts(
            .offersWithdraw, .post, "/v1/offers/{offer}/withdraw",
            "Withdraws what is available of an offer.", zhHans: "撤回资源的可用量。",
            details: LocalizedText(
                zhHans: "不指明明细和数量则撤回整个资源。已认领的部分不受影响。",
                en: "Without line and quantity the whole offer ends. What was claimed is kept.")),
        current: { try offer($0.offer, $1) }
    ) { input, context in
        _ = try visible(input.offer, context)
        let desk = try context.desk()
        // A donor takes back what is its own; whoever does it for another says why.
        let code = input.reason ?? (context.viewer.isStaff ? nil : "withdrawn")
        guard let reason = try desk.reason(code, note: input.note, about: input.offer) else {
            throw Problem(
                .invalidInput, at: "/reason",
                LocalizedText(zhHans: "代他人撤回须填写理由代码。", en: "Give a reason: you withdraw for another."))
        }
        guard input.line != nil || input.quantity != nil else {
            _ = try desk.withdraw(input.offer, reason: reason)
            return try offer(input.offer, context)
        }
        let line = LineReference(input.offer, input.line ?? 1)
        guard let balance = try context.store.balance(ofOffer: line) else {
            throw Problem(
                .invalidInput, at: "/line", LocalizedText(zhHans: "没有此明细。", en: "The offer has no such line."))
        }
        let quantity = input.quantity ?? balance[.available]
        guard quantity > 0 else {
            throw Problem(
                .insufficientBalance, "There is nothing left of this line to withdraw.", zhHans: "该明细没有可撤回的数量。")
        }
        try desk.withdraw(quantity, from: line, reason: reason)
        return try offer(input.offer, context)
    }

    static let changes: [AnyOperation] = [
        AnyOperation(create), AnyOperation(change), AnyOperation(pause), AnyOperation(resume), AnyOperation(withdraw),
    ]

    private static func step(
        _ id: OperationID, _ en: String, _ zhHans: String,
        _ make: @escaping @Sendable (CaseDesk, RecordID, Reason?) throws -> Void
    ) -> Operation<OfferStep, OfferView> {
        Operation(
            OperationFacts(
                id, .post, "/v1/offers/{offer}/\(id.verb)", en,
                zhHans: zhHans), current: { try offer($0.offer, $1) }
        ) { input, context in
            _ = try visible(input.offer, context)
            let desk = try context.desk()
            try make(desk, input.offer, try desk.reason(input.reason, note: input.note, about: input.offer))
            return try offer(input.offer, context)
        }
    }

    private static func change(
        _ line: OfferChange.Line, at place: String, in offer: inout Offer, _ context: OperationContext
    ) throws {
        if let index = offer.lines.firstIndex(where: { $0.number == line.number }) {
            if let category = line.category { offer.lines[index].category = category }
            if let unit = line.unit.flatMap({ Unit(code: $0) }) { offer.lines[index].unit = unit }
            if let quantity = line.quantity { offer.lines[index].available = quantity }
            return
        }
        guard line.number == (offer.lines.map(\.number).max() ?? 0) + 1 else { throw LineFault.gap(place) }
        guard let category = line.category else { throw LineFault.noCategory(place) }
        offer.lines.append(
            OfferLine(
                number: line.number, category: category, available: line.quantity,
                unit: FieldReading.unit(line.unit, of: category, context)))
    }

    private static func offer(_ id: RecordID, _ context: OperationContext) throws -> RegisteredOffer {
        guard let offer = try context.registry.offer(id) else { throw Problem.notFound }
        return offer
    }

    /// The offer, where the viewer may know of it.
    private static func visible(_ id: RecordID, _ context: OperationContext) throws -> RegisteredOffer {
        let offer = try offer(id, context)
        guard try OfferView.projecting(offer, in: context) != nil else { throw Problem.notFound }
        return offer
    }
}

/// What is wrong with the line of a change.
enum LineFault {
    static func gap(_ place: String) -> Problem {
        Problem(
            .invalidInput, at: place + "/number",
            LocalizedText(
                zhHans: "没有此明细；新增明细的序号应比末条大一。", en: "There is no such line; a new one is one more than the last."))
    }

    static func noCategory(_ place: String) -> Problem {
        Problem(
            .invalidInput, at: place + "/category",
            LocalizedText(zhHans: "新增明细须填写类目。", en: "A new line needs its category."))
    }
}
