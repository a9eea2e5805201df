import MatchCore
import Storage

/// Words about the database.
enum StoreWords: String, Words {
    case noProgram, noProgramAdvice, unknownAddress, unknownAddressAdvice, unknownAddressWord, unknownAddressWordAdvice
    case foreign, foreignAdvice, badProgram, badProgramAdvice
    case madeTables, madeProgram, madeProfile, ready, alreadyThere, lockedAdvice
    case locked, busy, conflict, cannotOpen, damaged, otherVersion, full, unreadable, faulty, outputInUse, outputNoFile

    var text: LocalizedText {
        switch self {
        case .noProgram: both("数据库 {database} 中没有项目“{program}”。", "The database {database} has no program '{program}'.")
        case .noProgramAdvice:
            both(
                "用 --program 选已有的项目（{programs}），或用 `almoner init --program {program}` 建立。",
                "Choose one with --program (there is: {programs}), or make it with `almoner init --program {program}`.")
        case .unknownAddress: both("不认识的数据库地址：{address}", "This is no database address that is understood: {address}")
        case .unknownAddressAdvice:
            both(
                "请写成 sqlite:路径（例如 sqlite:almoner.db），或 postgres://用户@主机/数据库。",
                "Write it as sqlite:PATH, such as sqlite:almoner.db, or as postgres://USER@HOST/DATABASE.")
        case .unknownAddressWord:
            both(
                "PostgreSQL 地址中的“{word}”不是 libpq 的参数。",
                "libpq has no parameter '{word}', which the PostgreSQL address names.")
        case .unknownAddressWordAdvice:
            both(
                "问号后可写 libpq 的参数，例如 sslmode、sslrootcert、connect_timeout、application_name、target_session_attrs。",
                "After the question mark stand libpq's parameters, such as sslmode, sslrootcert, connect_timeout, application_name "
                    + "or target_session_attrs.")
        case .outputInUse:
            both(
                "{file} 是本命令正在使用的文件，不能写在上面。请换一个名字。",
                "{file} is a file that this command uses; it must not be written over. Choose another name.")
        case .outputNoFile:
            both("{file} 已存在且不是普通文件，不能替换。", "{file} exists and is no regular file; it is not replaced.")
        case .foreign:
            both(
                "{path} 是别的程序的数据库（有表 {tables}），没有改动它。",
                "{path} is a database of another program (it has the tables {tables}); it was left as it is.")
        case .foreignAdvice:
            both("请用 --database 指定另一个文件。", "Name another file with --database.")
        case .badProgram: both("“{program}”不能作项目代码。", "'{program}' cannot be the code of a program.")
        case .badProgramAdvice:
            both(
                "请用 1–64 个字符：字母 A–Z、a–z、数字、“-”、“_”、“.”，例如 dongguan。",
                "Use 1 to 64 characters: letters A–Z and a–z, digits, '-', '_' and '.', such as dongguan.")
        case .madeTables: both("建立数据表", "made the tables")
        case .madeProgram: both("建立项目", "made the program")
        case .madeProfile: both("发布评分方案 default@1", "published the scoring profile default@1")
        case .ready: both("已就绪：{database}，项目 {program}。", "Ready: {database}, program {program}.")
        case .alreadyThere: both("一切都已存在，没有改动。", "All of it was there already; nothing was changed.")
        case .lockedAdvice:
            both(
                "等占用它的程序结束后再试。", "Try again when the program that holds it has ended.")
        case .locked:
            both(
                "数据库正被另一个进程使用。等它结束，或先停掉它，再试一次。",
                "Another process has the database open. Wait until it has ended, or stop it first.")
        case .busy: both("数据库正忙：{cause}", "The database is busy: {cause}")
        case .conflict: both("与数据库中的现状冲突：{cause}", "The database holds something else: {cause}")
        case .cannotOpen:
            both(
                "打不开数据库。还没有的话，请先用 `almoner init` 建立。",
                "The database cannot be opened. Make it with `almoner init` if there is none yet.")
        case .damaged: both("文件已损坏，或不是数据库。请从备份恢复。", "The file is damaged or no database. Restore a backup.")
        case .otherVersion:
            both("数据库属于另一版本的程序：{cause}", "The database is of another version of the program: {cause}")
        case .full: both("磁盘已满，没有写入。请腾出空间后重试。", "The disk is full; nothing was stored. Make room and try again.")
        case .unreadable: both("读写磁盘失败：{cause}", "The disk could not be read or written: {cause}")
        case .faulty: both("数据库出错：{cause}", "The database reports a fault: {cause}")
        }
    }

    /// What a fault of the store means to the person at the keyboard.
    static func fault(_ error: DatabaseError) -> StoreWords {
        switch error.code {
        case .lockedByAnotherProcess: .locked
        case .busy: .busy
        case .conflict: .conflict
        case .cannotOpen: .cannotOpen
        case .corrupt, .notADatabase: .damaged
        case .schemaNewer, .schemaOlder, .schemaMismatch: .otherVersion
        case .storageFull: .full
        case .inputOutput: .unreadable
        default: .faulty
        }
    }
}
