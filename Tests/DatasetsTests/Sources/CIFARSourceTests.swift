import Testing

@testable import Datasets

@Suite struct CIFARSourceTests {
    /// Labels, then planes in which pixel p has red p mod 251, green p / 32, blue `blue`.
    private func record(_ labels: [UInt8], blue: UInt8 = 0) -> [UInt8] {
        labels + (0..<1024).map { UInt8($0 % 251) } + (0..<1024).map { UInt8($0 / 32) }
            + [UInt8](repeating: blue, count: 1024)
    }

    @Test func readsCIFAR10() throws {
        let folder = try TemporaryFolder()
        try folder.write("data_batch_1.bin", record([1]))
        try folder.write("data_batch_2.bin", record([0]) + record([1], blue: 9))
        try folder.write("test_batch.bin", record([0]))
        try folder.write("batches.meta.txt", "cat\ndog\n\n")
        let source = try CIFARSource(folder: folder.path)
        #expect(source.items.map(\.label) == ["dog", "cat", "dog", "cat"])
        #expect(source.items.map(\.split) == ["train", "train", "train", "test"])
        #expect(
            source.items.map(\.path) == [
                "data_batch_1.bin#0", "data_batch_2.bin#0", "data_batch_2.bin#1", "test_batch.bin#0",
            ])
        let image = try source.image(of: source.items[2])
        #expect((image.width, image.height, image.channels) == (32, 32, 3))
        // Pixel 500 lies in row 15.
        #expect(Array(image.pixels[1500..<1503]) == [249, 15, 9])
        let beyond = Item(path: "data_batch_1.bin#1", record: 1, label: "")
        #expect(message { try source.bytes(of: beyond) }?.contains("data_batch_1.bin#1: there is no such") == true)
        let negative = Item(path: "data_batch_1.bin#-1", record: -1, label: "")
        #expect(throws: DataError.self) { try source.bytes(of: negative) }
    }

    @Test func readsBothLabelsOfCIFAR100() throws {
        let folder = try TemporaryFolder()
        try folder.write("train.bin", record([1, 0], blue: 3))
        try folder.write("test.bin", record([0, 2]))
        try folder.write("fine_label_names.txt", "apple\nbear\ncrab\n")
        try folder.write("coarse_label_names.txt", "plants\nanimals\n")
        let fine = try CIFARSource(folder: folder.path)
        #expect(fine.items.map(\.label) == ["apple", "crab"])
        #expect(fine.items.map(\.columns) == [["coarse": "animals"], ["coarse": "plants"]])
        #expect(fine.items.map(\.split) == ["train", "test"])
        #expect(try fine.image(of: fine.items[0]).pixels.prefix(6) == [0, 0, 3, 1, 0, 3])
        let coarse = try CIFARSource(folder: folder.path, labels: .coarse)
        #expect(coarse.items.map(\.label) == ["animals", "plants"])
        #expect(coarse.items.map(\.columns) == [["fine": "apple"], ["fine": "crab"]])
    }

    @Test func classesWithoutNamesAreNumbered() throws {
        let folder = try TemporaryFolder()
        try folder.write("train.bin", record([1, 77]))
        try folder.write("test.bin", record([0, 2]))
        #expect(try CIFARSource(folder: folder.path).items.map(\.label) == ["77", "2"])
    }

    @Test func mistakesAreNamed() throws {
        let folder = try TemporaryFolder()
        func failure() -> String { message { try CIFARSource(folder: folder.path) } ?? "none" }
        try folder.write("readme.html", "")
        #expect(failure().contains("holds neither CIFAR-10") && failure().contains("'readme.html'"))
        try folder.write("data_batch_2.bin", record([0]))
        #expect(failure().contains("data_batch_1.bin: is missing"))
        try folder.write("data_batch_1.bin", record([0]))
        #expect(failure().contains("test_batch.bin: is missing"))
        try folder.write("test_batch.bin", record([0]) + [1])
        #expect(failure().contains("test_batch.bin: is 3074 bytes long, not a whole number of records of 3073"))
        try folder.write("test_batch.bin", [UInt8]())
        #expect(failure().contains("is 0 bytes long"))
        try folder.write("test_batch.bin", record([0]) + record([2]))
        try folder.write("batches.meta.txt", "cat\ndog\n")
        #expect(failure().contains("test_batch.bin#1: has the label 2; batches.meta.txt names 2 classes"))
        try folder.write("batches.meta.txt", "cat\ndog\ncat\n")
        #expect(failure().contains("names two classes 'cat', the second as number 2"))
    }

    private static let sample = "cifar10_jpg/sample_official_layout/cifar-10-batches-bin"

    @Test(.enabled(if: SharedData.has(sample), "the sample of CIFAR-10 in shared/data is not here"))
    func readsTheSample() throws {
        let source = try CIFARSource(folder: SharedData.path(Self.sample))
        #expect(source.items.filter { $0.split == "train" }.count == 500)
        #expect(source.items.filter { $0.split == "test" }.count == 200)
        #expect(Set(source.items.map(\.label)).count == 10)
        let image = try source.image(of: source.items[699])
        #expect((image.width, image.height, image.channels) == (32, 32, 3))
    }
}
