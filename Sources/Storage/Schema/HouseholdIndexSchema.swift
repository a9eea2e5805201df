/// Without statistics SQLite takes a covering index over a better one: the file of a wish was found by reading every file
/// of the program, so the index of that question covers its answer.
extension Schema {
    static let householdIndex = Migration(
        number: 12, name: "householdIndex",
        statements: [
            "DROP INDEX household_wish_of_wish",
            "CREATE INDEX household_wish_of_wish ON household_wish (program, wish_id, household_id)",
        ])
}
