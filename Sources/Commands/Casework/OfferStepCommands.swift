import ArgumentParser
import Casework
import MatchCore
import Operations

extension Session {
    /// Shows a record after a step: how much each line gave, and where the record stands now.
    fileprivate func show(
        _ lines: [(line: Int, quantity: Int64)], of name: RecordNameView, _ state: String, _ words: OfficeWords
    ) {
        for line in lines { say(words, ["line": "\(line.line)", "quantity": Numbers.grouped(line.quantity)]) }
        say(OfficeWords.nowInState, ["name": name.handle, "state": state])
    }

    fileprivate func show(_ offer: OfferView, since before: OfferView) throws {
        if options.json { return try emit(answer: offer) }
        let taken = offer.lines.map { line in
            (line.number, line.withdrawn - (before.lines.first { $0.number == line.number }?.withdrawn ?? 0))
        }
        show(taken.filter { $0.1 > 0 }, of: offer.record, offer.state, .withdrawn)
    }
}

/// `almoner offer withdraw NAME[/LINE] [QUANTITY]`.
struct OfferWithdrawCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("withdraw", OfficeWords.offerWithdraw) }

    @Argument(help: ArgumentHelp(CaseWords.offerLine, value: "offer")) var offer: String
    @Argument(help: ArgumentHelp(OfficeWords.lineQuantity, value: "quantity")) var quantity: Int64?
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        guard let reason = try options.reasonCode() ?? options.note.map({ _ in "note" }) else {
            throw CommandError(.usage, OfficeWords.needReason.text)
        }
        let (before, after) = try await session.withService(options, changing: true) { service in
            let named = try await service.line(of: .offer, named: offer)
            let before = try await service.call(OfferOperations.show, OfferInput(offer: named.record))
            // The whole offer, where neither a line nor a quantity is named.
            let line = quantity != nil || offer.contains("/") ? named.number : nil
            return (
                before,
                try await service.call(
                    OfferOperations.withdraw,
                    OfferWithdrawal(
                        offer: named.record, line: line, quantity: quantity, reason: reason, note: options.note))
            )
        }
        try session.show(after, since: before)
        return .success
    }
}

struct OfferPauseCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("pause", OfficeWords.offerPause) }

    @Argument(help: ArgumentHelp(.recordName, value: "offer")) var offer: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        try await session.step(OfferOperations.pause, offer, options)
    }
}

struct OfferResumeCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("resume", OfficeWords.offerResume) }

    @Argument(help: ArgumentHelp(.recordName, value: "offer")) var offer: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        try await session.step(OfferOperations.resume, offer, options)
    }
}

extension Session {
    fileprivate func step(
        _ operation: Operations.Operation<OfferStep, OfferView>, _ name: String, _ options: CaseOptions
    ) async throws -> ExitStatus {
        let reason = try options.reasonCode()
        let offer = try await withService(options, changing: true) { service in
            try await service.call(
                operation,
                OfferStep(offer: try await service.id(of: .offer, named: name), reason: reason, note: options.note))
        }
        try show(offer, since: offer)
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

    func perform(in session: Session) async throws -> ExitStatus {
        guard let reason = try options.reasonCode() ?? options.note.map({ _ in "note" }) else {
            throw CommandError(.usage, OfficeWords.needReason.text)
        }
        let (number, before, after) = try await session.withService(options, changing: true) { service in
            let line = try await service.line(of: .wish, named: wish)
            let before = try await service.call(WishOperations.show, WishInput(wish: line.record))
            return (
                line.number, before,
                try await service.call(
                    WishOperations.cancel,
                    WishCancellation(
                        wish: line.record, line: line.number, quantity: quantity, reason: reason, note: options.note))
            )
        }
        if session.options.json {
            try session.emit(answer: after)
            return .success
        }
        func cancelled(_ wish: WishView) -> Int64 { wish.lines.first { $0.number == number }?.cancelled ?? 0 }
        session.show(
            [(number, cancelled(after) - cancelled(before))], of: after.record, after.state, .cancelled)
        return .success
    }
}
