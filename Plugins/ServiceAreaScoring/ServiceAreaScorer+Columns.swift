public import MatchCore

extension ServiceAreaScorer {
    public func offers(for wish: WishRow, in context: ScoringContext) -> OfferFiller {
        // Offers share few lists of areas, so the tree is asked once per list.
        let tree = context.registry.areas.tree
        let coverages = Column(context.registry.areaSets.map { tree.coverage(of: wish.area, by: $0).rawValue })
        let place = KnownPlace(wish.columns.places, row: wish.row)
        return OfferFiller(bounds: { summaries, blocks, column in
            for block in blocks {
                column[block - blocks.lowerBound] = ScoreBound(
                    greatest: 0, mayBeNotKnown: summaries.hasRestricted[block], mayBeNotApplicable: true)
            }
        }) { block, column in
            let first = block.rows.lowerBound
            let sets = block.columns.serviceAreas.base + first
            let radii = block.columns.serviceRadius.base + first
            let places = block.columns.places
            let (coverage, base) = (coverages.base, column.base)
            for row in 0..<column.count {
                let set = sets[row]
                let radius = radii[row]
                if set < 0, radius < 0 {
                    base[row] = Score.notApplicable.raw
                } else {
                    base[row] = raw(
                        coverage: set < 0 ? nil : Coverage(rawValue: coverage[Int(set)]), radius: radius, place,
                        KnownPlace(places, row: first &+ row))
                }
            }
        }
    }

    public func wishes(for offer: OfferRow, in context: ScoringContext) -> WishFiller {
        let radius = offer.columns.serviceRadius[offer.row]
        if offer.serviceAreas < 0, radius < 0 { return .constant(.notApplicable) }
        let coverages =
            offer.serviceAreas < 0
            ? nil
            : context.registry.areas.tree.coverageTable(by: context.registry.areaSets[Int(offer.serviceAreas)])
        let place = KnownPlace(offer.columns.places, row: offer.row)
        return WishFiller(bound: { _, _ in ServiceAreaScorer.bound }) { block, column in
            let first = block.rows.lowerBound
            let areas = block.columns.places.area.base + first
            let places = block.columns.places
            let (coverage, base) = (coverages?.base, column.base)
            for row in 0..<column.count {
                base[row] = raw(
                    coverage: coverage.flatMap { Coverage(rawValue: $0[Int(areas[row]) &+ 1]) }, radius: radius, place,
                    KnownPlace(places, row: first &+ row))
            }
        }
    }

    /// No pair earns a value.
    private static let bound = ScoreBound(greatest: 0, mayBeNotKnown: true, mayBeNotApplicable: true)

    private func raw(coverage: Coverage?, radius: Int32, _ left: KnownPlace, _ right: KnownPlace) -> Int32 {
        rule.finding(
            coverage: coverage, radiusMetres: radius < 0 ? nil : Int64(radius),
            centimetres: radius < 0 ? nil : left.centimetres(to: right), roughSides: left.roughSides + right.roughSides
        ).raw
    }
}

/// A place as the columns have it.
private struct KnownPlace {
    let x: Int32
    let y: Int32
    let z: Int32
    let precision: PlacePrecision

    init(_ places: PlaceColumns, row: Int) {
        x = places.x[row]
        y = places.y[row]
        z = places.z[row]
        precision = places.precision[row]
    }

    var roughSides: Int64 { precision == .areaCentroid ? 1 : 0 }

    func centimetres(to other: KnownPlace) -> Int64? {
        guard precision != .unknown, other.precision != .unknown else { return nil }
        return Int64(EarthPosition.centimetres(x, y, z, other.x, other.y, other.z))
    }
}
