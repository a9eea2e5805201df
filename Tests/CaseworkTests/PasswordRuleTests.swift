import Testing

@testable import Casework

@Suite struct PasswordRuleTests {
    private let rule = PasswordRule(least: 12)

    @Test(arguments: [
        "seven quiet herons wade", "七只安静的白鹭在水边走过来了", "xK9#mQ2$vL7pWz", "correct horse battery staple",
        "门前大桥下游过一群鸭快来",
    ])
    func whatIsLongAndNotCommonIsTaken(password: String) throws {
        try rule.check(password, name: SignInName("anna"))
    }

    @Test(arguments: [
        "", "short", "elevenchars", "password1234", "Passw0rd!!!!", "qwertyuiop12", "woaini520520520", "aaaaaaaaaaaa",
        "abababababab", "abcdefghijklm", "987654321098", "dongguan2026!!", "AdminAdmin123", "anna19900101",
        "anna.li.2026",
        "letmein123456", "88888888888888", "almoner@2026!",
    ])
    func whatIsTriedFirstIsNot(password: String) throws {
        #expect(throws: CaseworkError.self) { try rule.check(password, name: SignInName("anna.li")) }
    }

    @Test func aNameIsTheSameInCapitalsOrNot() throws {
        #expect(SignInName("Anna.Li") == SignInName("anna.li"))
        for name in ["李安娜", "a1", "anna@office", "x-y_z"] { #expect(SignInName(name) != nil, "\(name)") }
        for name in ["", "a", "an na", "a\u{0}b", "anna;", String(repeating: "a", count: 65), "a\u{202E}b"] {
            #expect(SignInName(name) == nil, "\(name)")
        }
    }

    @Test func rulesThatWouldBeWeakAreRefused() throws {
        for change in [
            { $0.work.memory = 1_024 }, { $0.work.passes = 1 }, { $0.leastPassword = 4 }, { $0.idleMinutes = 0 },
            { $0.secondFactor = [.donor] },
        ] as [(inout SignInRules) -> Void] {
            var rules = SignInRules.standard
            change(&rules)
            #expect(throws: CaseworkError.self) { try rules.check() }
        }
        try SignInRules.standard.check()
    }
}
