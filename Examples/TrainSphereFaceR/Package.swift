// swift-tools-version: 6.0
import PackageDescription

// No Training and no Experiments: the loop is what this example shows.

let package = Package(
    name: "TrainSphereFaceR",
    platforms: [.macOS(.v14)],
    dependencies: [.package(name: "AngularMargin", path: "../..")],
    targets: [
        .executableTarget(
            name: "TrainSphereFaceR",
            dependencies: ["AngularMargin", "Datasets", "Models", "Networks", "Torch", "Verification"].map {
                .product(name: $0, package: "AngularMargin")
            },
            path: ".", sources: ["main.swift"])
    ]
)
