import AlmonerTesting
import Foundation
import MatchCore
import Testing

/// A plugin of each bad kind fails with a sentence that names its fault.
@Suite struct BadScorerTests {
    private func faults(_ type: any Scorer.Type) -> String {
        ScorerConformance.faults(of: type).joined(separator: "\n")
    }

    @Test func anImpureOneIsToldThatItIsNotPure() {
        let faults = faults(ImpureScorer.self)
        #expect(faults.contains("is not pure: asked again"), "\(faults)")
    }

    @Test func oneThatDependsOnTheRowIsToldThatItDependsOnTheOrder() {
        let faults = faults(RowScorer.self)
        #expect(faults.contains("depends on the order of the records"), "\(faults)")
    }

    @Test func aValueOutOfRangeIsNamed() {
        #expect(faults(GreatScorer.self).contains("the value 1000001 is outside 0…1,000,000"))
    }

    @Test func aColumnThatOverflowsIsAskedAboutTheOverflow() {
        let faults = faults(OverflowScorer.self)
        #expect(faults.contains("the column writes") && faults.contains("Did something overflow"), "\(faults)")
    }

    @Test func aColumnOfNotANumberIsAskedAboutTheDivision() {
        let faults = faults(NaNScorer.self)
        #expect(faults.contains("the column writes") && faults.contains("divided by 0"), "\(faults)")
    }

    /// Where a plugin turns "not a number" into a whole one Swift ends the process: the test that ran fails, and names
    /// it.
    @Test func notANumberThatEndsTheProcessIsNamed() async {
        let outcome = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = ScorerConformance.faults(of: TrapScorer.self)
        }
        let told = String(decoding: outcome?.standardErrorContent ?? [], as: UTF8.self)
        #expect(told.contains("infinite or NaN"), "\(told)")
    }

    @Test func aSlowOneIsToldHowSlow() {
        let faults = faults(SlowScorer.self)
        #expect(faults.contains("is slow: a million candidates (offers for a wish) take"), "\(faults)")
    }

    @Test func oneThatIsSlowFromTheOtherSideIsToldWhichOne() {
        let faults = faults(SlowMirrorScorer.self)
        #expect(faults.contains("is slow: a million candidates (wishes for an offer) take"), "\(faults)")
    }

    @Test func boundsThatAreRightOneByOneAndWrongTogetherAreFound() {
        let faults = faults(JointBoundScorer.self)
        #expect(faults.contains("in one call, the bound of block 1 is 0, alone it is 1000000"), "\(faults)")
    }

    @Test func oneThatPunishesMissingFactsIsTold() {
        #expect(faults(HarshScorer.self).contains("nothing is stated it says 0"))
    }

    @Test func oneThatBreaksWhatItDeclaresIsTold() {
        #expect(faults(CrookedScorer.self).contains("more 'available' lowers the value"))
    }

    @Test func oneThatTakesUnlikeWishesForAlikeIsTold() {
        let faults = faults(AlikeScorer.self)
        #expect(faults.contains("are said to be alike, and differ in scores"), "\(faults)")
    }

    @Test func oneThatDoesNotSpeakChineseIsTold() {
        let faults = faults(EnglishScorer.self)
        #expect(faults.contains("has no sentence in zh-Hans"), "\(faults)")
    }
}

/// What the bad ones share: the quantity that is available decides.
private protocol SampleScorer: Scorer {
    static func value(_ available: Int64?) -> Score
}

extension SampleScorer {
    static func describe(_ id: String, monotone: [MonotoneInput] = []) -> ScorerDescriptor {
        let text = LocalizedText(zhHans: "示例", en: "sample")
        return ScorerDescriptor(
            id: id, version: 1, title: text, summary: text, reasons: ["known"],
            examples: [
                WorkedExample(
                    text, inputs: ["available": 3, "isRemote": false],
                    expected: Judgement(value(3), reason: "known"))
            ], monotone: monotone)
    }

    func inputs(wish: WishRow, offer: OfferRow, in context: ScoringContext) -> ScoreInputs {
        ["available": .optional(offer.available), "isRemote": .flag(offer.isRemote)]
    }

    func judge(_ inputs: ScoreInputs) throws(ScoreInputError) -> Judgement {
        Judgement(Self.value(try inputs.optionalInteger("available")), reason: "known")
    }

    func sentence(for finding: Finding, in language: Language) -> String { "." }
}

extension SampleScorer {
    static func value(_ available: Int64?) -> Score { available == nil ? .notKnown : .value(500_000) }

    /// Columns that a scorer writes without asking the judge.
    func filled(_ raw: @escaping (Int64) -> Int32) -> OfferFiller {
        OfferFiller { block, column in
            for row in block.rows { column[row - block.rows.lowerBound] = raw(block.columns.available[row]) }
        }
    }
}

/// A number that changes each time it is read.
private final class Counter: @unchecked Sendable {
    // The lock makes it safe to share.
    private let lock = NSLock()
    private var count: Int32 = 0

    func next() -> Int32 {
        lock.withLock {
            count += 1
            return count
        }
    }
}

private struct ImpureScorer: SampleScorer {
    static let descriptor = describe("Impure")
    private let counter = Counter()

    init(parameters: ParameterValues) {}

    func offers(for wish: WishRow, in context: ScoringContext) -> OfferFiller {
        let offset = counter.next()
        return filled { _ in offset }
    }
}

