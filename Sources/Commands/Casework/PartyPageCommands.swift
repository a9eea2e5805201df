import ArgumentParser
import Casework
import MatchCore
import Storage

/// What a party did, as a page and as an object.
private struct DeedsPage {
    let deeds: PartyDeeds
    let name: String
    let writing: RecordWriting
    let session: Session

    struct Record: Encodable {
        var party: String
        var name: String
        var from: Int64?
        var until: Int64?
        var asOf: Int64
        var minutes: Int64
        var pieces: Int64
        var fen: Int64
        var claims: Int
        var wishes: Int
        var carried: Int
        var fitted: Int
        var first: Int64?
        var last: Int64?
        var shares: [Share]
        var historyNumber: Int64
        var historyHash: String

        struct Share: Encodable {
            var category: String?
            var unit: String
            var quantity: Int64
            var claims: Int
        }
    }

    private var language: Language { session.language }
    private var now: Moment { Moment(milliseconds: session.now.milliseconds) }
    private var asOf: Moment { min(deeds.window.upperBound, now) }

    var record: Record {
        let window = deeds.window
        return Record(
            party: "\(deeds.party)", name: name,
            from: window.lowerBound.milliseconds == 0 ? nil : window.lowerBound.milliseconds,
            until: window.upperBound.milliseconds == .max ? nil : window.upperBound.milliseconds,
            asOf: asOf.milliseconds, minutes: deeds.total(.minute), pieces: deeds.total(.piece),
            fen: deeds.total(.fen), claims: deeds.claims, wishes: deeds.wishes, carried: deeds.carried,
            fitted: deeds.fitted, first: deeds.first?.milliseconds, last: deeds.last?.milliseconds,
            shares: deeds.shares.map {
                Record.Share(category: $0.category, unit: $0.unit.code, quantity: $0.quantity, claims: $0.claims)
            }, historyNumber: deeds.head.number, historyHash: deeds.head.hash.description)
    }

    func show(_ title: OfficeWords, _ opening: OfficeWords) {
        session.say(title, style: .heading)
        session.say()
        session.sayProse(opening.filled(["name": name, "wishes": "\(deeds.wishes)"])[language])
        session.say()
        guard deeds.claims + deeds.carried + deeds.fitted > 0 else { return session.say(OfficeWords.noDeeds) }
        for share in deeds.shares {
            session.say("  \(writing.category(share.category))  \(amount(share.quantity, share.unit))")
        }
        session.say()
    }

    func sayFacts() {
        func date(_ moment: Moment) -> String { String(CaseTime.text(moment).prefix(10)) }
        let first = deeds.window.lowerBound.milliseconds == 0 ? deeds.first ?? asOf : deeds.window.lowerBound
        let minutes = deeds.total(.minute)
        session.say(
            FactSheet([
                (
                    OfficeWords.period[language],
                    OfficeWords.periodFrom.filled(["from": date(first), "until": date(asOf)])[language]
                ),
                (OfficeWords.minutes[language], minutes > 0 ? amount(minutes, .minute) : ""),
                (OfficeWords.pieces[language], deeds.total(.piece) > 0 ? Numbers.grouped(deeds.total(.piece)) : ""),
                (OfficeWords.money[language], deeds.total(.fen) > 0 ? Numbers.yuan(fen: deeds.total(.fen)) : ""),
                (OfficeWords.claims[language], "\(deeds.claims)"), (OfficeWords.wishes[language], "\(deeds.wishes)"),
                (OfficeWords.carried[language], deeds.carried > 0 ? "\(deeds.carried)" : ""),
                (OfficeWords.fitted[language], deeds.fitted > 0 ? "\(deeds.fitted)" : ""),
                (OfficeWords.asOf[language], CaseTime.text(asOf)),
            ]))
    }

    func sayFooter() {
        session.say()
        session.sayProse(
            OfficeWords.check.filled(["number": "\(deeds.head.number)", "hash": deeds.head.hash.description])[language],
            style: .faint)
        session.sayProse(OfficeWords.recordsOnly[language], style: .faint)
    }

    private func amount(_ quantity: Int64, _ unit: Unit) -> String {
        guard unit == .minute else { return writing.quantity(quantity, unit) }
        return OfficeWords.hours.filled(["hours": Numbers.grouped(quantity / 60), "minutes": "\(quantity % 60)"])[
            language]
    }

    static func make(_ party: String, _ from: String?, _ until: String?, _ session: Session) throws -> DeedsPage {
        let window = try CaseTime.window(from, until)
        let store = try Store.open(session, forWriting: false)
        defer { store.close() }
        let (deeds, name) = try store.cases.blockingRead { transaction in
            let id = try RecordNames(transaction: transaction, kind: .party).id(named: party)
            let name = try RegistryReader(transaction).party(id)?.name ?? party
            return (try PartyDeeds(of: id, in: window, from: transaction), name)
        }
        return DeedsPage(deeds: deeds, name: name, writing: try session.recordWriting(), session: session)
    }
}

/// `almoner party certificate`: volunteer minutes, pieces and money that arrived and were confirmed.
struct PartyCertificateCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("certificate", OfficeWords.certificate) }

    @Argument(help: ArgumentHelp(.recordName, value: "party")) var name: String
    @Option(help: ArgumentHelp(OfficeWords.fromHelp, value: "time")) var from: String?
    @Option(help: ArgumentHelp(OfficeWords.untilHelp, value: "time")) var until: String?
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let page = try DeedsPage.make(name, from, until, session)
        if session.options.json {
            try session.emit(page.record)
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

    func perform(in session: Session) throws -> ExitStatus {
        let page = try DeedsPage.make(name, from, until, session)
        if session.options.json {
            try session.emit(page.record)
            return .success
        }
        page.show(.acknowledgementTitle, .thanks)
        page.sayFooter()
        return .success
    }
}
