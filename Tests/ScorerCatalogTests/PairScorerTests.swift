import DonorPreferenceScoring
import MatchCore
import ServiceAreaScoring
import Testing
import UrgencyScoring

/// Whom a donor helps, where it helps, and how soon.
@Suite struct PairScorerTests {
    private let now = Timestamp(milliseconds: 1_795_000_000_000)
    private let areas: AreaTree
    private let categories: CategoryTree

    init() throws {
        func area(_ code: String, _ parent: String?, _ latitude: Double?) -> Area {
            Area(
                code: code, parent: parent, level: "", name: LocalizedText(zhHans: code, en: code),
                centroid: latitude.flatMap { GeoPoint(latitude: $0, longitude: 113.7) })
        }
        areas = try AreaTree([
            area("city", nil, 22.9), area("humen", "city", 22.8), area("village", "humen", nil),
            area("changan", "city", 22.85),
        ])
        func category(_ code: String, _ parent: String?) -> MatchCore.Category {
            Category(code: code, parent: parent, name: LocalizedText(zhHans: code, en: code))
        }
        categories = try CategoryTree([category("school", nil), category("desk", "school"), category("medicine", nil)])
    }

    private func finding(
        _ type: any Scorer.Type, preference: DonorPreference = DonorPreference(), serves: [String] = [],
        radius: Int? = nil, from point: GeoPoint? = nil, groups: [String] = [], place: Place = Place(),
        category: String? = nil, wish edit: (inout Wish) -> Void = { _ in }
    ) throws -> Finding {
        let party = Party(id: RecordID(high: 3, low: 1), preference: preference)
        var builder = RegistryBuilder(areas: areas, categories: categories)
        builder.add(party)
        builder.add(
            Offer(
                key: RecordKey(source: "test", externalID: "1", id: RecordID(high: 1, low: 1)), party: party.id,
                place: Place(point: point), serviceAreas: serves, serviceRadiusMetres: radius,
                lines: [OfferLine(category: nil, available: 1)]))
        var wish = Wish(
            key: RecordKey(source: "test", externalID: "1", id: RecordID(high: 2, low: 1)), place: place,
            groups: groups, lines: [WishLine(category: category, quantity: 1)])
        edit(&wish)
        builder.add(wish)
        let context = ScoringContext(registry: builder.build(), now: now)
        let scorer = type.init(parameters: try ParameterValues(for: type.descriptor))
        return scorer.finding(wish: context.registry.wishes[0], offer: context.registry.offers[0], in: context)
    }

    @Test func preferencesReachDownTheTrees() throws {
        func reason(_ preference: DonorPreference, area: String?, category: String?) throws -> String {
            try finding(
                DonorPreferenceScorer.self, preference: preference, place: Place(area: area), category: category
            ).judgement.reason
        }
        #expect(try reason(DonorPreference(areas: ["humen"]), area: "village", category: nil) == "matched")
        #expect(try reason(DonorPreference(areas: ["humen"]), area: "changan", category: nil) == "unmatched")
        #expect(try reason(DonorPreference(areas: ["humen"]), area: "city", category: nil) == "wishUnclear")
        #expect(try reason(DonorPreference(areas: ["humen"]), area: nil, category: nil) == "wishUnclear")
        #expect(try reason(DonorPreference(categories: ["school"]), area: nil, category: "desk") == "matched")
        #expect(
            try reason(DonorPreference(excludedCategories: ["school"]), area: nil, category: "desk")
                == "excludedCategory")
        #expect(try reason(DonorPreference(excludedAreas: ["city"]), area: "village", category: nil) == "excludedArea")
        #expect(try reason(DonorPreference(excludedAreas: ["humen"]), area: "changan", category: nil) == "noPreference")
    }

    /// The term `pref` of the reference: 1 where the donor takes any group or the wish's own, else 0.
    @Test func theTermOfTheReferenceIsMet() throws {
        let names = (0..<8).map { "group\($0)" }
        for stated in 0...8 {
            for group in 0..<8 {
                let preference = DonorPreference(groups: stated == 8 ? [] : [names[stated]])
                let judgement = try finding(
                    DonorPreferenceScorer.self, preference: preference, groups: [names[group]]
                ).judgement
                #expect(judgement.score == .value(stated == 8 || stated == group ? 1_000_000 : 0))
            }
        }
    }

    @Test func onlyACertainDistanceBeyondTheRadiusVetoes() throws {
        let point = GeoPoint(latitude: 22.8, longitude: 113.7)
        func reason(_ place: Place, radius: Int) throws -> String {
            try finding(ServiceAreaScorer.self, radius: radius, from: point, place: place).judgement.reason
        }
        let near = Place(point: GeoPoint(latitude: 22.81, longitude: 113.7))
        let far = Place(point: GeoPoint(latitude: 22.85, longitude: 113.7))
        #expect(try reason(near, radius: 3_000) == "served")
        #expect(try reason(far, radius: 3_000) == "outsideRadius")
        // 5.56 km away as well, but known by the centre of its town only.
        #expect(try reason(Place(area: "changan"), radius: 3_000) == "placeRough")
        #expect(try reason(Place(area: "changan"), radius: 300) == "outsideRadius")
        #expect(try reason(Place(), radius: 3_000) == "placeNotKnown")
    }

    @Test func anOfferOfOneTownServesItsVillagesAndNoOtherTown() throws {
        func finding(_ area: String?) throws -> Finding {
            try self.finding(ServiceAreaScorer.self, serves: ["humen"], place: Place(area: area))
        }
        #expect(try finding("village").judgement.score == .notApplicable)
        #expect(try finding("changan").judgement.score == .veto(0))
        #expect(try finding("city").judgement.reason == "placeRough")
        #expect(try finding(nil).judgement.reason == "placeNotKnown")
        #expect(
            try self.finding(ServiceAreaScorer.self, serves: ["elsewhere"], place: Place(area: "humen"))
                .judgement.reason == "outsideArea", "areas that the tree does not have serve nobody")
    }

    @Test func whoWaitsLongerOrIsWorseOffComesFirst() throws {
        func value(_ edit: (inout Wish) -> Void) throws -> Int32 {
            let judgement = try finding(UrgencyScorer.self, wish: edit).judgement
            guard case .value(let value) = judgement.score else { return -1 }
            return value
        }
        func moment(days: Int64) -> Timestamp { Timestamp(milliseconds: now.milliseconds + days * 86_400_000) }
        var previous: Int32 = -1
        for waited: Int64 in [0, 1, 5, 10, 19, 20, 21, 400] {
            let waiting = try value {
                $0.submitted = moment(days: -waited)
                $0.due = moment(days: 20 - waited)
            }
            #expect(waiting >= previous, "\(waited) days")
            previous = waiting
        }
        for hardship in 1...4 {
            #expect(try value { $0.hardship = hardship } > value { $0.hardship = hardship - 1 })
        }
        #expect(try value { $0.urgency = .critical } > value { $0.urgency = .urgent })
        #expect(try value { $0.urgency = .urgent } > value { _ in })
        #expect(try value { _ in } > value { $0.lane = .microProject })
        for moment in [Timestamp(milliseconds: .max), Timestamp(milliseconds: .min + 1)] {
            #expect(try (0...1_000_000).contains(value { ($0.submitted, $0.due) = (moment, moment) }))
        }
    }
}
