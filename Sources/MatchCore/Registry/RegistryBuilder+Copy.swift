/// Takes records over from another registry of the same lexicon, column by column: no record is read again.
extension RegistryBuilder {
    /// Takes over what `other` knows of a party, by its number there.
    mutating func copy(party: Int, of other: Registry) {
        parties.append(party, of: other.parties)
    }

    /// Takes over an offer, which has the given rows there. Its party comes first.
    mutating func copy(offer record: Int, rows: some Collection<Int32>, of other: Registry, party: Int32) {
        let number = Int32(offers.keys.count)
        offers.keys.append(other.offers.keys[record])
        for row in rows { offers.append(Int(row), of: other.offers, record: number, party: party) }
        if let first = rows.first { gramCounts.add(other.offers.texts.grams(of: Int(first))) }
    }

    /// Takes over a wish, which has the given rows there.
    mutating func copy(wish record: Int, rows: some Collection<Int32>, of other: Registry) {
        let number = Int32(wishes.keys.count)
        wishes.keys.append(other.wishes.keys[record])
        for row in rows { wishes.append(Int(row), of: other.wishes, record: number) }
        if let first = rows.first { gramCounts.add(other.wishes.texts.grams(of: Int(first))) }
    }

    /// Corrects what is free of a line of the offer that was added last.
    mutating func setAvailable(line: Int, _ quantity: Int64?) {
        let (record, line) = (Int32(offers.keys.count - 1), Int32(clamping: line))
        var row = offers.record.count - 1
        while row >= 0, offers.record[row] == record {
            if offers.lineNumber[row] == line { offers.available[row] = Quantity.stored(quantity) }
            row -= 1
        }
    }

    /// Corrects what is open of a line of the wish that was added last.
    mutating func setWanted(line: Int, _ quantity: Int64?) {
        let (record, line) = (Int32(wishes.keys.count - 1), Int32(clamping: line))
        var row = wishes.record.count - 1
        while row >= 0, wishes.record[row] == record {
            if wishes.lineNumber[row] == line { wishes.wanted[row] = Quantity.stored(quantity) }
            row -= 1
        }
    }
}

extension Quantity {
    /// How columns keep a quantity: −1 where none is stated.
    static func stored(_ quantity: Int64?) -> Int64 { quantity.map { min(max(0, $0), greatest) } ?? -1 }
}

extension OfferColumnsBuilder {
    mutating func append(_ row: Int, of other: OfferColumns, record: Int32, party: Int32) {
        self.record.append(record)
        lineNumber.append(other.lineNumber[row])
        self.party.append(party)
        kind.append(other.kind[row])
        category.append(other.category[row])
        unit.append(other.unit[row])
        available.append(other.available[row])
        places.append(row, of: other.places)
        delivery.append(other.delivery[row])
        firstDay.append(other.firstDay[row])
        lastDay.append(other.lastDay[row])
        hours.append(other.hours[row])
        skills.append(row, of: other.skills)
        qualifications.append(row, of: other.qualifications)
        languages.append(row, of: other.languages)
        serviceAreas.append(other.serviceAreas[row])
        serviceRadius.append(other.serviceRadius[row])
        texts.append(other.texts.grams(of: row))
    }
}

extension WishColumnsBuilder {
    mutating func append(_ row: Int, of other: WishColumns, record: Int32) {
        self.record.append(record)
        lineNumber.append(other.lineNumber[row])
        lane.append(other.lane[row])
        urgency.append(other.urgency[row])
        hardship.append(other.hardship[row])
        submitted.append(other.submitted[row])
        due.append(other.due[row])
        category.append(other.category[row])
        unit.append(other.unit[row])
        wanted.append(other.wanted[row])
        price.append(other.price[row])
        isWhole.append(other.isWhole[row])
        places.append(row, of: other.places)
        firstDay.append(other.firstDay[row])
        lastDay.append(other.lastDay[row])
        hours.append(other.hours[row])
        skills.append(row, of: other.skills)
        qualifications.append(row, of: other.qualifications)
        languages.append(row, of: other.languages)
        groups.append(row, of: other.groups)
        texts.append(other.texts.grams(of: row))
    }
}

extension PlaceColumnsBuilder {
    mutating func append(_ row: Int, of other: PlaceColumns) {
        x.append(other.x[row])
        y.append(other.y[row])
        z.append(other.z[row])
        precision.append(other.precision[row])
        area.append(other.area[row])
    }
}
