internal import Casework
internal import Exchange
internal import InputGate
internal import MatchCore

/// Makes parties, offers and wishes of what a mapping found in a row, with every fault and doubt of the record.
struct RecordBuilder {
    let resolver: CodeResolver
    let source: String

    /// What is wrong with a record (it is refused) and what is doubtful (it is taken).
    struct Remarks {
        var faults: [(field: String, text: LocalizedText)] = []
        var warnings: [(field: String, text: LocalizedText)] = []
    }

    /// Of the source that the row names, else of the mapping's.
    func key(_ record: MappedRecord, id: RecordID) -> RecordKey {
        RecordKey(source: record.text("source") ?? source, externalID: record.text("externalID"), id: id)
    }

    func party(_ record: MappedRecord, id: RecordID, _ remarks: inout Remarks) -> (Party, name: String) {
        var preference = DonorPreference(
            groups: record.list("groups"), areas: areas(record.list("areas"), "areas", &remarks),
            categories: categories(record.list("categories"), "categories", &remarks))
        preference.excludedGroups = record.list("excludedGroups")
        preference.excludedAreas = areas(record.list("excludedAreas"), "excludedAreas", &remarks)
        preference.excludedCategories = categories(record.list("excludedCategories"), "excludedCategories", &remarks)
        for text in record.list("excludes") {
            if let category = resolver.category(text) {
                preference.excludedCategories.append(category.code)
            } else if case .code(let code) = resolver.area(text) {
                preference.excludedAreas.append(code)
            } else {
                preference.excludedGroups.append(text)
            }
        }
        let kind = choice(record, "kind", PartyKind.init(code:), PartyKind.allCases.map(\.code), &remarks)
        let party = Party(
            id: id, kind: kind ?? .donor, isIdentityVerified: record.truth("verified"),
            claimsEnded: record.integer("claimsEnded").map { Int(clamping: $0) },
            claimsDelivered: record.integer("claimsDelivered").map { Int(clamping: $0) },
            lastConfirmed: record.timestamp("confirmedAt").map(Timestamp.init(milliseconds:)),
            statedTrust: record.integer("statedTrust").map { Int(clamping: $0) },
            fatigue: record.integer("fatigue").map { Int(clamping: $0) }, preference: preference)
        return (party, record.text("name") ?? "")
    }

    /// The party that a row of offers names beside the offer.
    func offeringParty(_ record: MappedRecord, id: RecordID, _ remarks: inout Remarks) -> (Party, name: String) {
        let kind = choice(record, "party.kind", PartyKind.init(code:), PartyKind.allCases.map(\.code), &remarks)
        let party = Party(
            id: id, kind: kind ?? .donor,
            lastConfirmed: record.timestamp("confirmedAt").map(Timestamp.init(milliseconds:)))
        return (party, record.text("party.name") ?? record.text("party.externalID") ?? "")
    }

    func offer(_ record: MappedRecord, id: RecordID, party: RecordID, _ remarks: inout Remarks) -> Offer {
        let category = category(record, &remarks)
        return Offer(
            key: key(record, id: id), party: party,
            kind: choice(record, "kind", OfferKind.init(code:), OfferKind.allCases.map(\.code), &remarks) ?? .goods,
            place: place(record, &remarks), delivers: record.truth("delivers") ?? false,
            isRemote: record.truth("remote") ?? false,
            serviceAreas: areas(record.list("serves.areas"), "serves.areas", &remarks),
            serviceRadiusMetres: record.integer("serves.radiusMetres").map { Int(clamping: $0) },
            window: window(record),
            hours: hours(record, &remarks), skills: record.list("skills"),
            qualifications: record.list("qualifications"),
            languages: record.list("languages"), text: record.text("text") ?? "",
            lines: [
                OfferLine(
                    number: Int(record.integer("line") ?? 1),
                    category: category?.code, available: record.integer("quantity"),
                    unit: unit(record, &remarks) ?? category?.unit ?? .piece)
            ])
    }

    func wish(_ record: MappedRecord, id: RecordID, _ remarks: inout Remarks) -> Wish {
        let category = category(record, &remarks)
        let unit = unit(record, &remarks) ?? category?.unit ?? .piece
        return Wish(
            key: key(record, id: id),
            lane: choice(record, "lane", Lane.init(code:), Lane.allCases.map(\.code), &remarks) ?? .microWish,
            urgency: choice(
                record, "urgency", UrgencyGrade.init(code:), UrgencyGrade.allCases.map(\.code), &remarks) ?? .normal,
            hardship: record.integer("hardship").map { Int(clamping: $0) },
            submitted: record.timestamp("submittedAt").map(Timestamp.init(milliseconds:)),
            due: record.timestamp("neededBy").map(Timestamp.init(milliseconds:)), place: place(record, &remarks),
            groups: record.list("groups"), languages: record.list("languages"), window: window(record),
            hours: hours(record, &remarks), skills: record.list("skills"),
            requiredQualifications: record.list("qualifications"), text: record.text("text") ?? "",
            lines: [
                WishLine(
                    number: Int(record.integer("line") ?? 1),
                    category: category?.code, quantity: record.integer("quantity"), unit: unit,
                    estimatedPriceFen: record.integer("estimatedPriceFen"),
                    isWhole: record.truth("strict") ?? false)
            ])
    }

