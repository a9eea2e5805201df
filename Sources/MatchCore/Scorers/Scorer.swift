/// One question about a pair of a wish and an offer, answered with a ``Score``: the plug point of Almoner.
///
/// A scorer is written in two layers that must agree, and the conformance kit holds them to it:
///
/// - **Facts and judgement**, for one pair: ``inputs(wish:offer:in:)`` lists the facts, ``judge(_:)`` turns facts
///   and parameters into a score and a reason, ``sentence(for:in:)`` puts the reason into words. From these alone
///   a stored explanation is judged again years later, without the registry.
/// - **Columns**, for many pairs: ``offers(for:in:)`` and ``wishes(for:in:)`` prepare one wish (or offer) and fill
///   a block of scores at a time. Without them the first layer is asked pair by pair, which is right and slow.
///
/// A scorer is pure: the same facts give the same score. It sees feature columns only; no type it is given has a
/// personal field.
public protocol Scorer: Sendable {
    static var descriptor: ScorerDescriptor { get }

    /// Takes parameters that the descriptor has already checked.
    init(parameters: ParameterValues)

    /// The facts that the score of this pair rests on.
    func inputs(wish: WishRow, offer: OfferRow, in context: ScoringContext) -> ScoreInputs

    /// The score and the reason that follow from the facts and this scorer's parameters, and from nothing else.
    func judge(_ inputs: ScoreInputs) throws(ScoreInputError) -> Judgement

    /// One sentence for a coordinator: what was found and why it counts as it does.
    func sentence(for finding: Finding, in language: Language) -> String

    /// Prepares to score offers for one wish.
    func offers(for wish: WishRow, in context: ScoringContext) -> OfferFiller

    /// Prepares to score wishes for one offer.
    func wishes(for offer: OfferRow, in context: ScoringContext) -> WishFiller
}

extension Scorer {
    public func offers(for wish: WishRow, in context: ScoringContext) -> OfferFiller {
        OfferFiller { block, column in
            for row in block.rows {
                column[row - block.rows.lowerBound] = score(wish: wish, offer: block.columns[row], in: context).raw
            }
        }
    }

    public func wishes(for offer: OfferRow, in context: ScoringContext) -> WishFiller {
        WishFiller { block, column in
            for row in block.rows {
                column[row - block.rows.lowerBound] = score(wish: block.columns[row], offer: offer, in: context).raw
            }
        }
    }

    /// The score of one pair by way of its facts.
    public func score(wish: WishRow, offer: OfferRow, in context: ScoringContext) -> Score {
        finding(wish: wish, offer: offer, in: context).judgement.score
    }

    /// The facts of one pair with what follows from them.
    public func finding(wish: WishRow, offer: OfferRow, in context: ScoringContext) -> Finding {
        let inputs = inputs(wish: wish, offer: offer, in: context)
        do {
            return Finding(inputs: inputs, judgement: try judge(inputs))
        } catch {
            // Its own inputs do not satisfy it: a fault of the scorer, which the conformance kit reports.
            return Finding(inputs: inputs, judgement: Judgement(.notKnown, reason: "faultyInputs"))
        }
    }
}

/// What a scorer concludes.
public struct Judgement: Sendable, Hashable {
    public var score: Score
    /// One of the descriptor's reasons.
    public var reason: String

    public init(_ score: Score, reason: String) {
        self.score = score
        self.reason = reason
    }
}

/// The facts of one pair, and what a scorer concludes from them.
public struct Finding: Sendable, Hashable {
    public var inputs: ScoreInputs
    public var judgement: Judgement

    public init(inputs: ScoreInputs, judgement: Judgement) {
        self.inputs = inputs
        self.judgement = judgement
    }
}

/// What is passed in from outside: the registry with its trees, and the clock.
public struct ScoringContext: Sendable {
    public let registry: Registry
    public let now: Timestamp
    /// The program's distance from UTC, which decides where a day begins.
    public let utcOffsetSeconds: Int

    public init(registry: Registry, now: Timestamp, utcOffsetSeconds: Int = 28_800) {
        self.registry = registry
        self.now = now
        self.utcOffsetSeconds = utcOffsetSeconds
    }

    public var today: Day { now.day(utcOffsetSeconds: utcOffsetSeconds) }
}
