/// The tables of casework: the life of a wish, claims, history, clocks, households, intake and approvals.
///
/// `BIGINT` 9223372036854775807 in an `until_at` means that the row still holds.
extension Schema {
    static let casework = Migration(
        number: 2, name: "casework",
        statements: claimTables + historyTables + wishTables + clockTables + householdTables + intakeTables
            + approvalTables)

    private static let claimTables = [
        """
        CREATE TABLE claim (
            program TEXT NOT NULL,
            id TEXT NOT NULL,
            offer_id TEXT NOT NULL,
            offer_line BIGINT NOT NULL,
            wish_id TEXT NOT NULL,
            wish_line BIGINT NOT NULL,
            party_id TEXT NOT NULL,
            quantity BIGINT NOT NULL,
            state TEXT NOT NULL,
            answer_hours BIGINT NOT NULL,
            dispatch_hours BIGINT NOT NULL,
            renewals_allowed BIGINT NOT NULL,
            lease_end BIGINT,
            lease_renewals BIGINT NOT NULL,
            legs TEXT NOT NULL,
            version BIGINT NOT NULL,
            made_at BIGINT NOT NULL,
            changed_at BIGINT NOT NULL,
            CONSTRAINT claim_key PRIMARY KEY (program, id),
            CONSTRAINT claim_quantity CHECK (quantity > 0),
            CONSTRAINT claim_lease CHECK ((state IN ('proposed', 'accepted')) = (lease_end IS NOT NULL)),
            CONSTRAINT claim_offer_line FOREIGN KEY (program, offer_id, offer_line)
                REFERENCES offer_line (program, offer_id, line),
            CONSTRAINT claim_wish_line FOREIGN KEY (program, wish_id, wish_line)
                REFERENCES wish_line (program, wish_id, line),
            CONSTRAINT claim_party FOREIGN KEY (program, party_id) REFERENCES party (program, id)
        )
        """,
        "CREATE INDEX claim_of_wish ON claim (program, wish_id)",
        "CREATE INDEX claim_of_offer ON claim (program, offer_id, offer_line)",
        "CREATE INDEX claim_of_party ON claim (program, party_id, changed_at)",
        "CREATE INDEX claim_lease_end ON claim (program, lease_end) WHERE lease_end IS NOT NULL",
        "CREATE INDEX claim_in_state ON claim (program, state, changed_at, id)",
        """
        CREATE TABLE claim_queue (
            program TEXT NOT NULL,
            id TEXT NOT NULL,
            offer_id TEXT NOT NULL,
            offer_line BIGINT NOT NULL,
            wish_id TEXT NOT NULL,
            wish_line BIGINT NOT NULL,
            quantity BIGINT NOT NULL,
            least BIGINT NOT NULL,
            since_at BIGINT NOT NULL,
            CONSTRAINT claim_queue_key PRIMARY KEY (program, id),
            CONSTRAINT claim_queue_place UNIQUE (program, offer_id, offer_line, wish_id, wish_line),
            CONSTRAINT claim_queue_least CHECK (least >= 1 AND least <= quantity),
            CONSTRAINT claim_queue_offer FOREIGN KEY (program, offer_id, offer_line)
                REFERENCES offer_line (program, offer_id, line),
            CONSTRAINT claim_queue_wish FOREIGN KEY (program, wish_id, wish_line)
                REFERENCES wish_line (program, wish_id, line)
        )
        """,
        """
        CREATE TABLE fund_budget (
            program TEXT NOT NULL,
            offer_id TEXT NOT NULL,
            line BIGINT NOT NULL,
            party_id TEXT NOT NULL,
            first_day BIGINT NOT NULL,
            last_day BIGINT NOT NULL,
            CONSTRAINT fund_budget_key PRIMARY KEY (program, offer_id, line),
            CONSTRAINT fund_budget_days CHECK (first_day <= last_day),
            CONSTRAINT fund_budget_line FOREIGN KEY (program, offer_id, line)
                REFERENCES offer_line (program, offer_id, line)
        )
        """,
    ]

