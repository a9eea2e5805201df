#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Asks for what nobody should read over a shoulder, or in the list of processes: on a terminal without echo, else the next
/// line of the input.
enum SecretPrompt {
    /// Asks on the error stream and reads a line; nil at the end of the input.
    static func read(_ question: String, isSecret: Bool = true) -> String? {
        guard isatty(STDIN_FILENO) == 1 else { return readLine() }
        StandardStreams.writeError(question)
        guard isSecret else { return readLine() }
        var settings = termios()
        guard tcgetattr(STDIN_FILENO, &settings) == 0 else { return readLine() }
        var silent = settings
        silent.c_lflag &= ~tcflag_t(ECHO)
        // What was typed ahead was shown already.
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
            StandardStreams.writeError("\n")
        }
        return readLine()
    }
}

extension Session {
    /// A line that a person types, or the next line of the input. Throws `usage` where there is none.
    func ask(_ question: AccountWords, isSecret: Bool = true) throws -> String {
        guard let answer = SecretPrompt.read(question[language], isSecret: isSecret), !answer.isEmpty else {
            throw CommandError(.usage, AccountWords.noInput.text)
        }
        return answer
    }

    /// The same for what may be left out: nil for an empty line.
    func askPerhaps(_ question: AccountWords) -> String? {
        SecretPrompt.read(question[language]).flatMap { $0.isEmpty ? nil : $0 }
    }
}
