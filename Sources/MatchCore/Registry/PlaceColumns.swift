/// Where each row is.
public final class PlaceColumns: Sendable {
    /// Coordinates as in ``EarthPosition``; 0, 0, 0 (the middle of the Earth) where the place is not known.
    public let x: Column<Int32>
    public let y: Column<Int32>
    public let z: Column<Int32>
    public let precision: Column<PlacePrecision>
    /// Number in the area tree; −1 where not known.
    public let area: Column<Int32>

    init(_ builder: PlaceColumnsBuilder, order: [Int32]) {
        x = Column(builder.x, order: order)
        y = Column(builder.y, order: order)
        z = Column(builder.z, order: order)
        precision = Column(builder.precision, order: order)
        area = Column(builder.area, order: order)
    }

    public func position(of row: Int) -> EarthPosition? {
        precision[row] == .unknown ? nil : EarthPosition(x: x[row], y: y[row], z: z[row])
    }

    public var byteCount: Int { x.byteCount * 3 + precision.byteCount + area.byteCount }
}

/// How well a place is known.
public enum PlacePrecision: UInt8, Sendable, BitwiseCopyable {
    case unknown
    /// The centroid of the area stands for a point that is missing.
    case areaCentroid
    case point
}

struct PlaceColumnsBuilder {
    var x: [Int32] = []
    var y: [Int32] = []
    var z: [Int32] = []
    var precision: [PlacePrecision] = []
    var area: [Int32] = []

    mutating func append(_ place: Place, areas: AreaTree) {
        let areaIndex = place.area.flatMap { areas.tree.index(of: $0) }
        area.append(areaIndex ?? -1)
        if let point = place.point {
            append(EarthPosition(point), .point)
        } else if let areaIndex, let centroid = areas.centroids[Int(areaIndex)] {
            append(centroid, .areaCentroid)
        } else {
            append(EarthPosition(x: 0, y: 0, z: 0), .unknown)
        }
    }

    private mutating func append(_ position: EarthPosition, _ precision: PlacePrecision) {
        x.append(position.x)
        y.append(position.y)
        z.append(position.z)
        self.precision.append(precision)
    }

    mutating func repeatLast() {
        x.append(x[x.count - 1])
        y.append(y[y.count - 1])
        z.append(z[z.count - 1])
        precision.append(precision[precision.count - 1])
        area.append(area[area.count - 1])
    }
}
