import Foundation
import Testing

@testable import Datasets

@Suite struct IDXSourceTests {
    private func header(_ dimensions: [UInt8]) -> [UInt8] {
        [0, 0, 8, UInt8(dimensions.count)] + dimensions.flatMap { [0, 0, 0, $0] }
    }

    @Test func readsPicturesAndLabels() throws {
        let folder = try TemporaryFolder()
        try folder.write("i", header([2, 1, 3]) + [1, 2, 3, 4, 5, 6])
        try folder.write("l", header([2]) + [7, 0])
        let source = try IDXSource(folder: folder.path, parts: [.init(images: "i", labels: "l", split: "train")])
        #expect(source.items.map(\.label) == ["7", "0"])
        #expect(source.items.map(\.path) == ["i#0", "i#1"])
        #expect(source.items.allSatisfy { $0.split == "train" })
        #expect(try source.image(of: source.items[1]) == Image(width: 3, height: 1, channels: 1, pixels: [4, 5, 6]))
        #expect(throws: DataError.self) { try source.bytes(of: Item(path: "i#2", record: 2, label: "")) }
    }

    @Test func readsColors() throws {
        let folder = try TemporaryFolder()
        try folder.write("i", header([1, 1, 2, 3]) + [1, 2, 3, 4, 5, 6])
        try folder.write("l", header([1]) + [7])
        let source = try IDXSource(folder: folder.path, parts: [.init(images: "i", labels: "l")])
        let image = try source.image(of: source.items[0])
        #expect(image == Image(width: 2, height: 1, channels: 3, pixels: [1, 2, 3, 4, 5, 6]))
    }

    @Test func mistakesAreNamed() throws {
        let folder = try TemporaryFolder()
        func failure(_ images: [UInt8], _ labels: [UInt8]) throws -> String {
            try folder.write("i", images)
            try folder.write("l", labels)
            return message { try IDXSource(folder: folder.path, parts: [.init(images: "i", labels: "l")]) } ?? ""
        }
        let images = header([2, 1, 1]) + [1, 2]
        #expect(try failure(images, header([3]) + [1, 2, 3]).contains("3 labels for 2 pictures"))
        #expect(try failure(images.dropLast(), header([2]) + [1, 2]).contains("announces 2 values and holds 1"))
        #expect(try failure(images + [0], header([2]) + [1, 2]).contains("holds more"))
        #expect(try failure(Array("text".utf8), []).contains("not an IDX file: it starts with the text \"text\""))
        #expect(try failure([0, 0, 13, 1, 0, 0, 0, 0], []).contains("IDX type 13"))
        #expect(try failure([0, 0, 8, 3] + [UInt8](repeating: 255, count: 12), []).contains("more than can be held"))
        #expect(try failure(header([1, 2]) + [1, 2], header([1]) + [1]).contains("count × rows × columns"))
        for length in images.indices {
            #expect(try !failure(Array(images[..<length]), header([2]) + [1, 2]).isEmpty)
        }
        #expect(message { try IDXSource(folder: folder.path) }?.contains("train-images-idx3-ubyte.gz") == true)
    }

    @Test(.enabled(if: SharedData.has("mnist_idx"), "the folder shared/data/mnist_idx is not here"))
    func readsMNIST() throws {
        let source = try IDXSource(folder: SharedData.path("mnist_idx"))
        #expect(source.items.count == 70_000)
        #expect(source.items.filter { $0.split == "test" }.count == 10_000)
        // The first digits of the training set, as published.
        #expect(source.items.prefix(10).map(\.label) == ["5", "0", "4", "1", "9", "2", "1", "3", "1", "4"])
        let image = try source.image(of: source.items[0])
        #expect((image.width, image.height, image.channels) == (28, 28, 1))
    }
}
