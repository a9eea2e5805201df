/// What transactions touched of what matching works on, where several nodes keep it in memory: each reads here which
/// records to read again. A file that one process owns needs none of it, and its table stays empty.
extension Schema {
    static let touches = Migration(
        number: 11, name: "registryTouches",
        statements: [
            """
            CREATE TABLE registry_touch (
                program TEXT NOT NULL,
                transaction_number BIGINT NOT NULL,
                records TEXT NOT NULL,
                CONSTRAINT registry_touch_key PRIMARY KEY (program, transaction_number)
            )
            """
        ])
}
