internal import MatchCore

/// Where everything stands as the history tells it, to compare with the rows that say so: what was altered by hand shows,
/// although the chain holds.
///
/// What the history says nothing of (records that were registered before it told their quantities) is not compared.
public struct ToldStates: Sendable {
    var claims: [RecordID: ToldClaim] = [:]
    var wishes: [RecordID: ToldWish] = [:]
    var approvals: [RecordID: ToldApproval] = [:]
    var clocks: [RecordID: ToldClock] = [:]
    var offerLines: [RecordID: ToldLine] = [:]
    var wishLines: [RecordID: ToldLine] = [:]
    var records = ToldRecords()
    var measures = ToldMeasures()
    /// By the note's id.
    var digests: [RecordID: Code] = [:]
    /// Whose words were taken away.
    var erased: Set<RecordID> = []

    struct ToldClaim: Hashable, Sendable {
        var state: Code?
        var quantity: Int64?
        var leaseEnd: Moment?
        var offerLine: RecordID?
        var wishLine: RecordID?
    }

    struct ToldWish: Hashable, Sendable {
        var state: Code?
        var outcome: Code?
        var opened: Opening?

        /// By which lists and figures find it.
        struct Opening: Hashable, Sendable {
            let at: Moment
            var area: Code?
            let lane: Code?
            let channel: Code?
        }
    }

    struct ToldApproval: Hashable, Sendable {
        var state: Code
        var amount: Int64?
        var papersDue: Moment?
        var noticeUntil: Moment?
        /// Objections to the notice that nobody has looked into.
        var objections = 0
        var acts: [Act] = []

        /// Who did what with it.
        struct Act: Hashable, Sendable {
            let action: Code
            let by: RecordID
            let at: Moment
        }
    }

    struct ToldClock: Hashable, Sendable {
        var state: Code?
        var due: Moment?
    }

    /// What a line's balance is made of besides its claims.
    struct ToldLine: Hashable, Sendable {
        /// Whether the history tells how much it is in all; then nil is a line without a quantity.
        var isTold = false
        var total: Int64?
        /// Withdrawn or cancelled.
        var ended: Int64 = 0
        /// Whether something came back of which an older entry does not say whether it was fit.
        var isVague = false
    }

    public init() {}

    /// Takes an entry in, in the history's order.
    public mutating func take(_ entry: HistoryEntry) {
        switch entry.subjectKind {
        case "claim": takeClaim(entry)
        case "approval": takeApproval(entry)
        case "clock": takeClock(entry)
        case "offer": Self.takeLines(entry, &offerLines)
        case "wish":
            takeWish(entry)
            Self.takeLines(entry, &wishLines)
        case "note":
            if entry.action == "note/keep", case .code(let digest)? = entry.after("digest") {
                digests[entry.subject] = digest
            }
        default: break
        }
        records.take(entry)
        for fact in CaseFact.facts(in: entry) { measures.take(fact) }
        if Self.erasures.contains(entry.action) { erased.insert(entry.subject) }
    }

    private mutating func takeClaim(_ entry: HistoryEntry) {
        var claim = claims[entry.subject] ?? ToldClaim()
        for change in entry.changes {
            switch (change.field, change.after) {
            case ("state", .code(let state)?): claim.state = state
            case ("quantity", .integer(let quantity)?): claim.quantity = quantity
            case ("leaseEnd", .moment(let end)?): claim.leaseEnd = end
            case ("leaseEnd", nil): claim.leaseEnd = nil
            case ("offerLine", .record(let line)?): claim.offerLine = line
            case ("wishLine", .record(let line)?): claim.wishLine = line
            default: break
            }
        }
        claims[entry.subject] = claim
        guard entry.action == "claim/giveBack", let line = claim.offerLine else { return }
        guard case .code(let condition)? = entry.after("condition") else {
            offerLines[line, default: ToldLine()].isVague = true
            return
        }
        if condition != "usable" { offerLines[line, default: ToldLine()].ended += claim.quantity ?? 0 }
    }

