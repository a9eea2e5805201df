import ArgumentParser
import Foundation
import PlanCheck

/// `almoner allocate verify`: checks claims, proof and draw of a plan, with code that the planner does not share.
struct AllocateVerifyCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("verify", .allocateVerify) }

    @Argument(help: ArgumentHelp(.allocateProofFile, value: "file"), completion: .file(extensions: ["json"]))
    var file: String

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Record: Encodable {
        var accepted: Bool
        var fault: String?
        var commitment: String?
        var outcomes: [PlanDocument.Outcome]?
    }

    func perform(in session: Session) throws -> ExitStatus {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw CommandError(.notFound, BenchWords.missingFile.filled(["file": file]))
        }
        let document = try PlanFile(data, name: file).document
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
            try session.emit(
                Record(accepted: true, commitment: document.commitment, outcomes: document.outcomes))
        } else {
            session.say(AllocateWords.accepted, style: .good)
            if let commitment = document.commitment {
                session.say(AllocateWords.drawHolds, ["commitment": commitment], style: .good)
            }
            session.say(OutcomeTable(document.outcomes, in: session.language).table)
            if let note = OutcomeTable.unproved(document.outcomes) { session.note(note, isWarning: true) }
        }
        return .success
    }
}
