import ArgumentParser
import Casework
import MatchCore
import Storage

/// What was taken back or cancelled of a record, and where it stands now.
private struct LineRecord: Encodable {
    var record: String
    var name: String
    var state: String
    var lines: [Line]

    struct Line: Encodable {
        var line: Int
        var quantity: Int64
    }
}

extension Session {
    fileprivate func show(_ record: LineRecord, _ words: OfficeWords) throws {
        if options.json { return try emit(record) }
        for line in record.lines {
            say(words, ["line": "\(line.line)", "quantity": Numbers.grouped(line.quantity)])
        }
        say(OfficeWords.nowInState, ["name": record.name, "state": record.state])
    }
}

private func offerRecord(_ id: RecordID, _ lines: [LineRecord.Line], _ store: any CaseTransaction) throws -> LineRecord
{
    let offer = try RegistryReader(store).offer(id)
    return LineRecord(record: "\(id)", name: offer?.key.handle ?? "\(id)", state: offer?.state ?? "", lines: lines)
}

/// `almoner offer withdraw NAME[/LINE] [QUANTITY]`.
struct OfferWithdrawCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("withdraw", OfficeWords.offerWithdraw) }

    @Argument(help: ArgumentHelp(CaseWords.offerLine, value: "offer")) var offer: String
    @Argument(help: ArgumentHelp(OfficeWords.lineQuantity, value: "quantity")) var quantity: Int64?
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let record = try options.perform(in: session) { desk, reason in
            guard let reason else { throw CommandError(.usage, OfficeWords.needReason.text) }
            let line = try LineName.line(offer, of: .offer, in: desk.store)
            // The whole offer, where neither a line nor a quantity is named.
            guard quantity != nil || offer.contains("/") else {
                let taken = try desk.withdraw(line.record, reason: reason)
                return try offerRecord(
                    line.record, taken.map { LineRecord.Line(line: $0.line, quantity: $0.quantity) }, desk.store)
            }
            let taken = try quantity ?? desk.store.balance(ofOffer: line)?[.available] ?? 0
            guard taken > 0 else { throw CommandError(.refused, OfficeWords.nothingLeft.text) }
            try desk.withdraw(taken, from: line, reason: reason)
            return try offerRecord(
                line.record, [LineRecord.Line(line: line.number, quantity: taken)], desk.store)
        }
        try session.show(record, .withdrawn)
        return .success
    }
}

struct OfferPauseCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("pause", OfficeWords.offerPause) }

    @Argument(help: ArgumentHelp(.recordName, value: "offer")) var offer: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let record = try options.perform(in: session) { desk, reason in
            let id = try RecordNames(transaction: desk.store, kind: .offer).id(named: offer)
            try desk.pause(offer: id, reason: reason)
            return try offerRecord(id, [], desk.store)
        }
        try session.show(record, .withdrawn)
        return .success
    }
}

struct OfferResumeCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("resume", OfficeWords.offerResume) }

    @Argument(help: ArgumentHelp(.recordName, value: "offer")) var offer: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let record = try options.perform(in: session) { desk, reason in
            let id = try RecordNames(transaction: desk.store, kind: .offer).id(named: offer)
            try desk.resume(offer: id, reason: reason)
            return try offerRecord(id, [], desk.store)
        }
        try session.show(record, .withdrawn)
        return .success
    }
}

/// `almoner wish cancel NAME[/LINE] [QUANTITY]`.
struct WishCancelCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("cancel", OfficeWords.wishCancel) }

    @Argument(help: ArgumentHelp(CaseWords.wishLine, value: "wish")) var wish: String
    @Argument(help: ArgumentHelp(OfficeWords.lineQuantity, value: "quantity")) var quantity: Int64?
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let record = try options.perform(in: session) { desk, reason in
            guard let reason else { throw CommandError(.usage, OfficeWords.needReason.text) }
            let line = try LineName.line(wish, of: .wish, in: desk.store)
            let taken = try quantity ?? desk.store.balance(ofWish: line)?[.open] ?? 0
            guard taken > 0 else { throw CommandError(.refused, OfficeWords.nothingLeft.text) }
            try desk.cancel(taken, of: line, reason: reason)
            let shown = try RegistryReader(desk.store).wish(line.record)
            return LineRecord(
                record: "\(line.record)", name: shown?.key.handle ?? "", state: shown?.state ?? "",
                lines: [LineRecord.Line(line: line.number, quantity: taken)])
        }
        try session.show(record, .cancelled)
        return .success
    }
}
