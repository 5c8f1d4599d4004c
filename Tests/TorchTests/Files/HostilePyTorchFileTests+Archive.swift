import Foundation
import Testing
import Torch

/// Archives that lie.
extension HostilePyTorchFileTests {
    private func archive() -> ZipFixture {
        ZipFixture(
            pickle: Pickle.program(state(shape: [4], strides: [1])), storages: ["0": four])
    }

    private func refusal(_ change: (inout ZipFixture) -> Void, _ location: SourceLocation = #_sourceLocation) throws
        -> String
    {
        var forged = archive()
        change(&forged)
        return try refusal(forged.data, location).reason
    }

    @Test func theHonestArchiveIsRead() throws {
        let file = folder("honest.pt")
        try archive().data.write(to: file)
        #expect(try PyTorchFile.load(file)["w"]?.reals() == [1, 2, 3, 4])
    }

    @Test(arguments: [17, 1 << 20, UInt32.max - 1])
    func hugeMembers(_ size: UInt32) throws {
        #expect(try refusal { $0.members[2].size = size }.contains("it is cut off or damaged"))
    }

    @Test func sizesThatAreTooSmall() throws {
        #expect(try refusal { $0.members[2].size = 0 }.contains("which has 0 bytes"))
    }

    /// Sizes beyond 32 bits are in a field of their own.
    @Test func longSizes() throws {
        var honest = archive()
        honest.members[2].longSize = 16
        let file = folder("long.pt")
        try honest.data.write(to: file)
        #expect(try PyTorchFile.load(file)["w"]?.reals() == [1, 2, 3, 4])
        #expect(try refusal { $0.members[2].longSize = .max }.contains("bytes in the archive and"))
        #expect(try refusal { $0.members[2].longSize = 1 << 62 }.contains("it is cut off or damaged"))
        #expect(try refusal { $0.members[2].longSize = 1 << 63 - 1 }.contains("it is cut off or damaged"))
        #expect(try refusal { $0.members[2].size = .max }.contains("it is cut off or damaged"))
    }

    @Test func membersThatOverlap() throws {
        #expect(
            try refusal { $0.members[0].size = UInt32($0.members[0].content.count + 20) }.contains(
                "gives the same bytes to"))
        #expect(try refusal { $0.members[1].header = 0 }.contains("has another name in its own header"))
        #expect(try refusal { $0.members[1].header = 3 }.contains("has no header at byte 3"))
        #expect(try refusal { $0.members[1].header = .max - 1 }.contains("beyond the data's end"))
        #expect(try refusal { $0.members.append($0.members[0]) }.contains("twice"))
    }

    @Test func directoriesThatCannotBe() throws {
        #expect(try refusal { $0.count = 2 }.contains("goes on after the 2 members"))
        #expect(try refusal { $0.count = 4 }.contains("it is cut off or damaged"))
        #expect(try refusal { $0.count = .max }.contains("states 65535 members"))
        #expect(try refusal { $0.directorySize = 10 }.contains("states 10 bytes from byte"))
        #expect(try refusal { $0.directorySize = .max }.contains("states 4294967295 bytes"))
        #expect(try refusal { $0.directoryOffset = .max }.contains("refers to byte 4294967295"))
        #expect(try refusal { $0.directoryOffset = 0 }.contains("bytes from byte 0 on"))
        #expect(try refusal { $0.comment = Data("note".utf8) }.contains("does not end as a zip archive does"))
    }

    @Test func compressionAndEncryption() throws {
        #expect(try refusal { $0.members[2].method = 8 }.contains("is compressed (method 8)"))
        #expect(try refusal { $0.members[2].flags = 1 }.contains("is encrypted"))
    }

    @Test func contentsOfAnotherKind() throws {
        #expect(try refusal { $0.members[1].content = Data("big".utf8) }.contains("byte order “big”"))
        #expect(try refusal { $0.members[0].name = "archive/other.pkl" }.contains("holds 0 files <folder>/data.pkl"))
        #expect(try refusal { $0.members[1].name = "b/data.pkl" }.contains("holds 2 files <folder>/data.pkl"))
    }

    @Test func tensorsThatAreNotAlignedAreCopied() throws {
        // One byte more in the folder's name puts the elements at each of four places.
        for count in 1...4 {
            var archive = archive()
            for index in archive.members.indices {
                archive.members[index].name = archive.members[index].name
                    .replacingOccurrences(of: "archive", with: String(repeating: "a", count: count))
            }
            let file = folder("place\(count).pt")
            try archive.data.write(to: file)
            #expect(try PyTorchFile.load(file)["w"]?.reals() == [1, 2, 3, 4])
        }
    }
}
