public import Casework
internal import MatchCore
public import Wire

/// Something about a claim that a person should look at. It blocks nothing.
public struct ClaimWarning: Described, Hashable {
    public let code: Code
    public let text: String

    public static let schema = JSONSchema.object(
        "ClaimWarning",
        [
            .required("code", .code, "What it is about: 'otherKind' or 'otherItem'.", "提示代码：otherKind 或 otherItem。"),
            .required("text", .text(1...400), "The same in words.", "文字说明。"),
        ])
    public static let sample = ClaimWarning(code: "otherKind", text: "资源是食品，心愿要的是轮椅，请核对。")

    /// What is odd about a claim that is not yet on its way: an offer of one thing for a wish for another.
    static func warnings(of kept: KeptClaim, in context: OperationContext) throws -> [ClaimWarning] {
        guard [.proposed, .accepted].contains(kept.claim.state) else { return [] }
        let categories = context.reference.categories
        guard let offered = try context.store.balance(ofOffer: kept.offer)?.category,
            let wanted = try context.store.balance(ofWish: kept.wish)?.category,
            let offeredIndex = categories.tree.index(of: offered), let wantedIndex = categories.tree.index(of: wanted),
            let offeredName = categories[offered]?.name, let wantedName = categories[wanted]?.name
        else { return [] }
        let language = context.viewer.language
        switch categories.relation(wanted: wantedIndex, offered: offeredIndex) {
        case .same, .substitute, .ancestor, .unknown: return []
        case .sibling:
            let text = LocalizedText(
                zhHans: "资源是“\(offeredName.zhHans)”，心愿要的是“\(wantedName.zhHans)”，属同一大类但不是同一品目，请核对。",
                en:
                    "The offer is '\(offeredName.en)' and the wish asks for '\(wantedName.en)': another item of the same "
                    + "group. Check that it helps.")
            return [ClaimWarning(code: "otherItem", text: text[language])]
        case .other:
            let text = LocalizedText(
                zhHans: "资源是“\(offeredName.zhHans)”，心愿要的是“\(wantedName.zhHans)”，两者无关，请核对是否选错。",
                en:
                    "The offer is '\(offeredName.en)' and the wish asks for '\(wantedName.en)', which have nothing to do "
                    + "with each other. Check that it is not the wrong line.")
            return [ClaimWarning(code: "otherKind", text: text[language])]
        }
    }
}