    /// What a row has no word for, whether its file has no column for it or the cell is empty.
    func unsaid(_ record: MappedRecord) -> Set<WishField> {
        var unsaid: Set<WishField> = []
        if record.text("lane") == nil { unsaid.insert(.lane) }
        if record.text("urgency") == nil { unsaid.insert(.urgency) }
        let isPlaced =
            record.text("area") != nil || record.integer("latitude") != nil || record.integer("longitude") != nil
        if !isPlaced { unsaid.insert(.place) }
        return unsaid
    }

    /// What a row says of the person, on its way to the blind index.
    func hints(_ record: MappedRecord) -> PersonHints {
        PersonHints(
            name: record.text("beneficiary.name"), phone: record.text("beneficiary.phone"),
            idNumber: record.text("beneficiary.idNumber"), address: record.text("beneficiary.address"),
            street: record.text("beneficiary.street"),
            birthYear: record.integer("beneficiary.birthYear").map { Int(clamping: $0) })
    }

    /// What a wording must not say: the name of whoever it is for, unless that is no person.
    func names(_ record: MappedRecord) -> [String] {
        let isPerson = record.text("beneficiary.kind").map { ["person", "household"].contains($0) } ?? true
        return isPerson ? [record.text("beneficiary.name")].compactMap { $0 } : []
    }

    // MARK: Parts

    private func category(_ record: MappedRecord, _ remarks: inout Remarks) -> MatchCore.Category? {
        guard let text = record.text("category") else { return nil }
        if let category = resolver.category(text) { return category }
        let near = resolver.categories(near: text)
        remarks.faults.append(
            (
                "category",
                LocalizedText(
                    zhHans: "“\(text)”不是目录中的品类。" + (near.isEmpty ? "" : "最接近：\(near.joined(separator: "、"))。"),
                    en: "'\(text)' is not a known category."
                        + (near.isEmpty ? "" : " Closest: \(near.joined(separator: ", ")).")
                )
            ))
        return nil
    }

    private func categories(_ texts: [String], _ field: String, _ remarks: inout Remarks) -> [String] {
        texts.compactMap { text in
            if let category = resolver.category(text) { return category.code }
            remarks.faults.append(
                (field, LocalizedText.both("“\(text)”不是目录中的品类。", "'\(text)' is not a known category.")))
            return nil
        }
    }

    /// Names that are not known or stand for several areas are left out with a warning, never guessed.
    private func areas(_ texts: [String], _ field: String, _ remarks: inout Remarks) -> [String] {
        texts.compactMap { area($0, field, &remarks) }
    }

    private func area(_ text: String, _ field: String, _ remarks: inout Remarks) -> String? {
        switch resolver.area(text) {
        case .code(let code): return code
        case .ambiguous:
            remarks.warnings.append(
                (
                    field,
                    LocalizedText.both(
                        "“\(text)”可指几个区划，按地点不详处理。", "'\(text)' could be several areas; taken as not known.")
                ))
        case .unknown:
            remarks.warnings.append(
                (field, LocalizedText.both("没有区划“\(text)”，按地点不详处理。", "There is no area '\(text)'; taken as not known."))
            )
        }
        return nil
    }

    private func place(_ record: MappedRecord, _ remarks: inout Remarks) -> Place {
        var point: GeoPoint?
        if let latitude = record.integer("latitude"), let longitude = record.integer("longitude") {
            point = GeoPoint(latitudeE7: latitude, longitudeE7: longitude)
        } else if let lone = ["latitude", "longitude"].first(where: { record.integer($0) != nil }) {
            remarks.warnings.append(
                (
                    lone,
                    LocalizedText.both(
                        "只有经度或纬度之一，按坐标不详处理。",
                        "Only one of latitude and longitude is given; the point is taken as not known.")
                ))
        }
        return Place(point: point, area: record.text("area").flatMap { area($0, "area", &remarks) })
    }

    private func unit(_ record: MappedRecord, _ remarks: inout Remarks) -> Unit? {
        choice(record, "unit", Unit.init(code:), Unit.allCases.map(\.code), &remarks)
    }

    private func hours(_ record: MappedRecord, _ remarks: inout Remarks) -> WeeklyHours? {
        guard let text = record.text("hours") else { return nil }
        if let hours = WeeklyHours(text) { return hours }
        remarks.faults.append(
            (
                "hours",
                LocalizedText.both(
                    "“\(text)”不是每周时间，应如 mon-fri 9-17, sat 9-12。",
                    "'\(text)' is no weekly hours, such as mon-fri 9-17, sat 9-12.")
            ))
        return nil
    }

    private func window(_ record: MappedRecord) -> DayWindow? {
        func day(_ field: String) -> Day? {
            record.day(field).map { Day(number: $0) }
        }
        let (from, until) = (day("from"), day("until"))
        return from == nil && until == nil ? nil : DayWindow(from: from, until: until)
    }

    private func choice<Value>(
        _ record: MappedRecord, _ field: String, _ read: (String) -> Value?, _ known: [String], _ remarks: inout Remarks
    ) -> Value? {
        guard let text = record.text(field) else { return nil }
        if let value = read(text) { return value }
        remarks.faults.append(
            (
                field,
                LocalizedText.both(
                    "“\(text)”应为以下之一：\(known.joined(separator: "、"))。",
                    "'\(text)' is not one of: \(known.joined(separator: ", ")).")
            ))
        return nil
    }
}
