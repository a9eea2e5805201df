/// What is answered again for an `Idempotency-Key` dies with the people it speaks of, and lists of suggestions are sealed.
extension Schema {
    static let replays = Migration(
        number: 21, name: "replays",
        statements: [
            // The people under whose keys an answer is sealed, '' for nobody; NULL where it is no longer kept.
            "ALTER TABLE key_use ADD COLUMN bound_to TEXT",
            // What was kept before was bound to nobody: that it was answered stays, and what was answered goes. Its digests
            // are keyed when the program is opened; see ``OldRows``.
            "UPDATE key_use SET answer = digest, bound_to = 'open' WHERE answer IS NOT NULL",
            "CREATE INDEX key_use_open ON key_use (program) WHERE bound_to = 'open'",
            // Rows of before they were sealed: looked for at each start, and soon none.
            "CREATE INDEX suggestion_open ON suggestion (program) WHERE digest <> ''",
            "CREATE INDEX past_suggestion_open ON past_suggestion (program) WHERE digest <> ''",
            "CREATE INDEX wish_open_hardship ON wish (program) WHERE hardship IS NOT NULL",
        ])
}