    // Rows of `history` are only ever added: see `HistoryGuard` for what refuses the rest.
    private static let historyTables = [
        """
        CREATE TABLE history (
            program TEXT NOT NULL,
            number BIGINT NOT NULL,
            at BIGINT NOT NULL,
            subject TEXT NOT NULL,
            action TEXT NOT NULL,
            entry BYTEA NOT NULL,
            hash BYTEA NOT NULL,
            CONSTRAINT history_key PRIMARY KEY (program, number),
            CONSTRAINT history_number CHECK (number >= 1)
        )
        """,
        "CREATE INDEX history_of_subject ON history (program, subject, number)",
        """
        CREATE TABLE history_waiting (
            program TEXT NOT NULL,
            id TEXT NOT NULL,
            at BIGINT NOT NULL,
            subject TEXT NOT NULL,
            action TEXT NOT NULL,
            entry BYTEA NOT NULL,
            CONSTRAINT history_waiting_key PRIMARY KEY (program, id)
        )
        """,
        """
        CREATE TABLE note (
            program TEXT NOT NULL,
            id TEXT NOT NULL,
            kind TEXT NOT NULL,
            subject TEXT NOT NULL,
            words TEXT,
            version BIGINT NOT NULL,
            made_at BIGINT NOT NULL,
            made_by TEXT NOT NULL,
            CONSTRAINT note_key PRIMARY KEY (program, id)
        )
        """,
    ]

    private static let wishTables = [
        """
        CREATE TABLE wish_case (
            program TEXT NOT NULL,
            wish_id TEXT NOT NULL,
            area TEXT NOT NULL,
            level TEXT NOT NULL,
            lane TEXT NOT NULL,
            channel TEXT NOT NULL,
            category TEXT NOT NULL,
            urgency TEXT NOT NULL,
            household_id TEXT,
            state TEXT NOT NULL,
            round BIGINT NOT NULL,
            received_at BIGINT NOT NULL,
            changed_at BIGINT NOT NULL,
            CONSTRAINT wish_case_key PRIMARY KEY (program, wish_id),
            CONSTRAINT wish_case_wish FOREIGN KEY (program, wish_id) REFERENCES wish (program, id)
        )
        """,
        "CREATE INDEX wish_case_in_state ON wish_case (program, state, received_at, wish_id)",
        "CREATE INDEX wish_case_in_area ON wish_case (program, area, state, received_at, wish_id)",
        """
        CREATE TABLE wish_measure (
            program TEXT NOT NULL,
            wish_id TEXT NOT NULL,
            until_at BIGINT NOT NULL,
            since_at BIGINT NOT NULL,
            area TEXT NOT NULL,
            lane TEXT NOT NULL,
            channel TEXT NOT NULL,
            received_at BIGINT NOT NULL,
            answer_due BIGINT,
            answered_at BIGINT,
            delivery_due BIGINT,
            closed_at BIGINT,
            ended_at BIGINT,
            rating BIGINT,
            rated_at BIGINT,
            CONSTRAINT wish_measure_key PRIMARY KEY (program, wish_id, until_at),
            CONSTRAINT wish_measure_rating CHECK (rating >= 1 AND rating <= 5)
        )
        """,
        """
        CREATE TABLE wish_party (
            program TEXT NOT NULL,
            wish_id TEXT NOT NULL,
            party_id TEXT NOT NULL,
            joined_at BIGINT NOT NULL,
            CONSTRAINT wish_party_key PRIMARY KEY (program, wish_id, party_id)
        )
        """,
    ]

