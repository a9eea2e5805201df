/// One change to a draft, as a person writes it: `Proximity.decay=5000`, `Trust.weight=900`, `FairShare=off`.
public struct ProfileEdit: Sendable, Hashable {
    /// The layer that is changed; nil for the program itself.
    public var scope: ProfileScope?
    public var scorer: String
    public var value: Value

    public enum Value: Sendable, Hashable {
        case weight(Int32)
        case neutral(Int32)
        /// Nil puts the default back, or in a layer what is inherited.
        case parameter(String, ParameterValue?)
        /// Leaves the scorer out.
        case off
        /// In a layer: takes everything back that it says of the scorer.
        case inherit
    }

    public init(scope: ProfileScope? = nil, scorer: String, _ value: Value) {
        self.scope = scope
        self.scorer = scorer
        self.value = value
    }

    /// Reads `SCORER.NAME=VALUE`, where the name is `weight`, `neutral` or a parameter's; `SCORER=off`, and in a layer
    /// `SCORER=inherit`. Throws ``ProfileError`` with what was expected.
    ///
    /// - Parameter table: reads the value of a parameter that is a table (JSON); nil where the text is none.
    public init(
        _ text: String, scope: ProfileScope? = nil, descriptors: [ScorerDescriptor],
        table: (String) -> ParameterValue? = { _ in nil }
    ) throws(ProfileError) {
        guard let equals = text.firstIndex(of: "=") else { throw ProfileEdit.shape(text) }
        let left = text[..<equals]
        let right = String(text[text.index(after: equals)...])
        let dot = left.firstIndex(of: ".")
        let id = String(left[..<(dot ?? left.endIndex)])
        guard let descriptor = descriptors.first(where: { $0.id == id }) else {
            if ["allocation", "vote", "trial"].contains(id) {
                throw ProfileError(
                    .unknownScorer,
                    LocalizedText(
                        zhHans: "“\(id)”不属于任何评分器，须在文件中修改：almoner profile edit。",
                        en: "'\(id)' belongs to no scorer. Change it in the file, with: almoner profile edit"))
            }
            let known = descriptors.map(\.id).joined(separator: ", ")
            throw ProfileError(
                .unknownScorer,
                LocalizedText(
                    zhHans: "没有评分器“\(id)”。内置：\(known)。", en: "There is no scorer '\(id)'. Built in: \(known)."))
        }
        guard let dot else {
            switch right {
            case "off": self.init(scope: scope, scorer: id, .off)
            case "inherit" where scope != nil: self.init(scope: scope, scorer: id, .inherit)
            default: throw ProfileEdit.shape(text)
            }
            return
        }
        let name = String(left[left.index(after: dot)...])
        switch name {
        case "weight":
            self.init(scope: scope, scorer: id, .weight(try ProfileEdit.number(right, name, id, 0...10_000)))
        case "neutral":
            self.init(scope: scope, scorer: id, .neutral(try ProfileEdit.number(right, name, id, 0...Score.best)))
        default:
            var value = right.isEmpty ? nil : ParameterValue(scalar: right)
            if case .table? = descriptor.parameters.first(where: { $0.name == name })?.kind, !right.isEmpty {
                guard let read = table(right) else { throw ProfileEdit.noTable(id, name) }
                value = read
            }
            do {
                _ = try ParameterValues(value.map { [name: $0] } ?? [:], for: descriptor, naming: name)
            } catch {
                throw ProfileError(.badParameter, error.text)
            }
            self.init(scope: scope, scorer: id, .parameter(name, value))
        }
    }

    private static func number(_ text: String, _ name: String, _ scorer: String, _ range: ClosedRange<Int32>)
        throws(ProfileError) -> Int32
    {
        guard let number = Int64(text), range.contains(Int32(clamping: number)) else {
            throw ProfileError(
                .outOfRange,
                LocalizedText(
                    zhHans: "\(scorer)：\(name) 应为 \(range.lowerBound)…\(range.upperBound) 的整数，得到“\(text)”。",
                    en:
                        "\(scorer): \(name) must be a whole number, \(range.lowerBound)…\(range.upperBound), not '\(text)'."
                ))
        }
        return Int32(clamping: number)
    }

