import ArgumentParser
import Casework
import Foundation
import MatchCore
import Operations
import Storage
import Wire

/// `almoner allocate`: all open wishes against all offers at once, with a proof that no plan is better.
struct AllocateCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "allocate", .allocate, discussion: .allocateDiscussion,
            subcommands: [AllocateRunCommand.self, AllocateVerifyCommand.self, AllocateSeedCommand.self],
            defaultSubcommand: AllocateRunCommand.self)
    }
}

struct AllocateRunCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("run", .allocateRun) }

    @Flag(help: ArgumentHelp(.allocateDryRun))
    var dryRun = false

    @Option(help: ArgumentHelp(.allocateApply, value: "plan"), completion: .file(extensions: ["json"]))
    var apply: String?

    @Option(help: ArgumentHelp(.allocateAsOf, value: "time"))
    var asOf: String?

    @OptionGroup var terms: AllocateTerms

    @Option(help: ArgumentHelp(.allocateDeadline, value: "time"))
    var deadline: String?

    @Flag(help: ArgumentHelp(.allocateComplete))
    var complete = false

    @Option(help: ArgumentHelp(.allocateCandidates, value: "count"))
    var candidates: Int = 32

    @Option(help: ArgumentHelp(.allocateSeed, value: "file"), completion: .file())
    var seed: String?

    @Option(
        name: [.customLong("plan"), .customLong("proof")], help: ArgumentHelp(.allocateProof, value: "file"),
        completion: .file(extensions: ["json"]))
    var planFile: String?

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

    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        if instance == nil, try session.remoteService() != nil {
            try await runRemotely(in: session)
            return .success
        }
        let limit = try deadline.map(Self.seconds)
        if let instance {
            guard !terms.isGiven, planFile == nil, !complete, apply == nil, seed == nil else {
                throw CommandError(.usage, AllocateWords.instanceTakesMode.text)
            }
            try InstanceRun(session: session, file: instance, mode: try chosenMode(), out: out, limit: limit).run()
            return .success
        }
        guard mode == nil, out == nil else { throw CommandError(.usage, AllocateWords.modeNeedsInstance.text) }
        guard (1...Int(Int32.max)).contains(candidates), (threads ?? 1) >= 1 else {
            throw CommandError(.usage, AllocateWords.wrongNumbers.text)
        }
        guard apply == nil || !dryRun else { throw CommandError(.usage, AllocateWords.applyOrNot.text) }
        let request = PlanRequest(
            terms: terms, candidates: candidates, isComplete: complete,
            threads: threads ?? ProcessInfo.processInfo.activeProcessorCount, seed: try seed.map(AllocationSeed.read),
            secondsAtMost: limit, asOf: try reckonedFrom())
        // The terms are read before anything is opened: a wrong one is a wrong use, whatever the database holds.
        _ = try terms.applied(to: AllocationRules())
        if let apply {
            try PlanApplication(session: session, options: options, profile: profile, request: request).apply(apply)
        } else {
            try show(request, in: session)
        }
        return .success
    }

    private func runRemotely(in session: Session) async throws {
        let other = [
            deadline.map { _ in "--deadline" }, seed.map { _ in "--seed" }, threads.map { _ in "--threads" },
            mode.map { _ in "--mode" }, out.map { _ in "--out" },
        ].compactMap { $0 }.first
        if let other {
            throw CommandError(
                .usage, ImportWords.notThrough.filled(["option": other]), advice: ServeWords.localOnlyAdvice.text)
        }
        guard apply == nil || !dryRun else { throw CommandError(.usage, AllocateWords.applyOrNot.text) }
        guard options.reason == nil else { throw CommandError(.usage, AllocateWords.planIsReason.text) }
        try await RemoteAllocation(
            session: session,
            input: AllocationInput(
                terms, profile: profile, candidates: candidates, complete: complete, digest: apply, note: options.note,
                asOf: try reckonedFrom(), proof: planFile != nil), file: planFile
        ).run()
    }

    private func show(_ request: PlanRequest, in session: Session) throws {
        let store = try Store.open(session, forWriting: false)
        defer { store.close() }
        let now = Moment(milliseconds: session.now.milliseconds)
        if let asOf = request.asOf, !AllocationPlanning.isGood(asOf: asOf, at: now) {
            throw CommandError(.refused, AllocateWords.tooOld.text)
        }
        let time = request.asOf ?? session.now
        let asOf = Moment(milliseconds: time.milliseconds)
        let (desk, bars, rules) = try store.cases.blockingRead { transaction in
            let desk = try MatchDesk(
                session: session, transaction: transaction, profileName: profile, asOf: time)
            let rules = try request.terms.applied(to: desk.plan.profile.allocation)
            let bars = try AllocationBars(
                of: desk.registry, in: transaction, rules: rules, on: ProgramTimeZone.shanghai.date(at: now), at: asOf)
            return (desk, bars, rules)
        }
        let made = try PlanMaker(desk: desk, bars: bars, rules: rules, request: request, asOf: asOf).make()
        if let planFile { try PlanFile.write(made.document, to: planFile) }
        try PlanPage(session: session, store: store, desk: desk, rules: rules, made: made, asOf: time, file: planFile)
            .show()
    }

    /// A moment as a plan prints it, or as people type one; nil where none is given.
    private func reckonedFrom() throws -> Timestamp? {
        try asOf.map { try CaseTime.timestamp($0) }
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

    /// `500ms`, `30s`, `2m`.
    private static func seconds(_ text: String) throws -> Double {
        for (suffix, scale) in [("ms", 0.001), ("s", 1), ("m", 60)] where text.hasSuffix(suffix) {
            if let number = Double(text.dropLast(suffix.count)), number >= 0, number <= 1e6 { return number * scale }
        }
        throw CommandError(.usage, AllocateWords.wrongDeadline.filled(["text": text]))
    }
}

extension AllocationSeed {
    /// Reads the file that `allocate seed` wrote.
    static func read(_ file: String) throws -> AllocationSeed {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw CommandError(.notFound, BenchWords.missingFile.filled(["file": file]))
        }
        let text = String(decoding: data.prefix(100), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard let seed = AllocationSeed(text) else {
            throw CommandError(.refused, AllocateWords.notASeed.filled(["file": file]))
        }
        return seed
    }
}
