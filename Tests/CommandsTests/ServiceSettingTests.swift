import ArgumentParser
import Foundation
import MatchCore
import Testing

@testable import Commands

@Suite("Settings of the service")
struct ServiceSettingTests {
    @Test("Each setting is an option, and its help names default and variable")
    func everySettingIsAnOption() throws {
        let help = ServeCommand.helpMessage(columns: 400)
        for setting in ServiceSetting.allCases {
            #expect(help.contains("--\(setting.rawValue) <"), "\(setting)")
            #expect(help.contains("\(setting.variable))"), "\(setting)")
            if let usual = setting.usual {
                #expect(help.contains("default \(usual); \(setting.variable)"), "\(setting)")
            }
        }
        let numbers = ServiceSetting.allCases.flatMap { setting -> [String] in
            if case .number(let range, _) = setting.kind {
                ["--\(setting.rawValue)", "\(range.upperBound)"]
            } else {
                []
            }
        }
        let options = try ServiceOptions.parse(numbers)
        #expect(options.given.count == numbers.count / 2)
    }

    @Test("A misspelt name in a file is not taken for a setting")
    func aMisspeltName() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "settings-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(#"{"port": 8081, "key-rates": 5}"#.utf8).write(to: file)
        let error = await #expect(throws: CommandError.self) {
            _ = try await ServiceSettings(given: [:], environment: [:], file: file.path)
        }
        #expect(error?.message.en.contains("'key-rates' is none of host, port") == true)
        try Data(#"{"port": 8081, "key-rate": 5}"#.utf8).write(to: file)
        let settings = try await ServiceSettings(given: [:], environment: [:], file: file.path)
        #expect(try settings.number(.port) == 8081 && settings.number(.keyRate) == 5)
    }
}
