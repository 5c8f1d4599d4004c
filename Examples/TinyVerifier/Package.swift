// swift-tools-version: 6.0
import PackageDescription

// A package that uses AngularMargin as yours would, here by path.

let package = Package(
    name: "TinyVerifier",
    platforms: [.macOS(.v14)],
    dependencies: [.package(name: "AngularMargin", path: "../..")],
    targets: [
        .executableTarget(
            name: "TinyVerifier",
            dependencies: ["AngularMargin", "Datasets", "Models", "Networks", "Torch", "Training", "Verification"].map {
                .product(name: $0, package: "AngularMargin")
            },
            path: ".", sources: ["main.swift"])
    ]
)
