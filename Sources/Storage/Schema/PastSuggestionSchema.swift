/// Lists of suggestions that were chosen from and have been replaced since: what tuning learns from.
extension Schema {
    static let pastSuggestions = Migration(
        number: 7, name: "pastSuggestions",
        statements: [
            """
            CREATE TABLE past_suggestion (
                program TEXT NOT NULL,
                wish_id TEXT NOT NULL,
                wish_line BIGINT NOT NULL,
                as_of BIGINT NOT NULL,
                place BIGINT NOT NULL,
                offer_id TEXT NOT NULL,
                offer_line BIGINT NOT NULL,
                profile TEXT NOT NULL,
                total BIGINT,
                entries TEXT NOT NULL,
                digest TEXT NOT NULL,
                CONSTRAINT past_suggestion_key PRIMARY KEY (program, wish_id, wish_line, as_of, place),
                CONSTRAINT past_suggestion_wish FOREIGN KEY (program, wish_id) REFERENCES wish (program, id),
                CONSTRAINT past_suggestion_offer FOREIGN KEY (program, offer_id) REFERENCES offer (program, id)
            )
            """
        ])
}
