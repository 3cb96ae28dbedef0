// swift-tools-version: 6.3
import PackageDescription

// A package of your own looks like this one, with the address of twin's repository in the place of the path.

let swiftSettings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "Examples",
  platforms: [.macOS(.v26)],
  dependencies: [.package(name: "twin", path: "..")],
  targets: [
    .executableTarget(
      name: "WordStatistics",
      dependencies: [
        .product(name: "Dataflow", package: "twin"),
        .product(name: "DataflowMacros", package: "twin"),
      ],
      swiftSettings: swiftSettings,
      plugins: [.plugin(name: "SourceFingerprints", package: "twin")]),
    .testTarget(
      name: "WordStatisticsTests",
      dependencies: ["WordStatistics", .product(name: "Dataflow", package: "twin")],
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "OwnCrawler",
      dependencies: [.product(name: "Pipelines", package: "twin")],
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "PlainGraph",
      dependencies: [.product(name: "Dataflow", package: "twin")],
      swiftSettings: swiftSettings),
  ],
  swiftLanguageModes: [.v6]
)
