public import Casework
public import MatchCore
public import Wire

/// The period within which a fund's line pays, and what became of its budget: budget = available + reserved + in transit +
/// received + lapsed.
public struct BudgetView: Projection {
    public let offer: RecordID
    public let name: String
    public let line: Int
    public let party: RecordID
    public let from: Day
    public let until: Day
    /// What it comes to: all that was pledged, but what a person took back.
    public let budget: Int64
    public let pledged: Int64
    public let available: Int64
    public let reserved: Int64
    public let inTransit: Int64
    public let received: Int64
    /// What nobody had claimed when the period was over.
    public let lapsed: Int64

    public static let schema = JSONSchema.object(
        "Budget",
        [
            .required("offer", .id, "The fund.", "资金编号。"),
            .required("name", .text(1...200), "What people call it.", "通用编号。"),
            .required("line", .lineNumber, "Its line.", "明细序号。"), .required("party", .id, "Whose fund it is.", "所属主体。"),
            .required("from", .day, "The first day it pays.", "起始日期。"),
            .required("until", .day, "The last day it pays.", "截止日期。"),
            .required(
                "budget", .balance, "What it comes to, in fen: available, reserved, in transit, received and lapsed.",
                "预算金额（分）：可用、已预留、在途、已支付与期满收回之和。"),
            .required(
                "pledged", .balance, "Pledged in all, in fen, with what was taken back.", "认捐总额（分），含已撤回部分。"),
            .required("available", .balance, "Still free, in fen.", "可用余额（分）。"),
            .required("reserved", .balance, "Promised, in fen.", "已承诺（分）。"),
            .required("inTransit", .balance, "On its way, in fen.", "在途（分）。"),
            .required("received", .balance, "Handed over, in fen.", "已支付（分）。"),
            .required(
                "lapsed", .balance, "What nobody had claimed when the period was over, in fen.", "期满无人认领而收回（分）。"),
        ])
    public static let sample = BudgetView(
        offer: .sample(2), name: "FUND-2026", line: 1, party: .sample(5), from: .sample, until: .sample,
        budget: 100_000, pledged: 100_000, available: 60_000, reserved: 10_000, inTransit: 0, received: 30_000,
        lapsed: 0)

    public static func projecting(_ budget: FundBudget, in context: OperationContext) throws -> BudgetView? {
        guard context.sees(.budget, isOwn: context.viewer.isParty(budget.party)) else { return nil }
        let state = try context.store.balance(ofOffer: budget.line)
        let offer = try context.registry.offer(budget.line.record)
        let (pledged, withdrawn) = (state?.total ?? 0, state?[.withdrawn] ?? 0)
        let lapsed = withdrawn > 0 ? try context.store.lapsed(of: budget) : 0
        return BudgetView(
            offer: budget.line.record, name: offer?.key.handle ?? "\(budget.line.record)", line: budget.line.number,
            party: budget.party, from: Day(budget.days.lowerBound), until: Day(budget.days.upperBound),
            budget: pledged - withdrawn + lapsed, pledged: pledged, available: state?[.available] ?? 0,
            reserved: state?[.reserved] ?? 0, inTransit: state?[.inTransit] ?? 0, received: state?[.received] ?? 0,
            lapsed: lapsed)
    }
}

/// Which budgets to list.
public struct BudgetListInput: Described {
    public var offer: RecordID?
    public var limit: Int?
    public var cursor: String?

    public init(offer: RecordID? = nil, limit: Int? = nil, cursor: String? = nil) {
        self.offer = offer
        self.limit = limit
        self.cursor = cursor
    }

    public static let schema = JSONSchema.object(
        nil, [.optional("offer", .id, "Only budgets of this fund.", "只要此资金的预算。")] + PageRequest.properties)
    public static let sample = BudgetListInput(limit: 20)
}

/// Gives a fund's line a period.
public struct BudgetSetting: Described {
    public var offer: RecordID
    public var line: Int
    public var from: Day
    public var until: Day
    public var amount: Int64?
    public var reason: String?
    public var note: String?

    public init(
        offer: RecordID, line: Int, from: Day, until: Day, amount: Int64? = nil, reason: String? = nil,
        note: String? = nil
    ) {
        self.offer = offer
        self.line = line
        self.from = from
        self.until = until
        self.amount = amount
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            .required("offer", .id, "The fund.", "资金编号。"), .required("line", .lineNumber, "Its line.", "明细序号。"),
            .required("from", .day, "The first day it pays.", "起始日期。"),
            .required("until", .day, "The last day it pays.", "截止日期。"),
            .optional(
                "amount", .quantity,
                "What the budget comes to, in fen; by default what the line has. Never below what is promised or handed over.",
                "预算金额（分），默认为明细现有金额；不得低于已承诺和已支付的金额。"),
        ] + StepReason.properties)
    public static let sample = BudgetSetting(
        offer: .sample(2), line: 1, from: .sample, until: .sample, amount: 100_000)
}

/// What can be asked about the budgets of funds.
public enum BudgetOperations {
    public static let list = Operation<BudgetListInput, Page<BudgetView>>(
        OperationFacts(
            .budgetsList, .get, "/v1/budgets",
            "Lists the budgets of funds, the earliest first.", zhHans: "列出资金预算期，最早的在前。")
    ) { input, context in
        try PageRecord.reading(
            PageRequest(limit: input.limit, cursor: input.cursor),
            fetch: { place, limit in
                try context.store.budgets(
                    ofOffer: input.offer, behind: try place.map { try FundBudget.Place($0) }, limit: limit)
            }, cursor: { Cursor($0.place) }, where: { try BudgetView.projecting($0, in: context) != nil })
    }

    public static let set = Operation<BudgetSetting, BudgetView>(
        OperationFacts(
            .budgetsSet, .put, "/v1/offers/{offer}/lines/{line}/budget",
            "Gives a fund a budget for a period; the same period (its first or last day) is revised, another stands beside it.",
            zhHans: "为资金设定一期预算；同一期（起始或截止日期相同）为修订，另一期则并列。",
            details: LocalizedText(
                zhHans: "明细尚无预算期时设在该明细上；已有其他预算期时新增一条明细，须填写金额。",
                en:
                    "It stands on the line that is named where that has no budget yet, else on a new line, which needs the amount; the answer names the line."
            ))
    ) { input, context in
        guard input.from <= input.until else {
            throw Problem(
                .invalidInput, at: "/until",
                LocalizedText(zhHans: "截止日期不能早于起始日期。", en: "'until' cannot be before 'from'."))
        }
        let desk = try context.desk()
        return try desk.setBudget(
            CivilDate(input.from)...CivilDate(input.until), of: LineReference(input.offer, input.line),
            amount: input.amount, reason: try desk.reason(input.reason, note: input.note, about: input.offer))
    }

    static let all: [AnyOperation] = [AnyOperation(list), AnyOperation(set)]
}

extension Cursor {
    fileprivate init(_ place: FundBudget.Place) {
        self.init(["\(place.first.dayNumber)", place.line.record.description, "\(place.line.number)"])
    }
}

extension FundBudget.Place {
    fileprivate init(_ cursor: Cursor) throws {
        guard cursor.parts.count == 3, let day = Int(cursor.parts[0]), let offer = RecordID(cursor.parts[1]),
            let line = Int(cursor.parts[2])
        else { throw Cursor.unreadable }
        self.init(first: CivilDate(dayNumber: day), line: LineReference(offer, line))
    }
}
