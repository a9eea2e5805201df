/// Wishes by their due time and by their urgency, offers by their end, each state apart: a page of what is open is found without
/// sorting it, nor going through what is closed.
extension Schema {
    static let listOrder = Migration(
        number: 23, name: "listOrder",
        statements: [
            "CREATE INDEX wish_by_due ON wish (program, state, (COALESCE(due_at, 9223372036854775807)), id)",
            """
            CREATE INDEX wish_by_urgency ON wish (program, state,
                (CASE urgency WHEN 'critical' THEN 0 WHEN 'urgent' THEN 1 ELSE 2 END), id)
            """,
            "CREATE INDEX offer_by_end ON offer (program, state, (COALESCE(last_day, 9223372036854775807)), id)",
        ], oldest: 21)
}
