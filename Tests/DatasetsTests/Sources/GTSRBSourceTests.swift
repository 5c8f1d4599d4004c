import Foundation
import Testing

@testable import Datasets

@Suite struct GTSRBSourceTests {
    private static let header = "Filename;Width;Height;Roi.X1;Roi.Y1;Roi.X2;Roi.Y2;ClassId"

    private func layout() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let images = "Final_Training/Images"
        try folder.write(
            "\(images)/00001/GT-00001.csv",
            "\(Self.header)\r\n00000_00000.ppm;29;30;5;6;24;25;1\r\n00000_00001.ppm;30;30;5;5;25;25;1\r\n"
                + "00012_00000.ppm;30;30;5;5;25;25;1\r\n")
        try folder.write("\(images)/00010/GT-00010.csv", "\(Self.header)\n00000_00000.ppm;30;30;5;5;25;25;10\n")
        try folder.write("\(images)/00001/00000_00001.ppm", "P6 1 1 255 abc")
        try folder.write("Final_Test/Images/00000.ppm", "P6 1 1 255 xyz")
        try folder.write("Final_Test/GT-final_test.csv", "\(Self.header)\n00000.ppm;53;54;6;5;48;49;10\n")
        return folder
    }

    @Test func readsTheOfficialLayout() throws {
        let folder = try layout()
        let source = try GTSRBSource(root: folder.path)
        #expect(source.items.map(\.label) == ["1", "1", "1", "10", "10"])
        #expect(source.items.map(\.split) == ["train", "train", "train", "train", "test"])
        // A track's number counts within its class.
        #expect(source.items.map(\.group) == ["00001/00000", "00001/00000", "00001/00012", "00010/00000", nil])
        #expect(source.items[0].path == "Final_Training/Images/00001/00000_00000.ppm")
        #expect(
            source.items[0].columns == [
                "Width": "29", "Height": "30", "Roi.X1": "5", "Roi.Y1": "6", "Roi.X2": "24", "Roi.Y2": "25",
            ])
        #expect(try source.image(of: source.items[1]).pixels == Array("abc".utf8))
        #expect(try source.image(of: source.items[4]).pixels == Array("xyz".utf8))
        #expect(
            message { try source.bytes(of: source.items[0]) }?.contains("00000_00000.ppm: cannot be opened") == true)
    }

    @Test(arguments: ["", "Final_Test/Images/"])
    func theTestListMayLieWhereItWasUnpacked(place: String) throws {
        let folder = try layout()
        try FileManager.default.moveItem(
            atPath: "\(folder.path)/Final_Test/GT-final_test.csv", toPath: "\(folder.path)/\(place)GT-final_test.csv")
        #expect(try GTSRBSource(root: folder.path).items.count == 5)
    }

    @Test func oneSetAloneIsRead() throws {
        let folder = try layout()
        try FileManager.default.removeItem(atPath: "\(folder.path)/Final_Test")
        #expect(try GTSRBSource(root: folder.path).items.count == 4)
        try FileManager.default.removeItem(atPath: "\(folder.path)/Final_Training")
        try folder.write("train.p", "")
        #expect(message { try GTSRBSource(root: folder.path) }?.contains("it holds 'train.p'") == true)
    }

    @Test func mistakesAreNamed() throws {
        let folder = try layout()
        let list = "Final_Training/Images/00001/GT-00001.csv"
        func failure(_ text: String) throws -> String {
            try folder.write(list, text)
            return message { try GTSRBSource(root: folder.path) } ?? "none"
        }
        #expect(try failure("Filename,ClassId\n").contains("\(list):1: the header reads 'Filename,ClassId'"))
        #expect(try failure("Filename;ClassId\n").contains("\(list): lists no pictures"))
        #expect(try failure("Filename;ClassId\n0_0.ppm;1;2\n").contains("\(list):2: 3 cells where the header names 2"))
        #expect(try failure("Filename;ClassId\n0_0.ppm;1\n0_1.ppm;x\n").contains("\(list):3: reads '0_1.ppm;x'"))
        #expect(try failure("Filename;ClassId\n0_0.ppm;2\n").contains("has the ClassId 2 in the folder of class 00001"))
        #expect(try failure("Filename;ClassId\n00000.ppm;1\n").contains("names '00000.ppm'; track and frame"))
        #expect(try failure("Filename;ClassId\n\"a\"b;1\n").contains("a separator or the line's end belongs there"))
        try FileManager.default.removeItem(atPath: "\(folder.path)/\(list)")
        #expect(message { try GTSRBSource(root: folder.path) }?.contains("GT-00001.csv: cannot be opened") == true)
        let other = try layout()
        try FileManager.default.removeItem(atPath: "\(other.path)/Final_Test/GT-final_test.csv")
        #expect(message { try GTSRBSource(root: other.path) }?.contains("GT-final_test.csv: is missing") == true)
    }
}
