import Casework
import Testing
import Wire

@testable import Passwords

/// Passwords are hashed with what is declared, and nothing tells them apart but being right.
@Suite struct Argon2Tests {
    private func passwords(_ work: SignInRules.Work = .init(), most: Int = 64) -> Argon2Passwords {
        Argon2Passwords(work, most: most)
    }

    @Test func theRightPasswordIsRightAndNoOther() async throws {
        let passwords = passwords()
        let hash = try await passwords.hash("七只安静的鹭 seven")
        #expect(hash.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
        #expect(!hash.contains("seven"))
        #expect(try await passwords.check("七只安静的鹭 seven", against: hash) == .right(renewed: nil))
        for wrong in ["七只安静的鹭 sevem", "七只安静的鹭 seven ", "", String(repeating: "x", count: 500)] {
            #expect(try await passwords.check(wrong, against: hash) == .wrong)
        }
        #expect(try await passwords.hash("七只安静的鹭 seven") != hash, "each has a salt of its own")
    }

    @Test func anAccentTypedAsOneOrAsTwoIsTheSamePassword() async throws {
        let hash = try await passwords().hash("caf\u{E9} au lait")
        #expect(try await passwords().check("cafe\u{301} au lait", against: hash) == .right(renewed: nil))
    }

    /// The library's own answer to a published question: its test vectors for Argon2id v19, m = 2^16, t = 2, p = 1.
    @Test func itIsArgon2id() {
        let published =
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
        #expect(Argon2Work(.init()).isRight(Array("password".utf8), for: published))
        #expect(!Argon2Work(.init()).isRight(Array("Password".utf8), for: published))
    }

    @Test func aPasswordIsHashedAnewWhenMoreIsDeclared() async throws {
        let old = try await passwords().hash("seven quiet herons")
        let stronger = passwords(.init(memory: 20_480, passes: 3))
        guard case .right(let renewed?) = try await stronger.check("seven quiet herons", against: old) else {
            Issue.record("not renewed")
            return
        }
        #expect(renewed.contains("m=20480,t=3,p=1"))
        #expect(try await stronger.check("seven quiet herons", against: renewed) == .right(renewed: nil))
        #expect(
            try await passwords().check("seven quiet herons", against: renewed) == .right(renewed: nil), "never less")
    }

    @Test func whatIsNotThereIsWrongAndTakesAsLong() async throws {
        let passwords = passwords()
        let hash = try await passwords.hash("seven quiet herons")
        _ = try await passwords.check("x", against: nil)  // makes what it is compared with
        // The least of several taken by turns: what else the machine does makes times longer, and never shorter.
        var least: [String?: Duration] = [:]
        for number in 0..<16 {
            let asked = number.isMultiple(of: 2) ? hash : nil
            let begun = ContinuousClock.now
            #expect(try await passwords.check("wrong", against: asked) == .wrong)
            least[asked] = min(least[asked] ?? .seconds(60), ContinuousClock.now - begun)
        }
        let (there, nowhere) = (try #require(least[hash]), try #require(least[nil]))
        #expect((0.4...2.5).contains(nowhere / there), "\(there) \(nowhere)")
    }

    @Test func aStoredStringCannotAskForTheWholeMachine() async throws {
        let greedy = "$argon2id$v=19$m=4194304,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
        for text in [
            greedy, "", "$2b$12$abc", "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$aaaa", "$argon2id$v=19$m=,t=2$a$b",
        ] {
            #expect(try await passwords().check("password", against: text) == .wrong)
        }
    }

    @Test func aCrowdIsAskedToComeBack() async throws {
        let passwords = passwords(most: 4)
        let refused = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    do {
                        _ = try await passwords.check("x", against: nil)
                        return false
                    } catch let problem as Problem {
                        #expect(problem.kind == .unavailable && problem.retryAfterSeconds != nil)
                        return true
                    }
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect((1...16).contains(refused), "\(refused)")
        #expect(try await passwords.check("x", against: nil) == .wrong, "and then it goes on")
    }
}
