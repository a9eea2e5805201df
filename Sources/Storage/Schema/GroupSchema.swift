/// The groups that follow from each household's file: sealed as the file is, by which list they were derived, and until when
/// they hold. They stand with the file, so that every node matches by the same ones.
extension Schema {
    static let groups = Migration(
        number: 20, name: "groups",
        statements: [
            "ALTER TABLE household ADD COLUMN groups_sealed TEXT",
            // Of before there were any: another list's, so that the runner derives them.
            "ALTER TABLE household ADD COLUMN groups_by TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE household ADD COLUMN groups_due BIGINT",
            "CREATE INDEX household_groups_due ON household (program, groups_by, groups_due, id)",
            "CREATE INDEX household_with_groups ON household (program, id) WHERE groups_sealed IS NOT NULL",
        ])
}
