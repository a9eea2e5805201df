internal import MatchCore

extension City {
    /// What is needed of a party to make its offers.
    struct Identity {
        var kind: PartyKind
        var name: String
        var trade: Int
        var town: Town
        var home: Place
    }

    func identity(_ number: Int) -> Identity {
        let (kind, ordinal) = deck[number % deck.count]
        let (name, trade) =
            (material.names[kind]).map {
                $0.name(number / deck.count * (deckCounts[kind] ?? 0) + ordinal, seed: options.seed)
            } ?? ("", 0)
        var random = CityRandom(seed: options.seed, .party, number)
        // Neighbours live where people live; firms and offices crowd in a few towns.
        let isNeighbour = (kind == .donor || kind == .volunteer) && random.chance(50)
        let town = material.towns[(isNeighbour ? material.peopleTowns : material.offerTowns).drawn(by: &random)]
        return Identity(kind: kind, name: name, trade: trade, town: town, home: home(in: town, &random))
    }

    func party(_ number: Int, _ identity: Identity) -> Party {
        var random = CityRandom(seed: options.seed, .facts, number)
        let kind = identity.kind
        var party = Party(id: key("P", number).id, kind: kind)
        let (verified, looked) = City.verification[kind] ?? (100, 100)
        let draw = random.below(100)
        party.isIdentityVerified = draw < verified ? true : draw < looked ? false : nil
        if random.chance(kind == .donor ? 45 : 75) {
            let ended = 1 + min(random.below(40), random.below(40))
            let failing = random.pick([1, 2, 4, 4, 8, 8, 15, 35])
            var delivered = 0
            for _ in 0..<ended where !random.chance(failing) { delivered += 1 }
            party.claimsEnded = ended
            party.claimsDelivered = delivered
        }
        if random.chance(90) {
            party.lastConfirmed = moment(daysAgo: 1 + min(random.below(240), random.below(240)), &random)
        }
        if random.chance(3) { party.statedTrust = (300 + random.below(701)) * 1000 }
        if random.chance(80) {
            let often = random.chance(7) ? 700 + random.below(301) : random.below(33) * random.below(30)
            party.fatigue = min(often, 1000) * 1000
        }
        party.preference = preference(of: identity, &random)
        return party
    }

    /// Percent that are verified, and percent that somebody has looked at.
    private static let verification: [PartyKind: (Int, Int)] = [
        .donor: (55, 65), .volunteer: (75, 80), .enterprise: (85, 88), .socialOrganisation: (90, 92),
        .fund: (97, 97), .department: (100, 100),
    ]

    private func preference(of identity: Identity, _ random: inout CityRandom) -> DonorPreference {
        var preference = DonorPreference()
        let share: Int
        switch identity.kind {
        case .fund: share = 60
        case .donor: share = 40
        case .enterprise, .socialOrganisation: share = 30
        case .volunteer: share = 20
        case .department: share = 0
        }
        if random.chance(share) {
            for _ in 0...random.below(2) {
                let group = material.preferredGroups.drawn(by: &random)
                if !preference.groups.contains(group) { preference.groups.append(group) }
            }
            if random.chance(25) { preference.areas = [identity.town.area] }
            let categories = material.names[identity.kind]?.trades[identity.trade].categories ?? []
            if random.chance(15), !categories.isEmpty { preference.categories = [random.pick(categories)] }
        }
        guard share > 0 else { return preference }
        if random.chance(4) {
            let group = material.excludedGroups.drawn(by: &random)
            if !preference.groups.contains(group) { preference.excludedGroups = [group] }
        }
        if random.chance(2) {
            let area = material.towns[material.peopleTowns.drawn(by: &random)].area
            if area != identity.town.area { preference.excludedAreas = [area] }
        }
        if random.chance(2), preference.categories.isEmpty {
            let category = random.pick(["activity", "cost", "lodging", "work"])
            if material.categories[category] != nil { preference.excludedCategories = [category] }
        }
        return preference
    }
}
