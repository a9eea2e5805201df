public import MatchCore

extension AreaTree {
    /// The town of an area: the node right under the root; the root itself, or a code that is not known, stays.
    public func town(of code: String) -> String {
        guard var node = tree.index(of: code) else { return code }
        while tree.depths[Int(node)] > 1 { node = tree.parents[Int(node)] }
        return tree.codes[Int(node)]
    }
}

extension Wish {
    /// The wish as donors may know it: the town, the cell that its place lies in, what is asked for, and its wording.
    ///
    /// A score is a location, too, and an order tells of hardship: what donors get is worked out from this alone.
    func published(areas: AreaTree) -> Wish {
        Wish(
            key: RecordKey(source: "", externalID: nil, id: key.id), lane: lane, urgency: urgency,
            place: Place(point: place.point?.rounded, area: place.area.map { areas.town(of: $0) }), window: window,
            skills: skills, requiredQualifications: requiredQualifications, text: text, lines: lines)
    }
}

extension RegistrySnapshot {
    /// For whom a registry is read.
    public enum Eyes: Sendable, Hashable {
        /// Everything that can be matched, as it is.
        case coordinators
        /// Approved wishes alone, as they are published.
        case donors
    }
}
