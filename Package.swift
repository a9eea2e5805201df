// swift-tools-version: 6.2
import PackageDescription

// One line per scoring plugin: `Plugins/<Name>Scoring` with the type `<Name>Scorer`.
// The manifest is cached by its text, so the folders are listed here and never scanned;
// the test `everyPluginFolderIsListed` names a folder that is missing from this list.
let scorers: [String] = []

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

var targets: [Target] = [
    .target(name: "MatchCore"),
    .testTarget(name: "MatchCoreTests", dependencies: ["MatchCore"]),
    .target(name: "InputGate"),
    .testTarget(name: "InputGateTests", dependencies: ["InputGate"]),
    .target(name: "Exchange", dependencies: ["InputGate", yams]),
    .testTarget(name: "ExchangeTests", dependencies: ["Exchange", "InputGate"]),
]

for scorer in scorers {
    targets.append(
        .target(name: "\(scorer)Scoring", dependencies: ["MatchCore"], path: "Plugins/\(scorer)Scoring",
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
    dependencies: [
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2")
    ],
    targets: targets,
    swiftLanguageModes: [.v6]
)
