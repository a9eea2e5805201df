/// What stands in a column of texts, as far as privacy is concerned.
public enum ColumnClass: String, Sendable, CaseIterable {
    /// Sealed under a person's key, or empty.
    case sealed
    /// A text that was moved into a sealed column: always empty, or of before there was sealing.
    case emptied
    /// A keyed hash that can be compared and not read; it goes when the person is erased.
    case blind
    /// A hash, or something sealed under a key of its caller.
    case hashed
    /// An id or a reference to a record.
    case reference
    /// The number that another system gave a record.
    case foreignNumber
    /// A code of the program's vocabulary, or several: areas, states, kinds, roles, categories, groups.
    case code
    /// How many published texts hold a piece of a word, where they are of several givers.
    case counted
    /// What the operator of the installation writes: names of programs, of places, profiles, settings, labels of tokens.
    case operators
}

/// Every column of texts or bytes, by what stands in it. A test fails for a column that is in no class.
public enum ColumnClasses {
    /// `table.column`.
    public static let all: [String: ColumnClass] = {
        var all: [String: ColumnClass] = [:]
        for (kind, columns) in listed {
            for column in columns.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
                all[String(column)] = kind
            }
        }
        return all
    }()

    /// The columns of whole numbers that were moved into sealed ones: always NULL, or of before there was sealing.
    public static let emptiedNumbers = [
        "wish.latitude_e7", "wish.longitude_e7", "offer.latitude_e7", "offer.longitude_e7",
        "household_member.birth_year", "intake_trait.birth_year", "wish.hardship",
        "suggestion.total", "past_suggestion.total",
    ]

    private static let listed: [(ColumnClass, String)] = [
        (
            .sealed,
            """
            inbox.words note.words party.name wish.sealed offer.sealed household.because household.groups_sealed household_member.sealed
            household_circumstance.sealed intake_trait.sealed account.name account_factor.secret
            account_factor.pending suggestion.entries past_suggestion.entries
            """
        ),
        (.emptied, "wish.wording offer.wording suggestion.digest past_suggestion.digest"),
        (
            .blind,
            """
            intake_trait.identity_key intake_trait.phone_key intake_trait.name_key intake_trait.address_key
            intake_trait.street household_circumstance.code account.name_key account_identity.subject_key
            sign_in_count.count_key
            """
        ),
        (
            .hashed,
            """
            access_key.token_hash key_use.digest key_use.fingerprint key_use.answer spoken_code.code_hash history.hash
            profile_revision.digest word_table.digest schema_migration.checksum
            household.groups_by account_password.hash account_recovery.code_hash staff_session.token_hash directory_attempt.handle_hash
            """
        ),
        (
            .reference,
            """
            account.id account.created_by account_password.account_id account_factor.account_id
            account_recovery.account_id account_grant.id account_grant.account_id account_grant.granted_by
            account_identity.id account_identity.account_id account_identity.approved_by staff_session.id
            staff_session.account_id staff_session.grant_id
            access_key.id access_key.holder access_key.party_id access_key.granted_by change_entry.subject registry_touch.records
            consent.id consent.subject consent.recorded_by wish_hold.wish_id
            seal_opening.id seal_opening.holder seal_opening.asked_by seal_opening.approved_by
            approval_case.id approval_case.wish_id approval_case.body
            claim.id claim.offer_id claim.wish_id claim.party_id claim.legs
            claim_queue.id claim_queue.offer_id claim_queue.wish_id
            clock.id clock.subject clock.body clock_due.clock_id clock_work.work_key clock_work.clock_id
            duplicate_verdict.id duplicate_verdict.first_wish duplicate_verdict.second_wish duplicate_verdict.judged_by
            duplicate_verdict.note_id duty_lease.node erasure_done.holder
            fund_budget.offer_id fund_budget.party_id key_use.bound_to history.subject history.entry
            history_waiting.id history_waiting.subject history_waiting.entry
            household.id household_member.household_id household_member.person_id household_circumstance.household_id
            household_wish.household_id household_wish.wish_id inbox.id inbox.taken_by inbox.wish_id
            intake_trait.wish_id note.id note.subject node_lease.node note.made_by offer.id offer.party_id offer_line.offer_id party.id
            past_suggestion.wish_id past_suggestion.offer_id profile_draft.changed_by profile_draft.proposed_by
            profile_draft.proposed_note profile_revision.author profile_revision.confirmed_by profile_revision.note
            program_setting.changed_by sealed_read.holder sealed_read.actor site.record_id spoken_code.subject
            suggestion.wish_id suggestion.offer_id wish.id wish_case.wish_id wish_case.household_id wish_line.wish_id
            wish_measure.wish_id wish_party.wish_id wish_party.party_id
            """
        ),
        (
            .foreignNumber,
            """
            inbox.external_id offer.external_id offer.source party.external_id party.source wish.external_id wish.source
            """
        ),
        (
            .code,
            """
            account.state account_grant.role account_grant.approval_level account_grant.areas account_grant.purpose
            staff_session.way sign_in_count.kind
            access_key.role access_key.approval_level access_key.areas access_key.purpose
            consent.scope consent.text_version consent.giver consent.relation wish_hold.hold retention_run.kind
            seal_opening.field seal_opening.reason approval_case.path approval_case.status
            change_entry.kind change_entry.what wish_case.outcome
            approval_case.step calendar_day.kind claim.state clock.kind clock.area clock_due.area distance.missing
            duplicate_verdict.verdict duplicate_verdict.reason duty_lease.duty history.action history_waiting.action
            household.area household.grade household_circumstance.kind inbox.channel inbox.event intake_trait.categories
            note.kind offer.state offer.kind offer.area offer.service_areas offer.hours offer.skills
            offer.qualifications offer.languages offer_line.category offer_line.unit party.kind party.state
            party.wanted_groups party.wanted_areas party.wanted_categories party.excluded_groups party.excluded_areas
            party.excluded_categories sealed_read.role sealed_read.field site.kind spoken_code.kind wish.state wish.lane
            wish.urgency wish.area wish.groups_of wish.languages wish.hours wish.skills wish.qualifications
            wish_case.area wish_case.level wish_case.lane wish_case.channel wish_case.category wish_case.urgency
            wish_case.state wish_line.category wish_line.unit wish_measure.area wish_measure.lane wish_measure.channel
            """
        ),
        (.counted, "word_table.body"),
        (
            .operators,
            """
            account_identity.issuer access_key.label distance.offer_site distance.wish_site site.name profile_draft.name profile_draft.draft
            profile_draft.body profile_draft.proposed_reason profile_revision.name profile_revision.body
            profile_revision.reason program.name_zh program.name_en program_setting.name program_setting.value
            schema_migration.name suggestion.profile past_suggestion.profile
            """
        ),
    ]
}
