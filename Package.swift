// swift-tools-version: 6.0
import PackageDescription

// One target per row of the house (see docs/Design.md): a floor uses only the floors below it.
// libtorch is found through a .pc file that `make` writes into .libtorch/, because unsafe flags
// here would bar other packages from depending on this one.

let package = Package(
    name: "AngularMargin",
    platforms: [.macOS(.v14)],
    products: [
        .library(name: "Verification", targets: ["Verification"])
    ],
    dependencies: [],
    targets: [
        .target(name: "Verification"),
        .testTarget(name: "VerificationTests", dependencies: ["Verification"]),
    ],
    cxxLanguageStandard: .cxx20
)
