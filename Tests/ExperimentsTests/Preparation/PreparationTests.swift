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
}
