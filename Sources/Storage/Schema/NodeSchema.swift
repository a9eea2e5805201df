/// Which nodes serve a program: a row for each.
extension Schema {
    static let nodes = Migration(
        number: 14, name: Migrator.nodes,
        statements: [
            """
            CREATE TABLE node_lease (
                program TEXT NOT NULL REFERENCES program (program),
                node TEXT NOT NULL,
                schema_number BIGINT NOT NULL,
                until_at BIGINT NOT NULL,
                CONSTRAINT node_lease_key PRIMARY KEY (program, node)
            )
            """
        ], oldest: 13)
}
