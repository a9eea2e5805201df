/// Who is on which duty: one row for each duty of a program.
extension Schema {
    static let duties = Migration(
        number: 3, name: "duties",
        statements: [
            """
            CREATE TABLE duty_lease (
                program TEXT NOT NULL REFERENCES program (program),
                duty TEXT NOT NULL,
                node TEXT NOT NULL,
                until_at BIGINT NOT NULL,
                CONSTRAINT duty_lease_key PRIMARY KEY (program, duty)
            )
            """
        ])
}
