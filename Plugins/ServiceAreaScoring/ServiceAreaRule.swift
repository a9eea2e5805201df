import MatchCore

/// What comes of a pair; the raw value is the reason.
enum ServiceAreaFinding: String, CaseIterable {
    case unrestricted
    case served
    case outsideArea
    case outsideRadius
    case placeNotKnown
    case placeRough

    var raw: Int32 {
        switch self {
        case .unrestricted, .served: Score.notApplicable.raw
        case .placeNotKnown, .placeRough: Score.notKnown.raw
        case .outsideArea: Score.veto(0).raw
        case .outsideRadius: Score.veto(1).raw
        }
    }
}

struct ServiceAreaRule {
    /// Metres that the centroid of an area may stand off from the true place.
    let roughMetres: Int64

    /// `coverage` is nil where the offer serves any area, `radiusMetres` where it serves any distance, and
    /// `centimetres` where a place is not known; `roughSides` places (0…2) are centroids of their areas.
    func finding(
        coverage: Coverage?, isAreaKnown: Bool = true, radiusMetres: Int64?, centimetres: Int64?, roughSides: Int64
    ) -> ServiceAreaFinding {
        if coverage == nil, radiusMetres == nil { return .unrestricted }
        if coverage == .outside { return .outsideArea }
        let radius = radiusMetres.map { self.radius($0, centimetres, roughSides) } ?? .served
        if radius == .outsideRadius || radius == .placeNotKnown { return radius }
        return coverage == .unclear ? (isAreaKnown ? .placeRough : .placeNotKnown) : radius
    }

    private func radius(_ metres: Int64, _ centimetres: Int64?, _ roughSides: Int64) -> ServiceAreaFinding {
        guard let centimetres else { return .placeNotKnown }
        if centimetres / 100 <= metres { return .served }
        return centimetres / 100 <= metres + roughMetres * roughSides ? .placeRough : .outsideRadius
    }

    /// Kilometres with one decimal.
    static func kilometres(metres: Int64) -> String {
        let tenths = (metres &+ 50) / 100
        return "\(tenths / 10).\(tenths % 10)"
    }
}
