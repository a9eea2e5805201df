import ArgumentParser
import Casework
import MatchCore
import Operations

/// What a party did, as a page and as an object.
private struct DeedsPage {
    let deeds: PartyDeedsView
    let writing: RecordWriting
    let session: Session

    private var language: Language { session.language }

    func show(_ title: OfficeWords, _ opening: OfficeWords) {
        session.say(title, style: .heading)
        session.say()
        session.sayProse(opening.filled(["name": deeds.name, "wishes": "\(deeds.wishes)"])[language])
        session.say()
        for share in deeds.shares {
            session.say(
                "  \(writing.category(share.category))  \(amount(share.quantity, Unit(code: share.unit) ?? .piece))")
        }
        session.say()
    }

    func sayFacts() {
        func date(_ time: Timestamp) -> String { String(CaseTime.text(time).prefix(10)) }
        let first = deeds.from ?? deeds.first ?? deeds.asOf
        session.say(
            FactSheet([
                (
                    OfficeWords.period[language],
                    OfficeWords.periodFrom.filled([
                        "from": date(first), "until": date(min(deeds.until ?? deeds.asOf, deeds.asOf)),
                    ])[language]
                ),
                (OfficeWords.minutes[language], deeds.minutes > 0 ? amount(deeds.minutes, .minute) : ""),
                (OfficeWords.pieces[language], deeds.pieces > 0 ? Numbers.grouped(deeds.pieces) : ""),
                (OfficeWords.money[language], deeds.fen > 0 ? Numbers.yuan(fen: deeds.fen) : ""),
                (OfficeWords.claims[language], "\(deeds.claims)"), (OfficeWords.wishes[language], "\(deeds.wishes)"),
                (OfficeWords.carried[language], deeds.carried > 0 ? "\(deeds.carried)" : ""),
                (OfficeWords.fitted[language], deeds.fitted > 0 ? "\(deeds.fitted)" : ""),
                (OfficeWords.asOf[language], CaseTime.text(deeds.asOf)),
            ]))
    }

    func sayFooter() {
        session.say()
        session.sayProse(
            OfficeWords.check.filled(["number": "\(deeds.historyNumber)", "hash": deeds.historyHash])[language],
            style: .faint)
        session.sayProse(OfficeWords.recordsOnly[language], style: .faint)
    }

    private func amount(_ quantity: Int64, _ unit: Unit) -> String {
        guard unit == .minute else { return writing.quantity(quantity, unit) }
        return OfficeWords.hours.filled(["hours": Numbers.grouped(quantity / 60), "minutes": "\(quantity % 60)"])[
            language]
    }

    static func make(_ party: String, _ from: String?, _ until: String?, _ session: Session) async throws -> DeedsPage {
        let window = try CaseTime.window(from, until)
        let deeds = try await session.withService { service in
            try await service.call(
                PartyOperations.deeds,
                PartyDeedsInput(
                    party: try await service.id(of: .party, named: party),
                    from: from.map { _ in Timestamp(milliseconds: window.lowerBound.milliseconds) },
                    until: until.map { _ in Timestamp(milliseconds: window.upperBound.milliseconds) }))
        }
        // Nobody is thanked for nothing.
        guard deeds.claims + deeds.carried + deeds.fitted > 0 else {
            throw CommandError(
                .refused, OfficeWords.noDeeds.filled(["name": deeds.name]), place: party,
                advice: OfficeWords.noDeedsAdvice.filled(["party": "\(deeds.party)"]))
        }
        return DeedsPage(deeds: deeds, writing: try session.recordWriting(), session: session)
    }
}

/// `almoner party certificate`: volunteer minutes, pieces and money that arrived and were confirmed.
struct PartyCertificateCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("certificate", OfficeWords.certificate) }

    @Argument(help: ArgumentHelp(.recordName, value: "party")) var name: String
    @Option(help: ArgumentHelp(OfficeWords.fromHelp, value: "time")) var from: String?
    @Option(help: ArgumentHelp(OfficeWords.untilHelp, value: "time")) var until: String?
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let page = try await DeedsPage.make(name, from, until, session)
        if session.options.json {
            try session.emit(answer: page.deeds)
            return .success
        }
        page.show(.certificateTitle, .certifies)
        page.sayFacts()
        page.sayFooter()
        return .success
    }
}

/// `almoner party acknowledgement`: the same in thanks.
struct PartyAcknowledgementCommand: SessionCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration("acknowledgement", OfficeWords.acknowledgement)
    }

    @Argument(help: ArgumentHelp(.recordName, value: "party")) var name: String
    @Option(help: ArgumentHelp(OfficeWords.fromHelp, value: "time")) var from: String?
    @Option(help: ArgumentHelp(OfficeWords.untilHelp, value: "time")) var until: String?
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let page = try await DeedsPage.make(name, from, until, session)
        if session.options.json {
            try session.emit(answer: page.deeds)
            return .success
        }
        page.show(.acknowledgementTitle, .thanks)
        page.sayFooter()
        return .success
    }
}
