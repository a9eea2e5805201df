public import CaseRecords
public import MatchCore

/// Decides whether an inbound party, offer or wish may enter the registry, whatever the way it came.
///
/// Codes are resolved before (see Exchange and WebAPI); here are the limits that hold for every channel. All faults
/// of a record are found at once.
public struct Admission: Sendable {
    private let areas: AreaTree
    private let categories: CategoryTree

    public init(areas: AreaTree, categories: CategoryTree) {
        self.areas = areas
        self.categories = categories
    }

    /// Lengths that a registry can live with, in Unicode scalars or items.
    public enum Limits {
        public static let name = 200
        public static let text = 4_000
        public static let externalID = 200
        public static let code = 64
        public static let listItems = 64
        public static let lines = 100
    }

    public func faults(in party: PartyRecord) -> [AdmissionFault] {
        var faults = Faults()
        faults.check(key: party.key)
        faults.check(text: party.name, "name", most: Limits.name)
        if party.name.trimmed.isEmpty {
            faults.add("name", .missing, "Give the party's name.", "请填写主体名称。")
        }
        faults.check(range: party.features.statedTrust.map(Int64.init), "statedTrust", 0...Int64(Score.best))
        faults.check(range: party.features.fatigue.map(Int64.init), "fatigue", 0...Int64(Score.best))
        let ended = party.features.claimsEnded.map(Int64.init)
        faults.check(range: ended, "claimsEnded", 0...Int64(Int32.max))
        faults.check(range: party.features.claimsDelivered.map(Int64.init), "claimsDelivered", 0...(ended ?? 0))
        let preference = party.features.preference
        for (name, list) in [
            ("groups", preference.groups), ("excludedGroups", preference.excludedGroups),
        ] { faults.check(codes: list, name, in: ["preference", name]) }
        for (name, list) in [("areas", preference.areas), ("excludedAreas", preference.excludedAreas)] {
            check(areas: list, "areas", in: ["preference", name], &faults)
        }
        for (name, list) in [
            ("categories", preference.categories), ("excludedCategories", preference.excludedCategories),
        ] {
            for (index, code) in list.enumerated() {
                check(category: code, at: ["preference", name, "\(index)"], &faults)
            }
        }
        return faults.list
    }

    public func faults(in offer: OfferRecord) -> [AdmissionFault] {
        var faults = Faults()
        let features = offer.features
        faults.check(key: features.key)
        faults.check(text: features.text, "text", most: Limits.text)
        for (name, list) in [
            ("skills", features.skills), ("qualifications", features.qualifications), ("languages", features.languages),
        ] { faults.check(codes: list, name) }
        check(areas: features.serviceAreas, "serviceAreas", in: ["serviceAreas"], &faults)
        if let area = features.place.area { check(area: area, "area", at: ["place", "area"], &faults) }
        faults.check(
            range: features.serviceRadiusMetres.map(Int64.init), "serviceRadius", 0...20_100_000,
            at: ["serviceRadiusMetres"])
        faults.check(window: features.window)
        faults.check(lineNumbers: features.lines.map(\.number))
        for (index, line) in features.lines.enumerated() {
            let place = ["lines", "\(index)"]
            check(category: line.category, at: place + ["category"], &faults)
            faults.check(range: line.available, "quantity", 0...Quantity.greatest, at: place + ["quantity"])
        }
        return faults.list
    }

    public func faults(in wish: WishRecord) -> [AdmissionFault] {
        var faults = Faults()
        let features = wish.features
        faults.check(key: features.key)
        faults.check(text: features.text, "text", most: Limits.text)
        for (name, list) in [
            ("skills", features.skills), ("requiredQualifications", features.requiredQualifications),
            ("languages", features.languages), ("groups", features.groups),
        ] { faults.check(codes: list, name) }
        if let area = features.place.area { check(area: area, "area", at: ["place", "area"], &faults) }
        faults.check(range: features.hardship.map(Int64.init), "hardship", 0...4)
        faults.check(window: features.window)
        faults.check(lineNumbers: features.lines.map(\.number))
        for (index, line) in features.lines.enumerated() {
            let place = ["lines", "\(index)"]
            check(category: line.category, at: place + ["category"], &faults)
            faults.check(range: line.quantity, "quantity", 1...Quantity.greatest, at: place + ["quantity"])
            faults.check(
                range: line.estimatedPriceFen, "estimatedPriceFen", 0...Quantity.greatest,
                at: place + ["estimatedPriceFen"])
        }
        return faults.list
    }

    private func check(category code: String?, at place: [String], _ faults: inout Faults) {
        guard let code, categories.tree.index(of: code) == nil else { return }
        faults.add(
            "category", .unknownCode, "'\(code)' is not in the catalogue. List it with `almoner category list`.",
            "品类“\(code)”不在目录中。可用 `almoner category list` 查看。", at: place)
    }

