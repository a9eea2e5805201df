import MatchCore

/// Words about keys, people's rights, and backups.
enum SealingWords: String, Words {
    case keyFileOption, keysOption, keyFile, create, rotate, show, seal, made, there, version, madeAt, keys, path
    case rotated, rotating, sealing, sealed, notSealed, unreadable, current, keyStore, state, allSealed, openRows
    case person, export, erase, find, personHelp, reasonHelp, erased, field, record, content, since, reads, reader, role
    case list, listHousehold, listBy, seekBy, name, left, ended
    case nothingKept, noReads, findPhone, findID, nobody, holders
    case prepare, prepared, copyStore, copyStoreTo, copiedStore, nothingToCopy, notInBackup, notCopied
    case backup, backupFile, backedUp, restore, restoreFile, restored, repeated, backupTarget
    case backupThere, notInFetched

    var text: LocalizedText {
        switch self {
        case .keyFileOption:
            both(
                "主密钥文件（默认为数据库名加 .key；环境变量 ALMONER_KEY_FILE）。",
                "The file with the master keys; by default the database's name with .key (ALMONER_KEY_FILE).")
        case .keysOption:
            both(
                "密钥库：每人一把加密密钥。文件，或多台机器共用时 postgres://…（默认为数据库名加 .keys；环境变量 ALMONER_KEYS）。",
                "The key store with each person's key: a file, or postgres://… for nodes on several machines; by default the "
                    + "database's name with .keys (ALMONER_KEYS).")
        case .keyFile: both("管理加密个人资料的密钥。", "Keeps the keys under which personal fields are sealed.")
        case .create: both("生成主密钥文件；已有则不变。", "Makes the key file; one that is there stays as it is.")
        case .rotate:
            both(
                "更换主密钥：逐个重新加密每人的密钥，随后旧密钥作废；中断后再次运行即可继续。",
                "Changes the master key: wraps every person's key anew, after which the old one opens nothing. Run it again "
                    + "where it was interrupted.")
        case .show: both("查看密钥文件和密钥库的状态（不显示密钥）。", "Shows what the key file and the key store hold, never a key.")
        case .seal:
            both(
                "就地加密旧版本留下的明文个人资料；中断后再次运行即可继续。",
                "Seals what an older version left in the open, in place. Run it again where it was interrupted.")
        case .made:
            both(
                "已生成密钥文件 {file}。没有它就读不出个人资料：请另行妥善备份，切勿与数据库放在一起。",
                "made the key file {file}. Nothing personal can be read without it: keep a copy apart from the database."
            )
        case .there: both("密钥文件 {file} 已存在，没有改动。", "The key file {file} is there already; nothing was changed.")
        case .version: both("主密钥版本", "master key")
        case .madeAt: both("生成时间", "made")
        case .keys: both("个人密钥数", "persons' keys")
        case .path: both("密钥文件", "key file")
        case .keyStore: both("密钥库", "key store")
        case .state: both("个人资料", "personal fields")
        case .rotating: both("重新加密个人密钥", "Wrapping persons' keys anew")
        case .rotated:
            both("主密钥现为第 {version} 版，旧版已作废。", "The master key is version {version}; the old one opens nothing.")
        case .sealing: both("加密个人资料", "Sealing personal fields")
        case .sealed:
            both("已加密 {count} 行；库中不再有明文个人资料。", "Sealed {count} {count:row|rows}; nothing personal stands in the open.")
        case .notSealed:
            both(
                "数据库中有 {count} 行个人资料是明文（旧版本写入）。请运行：almoner key-file seal",
                "{count} {count:row of this database holds|rows of this database hold} personal fields in the open, from an older version. Run: almoner key-file "
                    + "seal")
        case .unreadable:
            both(
                "有 {count} 条心愿或资源的旧资料无法读取，已略过、保持原样。almoner doctor 会指出第一处。",
                "{count} {count:wish or offer|wishes or offers} of an older version cannot be read and {count:was|were} passed over; almoner doctor "
                    + "names the first.")
        case .current: both("当前", "current")
        case .allSealed: both("全部已加密", "all sealed")
        case .openRows: both("{count} 行是明文", "{count} {count:row|rows} in the open")
        case .person: both("个人的权利：导出和删除其资料。", "A person's rights: everything that is kept of them, and its end.")
        case .export:
            both("导出某人的全部资料，以及谁看过。", "Hands out everything that is kept of a person, with who read it.")
        case .erase:
            both(
                "删除某人的资料：销毁其密钥并清除内容，备份中的也无法恢复；台账和历史保留。",
                "Erases a person: their key is destroyed and the content taken away, dead in backups too; ledger and history "
                    + "stay.")
        case .find:
            both(
                "按电话或证件号查找某人：其申请、家庭和家庭成员的编号。",
                "Finds a person by telephone or identity number: their requests, household and its members, with ids.")
        case .list:
            both(
                "列出一个家庭的成员，或一个心愿的申请人及其家庭成员，含编号。",
                "Lists who lives in a household, or whose a wish is and who lives with them, with ids.")
        case .listHousehold: both("家庭档案编号，或档案中任一心愿的编号。", "The household's file: its id, or any wish in it.")
        case .listBy: both("请填写 --household 或 --wish。", "Say whose: --household ID or --wish WISH.")
        case .seekBy: both("请填写 --phone 或 --id-number。", "Say by what: --phone NUMBER or --id-number NUMBER.")
        case .name: both("姓名或心愿", "name or wish")
        case .left: both("离户", "left")
        case .ended: both("至", "until")
        case .personHelp:
            both(
                "心愿、家庭、家庭成员、主体或受理记录的编号。",
                "The id of a wish, a household, a member of one, a party or an inbound record.")
        case .reasonHelp: both("理由代码，例如 personAsked。", "Why: a code, such as personAsked.")
        case .erased:
            both(
                "已删除：{holders} 个记录主体，{items} 项内容。",
                "Erased: {holders} {holders:holder|holders} of records, {items} {items:thing|things} that were kept.")
        case .field: both("内容", "field")
        case .record: both("所在记录", "record")
        case .content: both("保存的内容", "what is kept")
        case .since: both("时间", "since")
        case .reads: both("查看记录", "who was shown something")
        case .reader: both("查看人", "by")
        case .role: both("角色", "role")
        case .nothingKept: both("没有保存任何内容。", "Nothing is kept.")
        case .noReads: both("无人查看过。", "Nobody was shown anything.")
        case .findPhone: both("电话号码。", "The telephone.")
        case .findID: both("身份证件号码。", "The identity number.")
        case .nobody: both("没有找到。", "Nobody was found.")
        case .holders: both("记录", "records")
        case .prepare:
            both(
                "只把新主密钥加入密钥文件，尚不启用：先把文件复制到每台机器，再运行 rotate。",
                "Only adds the new master key to the file: copy the file to every machine, then run rotate.")
        case .prepared:
            both(
                "{file} 已含主密钥第 {version} 版。请把它复制到每台机器，然后运行：almoner key-file rotate",
                "{file} has master key {version} now. Copy it to every machine, then run: almoner key-file rotate")
        case .copyStore:
            both(
                "把密钥库复制到另一处（文件到服务器，或反向），含已删除名单。例：almoner key-file copy-store postgres://almoner@keys/almoner_keys",
                "Copies the key store, its list of erasures included, from a file to a server or back, such as: almoner "
                    + "key-file copy-store postgres://almoner@keys/almoner_keys")
        case .copyStoreTo: both("目标密钥库；须为空。", "The key store to copy into; it must be empty.")
        case .copiedStore:
            both(
                "已把 {keys} 把密钥和 {erasures} 项删除从 {from} 复制到 {to}。请改用 --keys 指定新的，并销毁旧的。",
                "Copied {keys} {keys:key|keys} and {erasures} {erasures:erasure|erasures} from {from} to {to}. Name the new one with --keys from now on, and "
                    + "destroy the old one.")
        case .nothingToCopy:
            both("{store} 中没有可复制的密钥，或与目标相同。", "There are no keys to copy in {store}, or it is the target itself.")
        case .notInBackup:
            both(
                "备份中没有密钥。请另行备份密钥文件 {file}（长期）和密钥库 {store}（至多保留 30 天）。",
                "No key is in it. Back up apart: the key file {file}, for good; the key store {store}, for 30 days at most."
            )
        case .notCopied:
            both(
                "密钥没有复制：请为新数据库继续用原密钥文件（--key-file {file}，或复制为 {target}）和原密钥库（--keys {store}），或用 almoner key-file copy-store 移动密钥库。",
                "Keys were not copied: the new database needs the same key file (--key-file {file}, or copied to {target}) and "
                    + "the same key store (--keys {store}, or moved with almoner key-file copy-store).")
        case .backup:
            both(
                "备份数据库：在线、一致、加密，附哈希清单；不含任何密钥。",
                "Backs the database up: online, consistent, encrypted, with a manifest of hashes; no key is in it.")
        case .backupFile: both("备份文件名（须尚不存在）。", "The file to make; it must not be there.")
        case .backedUp:
            both(
                "已备份到 {file}：{bytes} 字节，{chunks} 块。",
                "Backed up to {file}: {bytes} {bytes:byte|bytes} in {chunks} {chunks:chunk|chunks}.")
        case .restore:
            both(
                "从备份恢复数据库，并重新执行此后的删除；目标处不得已有数据库。",
                "Restores a backup where there is no database, and repeats the erasures made since.")
        case .restoreFile: both("备份文件。", "The backup.")
        case .restored: both("已恢复到 {file}。", "Restored to {file}.")
        case .repeated:
            both("已重新执行 {count} 项删除。", "Repeated {count} {count:erasure that was|erasures that were} made since.")
        case .backupTarget: both("数据库", "database")
        case .backupThere: both("{file} 已存在。请换一个文件名。", "{file} is there already. Name a file that is not.")
        case .notInFetched:
            both(
                "备份中没有密钥。请在服务器上另行备份密钥文件（长期）和密钥库（至多保留 30 天）。",
                "No key is in it. Back up apart, where the server is: the key file, for good; the key store, for 30 days at most."
            )
        }
    }
}
