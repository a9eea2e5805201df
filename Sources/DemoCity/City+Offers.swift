internal import MatchCore

extension City {
    struct GeneratedOffer {
        var offer: Offer
        var party: RecordKey
        var received: Timestamp
    }

    func offer(_ number: Int) -> GeneratedOffer {
        var random = CityRandom(seed: options.seed, .offer, number)
        let (giver, identity) = giver(of: number, &random)
        let suited = material.names[identity.kind]?.offers[identity.trade] ?? []
        let phrase = material.offers[random.pick(suited)]
        let unit = phrase.kind == .money ? .fen : material.unit(of: phrase.category)
        let received = moment(daysAgo: 1 + min(random.below(200), random.below(200)), &random)

        var offer = Offer(
            key: key("O", number), party: key("P", giver).id, kind: phrase.kind, place: identity.home,
            delivers: phrase.delivers, isRemote: phrase.isRemote, text: phrase.textZh, lines: [])
        if random.chance(15) { offer.place = home(in: identity.town, &random) }
        if random.chance(2) { offer.place = Place() }
        serve(&offer, identity, &random)
        offer.window = window(of: phrase, received: received, &random)
        offer.hours = hours(of: phrase).map { $0.drawn(by: &random) }
        offer.skills = phrase.skills
        offer.qualifications = phrase.skills.filter { material.licensed.contains($0) && random.chance(88) }
        offer.languages = languages(of: phrase, in: identity.town, &random)
        if random.chance(3) { offer.text = phrase.textEn }
        // Some parties say what they give and not how much.
        let available = random.chance(3) ? nil : quantity(phrase.quantity, unit, &random)
        offer.lines = [OfferLine(category: phrase.category, available: available, unit: unit)]
        return GeneratedOffer(offer: offer, party: key("P", giver), received: received)
    }

    /// Every party makes one offer; the rest come mostly from organisations.
    private func giver(of number: Int, _ random: inout CityRandom) -> (Int, Identity) {
        if number < options.parties { return (number, identity(number)) }
        var giver = random.below(options.parties)
        for _ in 0..<3 {
            let kind = deck[giver % deck.count].kind
            if kind != .donor && kind != .volunteer || random.chance(30) { break }
            giver = random.below(options.parties)
        }
        return (giver, identity(giver))
    }

    /// Sets where the offer serves.
    private func serve(_ offer: inout Offer, _ identity: Identity, _ random: inout CityRandom) {
        if offer.isRemote { return }
        let (own, whole, radius): (Int, Int, Int)
        switch identity.kind {
        case .department: (own, whole, radius) = (65, 100, 0)
        case .fund: (own, whole, radius) = (5, 65, 0)
        case .socialOrganisation: (own, whole, radius) = (35, 70, 5)
        case .volunteer: (own, whole, radius) = (40, 55, 35)
        case .enterprise: (own, whole, radius) = (6, 24, 4)
        case .donor: (own, whole, radius) = (15, 20, 15)
        }
        let draw = random.below(100)
        if draw < own {
            offer.serviceAreas = [identity.town.area]
            let other = material.towns[material.peopleTowns.drawn(by: &random)].area
            if random.chance(35), other != identity.town.area { offer.serviceAreas.append(other) }
        } else if draw < whole {
            offer.serviceAreas = [material.city]
        } else if draw < whole + radius, offer.place.point != nil {
            offer.serviceRadiusMetres = random.pick([3_000, 5_000, 8_000, 10_000, 15_000])
        }
    }

    private func window(of phrase: OfferPhrase, received: Timestamp, _ random: inout CityRandom) -> DayWindow? {
        if let season = material.season(of: phrase.category), random.chance(80) {
            return season.window(around: options.today)
        }
        if random.chance(25) { return nil }
        let from = received.day(utcOffsetSeconds: 8 * 3600)
        if random.chance(10) { return DayWindow(from: day(7 + random.below(60)), until: day(120 + random.below(180))) }
        return DayWindow(from: from, until: random.chance(20) ? nil : day(10 + random.below(270)))
    }

    private func hours(of phrase: OfferPhrase) -> WeightedList<WeeklyHours>? {
        switch (phrase.partyKind, phrase.kind) {
        case (_, .money), (_, .purchase): return nil
        case (.volunteer, .service), (.volunteer, .skill), (.volunteer, .transport): return material.hours["volunteer"]
        case (.department, .service), (.department, .skill): return material.hours["office"]
        case (_, .service), (_, .skill), (_, .transport): return material.hours["organisation"]
        case (_, .goods): return phrase.delivers ? nil : material.hours["collection"]
        }
    }

    private func languages(of phrase: OfferPhrase, in town: Town, _ random: inout CityRandom) -> [String] {
        var languages = phrase.languages
        func add(_ code: String) { if !languages.contains(code) { languages.append(code) } }
        if random.chance(30) { add("yue") }
        if random.chance(town.hakkaPercent) { add("hak") }
        if random.chance(2) { add("eng") }
        if random.chance(1) { add("csl") }
        return languages
    }
}