    private mutating func takeApproval(_ entry: HistoryEntry) {
        var approval = approvals[entry.subject] ?? ToldApproval(state: "open")
        for change in entry.changes {
            switch (change.field, change.after) {
            case ("status", .code(let status)?): approval.state = status
            // Where nobody had named a price, a 0 was told once.
            case ("amount", .integer(let amount)?): approval.amount = amount > 0 ? amount : nil
            case ("amount", nil): approval.amount = nil
            case ("papersDue", .moment(let due)?): approval.papersDue = due
            case ("papersDue", nil): approval.papersDue = nil
            case ("noticeUntil", .moment(let until)?): approval.noticeUntil = until
            case ("noticeUntil", nil): (approval.noticeUntil, approval.objections) = (nil, 0)
            default: break
            }
        }
        switch entry.action {
        case "approval/object": approval.objections += 1
        case "approval/settleObjection": approval.objections -= 1
        default: break
        }
        if !Self.programsActs.contains(entry.action) {
            approval.acts.append(ToldApproval.Act(action: entry.action, by: entry.actor, at: entry.at))
        }
        approvals[entry.subject] = approval
    }

    private mutating func takeClock(_ entry: HistoryEntry) {
        // The runner's own work says of which due time it speaks; it changes none.
        guard !Self.runnersWork.contains(entry.action) else { return }
        var clock = clocks[entry.subject] ?? ToldClock()
        for change in entry.changes {
            switch (change.field, change.after) {
            case ("state", .code(let state)?): clock.state = state
            case ("due", .moment(let due)?): clock.due = due
            case ("due", nil): clock.due = nil
            default: break
            }
        }
        clocks[entry.subject] = clock
    }

    /// What the program does with an approval: nobody's act, and so none of the case's own records.
    private static let programsActs: Set<Code> = ["approval/open", "approval/reread", "approval/recompute"]
    private static let erasures: Set<Code> = ["person/erase", "inbox/expire", "wish/expire", "household/expire"]
    private static let runnersWork: Set<Code> = ["clock/warn", "clock/lapse", "clock/raise", "clock/list"]

    private mutating func takeWish(_ entry: HistoryEntry) {
        func code(_ field: Code) -> Code? { if case .code(let code)? = entry.after(field) { code } else { nil } }
        var wish = wishes[entry.subject] ?? ToldWish()
        switch entry.action {
        case "wish/open":
            wish.state = "open"
            wish.opened = ToldWish.Opening(
                at: entry.at, area: code("area"), lane: code("lane"), channel: code("channel"))
        case "wish/move": wish.opened?.area = code("area")
        case "wish/reopen": (wish.state, wish.outcome) = ("open", nil)
        case "wish/close": (wish.state, wish.outcome) = ("closed", code("outcome"))
        case "wish/end": (wish.state, wish.outcome) = ("ended", nil)
        default: return
        }
        wishes[entry.subject] = wish
    }

    private static func takeLines(_ entry: HistoryEntry, _ lines: inout [RecordID: ToldLine]) {
        func line(_ number: Int64) -> RecordID { LineReference(entry.subject, Int(clamping: number)).id }
        func end(_ field: Code, _ sign: Int64 = 1) {
            guard case .integer(let number)? = entry.after("line"), case .integer(let quantity)? = entry.after(field)
            else { return }
            lines[line(number), default: ToldLine()].ended &+= sign &* quantity
        }
        switch entry.action {
        case "offer/withdraw": end("withdrawn")
        case "wish/cancel": end("cancelled")
        case "wish/restore": end("open", -1)
        case "offer/register", "offer/change", "offer/pledge", "wish/register", "wish/change":
            for change in entry.changes {
                let parts = change.field.text.split(separator: "/")
                guard parts.count == 2, ["pledged", "wanted"].contains(parts[0]), let number = Int64(parts[1]) else {
                    continue
                }
                var told = lines[line(number)] ?? ToldLine()
                told.isTold = true
                if case .integer(let total)? = change.after { told.total = total } else { told.total = nil }
                lines[line(number)] = told
            }
        default: break
        }
    }
}

extension HistoryEntry {
    /// What a field became in this entry; nil where it says nothing of it.
    func after(_ field: Code) -> HistoryValue? { changes.last { $0.field == field }?.after }
}
