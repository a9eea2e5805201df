/// The tables of the registry: programs, parties, offers, wishes, distances, profiles and stored matches.
///
/// Every table begins with `program`. Lists are kept as codes joined by `|`; positions in 10⁻⁷ degree; times in UTC
/// milliseconds; days as days since 1970-01-01.
extension Schema {
    static let registry = Migration(
        number: 1, name: "registry",
        statements: [
            """
            CREATE TABLE program (
                program TEXT NOT NULL PRIMARY KEY,
                name_zh TEXT NOT NULL,
                name_en TEXT NOT NULL,
                utc_offset_seconds BIGINT NOT NULL,
                created_at BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE party (
                program TEXT NOT NULL REFERENCES program (program),
                id TEXT NOT NULL,
                source TEXT NOT NULL,
                external_id TEXT,
                name TEXT NOT NULL,
                kind TEXT NOT NULL,
                state TEXT NOT NULL,
                is_verified BIGINT,
                claims_ended BIGINT,
                claims_delivered BIGINT,
                confirmed_at BIGINT,
                stated_trust BIGINT,
                fatigue BIGINT,
                wanted_groups TEXT NOT NULL,
                wanted_areas TEXT NOT NULL,
                wanted_categories TEXT NOT NULL,
                excluded_groups TEXT NOT NULL,
                excluded_areas TEXT NOT NULL,
                excluded_categories TEXT NOT NULL,
                CONSTRAINT party_key PRIMARY KEY (program, id),
                CONSTRAINT party_external_id UNIQUE (program, external_id, source)
            )
            """,
            """
            CREATE TABLE offer (
                program TEXT NOT NULL,
                id TEXT NOT NULL,
                source TEXT NOT NULL,
                external_id TEXT,
                party_id TEXT NOT NULL,
                state TEXT NOT NULL,
                kind TEXT NOT NULL,
                received_at BIGINT,
                area TEXT,
                latitude_e7 BIGINT,
                longitude_e7 BIGINT,
                delivers BIGINT NOT NULL,
                is_remote BIGINT NOT NULL,
                service_areas TEXT NOT NULL,
                service_radius BIGINT,
                first_day BIGINT,
                last_day BIGINT,
                hours TEXT,
                skills TEXT NOT NULL,
                qualifications TEXT NOT NULL,
                languages TEXT NOT NULL,
                wording TEXT NOT NULL,
                CONSTRAINT offer_key PRIMARY KEY (program, id),
                CONSTRAINT offer_external_id UNIQUE (program, external_id, source),
                CONSTRAINT offer_party FOREIGN KEY (program, party_id) REFERENCES party (program, id)
            )
            """,
            """
            CREATE TABLE offer_line (
                program TEXT NOT NULL,
                offer_id TEXT NOT NULL,
                line BIGINT NOT NULL,
                category TEXT,
                unit TEXT NOT NULL,
                pledged BIGINT,
                available BIGINT NOT NULL,
                reserved BIGINT NOT NULL,
                in_transit BIGINT NOT NULL,
                received BIGINT NOT NULL,
                withdrawn BIGINT NOT NULL,
                CONSTRAINT offer_line_key PRIMARY KEY (program, offer_id, line),
                CONSTRAINT offer_line_offer FOREIGN KEY (program, offer_id) REFERENCES offer (program, id),
                CONSTRAINT offer_line_parts CHECK (available >= 0 AND reserved >= 0 AND in_transit >= 0
                    AND received >= 0 AND withdrawn >= 0),
                CONSTRAINT offer_line_sum CHECK (
                    COALESCE(pledged, 0) = available + reserved + in_transit + received + withdrawn)
            )
            """,
            """
            CREATE TABLE wish (
                program TEXT NOT NULL REFERENCES program (program),
                id TEXT NOT NULL,
                source TEXT NOT NULL,
                external_id TEXT,
                state TEXT NOT NULL,
                lane TEXT NOT NULL,
                urgency TEXT NOT NULL,
                hardship BIGINT,
                submitted_at BIGINT,
                due_at BIGINT,
                area TEXT,
                latitude_e7 BIGINT,
                longitude_e7 BIGINT,
                groups_of TEXT NOT NULL,
                languages TEXT NOT NULL,
                first_day BIGINT,
                last_day BIGINT,
                hours TEXT,
                skills TEXT NOT NULL,
                qualifications TEXT NOT NULL,
                wording TEXT NOT NULL,
                CONSTRAINT wish_key PRIMARY KEY (program, id),
                CONSTRAINT wish_external_id UNIQUE (program, external_id, source)
            )
            """,
            """
            CREATE TABLE wish_line (
                program TEXT NOT NULL,
                wish_id TEXT NOT NULL,
                line BIGINT NOT NULL,
                category TEXT,
                unit TEXT NOT NULL,
                wanted BIGINT,
                open BIGINT NOT NULL,
                reserved BIGINT NOT NULL,
                in_transit BIGINT NOT NULL,
                received BIGINT NOT NULL,
                cancelled BIGINT NOT NULL,
                price_fen BIGINT,
                is_whole BIGINT NOT NULL,
                CONSTRAINT wish_line_key PRIMARY KEY (program, wish_id, line),
                CONSTRAINT wish_line_wish FOREIGN KEY (program, wish_id) REFERENCES wish (program, id),
                CONSTRAINT wish_line_parts CHECK (open >= 0 AND reserved >= 0 AND in_transit >= 0
                    AND received >= 0 AND cancelled >= 0),
                CONSTRAINT wish_line_sum CHECK (
                    COALESCE(wanted, 0) = open + reserved + in_transit + received + cancelled)
            )
            """,
            """
            CREATE TABLE distance (
                program TEXT NOT NULL,
                offer_id TEXT NOT NULL,
                wish_id TEXT NOT NULL,
                centimetres BIGINT NOT NULL,
                missing TEXT NOT NULL,
                CONSTRAINT distance_key PRIMARY KEY (program, offer_id, wish_id),
                CONSTRAINT distance_offer FOREIGN KEY (program, offer_id) REFERENCES offer (program, id),
                CONSTRAINT distance_wish FOREIGN KEY (program, wish_id) REFERENCES wish (program, id),
                CONSTRAINT distance_range CHECK (centimetres >= 0 AND centimetres <= 2002000000)
            )
            """,
            """
            CREATE TABLE site (
                program TEXT NOT NULL REFERENCES program (program),
                kind TEXT NOT NULL,
                record_id TEXT NOT NULL,
                name TEXT NOT NULL,
                CONSTRAINT site_key PRIMARY KEY (program, kind, record_id)
            )
            """,
            """
            CREATE TABLE profile_revision (
                program TEXT NOT NULL REFERENCES program (program),
                name TEXT NOT NULL,
                revision BIGINT NOT NULL,
                body TEXT NOT NULL,
                reason TEXT NOT NULL,
                published_at BIGINT NOT NULL,
                CONSTRAINT profile_revision_key PRIMARY KEY (program, name, revision),
                CONSTRAINT profile_revision_number CHECK (revision >= 1)
            )
            """,
            """
            CREATE TABLE suggestion (
                program TEXT NOT NULL,
                wish_id TEXT NOT NULL,
                wish_line BIGINT NOT NULL,
                place BIGINT NOT NULL,
                offer_id TEXT NOT NULL,
                offer_line BIGINT NOT NULL,
                profile TEXT NOT NULL,
                as_of BIGINT NOT NULL,
                total BIGINT,
                entries TEXT NOT NULL,
                digest TEXT NOT NULL,
                CONSTRAINT suggestion_key PRIMARY KEY (program, wish_id, wish_line, place),
                CONSTRAINT suggestion_wish FOREIGN KEY (program, wish_id) REFERENCES wish (program, id),
                CONSTRAINT suggestion_offer FOREIGN KEY (program, offer_id) REFERENCES offer (program, id)
            )
            """,
        ])
}
