import Testing

@testable import Datasets

@Suite struct OmniglotSourceTests {
    private func write(_ prefix: String, to folder: TemporaryFolder, first: UInt8 = 0) throws {
        for (number, alphabet) in ["Greek", "Latin"].enumerated() {
            for character in 1...2 {
                for drawer in ["01", "02"] {
                    try folder.write(
                        "\(prefix)\(alphabet)/character0\(character)/00\(number)\(character)_\(drawer).png",
                        pixel(first + UInt8(number * 4 + character)))
                }
            }
        }
    }

    @Test func charactersBelongToTheirAlphabet() throws {
        let folder = try TemporaryFolder()
        try write("", to: folder)
        let source = try OmniglotSource(root: folder.path)
        #expect(source.items.count == 8 && Set(source.items.map(\.label)).count == 4)
        let last = try #require(source.items.last)
        #expect(last.path == "Latin/character02/0012_02.png" && last.label == "Latin/character02")
        #expect(last.columns == ["alphabet": "Latin", "drawer": "02"] && last.split == nil && last.group == nil)
        #expect(try source.image(of: last).pixels == [6])
    }

    @Test func thePublishedPartsAreTheSets() throws {
        let folder = try TemporaryFolder()
        try write("images_background_small1/", to: folder)
        try write("images_evaluation/", to: folder, first: 20)
        let source = try OmniglotSource(root: folder.path)
        #expect(source.items.map(\.split) == Array(repeating: "train", count: 8) + Array(repeating: "test", count: 8))
        #expect(source.items[0].path.hasPrefix("images_background_small1/Greek/character01/"))
    }

    @Test func anAlphabetStaysOnOneSideWhereItIsTheGroup() throws {
        let folder = try TemporaryFolder()
        try write("", to: folder)
        let source = try GroupedSource(OmniglotSource(root: folder.path), by: "alphabet")
        #expect(Set(source.items.map(\.group)) == ["Greek", "Latin"])
        let halves: [SplitRule.Fraction] = [.init(name: "train", share: 0.5), .init(name: "test", share: 0.5)]
        for seed in 0..<8 {
            let split = try Split(of: source.items, by: .fractions(halves, seed: UInt64(seed)))
            let sides = split.parts.map { Set($0.indices.map { source.items[$0].columns["alphabet"] }) }
            #expect(sides.allSatisfy { $0.count == 1 } && sides[0] != sides[1])
        }
        #expect(try source.bytes(of: source.items[7]) == pixel(6))
        let text = message { try GroupedSource(source, by: "hand") }
        #expect(
            text == "\(folder.path)/Greek/character01/0001_01.png: has no 'hand' to group by; "
                + "its columns are 'alphabet', 'drawer'")
    }

    @Test func whatDoesNotFitIsNamed() throws {
        let folder = try TemporaryFolder()
        #expect(message { try OmniglotSource(root: folder.path) }?.contains("holds no Omniglot") == true)
        try folder.write("Greek/character01/first.png", pixel(1))
        let file = message { try OmniglotSource(root: folder.path) }
        #expect(file?.contains("character01/first.png: is not named by number and drawer") == true)
        let other = try TemporaryFolder()
        try other.write("Greek/readme.txt", "x")
        #expect(message { try OmniglotSource(root: other.path) }?.contains("Greek/readme.txt: is a file") == true)
    }
}
