public import MatchCore

/// The file of a family (一户一档): its members, hardships, benefits and all its wishes over time.
public struct Household: Hashable, Sendable {
    /// Someone who lives, or lived, in the household. Who it is stands in the sealed record of the person.
    public struct Member: Hashable, Sendable {
        public let person: RecordID
        public let birthYear: Int?
        public let from: Moment
        /// Nil while they live there.
        public internal(set) var to: Moment?

        public init(person: RecordID, birthYear: Int?, from: Moment, to: Moment? = nil) {
            self.person = person
            self.birthYear = birthYear
            self.from = from
            self.to = to
        }
    }

    /// A hardship or a benefit, by the program's code, for as long as it held.
    public struct Circumstance: Hashable, Sendable {
        public let code: Code
        public let from: Moment
        public internal(set) var to: Moment?

        public init(code: Code, from: Moment, to: Moment? = nil) {
            self.code = code
            self.from = from
            self.to = to
        }
    }

    /// A wish of the household in a round of the program.
    public struct FiledWish: Hashable, Sendable {
        public let wish: RecordID
        public let round: Int
        public let openedAt: Moment
        public internal(set) var closedAt: Moment?

        public init(wish: RecordID, round: Int, openedAt: Moment, closedAt: Moment? = nil) {
            self.wish = wish
            self.round = round
            self.openedAt = openedAt
            self.closedAt = closedAt
        }
    }

    public let id: RecordID
    public let area: Code
    public private(set) var members: [Member] = []
    public private(set) var hardships: [Circumstance] = []
    public private(set) var benefits: [Circumstance] = []
    public private(set) var wishes: [FiledWish] = []
    public private(set) var lastVisit: Moment?

    public init(id: RecordID, area: Code) {
        self.id = id
        self.area = area
    }

    /// A file as a store gives it back.
    public init(
        id: RecordID, area: Code, members: [Member], hardships: [Circumstance], benefits: [Circumstance],
        wishes: [FiledWish], lastVisit: Moment?
    ) {
        self.id = id
        self.area = area
        self.members = members
        self.hardships = hardships
        self.benefits = benefits
        self.wishes = wishes
        self.lastVisit = lastVisit
    }

    /// Takes a person in; one who lives there already changes nothing.
    public mutating func take(_ person: RecordID, birthYear: Int?, at moment: Moment) {
        guard !members.contains(where: { $0.person == person && $0.to == nil }) else { return }
        members.append(Member(person: person, birthYear: birthYear, from: moment, to: nil))
    }

    /// Notes that a person left. Throws `unknown` when they do not live there.
    public mutating func leave(_ person: RecordID, at moment: Moment) throws {
        guard let index = members.firstIndex(where: { $0.person == person && $0.to == nil }) else {
            throw CaseworkError(
                .unknown, "The person does not live in this household.", zhHans: "该人员不在此家庭中。")
        }
        members[index].to = moment
    }

    /// Notes a hardship; one that holds already changes nothing.
    public mutating func noteHardship(_ code: Code, at moment: Moment) {
        Self.begin(code, at: moment, in: &hardships)
    }

    /// Notes a benefit the household receives; one that holds already changes nothing.
    public mutating func noteBenefit(_ code: Code, at moment: Moment) {
        Self.begin(code, at: moment, in: &benefits)
    }

    /// Ends a hardship; one that does not hold changes nothing.
    public mutating func endHardship(_ code: Code, at moment: Moment) {
        Self.end(code, at: moment, in: &hardships)
    }

    /// Ends a benefit; one that does not hold changes nothing.
    public mutating func endBenefit(_ code: Code, at moment: Moment) {
        Self.end(code, at: moment, in: &benefits)
    }

    /// Files a wish.
    ///
    /// - Parameters:
    ///   - onePerRound: whether the program lets a household have one open wish in a round.
    ///   - closedAt: when it was closed or ended; nil for one that is open, and takes the household's place in the round.
    ///   - name: what people call a wish.
    ///
    /// Throws `notCovered` when it may not have another; filing the same wish again changes nothing.
    public mutating func file(
        _ wish: RecordID, round: Int, onePerRound: Bool, at moment: Moment, closedAt: Moment? = nil,
        calling name: (RecordID) throws -> String = { "\($0)" }
    ) throws {
        guard !wishes.contains(where: { $0.wish == wish }) else { return }
        if onePerRound, closedAt == nil, let open = wishes.first(where: { $0.round == round && $0.closedAt == nil }) {
            let known = try name(open.wish)
            throw CaseworkError(
                .notCovered, "The household has the open wish \(known) in round \(round). Finish or close it first.",
                zhHans: "该家庭在第 \(round) 轮已有未办结的心愿 \(known)。请先办结。")
        }
        wishes.append(FiledWish(wish: wish, round: round, openedAt: moment, closedAt: closedAt))
    }

    /// Takes a wish out of the file, and returns how it stood there. Throws `unknown` when the file does not hold it.
    public mutating func release(_ wish: RecordID) throws -> FiledWish {
        guard let index = wishes.firstIndex(where: { $0.wish == wish }) else {
            throw CaseworkError(
                .unknown, "The household's file does not hold this wish.", zhHans: "该家庭的档案中没有此心愿。")
        }
        return wishes.remove(at: index)
    }

    /// Notes that a wish of the household is closed. Throws `unknown` when the file does not hold it.
    public mutating func close(_ wish: RecordID, at moment: Moment) throws {
        guard let index = wishes.firstIndex(where: { $0.wish == wish }) else {
            throw CaseworkError(
                .unknown, "The household's file does not hold this wish.", zhHans: "该家庭的档案中没有此心愿。")
        }
        if wishes[index].closedAt == nil { wishes[index].closedAt = moment }
    }

    /// Notes that a wish of the household was opened again. Throws `unknown` when the file does not hold it.
    public mutating func reopen(_ wish: RecordID) throws {
        guard let index = wishes.firstIndex(where: { $0.wish == wish }) else {
            throw CaseworkError(
                .unknown, "The household's file does not hold this wish.", zhHans: "该家庭的档案中没有此心愿。")
        }
        wishes[index].closedAt = nil
    }

    /// Notes a visit.
    public mutating func noteVisit(at moment: Moment) {
        lastVisit = max(lastVisit ?? moment, moment)
    }

    private static func begin(_ code: Code, at moment: Moment, in list: inout [Circumstance]) {
        guard !list.contains(where: { $0.code == code && $0.to == nil }) else { return }
        list.append(Circumstance(code: code, from: moment, to: nil))
    }

    private static func end(_ code: Code, at moment: Moment, in list: inout [Circumstance]) {
        guard let index = list.firstIndex(where: { $0.code == code && $0.to == nil }) else { return }
        list[index].to = moment
    }
}
