import ArgumentParser
import Casework
import MatchCore
import Storage

struct ProfilePublishCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("publish", ProfileWords.publish) }

    @Argument(help: ArgumentHelp(.profileName, value: "name")) var name: String = "default"
    @Option(help: ArgumentHelp(ProfileWords.versionHelp, value: "version")) var ifVersion: Int?
    @Flag(help: ArgumentHelp(ProfileWords.overNewerHelp)) var overNewer = false
    @OptionGroup var target: DraftOptions
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let key = try target.key(name)
        let publication = try options.performOnProfiles(in: session) { desk, reason in
            try desk.publish(
                key, version: ifVersion, overNewer: overNewer, reason: try needed(reason))
        }
        switch publication {
        case .published(let revision):
            if session.options.json {
                try session.emit(RevisionRecord(revision, note: options.note))
            } else {
                session.say(ProfileWords.isPublished, ["reference": "\(name)@\(revision.number)"], style: .good)
            }
        case .awaitsConfirmation(let draft):
            if session.options.json {
                try session.emit(DraftRecord(draft, withContent: false, language: session.language))
            } else {
                session.say(ProfileWords.awaits, style: .fair)
            }
        }
        return .success
    }
}

struct ProfileRollbackCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("rollback", ProfileWords.rollback) }

    @Argument(help: ArgumentHelp(.profileName, value: "name")) var name: String = "default"
    @Option(help: ArgumentHelp(ProfileWords.revisionHelp, value: "revision")) var to: Int?
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let revision = try options.performOnProfiles(in: session) { desk, reason in
            try desk.rollBack(name, to: to, reason: try needed(reason))
        }
        if session.options.json {
            try session.emit(RevisionRecord(revision, note: options.note))
        } else {
            session.say(
                ProfileWords.rolledBack,
                ["reference": "\(name)@\(revision.number)", "number": "\(revision.restores ?? 0)"], style: .good)
        }
        return .success
    }
}

struct ProfilePeopleCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("people", ProfileWords.people) }

    @Argument(help: ArgumentHelp(ProfileWords.peopleHelp, value: "count")) var count: Int?
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Record: Encodable { var people: Int }

    func perform(in session: Session) throws -> ExitStatus {
        let people = try options.performOnProfiles(in: session) { desk, reason in
            if let count { try desk.setPeopleToPublish(count, reason: try needed(reason)) }
            return try desk.peopleToPublish()
        }
        if session.options.json {
            try session.emit(Record(people: people))
        } else {
            session.say(ProfileWords.peopleNow, ["count": "\(people)"])
        }
        return .success
    }
}

/// Publishing is answered for: it takes a reason.
private func needed(_ reason: Reason?) throws -> Reason {
    guard let reason else { throw CommandError(.usage, ProfileWords.needsReason.text) }
    return reason
}
