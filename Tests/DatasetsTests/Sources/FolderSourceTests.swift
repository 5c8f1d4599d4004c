import Testing

@testable import Datasets

@Suite struct FolderSourceTests {
    @Test func listsIdentitiesInNaturalOrder() throws {
        let folder = try TemporaryFolder()
        for name in ["s10/1.pgm", "s2/10.pgm", "s2/9.PGM", "s2/.hidden.pgm", ".git/x.pgm"] {
            try folder.write(name, pixel(1))
        }
        try folder.write("README.md", "text")
        try folder.write("s2/notes.txt", "text")
        try folder.write("s2/deeper/1.pgm", pixel(1))
        try folder.write("s3/only.txt", "text")
        let source = try FolderSource(root: folder.path)
        #expect(source.items.map(\.path) == ["s2/9.PGM", "s2/10.pgm", "s10/1.pgm"])
        #expect(source.items.map(\.label) == ["s2", "s2", "s10"])
        #expect(source.skipped.map(\.path) == ["README.md", "s2/deeper", "s2/notes.txt", "s3/only.txt", "s3"])
        #expect(try source.image(of: source.items[0]).pixels == [1])
    }

    @Test func foldersInsideAnIdentityCanBeGroups() throws {
        let folder = try TemporaryFolder()
        try folder.write("id1/videoA/1.wav", "x")
        try folder.write("id1/videoA/2.wav", "x")
        try folder.write("id2/videoA/1.wav", "x")
        let source = try FolderSource(root: folder.path, extensions: ["wav"], subfolders: .groups)
        #expect(source.items.map(\.group) == ["id1/videoA", "id1/videoA", "id2/videoA"])
        #expect(try source.bytes(of: source.items[2]) == Array("x".utf8))
    }

    @Test func emptyAndMissingFoldersAreErrors() throws {
        let folder = try TemporaryFolder()
        #expect(message { try FolderSource(root: folder.path) }?.contains("it is empty") == true)
        try folder.write("s1/a.txt", "text")
        let found = message { try FolderSource(root: folder.path) }
        #expect(found?.contains("'s1/a.txt', which does not end in") == true)
        #expect(message { try FolderSource(root: folder.path + "/none") }?.contains("no such folder") == true)
        #expect(message { try FolderSource(root: folder.path + "/s1/a.txt") }?.contains("is a file") == true)
    }

    @Test func decodingErrorsNameTheFile() throws {
        let folder = try TemporaryFolder()
        try folder.write("s1/a.png", "not a picture")
        let source = try FolderSource(root: folder.path)
        let error = message { try source.image(of: source.items[0]) }
        #expect(error?.hasPrefix("\(folder.path)/s1/a.png: ") == true)
        #expect(error?.contains("the text \"not a picture\"") == true)
        #expect(message { try source.bytes(of: Item(path: "s9/x.png", label: "s9")) }?.contains("s9/x.png") == true)
    }
}
