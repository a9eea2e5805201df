public import MatchCore

extension CaseDesk {
    /// Makes a key. The token is in nobody's hands but the caller's: only its hash is kept.
    ///
    /// For somebody with authority over the whole program. Throws `roleNotAllowed` for anybody but an admin, `unknown`
    /// for a party that is not there, and `malformed`.
    public func createKey(_ grant: AccessGrant, random: inout some RandomNumberGenerator) throws -> (
        key: AccessKey, token: AccessToken
    ) {
        try require([.admin], to: LocalizedText(zhHans: "发放令牌", en: "make keys"))
        return try system(making: grant, random: &random)
    }

    /// Makes a key below an authority.
    ///
    /// Throws `roleNotAllowed` for whoever gives no access, or less than is asked for, `unknown` for a party that is not
    /// there, and `malformed`.
    public func createKey(
        _ grant: AccessGrant, by authority: Delegation, in areas: AreaTree, random: inout some RandomNumberGenerator
    ) throws -> (key: AccessKey, token: AccessToken) {
        try require([.admin, .coordinator], to: LocalizedText(zhHans: "发放令牌", en: "make keys"))
        return try system(making: try authority.narrowed(grant, in: areas), random: &random)
    }

    /// Makes the key of a donor that has just been registered: nobody has to be an admin for that.
    public func createDonorKey(
        party: RecordID, label: String, random: inout some RandomNumberGenerator
    ) throws -> (key: AccessKey, token: AccessToken) {
        try system(making: AccessGrant(label: label, role: .donor, holder: party, party: party), random: &random)
    }

    private func system(
        making grant: AccessGrant, random: inout some RandomNumberGenerator
    ) throws -> (key: AccessKey, token: AccessToken) {
        try grant.check(at: now)
        if let party = grant.party, try store.party(party) == nil {
            throw unknown(LocalizedText(zhHans: "主体", en: "party"), party)
        }
        let token = AccessToken(random: &random)
        let id = newID()
        let key = AccessKey(
            id: id, hash: token.hash, label: grant.label, role: grant.role, holder: grant.holder ?? id,
            party: grant.party, authority: grant.authority, areas: grant.areas, purpose: grant.purpose,
            grantedBy: actor.id, createdAt: now, startsAt: grant.startsAt, expiresAt: grant.expiresAt)
        try store.insert(key)
        var changes = [FieldChange("holder", before: nil, after: .record(key.holder))]
        if let role = Code(key.role.rawValue) { changes.append(FieldChange("role", before: nil, after: .code(role))) }
        changes += key.areas.map { FieldChange("area", before: nil, after: .code($0)) }
        if let purpose = Code(key.purpose.rawValue), key.purpose != .casework {
            changes.append(FieldChange("purpose", before: nil, after: .code(purpose)))
        }
        if let start = key.startsAt { changes.append(FieldChange("starts", before: nil, after: .moment(start))) }
        if let end = key.expiresAt { changes.append(FieldChange("expires", before: nil, after: .moment(end))) }
        try write("key/create", on: "key", id, changes)
        return (key, token)
    }

    /// Ends a key at once; one that was revoked before is left as it is.
    public func revokeKey(_ id: RecordID, reason: Reason? = nil) throws -> AccessKey {
        try require([.admin, .coordinator], to: LocalizedText(zhHans: "吊销令牌", en: "revoke keys"))
        guard let key = try store.accessKey(id) else {
            throw unknown(LocalizedText(zhHans: "令牌", en: "key"), id)
        }
        guard key.revokedAt == nil else { return key }
        try store.revokeKey(id, at: now)
        try write(
            "key/revoke", on: "key", id, reason: reason,
            [FieldChange("revoked", before: nil, after: .moment(now))])
        return try store.accessKey(id) ?? key
    }
}
