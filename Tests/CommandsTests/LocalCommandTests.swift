import ArgumentParser
import Testing

@testable import Commands

@Suite("Commands of this machine only")
struct LocalCommandTests {
    static let all: [any LocalCommand.Type] = [
        InitCommand.self, ServeCommand.self, DemoLoadCommand.self, DemoGenerateCommand.self, SimulateCommand.self,
        BenchRankCommand.self, BenchImportCommand.self, BenchMatchCommand.self, BenchAllocateCommand.self,
        BenchReplayCommand.self, BenchPreviewCommand.self, BenchTuneCommand.self,
    ]

    @Test("Their help says so")
    func helpSaysSo() {
        for command in Self.all {
            #expect(command.configuration.abstract.hasSuffix(ServeWords.onlyHere[HelpText.language]), "\(command)")
        }
    }
}
