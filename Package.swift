// swift-tools-version: 6.2
import PackageDescription

// One line per scoring plugin: `Plugins/<Name>Scoring` with the type `<Name>Scorer`.
// The manifest is cached by its text, so the folders are listed here and never scanned;
// the test `everyPluginFolderIsListed` names a folder that is missing from this list.
let scorers: [String] = [
    "CategoryFit",
    "Proximity",
    "QuantityFit",
    "AvailabilityFit",
    "SkillFit",
    "LanguageFit",
]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let scorerModules: [Target.Dependency] = scorers.map { .target(name: "\($0)Scoring") }

var targets: [Target] = [
    .target(name: "MatchCore"),
    .testTarget(name: "MatchCoreTests", dependencies: ["MatchCore"]),
    .target(name: "ScorerCatalog", dependencies: ["MatchCore"] + scorerModules),
    .testTarget(
        name: "ScorerCatalogTests", dependencies: ["AlmonerTesting", "MatchCore", "ScorerCatalog"] + scorerModules),
    .target(name: "AlmonerTesting", dependencies: ["MatchCore"]),
    .testTarget(name: "AlmonerTestingTests", dependencies: ["AlmonerTesting", "MatchCore"]),
]

for scorer in scorers {
    targets.append(
        .target(
            name: "\(scorer)Scoring", dependencies: ["MatchCore"], path: "Plugins/\(scorer)Scoring",
            exclude: ["README.md"]))
}

for target in targets where target.type != .system {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .treatAllWarnings(as: .error),
    ]
}

let package = Package(
    name: "almoner",
    dependencies: [],
    targets: targets,
    swiftLanguageModes: [.v6]
)
