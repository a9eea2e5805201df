internal import CaseRecords
internal import MatchCore

/// On which road something else is said of a wish that the registry has.
enum WishRoad: Hashable {
    /// A person changes it.
    case hand
    /// A file is imported again; `isApproved` where it says that its wishes were approved where they come from.
    case file(isApproved: Bool)
}

/// Something that is said of a wish, and may not be said of it any more.
struct SettledPart {
    /// The field as a file's columns know it.
    let field: String
    /// Where it stands in what is said; as in ``AdmissionFault``.
    let place: [String]
    let error: CaseworkError
}

/// What of a wish is settled: the one list of rules, whoever says something else of it and on whatever road.
///
/// The roads differ in three points, and nowhere else: only a person changes a wording that was approved, only a file says
/// that something was approved elsewhere anew, and a file that says nothing else of what has ended is no fault.
extension CaseDesk {
    /// What of all that is said the wish may not say; empty where it may be said.
    ///
    /// - Parameter said: its lines say what is wanted in all.
    func settled(_ said: Wish, over stored: WishRecord, on road: WishRoad) throws -> [SettledPart] {
        let basis = try approvalBasis(of: stored)
        let isOpen = stored.state == .open
        let isHeld = basis.isDecided && !(basis == .elsewhere && road == .file(isApproved: true))
        var parts: [SettledPart] = []
        func add(_ field: String, line: Int? = nil, _ error: CaseworkError?) {
            guard let error else { return }
            let place = line.map { ["lines", "\($0)", field] } ?? [field]
            parts.append(SettledPart(field: field, place: place, error: error))
        }
        let before = stored.features
        if said.lane != before.lane, try store.wishCase(stored.key.id) != nil {
            add("lane", isOpen ? .laneStays : .hasEnded("it stays in its lane", "不能更改心愿类别"))
        }
        add("text", try settledWording(said, over: stored, isHeld: isHeld, on: road))
        if !isOpen {
            if said.urgency != before.urgency { add("urgency", .hasEnded("its urgency stays", "不能更改紧急程度")) }
            if let area = said.place.area, area != before.place.area {
                add("area", .hasEnded("it stays in its area", "不能更改区划"))
            }
        }
        for (index, line) in said.lines.enumerated() {
            let (field, error) =
                isOpen ? shrunk(line, of: stored, isHeld: isHeld, by: basis) : grown(line, ofEnded: stored)
            add(field, line: index, error)
        }
        // Of a line without a quantity nobody can say whether it asks for more.
        if isOpen, !parts.contains(where: { $0.field == "quantity" }),
            let (line, error) = raised(WishRecord(new: said), over: stored, isHeld: isHeld, by: basis)
        {
            add("quantity", line: line, error)
        }
        for (index, line) in said.lines.enumerated() {
            let (field, error) = turned(line, of: stored, isHeld: isHeld)
            add(field, line: index, error)
        }
        return parts
    }

    // MARK: Words

    private func settledWording(
        _ said: Wish, over stored: WishRecord, isHeld: Bool, on road: WishRoad
    ) throws -> CaseworkError? {
        // Of somebody who was erased the store says so itself.
        guard said.text != stored.features.text, try !store.isErased(stored.key.id) else { return nil }
        guard stored.state == .open else { return .hasEnded("its wording stays", "不能更改文字") }
        guard isHeld else { return nil }
        switch road {
        case .hand:
            do {
                try require([.coordinator], to: LocalizedText(zhHans: "更改已核准的文字", en: "change an approved wording"))
                return nil
            } catch let error as CaseworkError { return error }
        case .file:
            return CaseworkError(
                .wrongState,
                "This wording was approved; no file changes it. A coordinator does: almoner wish wording WISH --text \"…\".",
                zhHans: "该文字已核准，不能由文件更改。请由协调员更改：almoner wish wording 心愿 --text \"…\"。")
        }
    }

    // MARK: Lines

    /// Why a line of a wish that has ended may not say this: more, or a line that it did not have.
    private func grown(_ line: WishLine, ofEnded stored: WishRecord) -> (field: String, error: CaseworkError?) {
        if let known = stored.line(line.number), (line.quantity ?? 0) <= known.balance.wanted ?? 0 {
            return ("quantity", nil)
        }
        let number = line.number
        return ("quantity", .hasEnded("line \(number) cannot ask for more", "第 \(number) 条明细不能再增加"))
    }

    /// Why a line of an open wish may not ask for so little: no quantity at all, or less than is promised of it.
    private func shrunk(
        _ line: WishLine, of stored: WishRecord, isHeld: Bool, by basis: ApprovalBasis
    ) -> (field: String, error: CaseworkError?) {
        guard let (_, balance) = stored.line(line.number), let wanted = balance.wanted else { return ("quantity", nil) }
        let number = line.number
        guard let quantity = line.quantity else {
            guard isHeld || basis.isStated || balance.open != wanted else { return ("quantity", nil) }
            return (
                "quantity",
                CaseworkError(
                    .wrongState, "Line \(number) says no quantity, and it asks for \(wanted). Give the quantity.",
                    zhHans: "第 \(number) 条明细未填数量；现为 \(wanted)。请填写数量。")
            )
        }
        return ("quantity", tooLow(number, from: wanted, to: quantity, free: balance.open))
    }

    /// Why a line may not be another thing: another category or unit of what was approved, is promised, or has ended.
    private func turned(
        _ line: WishLine, of stored: WishRecord, isHeld: Bool
    ) -> (field: String, error: CaseworkError?) {
        guard let (before, balance) = stored.line(line.number) else { return ("category", nil) }
        let isSameUnit = line.unit == before.unit
        let field = isSameUnit ? "category" : "unit"
        guard !isSameUnit || line.category != before.category else { return (field, nil) }
        let number = line.number
        guard stored.state == .open else {
            return (field, .hasEnded("line \(number) stays what it is", "不能更改第 \(number) 条明细的类目和单位"))
        }
        // What has no category yet may be given one.
        if isHeld, !(isSameUnit && before.category == nil) {
            return (
                field,
                CaseworkError(
                    .wrongState,
                    "Line \(number) was approved as what it is; its category and unit stay. Register another wish.",
                    zhHans: "第 \(number) 条明细已按现有类目和单位获批，不可更改。请另行登记心愿。")
            )
        }
        let claimed = balance.reserved + balance.inTransit + balance.received
        return (field, another(number, claimed: claimed, gone: balance.cancelled, .cancelled))
    }
}

extension WishRecord {
    /// A line and its balance.
    func line(_ number: Int) -> (line: WishLine, balance: WishBalanceRecord)? {
        features.lines.firstIndex { $0.number == number }.map { (features.lines[$0], balances[$0]) }
    }
}

extension CaseworkError {
    /// That a wish stays as it is because it has ended.
    ///
    /// - Parameters:
    ///   - stays: what stays, as the end of a sentence; the same in Chinese says what cannot be changed.
    fileprivate static func hasEnded(_ stays: String, _ zhHans: String) -> CaseworkError {
        CaseworkError(
            .wrongState, "The wish has ended; \(stays). Register another.", zhHans: "该心愿已结束，\(zhHans)。请另行登记。")
    }

    fileprivate static let laneStays = CaseworkError(
        .wrongState, "A wish stays in its lane while its case is open. Register another, or end this one.",
        zhHans: "个案未办结前不能更改心愿类别。请另行登记，或先终止本心愿。")
}
