internal import Casework
public import MatchCore
public import Wire

/// The explanation of one pair of lines, with what to call both sides.
public struct PairView: Described {
    public let wishTitle: String
    public let offerTitle: String
    public let party: String?
    public let explanation: ExplanationView
    /// Where a vote makes the order and the offer was not put to it, being no veto's: so many first ones of each voice are.
    public let notPutAmong: Int?
    /// Where a vote makes the order and the offer was not put to it because of a veto: the voices that veto it; empty where the
    /// program's own scorers do.
    public let vetoedBy: [String]?

    public static let schema = JSONSchema.object(
        "Pair",
        [
            .required("wishTitle", .text(0...4_000), "The wish's wording, or its items.", "心愿文字或物品。"),
            .required("offerTitle", .text(0...4_000), "The offer's wording, or its items.", "资源文字或物品。"),
            .optional("party", .text(0...200), "Who offers.", "资源主体。"),
            .required("explanation", ExplanationView.schema, "Why the pair has its total.", "评分说明。"),
            .optional(
                "notPutAmong", .integer(1...1_000),
                "Where a vote makes the order and this offer was not put to it: it is among so many first ones of no voice.",
                "次序由投票决定而此资源未参选：它不在任何一方的前若干名之内。"),
            .optional(
                "vetoedBy", .list(of: .text(1...64), 0...VoteTerms.voiceCounts.upperBound),
                "Where a vote makes the order and this offer was not put to it for a veto: the voices that veto it, or none where "
                    + "the program's own scorers do.",
                "次序由投票决定而此资源因被否决未参选：否决它的各方；为空则由方案自身的评分器否决。"),
        ])
    public static let sample = PairView(
        wishTitle: "一台轮椅", offerTitle: "五辆轮椅", party: "示例公益基金", explanation: .sample, notPutAmong: 10,
        vetoedBy: ["donors"])
}

/// The explanations of every line of a wish with every line of an offer.
public struct PairList: Projection {
    public let items: [PairView]

    public static let schema = JSONSchema.object(
        "PairList",
        [.required("items", .list(of: PairView.schema, 0...10_000), "One per pair of lines.", "每对明细一项。")])
    public static let sample = PairList(items: [.sample])

    /// The facts under an explanation are facts of people.
    public static func projecting(_ pairs: [ExplainedPair], in context: OperationContext) throws -> PairList? {
        guard context.parts(of: .pair).contains(.scores) else { return nil }
        let wishes = try context.titles(of: pairs.map(\.explanation.wish.id), areWishes: true)
        let offers = try context.titles(of: pairs.map(\.explanation.offer.id), areWishes: false)
        let files = try ExplainedFiles(of: Array(wishes.keys), in: context)
        return PairList(
            items: try pairs.compactMap { pair in
                guard let wish = wishes[pair.explanation.wish.id] else { return nil }
                let offer = offers[pair.explanation.offer.id]
                return PairView(
                    wishTitle: wish.text, offerTitle: offer?.text ?? "", party: offer?.party,
                    explanation: try files.view(of: pair.explanation, plan: pair.plan),
                    notPutAmong: pair.notPutAmong, vetoedBy: pair.vetoedBy)
            })
    }
}

/// A pair with the plan that it was judged by.
public struct ExplainedPair {
    let explanation: Explanation
    let plan: ScoringPlan
    /// See ``PairView/notPutAmong``.
    var notPutAmong: Int?
    /// See ``PairView/vetoedBy``.
    var vetoedBy: [String]?

    /// - Parameter standing: in the vote that makes the order; nil where none does.
    init(_ explanation: Explanation, plan: ScoringPlan, standing: VoteStanding? = nil) {
        var explanation = explanation
        switch standing {
        case .voted(let account): explanation.vote = account
        case .notPut(let top): notPutAmong = top
        case .vetoed: vetoedBy = []
        case .vetoedBy(let voices): vetoedBy = voices
        case nil: break
        }
        (self.explanation, self.plan) = (explanation, plan)
    }
}

/// Which pair to explain.
public struct PairInput: Described {
    public var wish: RecordID
    public var offer: RecordID
    public var profile: String?

    public init(wish: RecordID, offer: RecordID, profile: String? = nil) {
        self.wish = wish
        self.offer = offer
        self.profile = profile
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            .required("wish", .id, "The wish's id.", "心愿编号。"), .required("offer", .id, "The offer's id.", "资源编号。"),
            .profile,
        ])
    public static let sample = PairInput(wish: .sample(3), offer: .sample(2))
}
