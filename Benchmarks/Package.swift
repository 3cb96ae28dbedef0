// swift-tools-version: 6.3
import PackageDescription

let swiftSettings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v26)],
  dependencies: [.package(name: "twin", path: "..")],
  targets: [
    .executableTarget(
      name: "DataflowBenchmark",
      dependencies: [
        .product(name: "Dataflow", package: "twin"),
        .product(name: "DataflowMacros", package: "twin"),
      ],
      path: "dataflow/Sources",
      swiftSettings: swiftSettings,
      plugins: [.plugin(name: "SourceFingerprints", package: "twin")])
  ],
  swiftLanguageModes: [.v6]
)
