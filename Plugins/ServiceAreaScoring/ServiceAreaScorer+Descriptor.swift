public import MatchCore

extension ServiceAreaScorer {
    public static let descriptor = ScorerDescriptor(
        id: "ServiceArea", version: 1,
        title: LocalizedText(zhHans: "服务范围", en: "Service area"),
        summary: LocalizedText(
            zhHans: "心愿在资源的服务地区或半径之外时排除；在范围内不加分也不减分。",
            en: "Vetoes wishes outside the areas or the radius that the offer serves; inside it adds and takes nothing."
        ),
        parameters: [
            ParameterDescriptor(
                name: "roughMetres",
                title: LocalizedText(zhHans: "粗略位置的余地", en: "Margin of a rough place"),
                help: LocalizedText(
                    zhHans: "位置只知道到镇街或村时（以中心点代替），超出半径不到这么多米不排除，记为不明。",
                    en: "Where a place is known by the centroid of its area only, a wish this little beyond the radius "
                        + "is not vetoed but counts as not known."),
                kind: .integer(0...50_000, default: 5_000), unit: "metre")
        ],
        vetoes: [
            .init(
                reason: ServiceAreaFinding.outsideArea.rawValue,
                title: LocalizedText(zhHans: "不在服务地区内", en: "Outside the areas that the offer serves")),
            .init(
                reason: ServiceAreaFinding.outsideRadius.rawValue,
                title: LocalizedText(zhHans: "超出服务半径", en: "Beyond the radius that the offer serves")),
        ],
        reasons: ServiceAreaFinding.allCases.map(\.rawValue),
        examples: [
            example(
                LocalizedText(zhHans: "不限地区", en: "Serves anywhere"), served: nil, wish: [],
                .unrestricted),
            example(
                LocalizedText(zhHans: "虎门的村在虎门镇内", en: "A village of Humen lies in Humen"),
                served: humen, wish: ["441900", "441900121", "441900121004"], .served),
            example(
                LocalizedText(zhHans: "只服务虎门，心愿在长安", en: "Serves Humen, the wish is in Chang'an"),
                served: humen, wish: ["441900", "441900119"], .outsideArea),
            example(
                LocalizedText(zhHans: "心愿地点不明", en: "Nobody knows where the wish is"), served: humen, wish: [],
                .placeNotKnown),
            example(
                LocalizedText(zhHans: "只知道心愿在东莞市", en: "The wish is somewhere in Dongguan"),
                served: humen, wish: ["441900"], inside: ["441900121"], .placeRough),
            example(
                LocalizedText(zhHans: "半径 3 公里，相距 2.4 公里", en: "Within 3 km, 2.4 km away"),
                served: nil, wish: [], radius: 3_000, centimetres: 240_000, .served),
            example(
                LocalizedText(zhHans: "半径 3 公里，相距 4 公里", en: "Within 3 km, 4 km away"),
                served: nil, wish: [], radius: 3_000, centimetres: 400_000, .outsideRadius),
            example(
                LocalizedText(zhHans: "相距 4 公里，但只知道到镇街", en: "4 km away, but known by its town only"),
                served: nil, wish: [], radius: 3_000, centimetres: 400_000, roughSides: 1, .placeRough),
        ])

    private static let humen = ["441900121"]

    private static func example(
        _ title: LocalizedText, served: [String]?, wish: [String], inside: [String] = [], radius: Int64? = nil,
        centimetres: Int64? = nil, roughSides: Int64 = 0, _ expected: ServiceAreaFinding
    ) -> WorkedExample {
        let names = ["441900121": LocalizedText(zhHans: "虎门镇", en: "Humen")]
        return WorkedExample(
            title,
            inputs: [
                "isAreaRestricted": .flag(served != nil), "servedAreas": .texts(served ?? []),
                "wishAreas": .texts(wish), "servedInsideWishArea": .texts(inside), "radiusMetres": .optional(radius),
                "distanceCentimetres": .optional(centimetres), "roughSides": .integer(roughSides),
                "servedNames": .names((served ?? []).compactMap { names[$0] }), "wishAreaName": .names([]),
            ],
            expected: Judgement(Score(raw: expected.raw), reason: expected.rawValue))
    }
}
