// swift-tools-version: 6.0
import PackageDescription

// One target per row of the house (see docs/Design.md): a floor uses only the floors below it, and
// targets of one floor never import each other. `Verification` stands aside and may be used anywhere.
//
// libtorch is found through a .pc file that `make` writes into .libtorch/, because unsafe flags
// here would bar other packages from depending on this one.

let package = Package(
    name: "AngularMargin",
    platforms: [.macOS(.v14)],
    products: [
        .executable(name: "margin", targets: ["margin"]),
        .library(name: "AngularMargin", targets: ["AngularMargin"]),
        .library(name: "Torch", targets: ["Torch"]),
        .library(name: "Networks", targets: ["Networks"]),
        .library(name: "Datasets", targets: ["Datasets"]),
        .library(name: "Models", targets: ["Models"]),
        .library(name: "Training", targets: ["Training"]),
        .library(name: "Experiments", targets: ["Experiments"]),
        .library(name: "Reports", targets: ["Reports"]),
        .library(name: "Gallery", targets: ["Gallery"]),
        .library(name: "Verification", targets: ["Verification"]),
        .library(name: "Tables", targets: ["Tables"]),
        .library(name: "FairnessAudit", targets: ["FairnessAudit"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", .upToNextMinor(from: "1.8.2")),
        .package(url: "https://github.com/jpsim/Yams", .upToNextMinor(from: "6.2.2")),
        .package(url: "https://github.com/groue/GRDB.swift", .upToNextMinor(from: "7.10.0")),
    ],
    targets: [
        // Floor 8: the command.
        .executableTarget(
            name: "margin",
            dependencies: [
                "Experiments", "Gallery", "AngularMargin", "Verification", "FairnessAudit",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .testTarget(name: "MarginTests", dependencies: ["margin", "Gallery", "Datasets", "Torch", "TestSupport"]),

        // Floor 7: recipes, run folders, and what is done with them.
        .target(
            name: "Experiments",
            dependencies: [
                "Gallery", "Reports", "Training", "Models", "FairnessAudit", "Tables", "AngularMargin", "Networks",
                "Datasets", "Torch", "Verification", "Suggestions", "Yams",
            ]),
        .testTarget(name: "ExperimentsTests", dependencies: ["Experiments", "FairnessAudit", "TestSupport"]),

        // Floor 6: plots, and pages that hold them.
        .target(name: "Reports", dependencies: ["Verification"]),
        .testTarget(name: "ReportsTests", dependencies: ["Reports", "Verification"]),

        // Floor 6: identities in a file, and who a picture shows.
        .target(
            name: "Gallery",
            dependencies: [
                "Datasets", "Torch", "CKernels", "Verification", "Suggestions",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        .testTarget(
            name: "GalleryTests",
            dependencies: [
                "Gallery", "Datasets", "Torch", "TestSupport", .product(name: "GRDB", package: "GRDB.swift"),
            ]),

        // Floor 5: loop, optimisers, schedules, checkpoints.
        .target(
            name: "Training", dependencies: ["Models", "AngularMargin", "Networks", "Datasets", "Torch", "CKernels"]),
        .testTarget(name: "TrainingTests", dependencies: ["Training", "TestSupport"]),

        // What the tests of the upper floors share.
        .target(
            name: "TestSupport", dependencies: ["Models", "Networks", "Datasets", "Torch"], path: "Tests/TestSupport"),

        // Floor 4: the model folder.
        .target(
            name: "Models",
            dependencies: ["AngularMargin", "Networks", "Datasets", "Torch", "CKernels", "Verification"]),
        .testTarget(name: "ModelsTests", dependencies: ["Models", "TestSupport"]),

        // Floor 4: private linear models, and what their noise does to groups.
        .target(name: "FairnessAudit", dependencies: ["Torch", "CKernels", "Tables", "Verification", "Suggestions"]),
        .testTarget(
            name: "FairnessAuditTests", dependencies: ["FairnessAudit", "Tables", "Torch", "Verification"]),

        // Floor 3: networks, and data.
        .target(name: "Networks", dependencies: ["Torch", "CKernels", "Suggestions"]),
        .testTarget(name: "NetworksTests", dependencies: ["Networks"], exclude: ["Fixtures"]),
        .target(name: "Datasets", dependencies: ["Suggestions", "CKernels", "CTurboJPEG", "CPNG", "CGIF", "CZlib"]),
        .testTarget(name: "DatasetsTests", dependencies: ["Datasets"], exclude: ["Fixtures"]),

        // Floor 2: the mathematics.
        .target(name: "AngularMargin", dependencies: ["Torch", "CKernels", "Suggestions"]),
        .testTarget(name: "AngularMarginTests", dependencies: ["AngularMargin"], exclude: ["Fixtures"]),

        // Floor 1: tensors.
        .target(name: "Torch", dependencies: ["CTorch", "CKernels"]),
        .testTarget(name: "TorchTests", dependencies: ["Torch", "PythonSupport"], exclude: ["Fixtures"]),

        // Floor 0: libtorch's C door.
        .systemLibrary(name: "Libtorch", pkgConfig: "angularmargin-libtorch"),
        // libtorch is built without assertions, and some of its classes have members more where there are any.
        .target(name: "CTorch", dependencies: ["Libtorch"], cxxSettings: [.define("NDEBUG")]),
        // Floor 0: vector kernels in C, one per instruction set, chosen at run time.
        .target(name: "CKernels"),
        .testTarget(name: "CKernelsTests", dependencies: ["CKernels"]),

        // Three small picture libraries and zlib. FFmpeg would read every format too, but it loads
        // dozens of shared libraries, and a command that compares two pictures must start at once.
        .systemLibrary(
            name: "CTurboJPEG", pkgConfig: "libturbojpeg",
            providers: [.apt(["libturbojpeg0-dev"]), .brew(["jpeg-turbo"])]),
        .systemLibrary(
            name: "CPNG", pkgConfig: "libpng",
            providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
        .systemLibrary(
            name: "CGIF", pkgConfig: "libgif",
            providers: [.apt(["libgif-dev"]), .brew(["giflib"])]),
        .systemLibrary(
            name: "CZlib", pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),

        // Aside: the name that was probably meant, for messages.
        .target(name: "Suggestions"),
        .testTarget(name: "SuggestionsTests", dependencies: ["Suggestions"]),

        // Aside: readers of large tables.
        .target(name: "Tables", dependencies: ["CZlib"]),
        .testTarget(name: "TablesTests", dependencies: ["Tables"]),

        // Aside: scores to error rates, plain Swift.
        .target(name: "Verification"),
        .testTarget(
            name: "VerificationTests", dependencies: ["Verification", "PythonSupport"], exclude: ["Fixtures"]),

        // Other people's programs, for tests that compare with them.
        .target(name: "PythonSupport", path: "Tests/PythonSupport"),

        // Measurements, not part of the library.
        .target(name: "CBenchOperators", dependencies: ["Libtorch"]),
        .executableTarget(
            name: "bench-operators", dependencies: ["Torch", "CBenchOperators"], path: "Sources/BenchOperators"),
        .executableTarget(
            name: "bench-audit", dependencies: ["FairnessAudit", "Torch", "Verification"], path: "Sources/BenchAudit"),
        .executableTarget(
            name: "bench-training",
            dependencies: ["Training", "Models", "AngularMargin", "Networks", "Datasets", "Torch"],
            path: "Sources/BenchTraining"),
        .executableTarget(
            name: "bench-heads", dependencies: ["AngularMargin", "Torch"], path: "Sources/BenchHeads"),
        .executableTarget(
            name: "bench-loader",
            dependencies: ["Training", "Models", "AngularMargin", "Networks", "Datasets", "Torch"],
            path: "Sources/BenchLoader"),
        .executableTarget(
            name: "bench-runs", dependencies: ["Experiments", "Datasets"], path: "Sources/BenchRuns"),
        .executableTarget(
            name: "bench-gallery", dependencies: ["Gallery", "Torch"], path: "Sources/BenchGallery"),
        .executableTarget(
            name: "bench-metrics", dependencies: ["Models", "Torch", "Verification"], path: "Sources/BenchMetrics"),
    ],
    cxxLanguageStandard: .cxx20
)

// The plugin that builds the documentation is fetched only by those who ask for it: scripts/docs.sh.
if Context.environment["ANGULARMARGIN_DOCS"] != nil {
    package.dependencies.append(
        .package(url: "https://github.com/swiftlang/swift-docc-plugin", .upToNextMinor(from: "1.5.0")))
}
