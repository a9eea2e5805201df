import ArgumentParser
import Casework
import MatchCore
import Operations

struct ProfilePublishCommand: SessionCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration("publish", ProfileWords.publish, discussion: ProfileWords.twoPeople)
    }

    @Argument(help: ArgumentHelp(.profileName, value: "name")) var name: String = "default"
    @Option(help: ArgumentHelp(ProfileWords.versionHelp, value: "version")) var ifVersion: Int?
    @Flag(help: ArgumentHelp(ProfileWords.overNewerHelp)) var overNewer = false
    @OptionGroup var target: DraftOptions
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        try options.needReason()
        let input = DraftPublishing(
            profile: name, draft: try target.name(), version: ifVersion, overNewer: overNewer ? true : nil,
            reason: try options.reasonCode(), note: options.note)
        let publication = try await session.withService(options, changing: true, byToken: true) {
            try await $0.call(ProfileOperations.publish, input)
        }
        if session.options.json {
            try session.emit(answer: publication)
        } else if let revision = publication.published {
            session.say(ProfileWords.isPublished, ["reference": "\(name)@\(revision.revision)"], style: .good)
        } else {
            session.say(ProfileWords.awaits, style: .fair)
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

    func perform(in session: Session) async throws -> ExitStatus {
        try options.needReason()
        let input = RollingBack(profile: name, to: to, reason: try options.reasonCode(), note: options.note)
        let revision = try await session.withService(options, changing: true, byToken: true) {
            try await $0.call(ProfileOperations.rollBack, input)
        }
        if session.options.json {
            try session.emit(answer: revision)
        } else {
            session.say(
                ProfileWords.rolledBack,
                ["reference": "\(name)@\(revision.revision)", "number": "\(revision.restores ?? 0)"], style: .good)
        }
        return .success
    }
}

struct ProfilePeopleCommand: SessionCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration("people", ProfileWords.people, discussion: ProfileWords.twoPeople)
    }

    @Argument(help: ArgumentHelp(ProfileWords.peopleHelp, value: "count")) var count: Int?
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let view: PeopleView
        if let count {
            try CommandError.check("'\(count)'", count, within: 1...2)
            try options.needReason()
            let input = PeopleSetting(people: count, reason: try options.reasonCode(), note: options.note)
            view = try await session.withService(options, changing: true, byToken: true) {
                try await $0.call(ProfileOperations.setPeople, input)
            }
        } else {
            for (option, isGiven) in [("--reason", options.reason != nil), ("--note", options.note != nil)] {
                try CommandError.refuse(option, if: isGiven, because: ProfileWords.countFirst)
            }
            view = try await session.withService(options) { try await $0.call(ProfileOperations.people, NoInput()) }
        }
        if session.options.json {
            try session.emit(answer: view)
        } else {
            session.say(ProfileWords.peopleNow, ["count": "\(view.people)"])
            if let by = view.loweringProposedBy {
                session.say(ProfileWords.loweringAwaits, ["by": "\(by)"], style: .fair)
            }
        }
        return .success
    }
}

extension CaseOptions {
    /// Publishing is answered for: it takes a reason.
    fileprivate func needReason() throws {
        guard reason != nil || note?.isEmpty == false else {
            throw CommandError(.usage, ProfileWords.needsReason.text)
        }
    }
}
