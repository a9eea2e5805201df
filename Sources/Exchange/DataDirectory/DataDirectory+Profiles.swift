public import MatchCore

extension DataDirectory {
    /// The names of the scoring profiles that the directory holds.
    public var profileNames: [String] {
        files(in: "profiles", suffix: ".yaml").map { String($0.dropLast(5)) }
    }

    /// Reads `profiles/NAME.yaml` as revision 1 of that profile.
    ///
    /// - Parameter descriptors: the scorers that are built in. A scorer or parameter that is not among them is refused
    ///   with the one that comes closest, a value out of its range with the range.
    public func profile(named name: String, descriptors: [ScorerDescriptor]) throws(DataFault) -> ScoringProfile {
        guard profileNames.contains(name) else {
            let names = profileNames
            let list = names.joined(separator: ", ")
            let close = FoldedName.closest(to: name, among: names).first ?? list
            throw DataFault(
                .missing,
                LocalizedText(
                    zhHans: "没有评分方案“\(name)”。可用：\(close)。",
                    en: "There is no scoring profile '\(name)'. There is: \(close)."),
                file: path(of: "profiles"))
        }
        let file = try OperatorFile(path: path(of: "profiles/\(name).yaml"))
        return try ProfileFile.profile(from: file, descriptors: descriptors)
    }
}

/// How a scoring profile is written by hand.
enum ProfileFile {
    static func profile(
        from file: OperatorFile, descriptors: [ScorerDescriptor]
    ) throws(DataFault) -> ScoringProfile {
        let members = try file.root.members(["name", "title", "scorers"])
        func member(_ key: String) throws(DataFault) -> OperatorFile.Field {
            guard let field = members[key] else {
                throw file.root.fault(.badValue, "The key '\(key)' is missing.", "缺少“\(key)”。")
            }
            return field
        }
        var entries: [ScoringProfile.Entry] = []
        for item in try member("scorers").items() {
            let entry = try entry(item, descriptors: descriptors)
            guard !entries.contains(where: { $0.scorer == entry.scorer }) else {
                throw item.fault(.inconsistent, "'\(entry.scorer)' stands twice.", "“\(entry.scorer)”重复。")
            }
            entries.append(entry)
        }
        return ScoringProfile(
            name: try member("name").text(), revision: 1, title: try title(member("title")), entries: entries)
    }

    private static func title(_ field: OperatorFile.Field) throws(DataFault) -> LocalizedText {
        let members = try field.members(["zh-Hans", "en"])
        guard let zhHans = members["zh-Hans"], let en = members["en"] else {
            throw field.fault(.badValue, "Give the title as 'zh-Hans' and 'en'.", "请分别写明“zh-Hans”和“en”标题。")
        }
        return LocalizedText(zhHans: try zhHans.text(), en: try en.text())
    }

    private static func entry(
        _ item: OperatorFile.Field, descriptors: [ScorerDescriptor]
    ) throws(DataFault) -> ScoringProfile.Entry {
        let members = try item.members(["scorer", "weight", "neutral", "parameters"])
        guard let name = members["scorer"], let weight = members["weight"] else {
            throw item.fault(.badValue, "Each item needs 'scorer' and 'weight'.", "每项需要“scorer”和“weight”。")
        }
        let id = try name.text()
        guard let descriptor = descriptors.first(where: { $0.id == id }) else {
            throw name.unknown(id, known: descriptors.map(\.id))
        }
        var parameters: [String: ParameterValue] = [:]
        if let field = members["parameters"] {
            for (key, value) in try field.members(descriptor.parameters.map(\.name)).sorted(by: { $0.key < $1.key }) {
                let given = try value.parameter()
                do {
                    _ = try ParameterValues([key: given], for: descriptor)
                } catch {
                    throw value.fault(.badValue, error.message, "参数值不合要求：\(error.message)")
                }
                parameters[key] = given
            }
        }
        return ScoringProfile.Entry(
            scorer: id, weight: Int32(try weight.integer(in: 0...10_000)),
            neutral: try members["neutral"].map { field throws(DataFault) in
                Int32(try field.integer(in: 0...Int64(Score.best)))
            } ?? ScoringProfile.Entry.defaultNeutral, parameters: parameters)
    }
}
