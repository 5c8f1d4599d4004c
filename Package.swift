// swift-tools-version: 6.0
import PackageDescription

// One target per row of the house (see docs/Design.md): a floor uses only the floors below it.
// libtorch is found through a .pc file that `make` writes into .libtorch/, because unsafe flags
// here would bar other packages from depending on this one.

let package = Package(
    name: "AngularMargin",
    platforms: [.macOS(.v14)],
    products: [
        .library(name: "Torch", targets: ["Torch"]),
    ],
    dependencies: [],
    targets: [
        // Floor 0: libtorch's C door.
        .systemLibrary(name: "Libtorch", pkgConfig: "angularmargin-libtorch"),
        .target(name: "CTorch", dependencies: ["Libtorch"]),

        // Floor 1: tensors.
        .target(name: "Torch", dependencies: ["CTorch"]),
        .testTarget(name: "TorchTests", dependencies: ["Torch"], exclude: ["Fixtures"]),

        // Measurements, not part of the library.
        .target(name: "CBenchOperators", dependencies: ["Libtorch"]),
        .executableTarget(
            name: "bench-operators", dependencies: ["Torch", "CBenchOperators"], path: "Sources/BenchOperators"),
    ],
    cxxLanguageStandard: .cxx20
)
