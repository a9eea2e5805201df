public import MatchCore

extension OfferPart {
    public var name: LocalizedText {
        switch self {
        case .available: LocalizedText(zhHans: "可用", en: "available")
        case .reserved: LocalizedText(zhHans: "已预留", en: "reserved")
        case .inTransit: LocalizedText(zhHans: "在途", en: "in transit")
        case .received: LocalizedText(zhHans: "已送达", en: "received")
        case .withdrawn: LocalizedText(zhHans: "已撤回", en: "withdrawn")
        }
    }
}

extension WishPart {
    public var name: LocalizedText {
        switch self {
        case .open: LocalizedText(zhHans: "尚缺", en: "open")
        case .reserved: LocalizedText(zhHans: "已预留", en: "reserved")
        case .inTransit: LocalizedText(zhHans: "在途", en: "in transit")
        case .received: LocalizedText(zhHans: "已送达", en: "received")
        case .cancelled: LocalizedText(zhHans: "已取消", en: "cancelled")
        }
    }
}

extension CaseworkError {
    /// That a part of a balance holds less than is taken from it; of what is free, with what of the line was given up: waiting
    /// brings none of that back.
    ///
    /// - Parameters:
    ///   - line: the line's number, where it is known.
    ///   - held: what each part holds.
    public static func short<Part: BalancePart>(
        of part: Part, by wanted: Int64, on line: Int? = nil, _ held: (Part) -> Int64
    ) -> CaseworkError {
        let (has, gone) = (held(part), part == .free ? held(.ended) : 0)
        let (name, ended) = (part.name, Part.ended.name)
        let place = line.map { (en: " on line \($0)", zhHans: "第 \($0) 条明细") } ?? (en: "", zhHans: "台账")
        if has == 0, gone > 0 {
            return CaseworkError(
                .insufficient,
                "\(wanted) asked for, none \(name.en)\(place.en): \(gone) of it was \(ended.en). Choose another line.",
                zhHans: "申请数量 \(wanted)，\(place.zhHans)已无“\(name.zhHans)”数量，其中\(ended.zhHans) \(gone)。请另选明细。")
        }
        return CaseworkError(
            .insufficient, "\(wanted) asked for, \(has) \(name.en)\(place.en). Ask for less or wait.",
            zhHans: "申请数量 \(wanted)，\(place.zhHans)“\(name.zhHans)”只有 \(has)。请减少数量或等候。")
    }
}