    private func check(areas codes: [String], _ field: String, in list: [String], _ faults: inout Faults) {
        for (index, code) in codes.enumerated() { check(area: code, field, at: list + ["\(index)"], &faults) }
    }

    private func check(area code: String, _ field: String, at place: [String], _ faults: inout Faults) {
        guard areas.tree.index(of: code) == nil else { return }
        faults.add(
            field, .unknownCode, "'\(code)' is not an area of the program. List them with `almoner area list`.",
            "区划“\(code)”不属于本项目。可用 `almoner area list` 查看。", at: place)
    }
}

/// Why a record may not enter: which field, and what to do.
public struct AdmissionFault: Error, Sendable, Hashable {
    public enum Code: String, Sendable {
        case missing
        case outOfRange
        case tooLong
        case tooMany
        case unknownCode
        case malformed
        /// It was decided, promised or closed, and may not be said otherwise any more.
        case settled
    }

    /// The field as a file's columns know it.
    public var field: String
    /// Where that is in the record: the members and indices that lead there from its root, such as `lines`, `0`, `quantity`.
    public var place: [String]
    public var code: Code
    public var message: LocalizedText

    /// - Parameter place: the field itself, at the root of the record, by default.
    public init(field: String, at place: [String]? = nil, code: Code, message: LocalizedText) {
        self.field = field
        self.place = place ?? [field]
        self.code = code
        self.message = message
    }
}

/// Gathers what is wrong with one record.
private struct Faults {
    var list: [AdmissionFault] = []

    mutating func add(
        _ field: String, _ code: AdmissionFault.Code, _ en: String, _ zhHans: String, at place: [String]? = nil
    ) {
        list.append(
            AdmissionFault(field: field, at: place, code: code, message: LocalizedText(zhHans: zhHans, en: en)))
    }

    mutating func check(key: RecordKey) {
        check(text: key.source, "source", most: Admission.Limits.code)
        if let externalID = key.externalID {
            check(text: externalID, "externalID", most: Admission.Limits.externalID)
            if externalID.isEmpty { add("externalID", .missing, "The external id is empty.", "外部编号为空。") }
        }
    }

    mutating func check(text: String, _ field: String, most: Int) {
        let length = text.unicodeScalars.count
        if length > most {
            add(
                field, .tooLong, "The text has \(length) characters; the limit is \(most). Shorten it.",
                "文字共 \(length) 字，上限为 \(most) 字，请缩短。")
        }
    }

    mutating func check(codes: [String], _ field: String, in place: [String]? = nil) {
        let place = place ?? [field]
        if codes.count > Admission.Limits.listItems {
            add(
                field, .tooMany, "\(codes.count) entries; the limit is \(Admission.Limits.listItems).",
                "共 \(codes.count) 项，上限为 \(Admission.Limits.listItems) 项。", at: place)
        }
        for (index, code) in codes.enumerated() {
            let isClean = code.unicodeScalars.allSatisfy { $0 != "|" && $0.value >= 0x20 }
            if code.isEmpty || code.unicodeScalars.count > Admission.Limits.code || !isClean {
                add(
                    field, .malformed, "'\(code)' is no code: 1 to \(Admission.Limits.code) characters, without '|'.",
                    "“\(code)”不是有效代码：应为 1 至 \(Admission.Limits.code) 字，且不含“|”。",
                    at: place + ["\(index)"])
            }
        }
    }

    mutating func check(
        range value: Int64?, _ field: String, _ range: ClosedRange<Int64>, at place: [String]? = nil
    ) {
        guard let value, !range.contains(value) else { return }
        add(
            field, .outOfRange, "\(value) is outside \(range.lowerBound)…\(range.upperBound).",
            "\(value) 超出范围 \(range.lowerBound)…\(range.upperBound)。", at: place)
    }

    mutating func check(window: DayWindow?) {
        guard let from = window?.from, let until = window?.until, until < from else { return }
        add(
            "until", .outOfRange, "It ends on \(until), before it begins on \(from).",
            "结束日期 \(until) 早于开始日期 \(from)。")
    }

    mutating func check(lineNumbers numbers: [Int]) {
        if numbers.isEmpty { add("lines", .missing, "Give at least one line.", "至少需要一条明细。") }
        if numbers.count > Admission.Limits.lines {
            add(
                "lines", .tooMany, "\(numbers.count) lines; the limit is \(Admission.Limits.lines).",
                "共 \(numbers.count) 条明细，上限为 \(Admission.Limits.lines) 条。")
        }
        if Set(numbers).count != numbers.count || numbers.contains(where: { $0 < 1 }) {
            add("lines", .malformed, "Line numbers must be 1 or more, each once.", "明细序号应不小于 1 且不重复。")
        }
    }
}
