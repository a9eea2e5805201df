import Casework
import MatchCore
import Operations
import Storage
import Testing
import Wire

/// What writes its JSON by itself says what its coding says, to the byte.
@Suite struct WritingTests {
    private func bytes(_ list: MatchList) throws -> (own: [UInt8], coded: [UInt8]) {
        (try WireEncoder().encode(list), try list.codedBytes())
    }

    @Test func theSampleIsWrittenAsItIsCoded() throws {
        let (own, coded) = try bytes(.sample)
        #expect(own == coded, "\(String(decoding: own, as: UTF8.self))")
    }

    /// Rankings as they are asked for: with and without vetoes and explanations, for staff and for donors, in both
    /// languages; read back, they are what they were.
    @Test func rankingsAreWrittenAsTheyAreCoded() async throws {
        let service = try RouteService()
        for role in [Role.admin, .donor] {
            for language in [Language.zhHans, .en] {
                for explain in [true, false] {
                    for vetoes in [true, false, nil] {
                        let lists = try service.store.blockingRead { store -> [MatchList] in
                            let actor = CaseActor(
                                id: RecordID(high: 9, low: 9), role: role, party: RouteService.parties[0])
                            let context = service.room.context(
                                in: store, for: Viewer(actor: actor, language: language), at: RouteService.now)
                            let offer = try MatchOperations.forOffer.answer(
                                OfferMatchInput(offer: RouteService.offers[0], explain: explain, vetoes: vetoes),
                                in: context)
                            guard role == .admin else { return [offer] }
                            let wish = try MatchOperations.forWish.answer(
                                WishMatchInput(wish: RouteService.wishes[0], explain: explain, vetoes: vetoes),
                                in: context)
                            return [offer, wish]
                        }
                        for list in lists {
                            let (own, coded) = try bytes(list)
                            #expect(own == coded, "\(String(decoding: own, as: UTF8.self))")
                            let read = try WireDecoder().decode(MatchList.self, from: try JSONValue(parsing: own))
                            #expect(try WireEncoder().encode(read) == own)
                        }
                    }
                }
            }
        }
    }
}
