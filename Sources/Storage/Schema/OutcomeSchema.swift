/// How each wish was closed: fulfilled, in part, or not at all.
extension Schema {
    static let outcomes = Migration(
        number: 9, name: "outcomes", statements: ["ALTER TABLE wish_case ADD COLUMN outcome TEXT"])
}
