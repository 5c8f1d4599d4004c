import Datasets
import Foundation
import TestSupport
import Testing

@testable import Experiments

@Suite struct PreparationTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private var roots: DataRoots { DataRoots(candidates: [.init(folder: folder("archives"), origin: "test")]) }

    @Test(arguments: [
        ("a/yaleB01_P00A-035E+15.png", 35), ("yaleB01_P00A+000E+00.png", 0), ("x_P00A+020E-40.pgm", 40),
        ("x_P00A+130E+20.png", 130),
    ])
    func theLampsAngleIsTheLargerOfTwo(_ path: String, _ degrees: Int) {
        #expect(Preparation.lampAngle(path) == degrees)
    }

    @Test(arguments: ["yaleB01_P00_Ambient.pgm", "A035E15", ""])
    func namesWithoutALampHaveNone(_ path: String) {
        #expect(Preparation.lampAngle(path) == nil)
    }

    private func writeFaces() throws {
        for (number, angle) in ["A+012E+00", "A-025E+10", "A+050E-40", "A-070E+45", "A+110E+15"].enumerated() {
            try folder.write(
                "archives/faces_extyaleb/y,1/y_P00\(angle).png", Toy.picture(identity: 0, number: number).pngData())
        }
    }

    @Test func lightsAreGroupedByAngle() throws {
        try writeFaces()
        let made = try Preparation.extendedYaleB.run(into: folder("data"), roots: roots)
        let source = try ManifestSource(path: "\(made)/manifest.csv")
        #expect(Set(source.items.map(\.label)) == ["y,1"])
        let lights = source.items.map { (Preparation.lampAngle($0.path) ?? 0, $0.columns["light"]) }
            .sorted { $0.0 < $1.0 }
        #expect(lights.map(\.1) == ["1", "2", "3", "4", "5"])
        #expect(try source.image(of: source.items[0]).width == Toy.size)

        var notes: [String] = []
        _ = try Preparation.extendedYaleB.run(into: folder("data"), roots: roots) { notes.append($0) }
        #expect(notes.count == 1 && notes[0].contains("is there already"))
    }

    @Test func otherPeoplesFilesStay() throws {
        try writeFaces()
        try folder.write("data/faces_extyaleb/mine.txt", "precious")
        let text = message { try Preparation.extendedYaleB.run(into: folder("data"), roots: roots) }
        #expect(text?.contains("faces_extyaleb: holds other files and no manifest.csv") == true)
        #expect(try folder.text("data/faces_extyaleb/mine.txt") == "precious")
    }

    @Test func aFailureLeavesNothingBehind() throws {
        try folder.write("archives/faces_extyaleb/y/nolight.png", "x")
        let unnamed = message { try Preparation.extendedYaleB.run(into: folder("data"), roots: roots) }
        #expect(unnamed?.contains("nolight.png: does not name its light") == true)
        #expect(try folder.names(in: "data").isEmpty)
        try folder.write("file", "")
        let text = message { try Preparation.extendedYaleB.run(into: folder("file/data"), roots: roots) }
        #expect(text?.contains("file/data: cannot be written") == true)
    }

    @Test func setsAreKnownByName() throws {
        #expect(try Preparation.named("digits").name == "digits")
        let text = message { try Preparation.named("digit") }
        #expect(text == "digit: is no data set that can be prepared; did you mean digits?")
        #expect(message { try Preparation.named("xyz") }?.contains("there are digits, omniglot_small") == true)
    }

    private static let shared = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "shared/data").standardizedFileURL.path

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "\(shared)/omniglot_small"), "needs ../shared/data"))
    func omniglotIsUnpackedWithoutItsDuplicates() throws {
        let roots = DataRoots(candidates: [.init(folder: Self.shared, origin: "test")])
        let made = try Preparation.omniglotSmall.run(into: folder("data"), roots: roots)
        let source = try ManifestSource(path: "\(made)/manifest.csv")
        let alphabets = Set(source.items.compactMap { $0.label.split(separator: "/").first })
        #expect(alphabets.count == 8 && source.items.count.isMultiple(of: 20))
        #expect(Set(source.items.compactMap { $0.columns["drawer"] }).count == 20)
        #expect(try source.image(of: source.items[0]).width == 105)
        #expect(try ManifestSource(path: "\(made)/one_shot.csv").items.count == 20 * 40)
        _ = try OneShotTest(path: "\(made)/one_shot.csv")
    }

    @Test func signsBearNamesAndTracks() throws {
        func item(_ path: String, _ label: String, _ group: String?, _ split: String) -> Item {
            Item(path: path, label: label, group: group, split: split)
        }
        let rows = try Preparation.signRows([
            item("Final_Training/Images/00014/00023_00001.ppm", "14", "00014/00023", "train"),
            item("Final_Test/Images/00666.ppm", "14", nil, "test"),
            item("Final_Test/Images/00667.ppm", "10", nil, "test"),
        ])
        #expect(
            rows == [
                ["Final_Training/Images/00014/00023_00001.jpg", "stop", "00014/00023", "train"],
                ["Final_Test/Images/00667.jpg", "no passing >3.5 t", "", "test"],
            ])
        #expect(Preparation.signNames.count == 43 && Set(Preparation.signNames).count == 43)
        #expect(
            message { try Preparation.signRows([item("a.ppm", "43", nil, "test")]) }
                == "a.ppm: is of class 43; there are 0 to 42")
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "\(shared)/gtsrb32"), "needs ../shared/data"))
    func signsAreUnpackedWithTheirTracks() throws {
        let roots = DataRoots(candidates: [.init(folder: Self.shared, origin: "test")])
        let made = try Preparation.trafficSigns.run(into: folder("data"), roots: roots)
        let source = try ManifestSource(path: "\(made)/manifest.csv")
        let sets = Dictionary(grouping: source.items) { $0.split }
        #expect(sets["train"]?.count == 39_209 && sets["test"]?.count == 12_630 - 8)
        #expect(Set(source.items.compactMap(\.group)).count == 1_307)
        #expect(sets["train"]?.count { $0.label == "roundabout" } == 360)
        #expect(try source.image(of: source.items[0]).width == 32)

        // Every fifth holds out some of every class, and all together each track once.
        let folds = try (1...5).map { number in
            try Split(
                of: source.items, by: .column, identities: .shared, fold: SplitFold(number, of: 5, seed: 1))
        }
        for fold in folds {
            let held = try #require(fold["development"])
            #expect(Set(held.map { source.items[$0].label }).count == 43)
            #expect(abs(held.count - 39_209 / 5) <= 30)
        }
        #expect(Set(folds.flatMap { $0["development"] ?? [] }).count == 39_209)
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "\(shared)/cifar10_jpg"), "needs ../shared/data"))
    func smallPicturesHaveADevelopmentSet() throws {
        let roots = DataRoots(candidates: [.init(folder: Self.shared, origin: "test")])
        let made = try Preparation.smallPictures.run(into: folder("data"), roots: roots)
        let source = try ManifestSource(path: "\(made)/manifest.csv")
        let counts = Dictionary(grouping: source.items) { "\($0.split ?? "") \($0.label)" }.mapValues(\.count)
        for label in ["airplane", "cat", "truck"] {
            #expect(["train", "development", "test"].map { counts["\($0) \(label)"] } == [4_500, 500, 1_000])
        }
        #expect(counts.count == 30)
    }
}
