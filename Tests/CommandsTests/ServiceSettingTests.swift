import ArgumentParser
import Foundation
import MatchCore
import Testing
import WebAPI

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

    @Test(
        "An origin in another form is refused, and the right one is named",
        arguments: [
            ("https://town.example", "https://town.example"), ("https://town.example/", "https://town.example"),
            ("https://Town.Example", "https://town.example"), ("town.example", "https://town.example"),
            ("https://town.example:443", "https://town.example"), ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("https://town.example/desk?a=1", "https://town.example"), ("http://[::1]:3000", "http://[::1]:3000"),
            ("*", nil), ("null://", nil), ("https://", nil), ("https://town example", nil), ("https://a:b", nil),
        ] as [(String, String?)])
    func origins(_ text: String, _ right: String?) async throws {
        #expect(BrowserOrigin.nearest(to: text) == right)
        #expect((BrowserOrigin(text) != nil) == (text == right))
        let settings = try await ServiceSettings(
            given: [:], environment: ["ALMONER_CORS_ORIGIN": text], file: nil)
        guard text != right else {
            #expect(try EdgeConfiguration(settings).origins == [text])
            return
        }
        let error = #expect(throws: CommandError.self) { _ = try EdgeConfiguration(settings) }
        #expect(
            error?.message.en.contains("no browser sends '\(text)'. Write \(right ?? "https://town.example")") == true)
    }

    @Test(
        "What is nobody's own origin is refused, and why is said",
        arguments: [
            ("null", "'null' is no site's own"), ("NULL", "'null' is no site's own"),
            ("capacitor://localhost", "'capacitor://localhost' has a scheme of its own"),
            ("chrome-extension://abcdef", "has a scheme of its own"), ("app://a/b", "has a scheme of its own"),
        ])
    func opaqueOrigins(_ text: String, _ reason: String) async throws {
        #expect(BrowserOrigin(text) == nil && BrowserOrigin.nearest(to: text) == nil)
        let settings = try await ServiceSettings(
            given: [:], environment: ["ALMONER_CORS_ORIGIN": text], file: nil)
        let error = #expect(throws: CommandError.self) { _ = try EdgeConfiguration(settings) }
        #expect(error?.message.en.contains(reason) == true)
        #expect(error?.message.en.contains("https://town.example") == true)
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
