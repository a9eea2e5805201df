internal import Casework

/// What is open and what is overdue is asked for every day, and is found without passing what ended long ago.
extension Schema {
    static let openWork = Migration(
        number: 16, name: "openWork",
        statements: [
            "CREATE INDEX wish_case_received ON wish_case (program, received_at, wish_id)",
            "CREATE INDEX clock_due_running ON clock_due (program, due_at, clock_id, since_at, area) "
                + "WHERE until_at = \(Moment.holds.milliseconds)",
        ], oldest: 15)
}