    private static let clockTables = [
        """
        CREATE TABLE clock (
            program TEXT NOT NULL,
            id TEXT NOT NULL,
            subject TEXT NOT NULL,
            kind TEXT NOT NULL,
            area TEXT NOT NULL,
            round BIGINT NOT NULL,
            started_at BIGINT NOT NULL,
            due_at BIGINT,
            is_provisional BIGINT NOT NULL,
            ended_at BIGINT,
            next_work_at BIGINT,
            body TEXT NOT NULL,
            CONSTRAINT clock_key PRIMARY KEY (program, id)
        )
        """,
        "CREATE INDEX clock_of_subject ON clock (program, subject)",
        "CREATE INDEX clock_next_work ON clock (program, next_work_at, id) WHERE next_work_at IS NOT NULL",
        "CREATE INDEX clock_running ON clock (program, due_at, id) WHERE ended_at IS NULL",
        """
        CREATE TABLE clock_due (
            program TEXT NOT NULL,
            clock_id TEXT NOT NULL,
            since_at BIGINT NOT NULL,
            until_at BIGINT NOT NULL,
            due_at BIGINT NOT NULL,
            area TEXT NOT NULL,
            CONSTRAINT clock_due_key PRIMARY KEY (program, clock_id, since_at)
        )
        """,
        // Only stretches in which a clock was overdue can be asked for, and those are few.
        "CREATE INDEX clock_due_missed ON clock_due (program, until_at, due_at, since_at, area, clock_id) "
            + "WHERE due_at < until_at",
        """
        CREATE TABLE clock_work (
            program TEXT NOT NULL,
            work_key TEXT NOT NULL,
            clock_id TEXT NOT NULL,
            planned_at BIGINT NOT NULL,
            done_at BIGINT NOT NULL,
            CONSTRAINT clock_work_key PRIMARY KEY (program, work_key)
        )
        """,
        "CREATE INDEX clock_work_of_clock ON clock_work (program, clock_id)",
        """
        CREATE TABLE calendar_day (
            program TEXT NOT NULL REFERENCES program (program),
            day BIGINT NOT NULL,
            kind TEXT NOT NULL,
            revision BIGINT NOT NULL,
            CONSTRAINT calendar_day_key PRIMARY KEY (program, day),
            CONSTRAINT calendar_day_kind CHECK (kind IN ('holiday', 'workday'))
        )
        """,
        """
        CREATE TABLE runner (
            program TEXT NOT NULL PRIMARY KEY REFERENCES program (program),
            now_at BIGINT NOT NULL
        )
        """,
    ]

    private static let householdTables = [
        """
        CREATE TABLE household (
            program TEXT NOT NULL,
            id TEXT NOT NULL,
            area TEXT NOT NULL,
            last_visit BIGINT,
            grade TEXT NOT NULL,
            grade_since BIGINT NOT NULL,
            because TEXT NOT NULL,
            visit_due BIGINT,
            CONSTRAINT household_key PRIMARY KEY (program, id),
            CONSTRAINT household_grade CHECK (grade IN ('green', 'orange', 'red'))
        )
        """,
        "CREATE INDEX household_by_grade ON household (program, grade, visit_due, id)",
        """
        CREATE TABLE household_member (
            program TEXT NOT NULL,
            household_id TEXT NOT NULL,
            person_id TEXT NOT NULL,
            birth_year BIGINT,
            from_at BIGINT NOT NULL,
            to_at BIGINT,
            CONSTRAINT household_member_key PRIMARY KEY (program, household_id, person_id, from_at),
            CONSTRAINT household_member_file FOREIGN KEY (program, household_id) REFERENCES household (program, id)
        )
        """,
        """
        CREATE TABLE household_circumstance (
            program TEXT NOT NULL,
            household_id TEXT NOT NULL,
            kind TEXT NOT NULL,
            code TEXT NOT NULL,
            from_at BIGINT NOT NULL,
            to_at BIGINT,
            CONSTRAINT household_circumstance_key PRIMARY KEY (program, household_id, kind, code, from_at),
            CONSTRAINT household_circumstance_file FOREIGN KEY (program, household_id)
                REFERENCES household (program, id)
        )
        """,
        """
        CREATE TABLE household_wish (
            program TEXT NOT NULL,
            household_id TEXT NOT NULL,
            wish_id TEXT NOT NULL,
            round BIGINT NOT NULL,
            opened_at BIGINT NOT NULL,
            closed_at BIGINT,
            CONSTRAINT household_wish_key PRIMARY KEY (program, household_id, wish_id),
            CONSTRAINT household_wish_file FOREIGN KEY (program, household_id) REFERENCES household (program, id),
            CONSTRAINT household_wish_wish FOREIGN KEY (program, wish_id) REFERENCES wish (program, id)
        )
        """,
        "CREATE INDEX household_wish_of_wish ON household_wish (program, wish_id)",
    ]

