import ArgumentParser
import Casework
import Foundation
import MatchCore
import PlanCheck

/// `almoner allocate`: all open wishes against all offers at once, with a proof that no plan is better.
struct AllocateCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "allocate", .allocate, discussion: .allocateDiscussion,
            subcommands: [AllocateRunCommand.self, AllocateVerifyCommand.self],
            defaultSubcommand: AllocateRunCommand.self)
    }
}

struct AllocateRunCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("run", .allocateRun) }

    @Flag(help: ArgumentHelp(.allocateDryRun))
    var dryRun = false

    @Option(help: ArgumentHelp(.allocateGoals, value: "goals"))
    var goals: String?

    @Option(help: ArgumentHelp(.allocateDeadline, value: "time"))
    var deadline: String?

    @Flag(help: ArgumentHelp(.allocateComplete))
    var complete = false

    @Option(help: ArgumentHelp(.allocateCandidates, value: "count"))
    var candidates: Int = 32

    @Option(help: ArgumentHelp(.allocatePartyCap, value: "units"))
    var partyCap: Int64?

    @Option(help: ArgumentHelp(.allocateAreaShare, value: "percent"))
    var areaShare: Int = 0

    @Option(help: ArgumentHelp(.allocateProof, value: "file"), completion: .file(extensions: ["json"]))
    var proof: String?

    @Option(help: ArgumentHelp(.profileName, value: "name"))
    var profile: String = "default"

    @Option(help: ArgumentHelp(.threads, value: "count"))
    var threads: Int?

    @Option(help: ArgumentHelp(.allocateInstance, value: "file"), completion: .file())
    var instance: String?

    @Option(help: ArgumentHelp(.allocateMode, value: "mode"))
    var mode: String?

    @Option(help: ArgumentHelp(.allocateOut, value: "file"), completion: .file())
    var out: String?

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        if let instance {
            guard deadline == nil, goals == nil, proof == nil, !complete else {
                throw CommandError(.usage, AllocateWords.instanceTakesMode.text)
            }
            try InstanceRun(session: session, file: instance, mode: try chosenMode(), out: out).run()
            return .success
        }
        guard mode == nil, out == nil else { throw CommandError(.usage, AllocateWords.modeNeedsInstance.text) }
        guard candidates >= 1, (partyCap ?? 0) >= 0, (0...100).contains(areaShare), (threads ?? 1) >= 1 else {
            throw CommandError(.usage, AllocateWords.wrongNumbers.text)
        }
        let order = try chosenGoals()
        let limit = try deadline.map(Self.seconds)
        let store = try Store.open(session, forWriting: false)
        defer { store.close() }
        let desk = try MatchDesk(session: session, store: store, profileName: profile)
        let allocation = RegistryPlan(
            session: session, store: store, desk: desk, goals: order, candidates: candidates,
            terms: RegistryAllocation.Terms(partyCap: partyCap, areaShare: areaShare), isComplete: complete,
            threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
        try allocation.run(secondsAtMost: limit, proof: proof)
        return .success
    }

    private func chosenMode() throws -> AllocationMode {
        guard let mode else { return .bypass }
        guard let known = AllocationMode(rawValue: mode) else {
            throw CommandError(
                .usage, AllocateWords.unknownMode.filled(["name": mode]),
                advice: AllocateWords.choices.filled([
                    "list": AllocationMode.allCases.map(\.rawValue).joined(separator: ", ")
                ]))
        }
        return known
    }

    private func chosenGoals() throws -> [PlanGoal] {
        guard let goals else { return PlanGoal.usual }
        var chosen: [PlanGoal] = []
        for name in goals.split(separator: ",", omittingEmptySubsequences: false) {
            guard let goal = PlanGoal(rawValue: name.trimmingCharacters(in: .whitespaces)), !chosen.contains(goal)
            else {
                throw CommandError(
                    .usage, AllocateWords.unknownGoal.filled(["name": String(name)]),
                    advice: AllocateWords.choices.filled([
                        "list": PlanGoal.allCases.map(\.rawValue).joined(separator: ", ")
                    ]))
            }
            chosen.append(goal)
        }
        return chosen
    }

    /// `500ms`, `30s`, `2m`.
    private static func seconds(_ text: String) throws -> Double {
        for (suffix, scale) in [("ms", 0.001), ("s", 1), ("m", 60)] where text.hasSuffix(suffix) {
            if let number = Double(text.dropLast(suffix.count)), number >= 0, number <= 1e6 { return number * scale }
        }
        throw CommandError(.usage, AllocateWords.wrongDeadline.filled(["text": text]))
    }
}

struct AllocateVerifyCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("verify", .allocateVerify) }

    @Argument(help: ArgumentHelp(.allocateProofFile, value: "file"), completion: .file(extensions: ["json"]))
    var file: String

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Record: Encodable {
        var accepted: Bool
        var fault: String?
        var outcomes: [PlanDocument.Outcome]?
    }

    func perform(in session: Session) throws -> ExitStatus {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw CommandError(.notFound, BenchWords.missingFile.filled(["file": file]))
        }
        let document: PlanDocument
        do {
            document = try JSONDecoder().decode(PlanDocument.self, from: data)
        } catch {
            throw CommandError(.refused, AllocateWords.notAProof.filled(["file": file]))
        }
        do {
            try PlanVerifier.check(document)
        } catch let fault as PlanFault {
            if session.options.json {
                try session.emit(Record(accepted: false, fault: fault.message))
            } else {
                session.say(AllocateWords.refused, ["fault": fault.message], style: .fault)
            }
            return .differences
        }
        if session.options.json {
            try session.emit(Record(accepted: true, outcomes: document.outcomes))
        } else {
            session.say(AllocateWords.accepted, style: .good)
            session.say(OutcomeTable(document.outcomes, in: session.language).table)
        }
        return .success
    }
}
