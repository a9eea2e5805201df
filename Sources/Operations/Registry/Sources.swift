internal import Casework
internal import MatchCore
internal import Wire

/// Where a record says it comes from.
extension OperationContext {
    /// The key of a new record. Only those who work for the program say where it comes from: others could name a record
    /// that is not theirs.
    func newKey(source: String?, externalID: String?) throws -> RecordKey {
        guard viewer.isStaff || (source == nil && externalID == nil) else {
            throw Problem(
                .invalidInput, at: source == nil ? "/externalID" : "/source",
                LocalizedText(
                    zhHans: "来源和外部编号由工作人员或对接系统填写。", en: "Source and external id are for staff and integrations."))
        }
        guard source != CaseDesk.pledgeSource else {
            throw Problem(
                .invalidInput, at: "/source",
                LocalizedText(zhHans: "此来源由系统使用，请更换。", en: "This source is the program's own; choose another."))
        }
        let usual = viewer.isStaff ? viewer.role == .integration ? "integration" : "desk" : "web"
        return RecordKey(source: source ?? usual, externalID: externalID, id: room.newID(now))
    }
}

extension JSONSchema.Property {
    /// The members that say where a record comes from.
    static let origin: [JSONSchema.Property] = [
        .optional(
            "source", .text(1...Admission.Limits.code), "The system it comes from; for staff and integrations.",
            "来源系统，仅工作人员和对接系统填写。"),
        .optional(
            "externalID", .text(1...Admission.Limits.externalID), "Its id there; unique in the source.",
            "来源系统中的编号，同一来源内唯一。"),
    ]
}

/// Reads members whose form no schema can say.
enum FieldReading {
    static func hours(_ text: String?, at place: String = "/hours") throws -> WeeklyHours? {
        guard let text else { return nil }
        guard let hours = WeeklyHours(text) else {
            throw Problem(
                .invalidInput, at: place,
                LocalizedText(
                    zhHans: "应为每周时段，如 mon-fri 9-17, sat 9-12。", en: "Give hours of the week, such as 'mon-fri 9-17'."))
        }
        return hours
    }

    static func place(_ view: PlaceView?, at place: String = "/place") throws -> Place {
        guard let view else { return Place() }
        guard (view.latitude == nil) == (view.longitude == nil) else {
            throw Problem(
                .invalidInput, at: place + (view.latitude == nil ? "/latitude" : "/longitude"),
                LocalizedText(zhHans: "纬度和经度须同时填写。", en: "Latitude and longitude come together."))
        }
        return view.place
    }

    /// A span of days; nil where neither end is named.
    static func window(_ from: Day?, _ until: Day?) -> DayWindow? {
        from == nil && until == nil ? nil : DayWindow(from: from, until: until)
    }

    /// The unit of a line: the one that is named, else the category's, else pieces.
    static func unit(_ code: String?, of category: String?, _ context: OperationContext) -> Unit {
        code.flatMap { Unit(code: $0) } ?? category.flatMap { context.reference.categories[$0]?.unit } ?? .piece
    }
}