    private static let intakeTables = [
        """
        CREATE TABLE inbox (
            program TEXT NOT NULL REFERENCES program (program),
            id TEXT NOT NULL,
            channel TEXT NOT NULL,
            external_id TEXT,
            event TEXT,
            words TEXT NOT NULL,
            received_at BIGINT NOT NULL,
            taken_by TEXT NOT NULL,
            wish_id TEXT,
            closed_at BIGINT,
            CONSTRAINT inbox_key PRIMARY KEY (program, id),
            CONSTRAINT inbox_external_id UNIQUE (program, channel, external_id)
        )
        """,
        "CREATE INDEX inbox_waiting ON inbox (program, received_at, id) WHERE closed_at IS NULL",
        "CREATE INDEX inbox_of_wish ON inbox (program, wish_id) WHERE wish_id IS NOT NULL",
        """
        CREATE TABLE intake_trait (
            program TEXT NOT NULL,
            wish_id TEXT NOT NULL,
            received_at BIGINT NOT NULL,
            identity_key TEXT,
            phone_key TEXT,
            name_key TEXT,
            address_key TEXT,
            street TEXT,
            birth_year BIGINT,
            categories TEXT NOT NULL,
            CONSTRAINT intake_trait_key PRIMARY KEY (program, wish_id)
        )
        """,
        "CREATE INDEX intake_trait_identity ON intake_trait (program, identity_key, received_at)",
        "CREATE INDEX intake_trait_phone ON intake_trait (program, phone_key, received_at)",
        "CREATE INDEX intake_trait_name ON intake_trait (program, name_key, received_at)",
        "CREATE INDEX intake_trait_address ON intake_trait (program, address_key, received_at)",
        "CREATE INDEX intake_trait_received ON intake_trait (program, received_at)",
        """
        CREATE TABLE duplicate_verdict (
            program TEXT NOT NULL,
            id TEXT NOT NULL,
            first_wish TEXT NOT NULL,
            second_wish TEXT NOT NULL,
            verdict TEXT NOT NULL,
            judged_by TEXT NOT NULL,
            judged_at BIGINT NOT NULL,
            reason TEXT NOT NULL,
            note_id TEXT,
            CONSTRAINT duplicate_verdict_key PRIMARY KEY (program, id)
        )
        """,
    ]

    private static let approvalTables = [
        """
        CREATE TABLE approval_case (
            program TEXT NOT NULL,
            id TEXT NOT NULL,
            wish_id TEXT NOT NULL,
            path TEXT NOT NULL,
            path_version BIGINT NOT NULL,
            status TEXT NOT NULL,
            step TEXT,
            amount BIGINT NOT NULL,
            is_approved BIGINT NOT NULL,
            notice_until BIGINT,
            papers_due BIGINT,
            changed_at BIGINT NOT NULL,
            body TEXT NOT NULL,
            CONSTRAINT approval_case_key PRIMARY KEY (program, id),
            CONSTRAINT approval_case_amount CHECK (amount >= 0),
            CONSTRAINT approval_case_wish FOREIGN KEY (program, wish_id) REFERENCES wish (program, id)
        )
        """,
        "CREATE INDEX approval_case_of_wish ON approval_case (program, wish_id)",
        "CREATE INDEX approval_case_waiting ON approval_case (program, status, step, changed_at, id)",
    ]
}
