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
        .library(name: "Networks", targets: ["Networks"]),
    ],
    dependencies: [],
    targets: [
        // Floor 0: libtorch's C door.
        .systemLibrary(name: "Libtorch", pkgConfig: "angularmargin-libtorch"),
        .target(name: "CTorch", dependencies: ["Libtorch"]),

        // Floor 1: tensors.
        .target(name: "Torch", dependencies: ["CTorch"]),
        .testTarget(name: "TorchTests", dependencies: ["Torch"], exclude: ["Fixtures"]),

        // Aside: the name that was meant.
        .target(name: "Suggestions"),
        .testTarget(name: "SuggestionsTests", dependencies: ["Suggestions"]),

        // Floor 3: layers and backbones.
        .target(name: "Networks", dependencies: ["Torch", "Suggestions"]),
        .testTarget(name: "NetworksTests", dependencies: ["Networks"], exclude: ["Fixtures"]),
    ],
    cxxLanguageStandard: .cxx20
)
