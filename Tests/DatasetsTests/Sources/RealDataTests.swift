import Testing

@testable import Datasets

@Suite struct RealDataTests {
    @Test(.enabled(if: SharedData.has("faces_orl"), "the folder shared/data/faces_orl is not here"))
    func readsTheORLFaces() throws {
        let source = try FolderSource(root: SharedData.path("faces_orl"))
        #expect(source.items.count == 400)
        #expect(Classes(labels: source.items.map(\.label)).names == (1...40).map { "s\($0)" })
        let image = try source.image(of: source.items[399])
        #expect((image.width, image.height, image.channels) == (92, 112, 1))
        #expect(try Duplicates(in: source).conflicts(in: source).isEmpty)
    }

    @Test(.enabled(if: SharedData.has("faces_lfw_mini"), "the folder shared/data/faces_lfw_mini is not here"))
    func readsTheLFWSample() throws {
        let source = try FolderSource(root: SharedData.path("faces_lfw_mini"))
        #expect(source.items.count == 100)
        for item in source.items {
            let image = try source.image(of: item)
            #expect((image.width, image.height, image.channels) == (250, 250, 3))
        }
    }
}
