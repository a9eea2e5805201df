import MatchCore

/// Words about who sees what.
enum AccessWords: String, Words {
    case access, table, role, record, stage, reach, parts, operation, who, admins, command, gate, seen, asked, commands
    case openings, until, agreed, nobody

    var text: LocalizedText {
        switch self {
        case .access: both("谁能看到什么。", "Says who sees what.")
        case .table:
            both(
                "打印访问表：角色 × 记录 × 阶段 → 可见内容；每个操作和命令的归属。",
                "Prints the table of access: role × record × stage, and what of it is seen; and the row of each operation and "
                    + "command.")
        case .role: both("角色", "role")
        case .record: both("记录", "record")
        case .stage: both("阶段", "stage")
        case .reach: both("范围", "which")
        case .parts: both("可见内容", "what is seen")
        case .operation: both("操作", "operation")
        case .who: both("可执行的角色（管理员均可）", "who may ask, besides admins")
        case .admins: both("仅管理员", "admins alone")
        case .command: both("命令", "command")
        case .gate: both("经由", "through")
        case .seen: both("所见：未列出的一律不可见。", "What is seen; what no row shows is not.")
        case .asked: both("操作：谁可以执行，返回何种记录。", "Operations: who may ask, and for which record.")
        case .openings: both("例外查看", "Shown to people who do not see it otherwise")
        case .until: both("查看至", "until")
        case .agreed: both("同意人", "agreed")
        case .nobody: both("未获同意", "nobody agreed")
        case .commands: both("命令：经由何处接触记录。", "Commands: through what they reach records.")
        }
    }
}
