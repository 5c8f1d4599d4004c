// swift-tools-version: 6.0
import PackageDescription

// One target per row of the house (see docs/Design.md): a floor uses only the floors below it.
// libtorch is found through a .pc file that `make` writes into .libtorch/, because unsafe flags
// here would bar other packages from depending on this one.

let package = Package(
    name: "AngularMargin",
    platforms: [.macOS(.v14)],
    products: [],
    dependencies: [],
    targets: [
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
        .target(name: "Datasets", dependencies: ["CTurboJPEG", "CPNG", "CGIF", "CZlib"]),
        .testTarget(
            name: "DatasetsTests", dependencies: ["Datasets"], exclude: ["Fixtures"]),
    ],
    cxxLanguageStandard: .cxx20
)
