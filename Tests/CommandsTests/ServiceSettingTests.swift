import ArgumentParser
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
}
