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
  dependencies: [
    .package(name: "twin", path: ".."),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
  ],
  targets: [
    .target(name: "BenchmarkClock", path: "clock", swiftSettings: swiftSettings),
    .executableTarget(
      name: "BSONBenchmark",
      dependencies: [.product(name: "BSON", package: "twin")],
      path: "bson/Sources",
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "DataflowBenchmark",
      dependencies: [
        .product(name: "Dataflow", package: "twin"),
        .product(name: "DataflowMacros", package: "twin"),
      ],
      path: "dataflow/Sources",
      swiftSettings: swiftSettings,
      plugins: [.plugin(name: "SourceFingerprints", package: "twin")]),
    .executableTarget(
      name: "EmbeddingBenchmark",
      dependencies: [.product(name: "Embedding", package: "twin")],
      path: "embedding/Sources",
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "QdrantBenchmark",
      dependencies: [
        "BenchmarkClock",
        .product(name: "Domain", package: "twin"),
        .product(name: "HTTP", package: "twin"),
        .product(name: "VectorStore", package: "twin"),
      ],
      path: "vectors/qdrant/Sources",
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "TextBenchmark",
      dependencies: [
        "BenchmarkClock",
        .product(name: "Preprocessing", package: "twin"),
        .product(name: "Tokenizers", package: "twin"),
      ],
      path: "text/Sources",
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "TextFuzzer",
      dependencies: [
        .product(name: "Domain", package: "twin"),
        .product(name: "Preprocessing", package: "twin"),
        .product(name: "Tokenizers", package: "twin"),
      ],
      path: "fuzz/Sources",
      swiftSettings: swiftSettings,
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])]),
    .executableTarget(
      name: "VectorsBenchmark",
      dependencies: [
        "BenchmarkClock",
        .product(name: "Domain", package: "twin"),
        .product(name: "HTTP", package: "twin"),
        .product(name: "VectorStore", package: "twin"),
      ],
      path: "vectors/Sources",
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "WarehouseBenchmark",
      dependencies: [
        "BenchmarkClock",
        .product(name: "Domain", package: "twin"),
        .product(name: "Warehouse", package: "twin"),
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      path: "warehouse/Sources",
      swiftSettings: swiftSettings),
  ],
  swiftLanguageModes: [.v6]
)
