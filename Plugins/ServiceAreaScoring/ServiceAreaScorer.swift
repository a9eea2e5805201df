public import MatchCore

/// Vetoes pairs whose wish lies outside what the offer serves: a list of area subtrees, a radius, or both.
///
/// It never earns points: inside, or where the offer is unrestricted, it is `notApplicable` and leaves the total to
/// the other scorers. Where a restricted offer meets a wish whose place is not known, or known too roughly to tell,
/// the answer is `notKnown`; a veto needs certainty.
public struct ServiceAreaScorer: Scorer {
    let rule: ServiceAreaRule

    public init(parameters: ParameterValues) {
        rule = ServiceAreaRule(roughMetres: parameters.integer("roughMetres"))
    }

    public func inputs(wish: WishRow, offer: OfferRow, in context: ScoringContext) -> ScoreInputs {
        let areas = context.registry.areas
        let served = offer.serviceAreas < 0 ? nil : context.registry.areaSets[Int(offer.serviceAreas)]
        let from = offer.position
        let to = wish.position
        let roughSides = [offer.precision, wish.precision].filter { $0 == .areaCentroid }.count
        let distance = from.flatMap { from in to.map { Int64(from.centimetres(to: $0)) } }
        let isInRadius = offer.serviceRadius != nil
        return [
            "isAreaRestricted": .flag(served != nil),
            "servedAreas": .texts((served ?? []).map { areas.tree.codes[Int($0)] }),
            "wishAreas": .texts(served == nil ? [] : areas.tree.path(to: wish.area)),
            "servedInsideWishArea": .texts(
                (served ?? []).filter { wish.area >= 0 && areas.tree.isNode($0, within: wish.area) }
                    .map { areas.tree.codes[Int($0)] }),
            "radiusMetres": .optional(offer.serviceRadius),
            "distanceCentimetres": .optional(isInRadius ? distance : nil),
            "roughSides": .integer(isInRadius ? Int64(roughSides) : 0),
            "servedNames": .names((served ?? []).map { areas.areas[Int($0)].name }),
            "wishAreaName": .names(wish.area < 0 ? [] : [areas.areas[Int(wish.area)].name]),
        ]
    }

    public func judge(_ inputs: ScoreInputs) throws(ScoreInputError) -> Judgement {
        var coverage: Coverage?
        var isAreaKnown = true
        if try inputs.flag("isAreaRestricted") {
            let served = Set(try inputs.texts("servedAreas"))
            let path = try inputs.texts("wishAreas")
            isAreaKnown = !path.isEmpty
            let inside = try inputs.texts("servedInsideWishArea")
            let isUnclear = !isAreaKnown || !inside.isEmpty
            coverage = path.contains(where: served.contains) ? .inside : isUnclear ? .unclear : .outside
        }
        let roughSides = try inputs.integer("roughSides")
        guard (0...2).contains(roughSides) else { throw ScoreInputError(name: "roughSides", expected: "0…2") }
        let radius = try inputs.optionalInteger("radiusMetres")
        guard (0...Int64(Int32.max)).contains(radius ?? 0) else {
            throw ScoreInputError(name: "radiusMetres", expected: "0…\(Int32.max)")
        }
        let finding = rule.finding(
            coverage: coverage, isAreaKnown: isAreaKnown, radiusMetres: radius,
            centimetres: try inputs.optionalInteger("distanceCentimetres"), roughSides: roughSides)
        return Judgement(Score(raw: finding.raw), reason: finding.rawValue)
    }

    public func sentence(for finding: Finding, in language: Language) -> String {
        let inputs = finding.inputs
        let isChinese = language == .zhHans
        let wishArea =
            inputs.names("wishAreaName", in: language).first ?? (isChinese ? "心愿所在地" : "the place of the wish")
        let names = inputs.names("servedNames", in: language)
        let listed = names.prefix(3).joined(separator: isChinese ? "、" : ", ")
        let served = names.count > 3 ? (isChinese ? "\(listed)等" : "\(listed) and others") : listed
        let radius =
            ((try? inputs.optionalInteger("radiusMetres")) ?? nil).map(ServiceAreaRule.kilometres(metres:)) ?? ""
        let distance =
            ((try? inputs.optionalInteger("distanceCentimetres")) ?? nil)
            .map { ServiceAreaRule.kilometres(metres: $0 / 100) } ?? ""
        switch (ServiceAreaFinding(rawValue: finding.judgement.reason), isChinese) {
        case (.unrestricted, true): return "该资源不限服务地区。"
        case (.unrestricted, false): return "The offer serves anywhere."
        case (.served, true): return "\(wishArea)在该资源的服务范围内。"
        case (.served, false): return "The offer serves \(wishArea)."
        case (.outsideArea, true): return "\(wishArea)不在服务地区内" + (served.isEmpty ? "。" : "（只服务\(served)）。")
        case (.outsideArea, false):
            return "The offer does not serve \(wishArea)" + (served.isEmpty ? "." : "; it serves \(served) only.")
        case (.outsideRadius, true): return "相距 \(distance) 公里，超出 \(radius) 公里的服务半径。"
        case (.outsideRadius, false): return "\(distance) km away, beyond the \(radius) km that the offer serves."
        case (.placeRough, true): return "心愿或资源的位置太粗略，无法确定是否在服务范围内。"
        case (.placeRough, false): return "The places are known too roughly to tell whether the offer serves the wish."
        case (_, true): return "该资源限定了服务范围，但心愿或资源的位置不明。"
        case (_, false): return "The offer serves a limited area, and one of the two places is not known."
        }
    }
}
