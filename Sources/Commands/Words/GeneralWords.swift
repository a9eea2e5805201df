import MatchCore

/// Words that stand in every part of the command line.
enum GeneralWords: String, Words {
    case error, note, warning, advice, place, didYouMean, or, listSeparator, timeLeft, none, yes, no, notStated
    case unexpected, unexpectedAdvice, usageAdvice
    case ambiguous, more, tooSmall, outOfRange, noEffect
    case zhHansName, enName

    var text: LocalizedText {
        switch self {
        case .error: both("错误", "error")
        case .note: both("提示", "note")
        case .warning: both("注意", "warning")
        case .advice: both("怎么办", "what to do")
        case .place: both("位置", "where")
        case .didYouMean: both("您是不是要找：{names}？", "Did you mean {names}?")
        case .or: both(" 或 ", " or ")
        case .listSeparator: both("、", ", ")
        case .timeLeft: both("还需 {time}", "{time} left")
        case .none: both("无", "none")
        case .yes: both("是", "yes")
        case .no: both("否", "no")
        case .notStated: both("未填", "not stated")
        case .unexpected: both("程序遇到了意外情况：{cause}", "Something unexpected happened: {cause}")
        case .unexpectedAdvice:
            both(
                "数据没有改动。请把这段文字连同所用的命令告诉维护者。",
                "Nothing was changed. Please send this text and the command to whoever maintains Almoner.")
        case .usageAdvice: both("加上 --help 查看用法。", "Add --help to see how the command is used.")
        case .ambiguous: both("“{name}”可以指几个：{names}。", "'{name}' could mean any of these: {names}.")
        case .tooSmall:
            both("{option} 至少为 {least}，收到的是 {value}。", "{option} must be {least} or more, and {value} was given.")
        case .outOfRange:
            both("{option} 须在 {low}…{high} 之内，收到的是 {value}。", "{option} must be {low}…{high}, and {value} was given.")
        case .noEffect: both("{option} 在这里不起作用。", "{option} would have no effect here.")
        case .more: both("等 {count} 项", "and {count} more")
        case .zhHansName: both("中文名称", "Chinese name")
        case .enName: both("英文名称", "English name")
        }
    }
}
