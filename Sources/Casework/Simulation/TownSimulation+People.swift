internal import MatchCore

/// Who asks for help, who gives it, and who sees to it.
extension TownSimulation {
    mutating func settle() throws {
        for number in 0..<plan.parties {
            let id = newID()
            parties.append(id)
            try step { desk in
                try Self.registrar(desk).admit(
                    Party(id: id, kind: number % 4 == 0 ? .enterprise : .donor),
                    key: RecordKey(source: "town", externalID: "party-\(number)", id: id), name: "party \(number)")
            }
        }
        try restock()
        try settleFamilies()
    }

    mutating func restock() throws {
        for (index, item) in TownPlan.items.enumerated() {
            for turn in 0..<2 {
                let party = parties[
                    (index * 5 + turn * 7 + Int.random(in: 0..<parties.count, using: &random)) % parties.count]
                let line = LineReference(newID())
                let quantity = Int64.random(in: 8...20, using: &random) * item.most
                try step(offers: [line]) { desk in
                    try Self.registrar(desk).admit(
                        Offer(
                            key: RecordKey(source: "town", externalID: "offer-\(line.record)", id: line.record),
                            party: party, kind: item.unit == .fen ? .money : .goods,
                            lines: [OfferLine(category: nil, available: quantity, unit: item.unit)]))
                }
                offers[item.category, default: []].append(line)
            }
        }
    }

    mutating func arrivals(in hour: Int, of date: CivilDate) throws {
        let month = Int("\(date)".dropFirst(5).prefix(2)) ?? 1
        let rate =
            plan.wishesPerDay / 24 * Double(TownPlan.hours[hour]) / 100 * Double(TownPlan.months[month - 1]) / 100
        // A day's wishes are few, so that at most a handful fall into an hour: thinned in quarters of an hour.
        for quarter in 0..<8 where Double.random(in: 0..<1, using: &random) < rate / 8 {
            now = max(now, rules.calendar.zone.moment(on: date, minute: hour * 60 + quarter * 7))
            try arrive()
        }
    }

    mutating func arrive() throws {
        wishCount += 1
        let wish = LineReference(newID())
        let item = TownPlan.items[Int.random(in: 0..<TownPlan.items.count, using: &random)]
        let quantity = Int64.random(in: 1...item.most, using: &random)
        let urgency: UrgencyGrade = random.chance(4) ? .critical : random.chance(15) ? .urgent : .normal
        let channel = Channel.allCases[Int.random(in: 0..<Channel.allCases.count, using: &random)]
        let number = wishCount
        try step(wishes: [wish]) { desk in
            let inbound = try desk.take("request \(number)", channel: channel, externalID: "R\(number)")
            try Self.registrar(desk).admit(
                Wish(
                    key: RecordKey(source: "town", externalID: "wish-\(number)", id: wish.record), urgency: urgency,
                    lines: [
                        WishLine(category: nil, quantity: quantity, unit: item.unit, estimatedPriceFen: item.price)
                    ]))
            _ = try desk.confirm(inbound.id, as: wish.record)
        }
        wanted[wish.record] = item.category
        agenda.add(.answer(wish.record), at: workTime(hours: 1...16))
        agenda.add(.approval(wish.record), at: workTime(hours: 2...30))
        try live(with: wish.record)
    }

    mutating func perform(_ errand: TownAgenda.Errand) throws {
        switch errand {
        case .answer(let wish): try tryStep(wish: wish) { try $0.answer(wish) }
        case .approval(let wish): try approve(wish)
        case .match(let wish): try match(wish)
        case .reply(let claim): try reply(claim)
        case .dispatch(let claim):
            if try stepClaim(claim, .dispatch) { agenda.add(.receive(claim), at: later(hours: 2...72)) }
        case .receive(let claim):
            if random.chance(2) {
                if try stepClaim(claim, .giveBack(random.chance(50) ? .usable : .lost), reason: "damaged") {
                    try rematch(claim)
                }
            } else if try stepClaim(claim, .receive) {
                agenda.add(.confirm(claim), at: later(hours: 1...48))
            }
        case .confirm(let claim):
            if try stepClaim(claim, .confirm, reason: "visit") {
                report.delivered += 1
                if let kept = try read({ try $0.claim(claim) }) {
                    agenda.add(.rate(kept.wish.record), at: later(hours: 8...72))
                }
            }
        case .rate(let wish): try rate(wish)
        case .close(let wish):
            try tryStep(wish: wish) { try $0.close(wish, as: .fulfilled, reason: Reason("calledBack")) }
        case .giveUp(let wish):
            let ended = try tryStep(wish: wish) { try $0.end(wish, reason: Reason("withdrawnByApplicant")) }
            if ended { report.ended += 1 }
        case .reconsider, .pause, .resume, .moreTime, .family: try performBesides(errand)
        }
    }

