/// How an offer is worded is sealed with its place, under the key of its party: it may name a person, and goes with them.
extension Schema {
    static let offerWords = Migration(
        number: 24, name: "offerWords",
        statements: [
            // Rows of before they were sealed: looked for at each start, and soon none; see ``OldRows``.
            "CREATE INDEX offer_open ON offer (program, id) WHERE (wording <> '' OR latitude_e7 IS NOT NULL)"
        ])
}
