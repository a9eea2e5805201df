/// Which passwords are taken: long enough, and none that is tried first.
public struct PasswordRule: Sendable {
    /// The least length, in Unicode scalars.
    public let least: Int
    /// The most, in bytes: hashing takes longer with each.
    public static let mostBytes = 512

    public init(least: Int) {
        self.least = least
    }

    /// Throws `malformed` for a password that is not taken; the sentence does not repeat it.
    /// - Parameter name: of the account, which a password does not consist of.
    public func check(_ password: String, name: SignInName?) throws {
        guard password.unicodeScalars.count >= least else {
            throw refusal(
                "A password has at least \(least) characters. Several words make a good one.",
                "密码至少 \(least) 个字符，可用几个词连成一句。")
        }
        guard password.utf8.count <= Self.mostBytes else {
            throw refusal(
                "A password has at most \(Self.mostBytes) bytes.", "密码至多 \(Self.mostBytes) 字节。")
        }
        guard !isCommon(password, name) else {
            throw refusal(
                "This password is among the first that are tried. Choose another.", "此密码过于常见，请更换。")
        }
    }

    private func refusal(_ en: String, _ zhHans: String) -> CaseworkError {
        CaseworkError(.malformed, en, zhHans: zhHans)
    }

    private func isCommon(_ password: String, _ name: SignInName?) -> Bool {
        let scalars = Array(password.lowercased().unicodeScalars)
        guard Set(scalars).count >= 5, !Self.isRun(scalars) else { return true }
        // What people put around a word to make it long enough adds nothing, nor does putting it twice, or digits for letters.
        let letters = scalars.filter(\.properties.isAlphabetic)
        guard let first = scalars.firstIndex(where: \.properties.isAlphabetic),
            let last = scalars.lastIndex(where: \.properties.isAlphabetic)
        else { return true }
        let replaced = scalars[first...last].map(Self.plain).filter(\.properties.isAlphabetic)
        let words = CommonPasswords.words.union(name.map { Self.parts(of: $0) } ?? [])
        return [letters, replaced].contains { Self.isMade(String(String.UnicodeScalarView($0)), of: words) }
    }

    /// `a` for `@` and so on: replacing letters that way is the first thing that is tried.
    private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar {
        case "@", "4": "a"
        case "0": "o"
        case "1", "!": "i"
        case "3": "e"
        case "$", "5": "s"
        case "7": "t"
        default: scalar
        }
    }

    /// Whether each scalar follows the one before by the same step: `abcdef…`, `987654…`.
    private static func isRun(_ scalars: [Unicode.Scalar]) -> Bool {
        let steps = Set(zip(scalars.dropFirst(), scalars).map { Int64($0.value) - Int64($1.value) })
        return steps.count <= 1
    }

    private static func parts(of name: SignInName) -> Set<String> {
        let parts = name.text.split { ".-_@".contains($0) }.map(String.init)
        return Set((parts + [parts.joined()]).map { String(String.UnicodeScalarView($0.unicodeScalars.map(plain))) })
            .filter { $0.unicodeScalars.count >= 3 }
    }

    /// Whether a text is one or two of the words, one behind the other, and at most two letters besides.
    private static func isMade(_ text: String, of words: Set<String>) -> Bool {
        var rest = text[...]
        for _ in 0..<2 {
            guard let word = words.filter({ rest.hasPrefix($0) }).max(by: { $0.count < $1.count }) else { break }
            rest = rest.dropFirst(word.count)
        }
        return rest.count <= 2
    }
}

/// Words of which the commonest passwords are made, with digits read as letters.
enum CommonPasswords {
    /// Collected from what published counts of leaked passwords name first, in English and Pinyin, and from what a
    /// program like this one suggests.
    static let words: Set<String> = Set(
        """
        password passwort passwd pass qwerty qwertyuiop asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc iqaz admin
        administrator root toor login welcome letmein iloveyou monkey dragon master football baseball basketball soccer
        superman batman princess sunshine shadow michael jordan ashley bailey trustnoi starwars freedom whatever
        hello secret test testing guest user default changeme temp temporary summer winter spring autumn january
        february march april may june july august september october november december monday tuesday wednesday thursday
        friday saturday sunday computer internet google baidu tencent taobao alibaba weixin wechat company office
        service system manager woaini woaiwojia aini nihao zhongguo china beijing shanghai guangzhou dongguan shenzhen
        guangdong humen mima wodemima ceshi guanliyuan shanpei cishan juanzeng minzheng shequ almoner charity
        donation volunteer coordinator intake approver auditor abc abcd abcde abcdef abcdefg abcdefgh xyz aaa zzz
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}