private struct RowScorer: SampleScorer {
    static let descriptor = describe("Row")

    init(parameters: ParameterValues) {}

    func offers(for wish: WishRow, in context: ScoringContext) -> OfferFiller {
        // Which record stands under a number depends on the order that they came in.
        let ids = context.registry.parties.ids
        return OfferFiller { block, column in
            for row in block.rows {
                column[row - block.rows.lowerBound] = ids.isEmpty ? 0 : max(0, block.columns.party[row])
            }
        }
    }
}

private struct AlikeScorer: SampleScorer {
    static let descriptor = describe("Alike")

    init(parameters: ParameterValues) {}

    func inputs(wish: WishRow, offer: OfferRow, in context: ScoringContext) -> ScoreInputs {
        ["available": .optional(wish.wanted), "isRemote": .flag(offer.isRemote)]
    }

    func offers(for wish: WishRow, in context: ScoringContext) -> OfferFiller {
        // The quantity of the wish decides, and its number says nothing of it.
        let raw = Self.value(wish.wanted).raw
        return OfferFiller(likeness: 0) { block, column in
            for row in 0..<block.rows.count { column[row] = raw }
        }
    }
}

private struct GreatScorer: SampleScorer {
    static let descriptor = describe("Great")
    init(parameters: ParameterValues) {}
    static func value(_ available: Int64?) -> Score { available == nil ? .notKnown : .value(Score.best + 1) }
}

private struct OverflowScorer: SampleScorer {
    static let descriptor = describe("Overflow")
    init(parameters: ParameterValues) {}

    func offers(for wish: WishRow, in context: ScoringContext) -> OfferFiller {
        filled { $0 < 0 ? -1 : Int32(truncatingIfNeeded: ($0 &+ 3) &* 1_000_000_007) }
    }
}

private struct NaNScorer: SampleScorer {
    static let descriptor = describe("NaN")
    init(parameters: ParameterValues) {}

    func offers(for wish: WishRow, in context: ScoringContext) -> OfferFiller {
        let nothing: Float = 0
        // The bits of "not a number", taken for a number.
        return filled { $0 < 0 ? -1 : Int32(bitPattern: (nothing / nothing).bitPattern & 0x7FFF_FFFF) }
    }
}

private struct TrapScorer: SampleScorer {
    static let descriptor = describe("Trap")
    init(parameters: ParameterValues) {}

    func offers(for wish: WishRow, in context: ScoringContext) -> OfferFiller {
        // A share of nothing.
        filled { $0 < 0 ? -1 : Int32(1_000_000 * (Double($0) - Double($0)) / 0) }
    }
}

private struct SlowScorer: SampleScorer {
    static let descriptor = describe("Slow")
    init(parameters: ParameterValues) {}

    func offers(for wish: WishRow, in context: ScoringContext) -> OfferFiller {
        filled { available in
            var sum: Int64 = 0
            for step in 0..<200_000 { sum = sum &* 31 &+ Int64(step) &+ available }
            // The sum decides nothing, and cannot be left out.
            return available < 0 ? -1 : sum == .min ? 499_999 : 500_000
        }
    }
}

private struct SlowMirrorScorer: SampleScorer {
    static let descriptor = describe("SlowMirror")
    init(parameters: ParameterValues) {}

    func wishes(for offer: OfferRow, in context: ScoringContext) -> WishFiller {
        let raw = Self.value(offer.available).raw
        return WishFiller { block, column in
            for row in 0..<column.count {
                var sum = Int64(block.rows.lowerBound)
                for step in 0..<200_000 { sum = sum &* 31 &+ Int64(step) }
                column[row] = sum == .min ? 499_999 : raw
            }
        }
    }
}

private struct JointBoundScorer: SampleScorer {
    static let descriptor = describe("JointBound")
    init(parameters: ParameterValues) {}

    func offers(for wish: WishRow, in context: ScoringContext) -> OfferFiller {
        // Thought of for one block at a time: behind the first nothing of it holds.
        OfferFiller(
            bounds: { _, blocks, column in
                for block in 0..<blocks.count {
                    column[block] =
                        block == 0
                        ? .anything : ScoreBound(greatest: 0, mayBeNotKnown: false, mayBeNotApplicable: false)
                }
            },
            fill: { block, column in
                for row in 0..<block.rows.count {
                    column[row] = Self.value(block.columns[block.rows.lowerBound + row].available).raw
                }
            })
    }
}

private struct HarshScorer: SampleScorer {
    static let descriptor = describe("Harsh")
    init(parameters: ParameterValues) {}
    static func value(_ available: Int64?) -> Score { .value(available == nil ? 0 : 500_000) }
}

private struct CrookedScorer: SampleScorer {
    static let descriptor = describe("Crooked", monotone: [MonotoneInput("available", .neverLowers)])
    init(parameters: ParameterValues) {}
    static func value(_ available: Int64?) -> Score {
        available.map { .value($0 % 2 == 0 ? 900_000 : 100_000) } ?? .notKnown
    }
}

private struct EnglishScorer: SampleScorer {
    static let descriptor = describe("English")
    init(parameters: ParameterValues) {}
    func sentence(for finding: Finding, in language: Language) -> String { language == .en ? "There is some." : "" }
}
