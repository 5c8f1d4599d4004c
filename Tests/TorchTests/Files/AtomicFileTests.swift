import Foundation
import Testing
import Torch

@Suite struct AtomicFileTests {
    struct Interruption: Error {}

    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    @Test func anInterruptedWriteLeavesTheOldFile() throws {
        let file = folder("state")
        try Data("old".utf8).write(to: file)
        #expect(throws: Interruption.self) {
            try AtomicFile.replace(file) {
                try $0.append(Data("new and unfini".utf8))
                // What a reader finds if the process ends here.
                #expect(try Data(contentsOf: file) == Data("old".utf8))
                throw Interruption()
            }
        }
        #expect(try Data(contentsOf: file) == Data("old".utf8))
        #expect(try folder.names == ["state"])
    }

    @Test func piecesAreAppended() throws {
        let file = folder("new")
        try AtomicFile.replace(file) {
            try $0.append(Data("one, ".utf8))
            try $0.append(Data())
            try $0.append(Data("two".utf8))
        }
        #expect(try Data(contentsOf: file) == Data("one, two".utf8))
        try AtomicFile.replace(file) { _ in }
        #expect(try Data(contentsOf: file).isEmpty)
        #expect(try folder.names == ["new"])
    }

    @Test func linksAreFollowed() throws {
        let file = folder("target")
        let link = folder("link")
        try Data("old".utf8).write(to: file)
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: file)
        try AtomicFile.replace(link) { try $0.append(Data("new".utf8)) }
        #expect(try Data(contentsOf: file) == Data("new".utf8))
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.path) == file.path)
    }

    @Test func aFolderIsNotReplaced() throws {
        let place = folder("folder")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: false)
        let error = #expect(throws: TensorFileError.self) { try AtomicFile.replace(place) { try $0.append(Data([1])) } }
        #expect(error?.reason.hasPrefix("cannot be written: ") == true)
        #expect(try folder.names == ["folder"])
    }
}