    mutating func approve(_ wish: RecordID) throws {
        guard let approval = try read({ try $0.approval(ofWish: wish) }) else {
            return agenda.add(.match(wish), at: workTime(hours: 1...8))
        }
        guard let path = approval.step else { return }
        let approver = CaseActor(
            id: RecordID(high: 9, low: UInt64(approval.approvals.count)), role: .approver,
            authority: ApprovalAuthority(level: .city, limit: .max))
        if path.kind == .screening, random.chance(3), let refusal = approval.path.refusals.first,
            let alternative = approval.path.alternatives.first
        {
            let refused = try tryStep(wish: wish) {
                _ = try $0.act(approval.id, .refuse(Reason(refusal.code), alternatives: [alternative.code]))
            }
            if refused {
                report.refusals += 1
                report.ended += 1
            }
            return
        }
        let act: ApprovalAct
        switch path.kind {
        case .screening: act = .pass(note: nil)
        case .visit, .publication, .acceptance: act = .pass(note: RecordID(high: 8, low: UInt64(wishCount)))
        case .approval: act = .approve
        case .conference:
            let people = Set((1...5).map { RecordID(high: 7, low: $0) })
            act = .confer(
                try Conference(
                    participants: people, votesFor: 4, votesAgainst: 1, finding: RecordID(high: 8, low: 1),
                    reasons: RecordID(high: 8, low: 1)))
        case .publicNotice: act = approval.notice == nil ? .putUpNotice : .takeDownNotice
        }
        let isApprover = path.kind == .approval
        try tryStep(wish: wish, actor: isApprover ? approver : .system) { _ = try $0.act(approval.id, act) }
        let after = try read { try $0.approval(ofWish: wish) } ?? approval
        if after.isApproved, !approval.isApproved { agenda.add(.match(wish), at: workTime(hours: 1...16)) }
        guard after.step != nil else { return }
        let wait: ClosedRange<Int> = after.notice != nil ? 72...120 : 2...20
        agenda.add(.approval(wish), at: workTime(hours: wait))
    }

    mutating func match(_ wish: RecordID) throws {
        // What came of waiting is answered like any other proposal.
        for kept in try read({ try $0.claims(ofWish: wish) })
        where kept.claim.state == .proposed && expected.insert(kept.claim.id).inserted {
            agenda.add(.reply(kept.claim.id), at: later(hours: 1...36))
        }
        guard let wishCase = try read({ try $0.wishCase(wish) }), wishCase.state == .open else { return }
        let line = LineReference(wish)
        let open = try read { try $0.balance(ofWish: line)?[.open] ?? 0 }
        guard open > 0, let category = wanted[wish] else { return }
        var left = open
        for offer in (offers[category] ?? []).shuffled(using: &random).prefix(6) where left > 0 {
            let available = try read { try $0.balance(ofOffer: offer)?[.available] ?? 0 }
            let quantity = min(left, available)
            guard quantity > 0 else { continue }
            var claim: RecordID?
            try tryStep(wish: wish, offers: [offer]) {
                claim = try $0.propose(offer: offer, wish: line, quantity: quantity).claim.id
            }
            guard let claim else { continue }
            expected.insert(claim)
            report.claims += 1
            left -= quantity
            if random.chance(plan.vanishing) {
                // Nobody answers: the lease ends, and somebody looks again.
                agenda.add(.match(wish), at: later(hours: rules.leases.answerHours...rules.leases.answerHours + 24))
            } else {
                agenda.add(.reply(claim), at: later(hours: 1...36))
            }
        }
        guard left > 0 else { return }
        if let offer = offers[category]?.last, random.chance(30) {
            try tryStep(wish: wish, offers: [offer]) {
                _ = try $0.join(offer: offer, wish: line, quantity: left, least: min(2, left))
            }
        }
        let age = now.milliseconds(since: wishCase.receivedAt) / Moment.day
        agenda.add(age > 60 ? .giveUp(wish) : .match(wish), at: workTime(hours: 24...96))
    }

    mutating func reply(_ claim: RecordID) throws {
        guard let kept = try read({ try $0.claim(claim) }), kept.claim.state == .proposed else { return }
        let donor = CaseActor(id: RecordID(high: 6, low: 1), role: .donor, party: kept.claim.party)
        if random.chance(plan.declining) {
            if try stepClaim(claim, .decline, reason: "noLongerAvailable", actor: donor) {
                report.declined += 1
                try rematch(claim)
            }
        } else if try stepClaim(claim, .accept, actor: donor) {
            if random.chance(6), kept.claim.quantity > 1 {
                var part: RecordID?
                try tryStep(wish: kept.wish.record, offers: [kept.offer]) {
                    part = try $0.split(claim, 1, reason: Reason("inTwoParts")).part.claim.id
                }
                if let part { agenda.add(.dispatch(part), at: later(hours: 4...60)) }
            }
            agenda.add(.dispatch(claim), at: later(hours: 2...60))
        }
    }

    mutating func rate(_ wish: RecordID) throws {
        guard try read({ try $0.wishCase(wish)?.state }) == .closed else { return }
        let stars = random.chance(92) ? Int.random(in: 4...5, using: &random) : Int.random(in: 1...3, using: &random)
        let before = try read { try $0.wishCase(wish)?.round ?? 1 }
        guard try tryStep(wish: wish, { try $0.rate(wish, stars: stars) }) else { return }
        guard try read({ try $0.wishCase(wish)?.round ?? 1 }) > before else {
            // Who is undecided is called back.
            if rules.satisfaction.verdict(stars) == .undecided { agenda.add(.rate(wish), at: workTime(hours: 8...32)) }
            return
        }
        report.reopened += 1
        agenda.add(.answer(wish), at: workTime(hours: 1...8))
        guard random.chance(60) else { return agenda.add(.close(wish), at: workTime(hours: 24...96)) }
        // The goods were no good: they are taken back, and others are found.
        for kept in try read({ try $0.claims(ofWish: wish) }) where kept.claim.state == .confirmed {
            _ = try stepClaim(kept.claim.id, .giveBack(random.chance(30) ? .usable : .unfit), reason: "damaged")
        }
        agenda.add(.match(wish), at: workTime(hours: 1...24))
    }

    mutating func rematch(_ claim: RecordID) throws {
        if let kept = try read({ try $0.claim(claim) }) {
            agenda.add(.match(kept.wish.record), at: workTime(hours: 1...24))
        }
    }
}
