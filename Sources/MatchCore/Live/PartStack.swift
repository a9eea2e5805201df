/// The parts of a live registry: a large one, a middle one that gathers, and a small one that every change rewrites.
struct PartStack: Sendable {
    private(set) var base: LivePart
    private(set) var middle: LivePart?
    private(set) var fresh: LivePart?
    private let cutter: GramCutter
    private let blocks: BlockSizes

    init(_ registry: Registry) {
        base = LivePart(RegistryPart(registry))
        cutter = GramCutter(categories: registry.categories)
        let (fine, coarse) = (registry.offers.summaries.layout, registry.offers.coarseSummaries.layout)
        blocks = BlockSizes(fine: fine.blockRows, finePerCoarse: coarse.blockRows / fine.blockRows)
    }

    private init(_ stack: PartStack, base: LivePart, middle: LivePart?) {
        self.base = base
        self.middle = middle
        cutter = stack.cutter
        blocks = stack.blocks
    }

    /// The newest last.
    var parts: [LivePart] { [base] + others }

    var others: [LivePart] { [middle, fresh].compactMap { $0 } }

    /// Rows outside the large part, and rows in it that no longer stand.
    var looseRowCount: Int { (middle?.rowCount ?? 0) + (fresh?.rowCount ?? 0) + base.goneRowCount }

    private var newest: Registry { (fresh ?? middle ?? base).registry }

    private func maker() -> PartMaker {
        PartMaker(parts, cutter: cutter, blocks: blocks, after: newest.lexicon, trees: base.registry)
    }

    /// Puts changes into the small part. Says what they touched.
    mutating func apply(_ changes: RegistryChanges) -> TouchedRecords {
        let touched = touched(by: changes)
        let texts = newest.grams.words == nil ? texts(of: touched) : nil
        var maker = maker()
        for party in changes.parties { maker.add(party) }
        if let fresh {
            maker.copyParties(of: fresh)
            maker.copyRecords(of: fresh, without: touched)
        }
        addOffers(changes, touched, to: &maker)
        addWishes(changes, touched, to: &maker)
        for id in touched.offers { remove(offer: id) }
        for id in touched.wishes { remove(wish: id) }
        fresh = LivePart(maker.part(carryingOn: newest.grams))
        let isBroken = newest.lexicon.planeCounts != base.registry.lexicon.planeCounts
        if isBroken || !base.registry.distances.rows.isEmpty || !changes.distances.isEmpty {
            // A distance stands by the numbers of its records, and sets are as wide as their vocabulary: both hold
            // within one part only.
            self = merged(adding: changes.distances)
        } else if let texts, texts != self.texts(of: touched) {
            // One text more or less makes every word rarer or commoner.
            self = merged()
        }
        return touched
    }

    /// Moves the small part into the middle one.
    mutating func settle() {
        guard let fresh else { return }
        guard let middle else {
            (self.middle, self.fresh) = (fresh, nil)
            return
        }
        var maker = maker()
        maker.copyParties(of: fresh)
        maker.copyParties(of: middle)
        maker.copyRecords(of: middle)
        maker.copyRecords(of: fresh)
        let settled = LivePart(maker.part(carryingOn: newest.grams))
        (self.middle, self.fresh) = (settled, nil)
    }

    /// Everything in one part, its words counted again where no table says how rare they are.
    func merged(adding distances: [DistanceTable.Row] = []) -> PartStack {
        var maker = maker()
        for live in parts.reversed() { maker.copyParties(of: live) }
        for live in parts { maker.copyRecords(of: live) }
        let replaced = Set(distances.map { [$0.offer, $0.wish] })
        maker.add(base.registry.distances.rows.filter { replaced.isEmpty || !replaced.contains([$0.offer, $0.wish]) })
        maker.add(distances)
        let grams = newest.grams.words.map { _ in newest.grams }
        return PartStack(self, base: LivePart(maker.part(carryingOn: grams)), middle: nil)
    }

