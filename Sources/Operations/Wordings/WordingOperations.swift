public import Casework
internal import MatchCore
public import Wire

/// Masking help: what a wording tells of a person, before anybody reads it.
public enum WordingOperations {
    public static let show = Operation<WishInput, WordingView>(
        OperationFacts(
            .wishesWording, .get, "/v1/wishes/{wish}/wording",
            "Looks a wish's wording over: what is not to be published, and what may stand there instead.",
            zhHans: "检查心愿文字：哪些内容不宜发布、建议如何替换。")
    ) { input, context in
        try context.requireWish(input.wish)
        return try source(input.wish, context)
    }

    public static let change = Operation<WordingChange, WordingView>(
        OperationFacts(
            .wishesWord, .post, "/v1/wishes/{wish}/wording",
            "Puts another wording in the place of a wish's, or lets what was found be published with a reason.",
            zhHans: "更改心愿文字，或说明理由后放行检查出的内容。",
            details: LocalizedText(
                zhHans: "已核准的心愿，文字中有检查出的内容时拒绝（409，errors 逐项列出位置），除非协调员填写理由；身份证号和银行卡号一律拒绝。",
                en:
                    "For a wish that is published, a wording with something in it is refused (409, each place in 'errors') unless "
                    + "a coordinator gives a reason; identity numbers and bank cards always are."))
    ) { input, context in
        try context.requireWish(input.wish)
        let desk = try context.desk()
        let reason = try input.reason.flatMap { try desk.reason($0, note: input.note, about: input.wish) }
        if let text = input.text {
            try desk.word(input.wish, text, reason: reason, admission: context.admission)
        } else {
            try desk.acceptWording(of: input.wish, reason: reason)
        }
        return try source(input.wish, context)
    }

    public static let check = Operation<WordingChecking, WordingCheckView>(
        OperationFacts(
            .wordingsCheck, .post, "/v1/wordings/check",
            "Looks a wording over before it is sent; nothing of it is kept.", zhHans: "提交前检查文字；不保存。", readsOnly: true)
    ) { input, context in
        if let wish = input.wish { try context.requireWish(wish) }
        let desk = try context.desk()
        let findings = try desk.findings(in: input.text, of: input.wish)
        return WordingCheckView(
            findings: findings.map { WordingFinding($0, in: input.text, rules: desk.rules.masking) },
            proposed: WordingCheck.masked(input.text, findings))
    }

    static let all: [AnyOperation] = [AnyOperation(show), AnyOperation(change), AnyOperation(check)]

    private static func source(_ wish: RecordID, _ context: OperationContext) throws -> WordingView.Source {
        let desk = try context.desk()
        return WordingView.Source(state: try desk.wording(of: wish), rules: desk.rules.masking)
    }
}

extension [MaskingFinding] {
    /// Which kinds stand where, the first twenty; never what stands there.
    var places: LocalizedText {
        let list = prefix(20).map { finding in
            let (from, to) = (finding.place.lowerBound + 1, finding.place.upperBound)
            return LocalizedText(
                zhHans: "第 \(from)–\(to) 字\(finding.kind.title.zhHans)", en: "\(finding.kind.title.en) at \(from)–\(to)"
            )
        }
        return LocalizedText(
            zhHans: list.map(\.zhHans).joined(separator: "、"), en: list.map(\.en).joined(separator: ", "))
    }
}

extension WordingRefusal: ProblemSource {
    /// Kinds and places, and never what stands there.
    public var problem: Problem {
        let places = findings.places
        return Problem(
            .conflict,
            LocalizedText(
                zhHans:
                    "文字中有 \(findings.count) 处不宜发布：\(places.zhHans)。请修改文字；除身份证号和银行卡号外，协调员也可说明理由后放行："
                    + "almoner wish wording 心愿 --reason 代码（HTTP 为 POST /v1/wishes/{wish}/wording）。",
                en: "Not to be published: \(places.en). Change the wording; but for "
                    + "identity numbers and bank cards a coordinator may let it pass with a reason: almoner wish wording WISH "
                    + "--reason CODE (over HTTP: POST /v1/wishes/{wish}/wording)."),
            fields: findings.map { finding in
                let (from, to) = (finding.place.lowerBound + 1, finding.place.upperBound)
                return FieldFault(
                    "/text",
                    LocalizedText(
                        zhHans: "第 \(from) 至 \(to) 字：\(finding.kind.title.zhHans)，建议改为“\(finding.replacement)”。",
                        en: "Characters \(from) to \(to): \(finding.kind.title.en); write '\(finding.replacement)'."))
            })
    }
}
