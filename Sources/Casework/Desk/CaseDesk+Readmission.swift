internal import CaseRecords
internal import MatchCore

/// A file that is imported again says something else of a wish that is known.
extension CaseDesk {
    /// The wish as a file may say it: a file that has no word for it leaves the wording of what was decided as it is.
    ///
    /// Throws ``AdmissionRefusal``, field by field, where a file may not say this of a wish that the registry has: more than
    /// was approved, another wording, category or unit of what was approved, another category or unit of what is claimed,
    /// another lane, or more of a wish that is closed.
    ///
    /// - Parameter isApproved: whether the file's wishes were approved where they come from, as it says them now.
    func readmitting(_ wish: Wish, known stored: WishRecord, isApproved: Bool = false) throws -> Wish {
        let isOpen = stored.state == .open
        let basis = try approvalBasis(of: stored)
        // What was approved elsewhere may be approved there anew.
        let isHeld = basis.isDecided && !(isApproved && basis == .elsewhere)
        var wish = wish
        if wish.text.isEmpty, !isOpen || basis.isDecided { wish.text = stored.features.text }
        var faults: [AdmissionFault] = []
        func note(_ field: String, _ body: () throws -> Void) throws {
            do {
                try body()
            } catch let error as CaseworkError {
                faults.append(AdmissionFault(field: field, code: .settled, message: error.text))
            }
        }
        try note("lane") { try requireLane(wish.lane, of: stored) }
        try note("quantity") {
            if !isOpen { try requireNoneOnTop(wish, of: stored) }
            if isHeld { try requireNoMore(WishRecord(new: wish), than: stored, by: basis) }
        }
        // Of somebody who was erased the store says so itself.
        if wish.text != stored.features.text, !isOpen || isHeld, try !store.isErased(stored.key.id) {
            try note("text") { throw Self.settledWording(isOpen: isOpen) }
        }
        for line in wish.lines {
            guard let index = stored.features.lines.firstIndex(where: { $0.number == line.number }) else { continue }
            let (before, balance) = (stored.features.lines[index], stored.balances[index])
            let isSameUnit = line.unit == before.unit
            try note(isSameUnit ? "category" : "unit") {
                try requireSame(
                    line.number, from: balance.wanted, free: balance.open,
                    isSame: isSameUnit && line.category == before.category,
                    isHeld: isHeld && !(isSameUnit && before.category == nil))
            }
        }
        if !faults.isEmpty { throw AdmissionRefusal(faults: faults) }
        return wish
    }

    /// Throws `wrongState` for another lane of a wish that has a case: its path, its clocks and what it is counted with were
    /// chosen by the lane.
    func requireLane(_ lane: Lane, of stored: WishRecord) throws {
        guard lane != stored.features.lane, try store.wishCase(stored.key.id) != nil else { return }
        guard stored.state == .open else {
            throw CaseworkError(
                .wrongState, "The wish has ended; it stays in its lane. Register another.",
                zhHans: "该心愿已结束，类别不能更改。请另行登记。")
        }
        throw CaseworkError(
            .wrongState, "A wish stays in its lane while its case is open. Register another, or end this one.",
            zhHans: "个案未办结前不能更改心愿类别。请另行登记，或先终止本心愿。")
    }

    private func requireNoneOnTop(_ wish: Wish, of stored: WishRecord) throws {
        for line in wish.lines {
            let index = stored.features.lines.firstIndex { $0.number == line.number }
            if let index, (line.quantity ?? 0) <= stored.balances[index].wanted ?? 0 { continue }
            throw CaseworkError(
                .wrongState, "The wish has ended; line \(line.number) cannot ask for more. Register another.",
                zhHans: "该心愿已结束，第 \(line.number) 条明细不能再增加。请另行登记。")
        }
    }

    private static func settledWording(isOpen: Bool) -> CaseworkError {
        guard isOpen else {
            return CaseworkError(
                .wrongState, "The wish has ended; its wording stays.", zhHans: "该心愿已结束，文字不能更改。")
        }
        return CaseworkError(
            .wrongState,
            "This wording was approved; no file changes it. A coordinator does: almoner wish wording WISH --text \"…\".",
            zhHans: "该文字已核准，不能由文件更改。请由协调员更改：almoner wish wording 心愿 --text \"…\"。")
    }
}
