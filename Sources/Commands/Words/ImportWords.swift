import MatchCore

/// Words of the import.
enum ImportWords: String, Words {
    case areasLost, wrongKind, noMapping, noMappingFile, areaSource, areaRejects, noMappingAdvice, cannotWrite,
        importing,
        warnings, faults, summary,
        refused, dryRun
    case rejected, unknownTable, historiesWhole, approvedWishes, notThrough, brokenOff, fetching

    var text: LocalizedText {
        switch self {
        case .approvedWishes:
            both(
                "--approved 只用于导入并立案的心愿，不能与 --register-only 同用。",
                "--approved is for wishes whose cases are opened; it does not go with other files or --register-only.")
        case .historiesWhole:
            both(
                "导入历史时不支持此选项：文件要么全部导入，要么全部拒绝。",
                "Histories are imported whole or refused whole; this option is not for them.")
        case .notThrough:
            both("经服务导入时不能使用 {option}。", "{option} does not go through a server.")
        case .brokenOff:
            both(
                "服务的答复不完整。请以同样的命令重试：已写入的行不会重复。",
                "The server's answer broke off. Run the command again: rows that were stored are not stored twice.")
        case .fetching: both("下载", "fetching")
        case .areasLost:
            both(
                "文件少了已有的 {count} 个区划（{codes} …），登记可能就在那里。请补上，或在数据目录中改名后另行导入。",
                "{count} {count:area that is|areas that are} there already {count:is|are} not in the file ({codes} …), and records may "
                    + "lie in {count:it|them}. Add {count:it|them}, or give the mapping another source.")
        case .wrongKind:
            both("映射文件写的是 {map}，命令要导入的是 {kind}。", "The mapping is for {map}, and the command imports {kind}.")
        case .noMapping: both("找不到映射文件 {file}。", "The mapping file {file} is not there.")
        case .noMappingAdvice:
            both(
                "写法见 Data/mappings/README.md，旁边有现成的例子。",
                "Data/mappings/README.md describes one; examples are beside it.")
        case .areaSource:
            both(
                "来源“{source}”将作文件名，只能用字母、数字、“-”和“_”。",
                "The source '{source}' names a file: write it with letters, digits, '-' and '_' only.")
        case .areaRejects:
            both(
                "区划须整份导入，不能用 --rejects。", "Areas are taken whole or not at all; --rejects does not go with them.")
        case .noMappingFile: both("{file} 不是可以读取的文件。", "{file} is not a file that can be read.")
        case .cannotWrite: both("无法写入 {file}。", "The file {file} cannot be written.")
        case .importing: both("导入", "importing")
        case .warnings: both("注意 {count} 处：", "Warnings: {count}")
        case .faults: both("{count} 行有误：", "Rows at fault: {count}")
        case .summary:
            both(
                "读入 {rows} 行：新增 {created}，更新 {changed}，未变 {unchanged}，跳过 {skipped}。",
                "{rows} {rows:row|rows}: {created} created, {changed} changed, {unchanged} unchanged, {skipped} skipped."
            )
        case .refused:
            both(
                "文件被拒绝，什么也没有写入。改正后重试，或用 --rejects 文件名 只写入正确的行。",
                "The file was refused and nothing was stored. Correct it, or keep the good rows with --rejects FILE.")
        case .dryRun: both("这是演练，什么也没有写入。", "This was a dry run; nothing was stored.")
        case .unknownTable:
            both(
                "--table {option}：应写成 名称=文件；该映射的附表有：{known}。",
                "--table {option}: write it as NAME=FILE; the mapping's tables are: {known}.")
        case .rejected: both("有误的行连同原因写在 {file}。", "The rows at fault, with the reasons, are in {file}.")
        }
    }
}
