import Testing

@testable import Datasets

@Suite struct SourceScanTests {
    @Test func faultsSizesAndEqualFilesAreCounted() throws {
        let folder = try TemporaryFolder()
        let picture = try Fixture.bytes("color.jpg")
        try folder.write("a/1.jpg", picture)
        try folder.write("a/2.jpg", Array(picture.dropLast(200)))
        try folder.write("a/3.png", Fixture.bytes("grey.png"))
        try folder.write("b/1.jpg", picture)
        try folder.write("b/2.png", "no picture")
        try folder.write("b/3.pgm", [])
        try folder.write("b/4.pgm", pixel(4))
        var steps: [[Int]] = []
        let scan = try SourceScan(of: FolderSource(root: folder.path), progress: { steps.append([$0, $1]) })
        #expect(scan.faults.map(\.index) == [1, 4, 5])
        #expect(scan.faults[0].message.hasPrefix("\(folder.path)/a/2.jpg: is a JPEG picture that ends too soon"))
        #expect(scan.faults[1].message.hasPrefix("\(folder.path)/b/2.png: is not a picture that can be read"))
        #expect(scan.faults[2].message.hasPrefix("\(folder.path)/b/3.pgm: is empty"))
        #expect(
            scan.shapes == [
                .init(width: 23, height: 17, channels: 3): 2, .init(width: 23, height: 17, channels: 1): 1,
                .init(width: 1, height: 1, channels: 1): 1,
            ])
        #expect(scan.duplicates.groups == [[0, 3]])
        #expect(scan.fingerprints.map { $0 == nil } == [false, true, false, false, true, true, true])
        #expect(steps == [[7, 7]])
    }

    @Test func whatElseIsAskedOfAPictureIsAFault() throws {
        let folder = try TemporaryFolder()
        for value in 0..<3 { try folder.write("a/\(value).pgm", pixel(UInt8(value))) }
        let scan = try SourceScan(
            of: FolderSource(root: folder.path),
            check: { image, _ in
                if image.pixels == [1] { throw ImageError.empty }
            })
        #expect(scan.faults.map(\.index) == [1] && scan.faults[0].message.contains("a/1.pgm: is empty"))
    }
}
