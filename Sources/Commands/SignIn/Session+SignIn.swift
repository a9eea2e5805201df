import Casework
import Exchange
import Foundation
import MatchCore
import OpenID
import Operations
import Passwords

extension Session {
    /// What signing in takes, as the data directory declares it.
    func signInMeans() throws -> SignInMeans {
        let rules = try dataDirectory().signInRules()
        let passwords = Argon2Passwords(rules.work)
        guard let declared = rules.directory else { return SignInMeans(rules: rules, passwords: passwords) }
        let secret = try declared.secretFile.map { path in
            guard let text = try? String(contentsOfFile: path, encoding: .utf8),
                let line = text.split(whereSeparator: \.isNewline).first
            else { throw CommandError(.refused, ServeWords.noToken.filled(["file": path])) }
            return line.trimmingCharacters(in: .whitespaces)
        }
        return SignInMeans(
            rules: rules, passwords: passwords, directory: OpenIDDirectory(declared, secret: secret))
    }
}
