import Testing

@testable import Storage

/// What keeps a node out for good, and what passes.
@Suite struct RefusalTests {
    @Test(arguments: [
        (#"connection to server at "db" failed: FATAL:  too many connections for role "almoner""#, true),
        (#"connection to server at "db" failed: FATAL:  too many connections for database "almoner""#, true),
        (#"connection to server at "db" failed: FATAL:  sorry, too many clients already"#, true),
        (#"connection to server at "db" failed: FATAL:  the database system is starting up"#, true),
        (#"connection to server at "db" failed: Connection refused"#, true),
        (#"connection to server at "db" failed: FATAL:  role "almoner" does not exist"#, false),
        (#"connection to server at "db" failed: FATAL:  role "almoner" is not permitted to log in"#, false),
        (#"connection to server at "db" failed: FATAL:  password authentication failed for user "almoner""#, false),
    ])
    func whatPassesIsALostConnection(words: String, passes: Bool) {
        #expect(PostgreSQLLink.refusal(saying: words + "\n").code == (passes ? .connectionLost : .cannotOpen))
    }
}
