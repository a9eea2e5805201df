internal import CaseRecords
internal import MatchCore

/// A file that is imported again says something else of a wish that is known.
extension CaseDesk {
    /// Throws ``AdmissionRefusal``, field by field, where a file may not say this of a wish that the registry has: more than
    /// was approved, another wording of what was approved, another category or unit of what is claimed, or more of a wish
    /// that is closed.
    func requireRoom(for wish: Wish, in stored: WishRecord) throws {
        var faults: [AdmissionFault] = []
        func note(_ field: String, _ code: AdmissionFault.Code, _ body: () throws -> Void) throws {
            do {
                try body()
            } catch let error as CaseworkError {
                faults.append(AdmissionFault(field: field, code: code, message: error.text))
            }
        }
        let said = wish.lines.compactMap { line in
            stored.features.lines.firstIndex { $0.number == line.number }.map { (line, index: $0) }
        }
        if stored.state != .open {
            try note("quantity", .outOfRange) {
                let isMore = said.contains { line, index in
                    (line.quantity ?? 0) > (stored.balances[index].wanted ?? 0)
                }
                guard isMore || said.count < wish.lines.count else { return }
                throw CaseworkError(
                    .wrongState, "The wish has ended; it cannot ask for more. Register another.",
                    zhHans: "该心愿已结束，不能再增加需求。请另行登记。")
            }
        } else if let approval = try store.approval(ofWish: stored.key.id), approval.isApproved {
            try note("quantity", .outOfRange) { try requireNoMore(WishRecord(new: wish), than: stored, in: approval) }
            try note("text", .malformed) {
                if wish.text != stored.features.text {
                    try require([.coordinator], to: LocalizedText(zhHans: "更改已核准的文字", en: "change an approved wording"))
                }
            }
        }
        for (line, index) in said {
            let (before, balance) = (stored.features.lines[index], stored.balances[index])
            try note("category", .malformed) {
                try requireSame(
                    line.number, from: balance.wanted, free: balance.open,
                    isSame: line.unit == before.unit && line.category == before.category)
            }
        }
        if !faults.isEmpty { throw AdmissionRefusal(faults: faults) }
    }
}