    /// What an earlier state became when merged, and what was touched since as this state has it.
    func carrying(_ touched: TouchedRecords, onto merged: PartStack) -> PartStack {
        var base = merged.base
        for id in touched.offers { base.remove(offer: id) }
        for id in touched.wishes { base.remove(wish: id) }
        guard !touched.offers.isEmpty || !touched.wishes.isEmpty || !touched.parties.isEmpty else {
            return PartStack(self, base: base, middle: nil)
        }
        var maker = maker()
        for id in touched.parties { maker.copy(party: id) }
        for id in touched.offers { copyOffer(id, to: &maker) }
        for id in touched.wishes { copyWish(id, to: &maker) }
        return PartStack(
            self, base: base, middle: LivePart(maker.part(carryingOn: base.registry.grams)))
    }

    /// The words of records that stand and have any, by the record, as numbers of the newest lexicon.
    private func texts(of touched: TouchedRecords) -> (offers: [RecordID: [Int32]], wishes: [RecordID: [Int32]]) {
        var texts: (offers: [RecordID: [Int32]], wishes: [RecordID: [Int32]]) = ([:], [:])
        for live in parts {
            let (offers, wishes) = (live.registry.offers.texts, live.registry.wishes.texts)
            for id in touched.offers {
                guard let record = live.offer(id), let row = live.part.rows(ofOffer: record).first else { continue }
                texts.offers[id] = Array(offers.grams(of: Int(row)))
            }
            for id in touched.wishes {
                guard let record = live.wish(id), let row = live.part.rows(ofWish: record).first else { continue }
                texts.wishes[id] = Array(wishes.grams(of: Int(row)))
            }
        }
        return (texts.offers.filter { !$0.value.isEmpty }, texts.wishes.filter { !$0.value.isEmpty })
    }

    private func touched(by changes: RegistryChanges) -> TouchedRecords {
        var touched = TouchedRecords()
        touched.parties = Set(changes.parties.map(\.id))
        touched.offers = Set(changes.offers.map(\.key.id) + changes.available.map(\.record) + changes.withdrawnOffers)
        touched.wishes = Set(changes.wishes.map(\.key.id) + changes.wanted.map(\.record) + changes.withdrawnWishes)
        for party in touched.parties {
            for live in parts {
                for record in live.part.offers(of: party) where !live.isGone(offer: record) {
                    touched.offers.insert(live.registry.offers.keys[record].id)
                }
            }
        }
        return touched
    }

    private func addOffers(_ changes: RegistryChanges, _ touched: TouchedRecords, to maker: inout PartMaker) {
        let withdrawn = Set(changes.withdrawnOffers)
        let new = Dictionary(changes.offers.map { ($0.key.id, $0) }) { $1 }
        let quantities = Dictionary(grouping: changes.available, by: \.record)
        for id in touched.offers where !withdrawn.contains(id) {
            if let offer = new[id] {
                maker.add(offer)
            } else if !copyOffer(id, to: &maker) {
                continue
            }
            for change in quantities[id] ?? [] { maker.setAvailable(change) }
        }
    }

    private func addWishes(_ changes: RegistryChanges, _ touched: TouchedRecords, to maker: inout PartMaker) {
        let withdrawn = Set(changes.withdrawnWishes)
        let new = Dictionary(changes.wishes.map { ($0.key.id, $0) }) { $1 }
        let quantities = Dictionary(grouping: changes.wanted, by: \.record)
        for id in touched.wishes where !withdrawn.contains(id) {
            if let wish = new[id] {
                maker.add(wish)
            } else if !copyWish(id, to: &maker) {
                continue
            }
            for change in quantities[id] ?? [] { maker.setWanted(change) }
        }
    }

    @discardableResult
    private func copyOffer(_ id: RecordID, to maker: inout PartMaker) -> Bool {
        for live in parts {
            guard let record = live.offer(id) else { continue }
            maker.copy(offer: record, of: live)
            return true
        }
        return false
    }

    @discardableResult
    private func copyWish(_ id: RecordID, to maker: inout PartMaker) -> Bool {
        for live in parts {
            guard let record = live.wish(id) else { continue }
            maker.copy(wish: record, of: live)
            return true
        }
        return false
    }

    private mutating func remove(offer id: RecordID) {
        base.remove(offer: id)
        middle?.remove(offer: id)
    }

    private mutating func remove(wish id: RecordID) {
        base.remove(wish: id)
        middle?.remove(wish: id)
    }
}
