import MatchCore

/// What the process says when it ends. Scripts rely on the numbers; they never change their meaning.
public enum ExitStatus: Int32, Sendable, CaseIterable {
    case success = 0
    /// The command did its work and found what should not be: differences, faults, warnings of `doctor`.
    case differences = 1
    /// The command was called in a way it does not understand.
    case usage = 2
    /// A file, or a value in one, was refused; nothing was changed.
    case refused = 3
    /// What was asked for is not there.
    case notFound = 4
    /// The database is in use by another process, damaged, of another version, or cannot be reached.
    case database = 5
    /// A fault of the program or of the machine: no room on the disk, a file that cannot be read.
    case failure = 6

    var meaning: LocalizedText {
        switch self {
        case .success: both("成功", "done")
        case .differences: both("已完成，但发现差异或问题", "done, and differences or faults were found")
        case .usage: both("用法不对", "the command was used in a way it does not understand")
        case .refused: both("输入被拒绝，什么也没有改动", "input was refused; nothing was changed")
        case .notFound: both("找不到所指的对象", "what was named is not there")
        case .database: both("数据库被占用、损坏或不可用", "the database is locked, damaged or unavailable")
        case .failure: both("程序或机器出了问题", "a fault of the program or the machine")
        }
    }

    /// What `--json` calls it.
    var code: String {
        switch self {
        case .success: "success"
        case .differences: "differences"
        case .usage: "usage"
        case .refused: "refused"
        case .notFound: "notFound"
        case .database: "database"
        case .failure: "failure"
        }
    }

    static func listing(in language: Language) -> String {
        allCases.map { "  \($0.rawValue)  \($0.meaning[language])" }.joined(separator: "\n")
    }
}