    private static func noTable(_ scorer: String, _ name: String) -> ProfileError {
        let example = "[{\"when\": {\"offer.delivers\": true}, \"points\": 200000}]"
        return ProfileError(
            .badEdit,
            LocalizedText(
                zhHans: "\(scorer).\(name) 是表，请写成 JSON 列表，如 \(scorer).\(name)='\(example)'，"
                    + "或写 \(scorer).\(name)=@文件（YAML 或 JSON）。",
                en:
                    "\(scorer).\(name) is a table. Write a list in JSON, such as \(scorer).\(name)='\(example)', or on the "
                    + "command line \(scorer).\(name)=@FILE (YAML or JSON)."))
    }

    private static func shape(_ text: String) -> ProfileError {
        ProfileError(
            .badEdit,
            LocalizedText(
                zhHans: "“\(text)”看不懂。写成 评分器.weight=900、评分器.参数=值 或 评分器=off。",
                en: "'\(text)' is no change. Write SCORER.weight=900, SCORER.PARAMETER=VALUE or SCORER=off."))
    }
}

extension ScoringProfile {
    /// Makes one change. A scorer that is not in the profile yet comes in with the weight that it is given; throws
    /// ``ProfileError`` where another value of it is set before.
    public mutating func apply(_ edit: ProfileEdit) throws(ProfileError) {
        if let scope = edit.scope {
            apply(edit, in: scope)
        } else {
            try applyToProgram(edit)
        }
    }

    private mutating func applyToProgram(_ edit: ProfileEdit) throws(ProfileError) {
        let place = entries.firstIndex { $0.scorer == edit.scorer }
        switch (edit.value, place) {
        case (.off, let place?): entries.remove(at: place)
        case (.off, nil), (.inherit, _): break
        case (.weight(let weight), let place?): entries[place].weight = weight
        case (.weight(let weight), nil): entries.append(Entry(scorer: edit.scorer, weight: weight))
        case (.neutral(let neutral), let place?): entries[place].neutral = neutral
        case (.parameter(let name, let value), let place?): entries[place].parameters[name] = value
        case (.neutral, nil), (.parameter, nil):
            throw ProfileError(
                .badEdit,
                LocalizedText(
                    zhHans: "\(edit.scorer) 不在方案中。先加入：\(edit.scorer).weight=权重。",
                    en: "\(edit.scorer) is not in the profile. Bring it in first: \(edit.scorer).weight=WEIGHT."))
        }
    }

    private mutating func apply(_ edit: ProfileEdit, in scope: ProfileScope) {
        let layer = layers.firstIndex { $0.scope == scope } ?? layers.count
        if layer == layers.count { layers.append(ProfileLayer(scope: scope, changes: [])) }
        let place = layers[layer].changes.firstIndex { $0.scorer == edit.scorer } ?? layers[layer].changes.count
        if place == layers[layer].changes.count { layers[layer].changes.append(.init(scorer: edit.scorer)) }
        switch edit.value {
        case .weight(let weight):
            layers[layer].changes[place].weight = weight
            layers[layer].changes[place].isOff = false
        case .neutral(let neutral): layers[layer].changes[place].neutral = neutral
        case .parameter(let name, let value): layers[layer].changes[place].parameters[name] = value
        case .off: layers[layer].changes[place] = .init(scorer: edit.scorer, isOff: true)
        case .inherit: layers[layer].changes[place] = .init(scorer: edit.scorer)
        }
        // Nothing is kept that says nothing.
        layers[layer].changes.removeAll { $0.saysNothing }
        layers.removeAll { $0.changes.isEmpty }
        // A trial ends with its last area.
        if !layers.contains(where: { $0.scope.kind == .area }) { trial = nil }
    }
}
