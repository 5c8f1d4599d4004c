import Foundation

@testable import Datasets

/// The files that scripts/fixtures/datasets.py writes.
enum Fixture {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures").path

    static func bytes(_ name: String) throws -> [UInt8] {
        try readFile("\(folder)/\(name)")
    }

    static func image(_ name: String, _ decoding: ImageDecoding = ImageDecoding()) throws -> Image {
        try Image(decoding: bytes(name), decoding)
    }

    /// What another program made of it.
    static func expected(_ name: String) throws -> Image {
        try Image(decoding: bytes("\(name).expected"))
    }
}

/// The largest difference between two pictures' samples; nil where their shapes differ.
func largestDifference(_ first: Image, _ second: Image) -> Int? {
    guard first.width == second.width, first.height == second.height, first.channels == second.channels else {
        return nil
    }
    return zip(first.pixels, second.pixels).map { abs(Int($0) - Int($1)) }.max()
}

/// A folder that is removed when the test lets go of it.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "datasets-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes a file and the folders above it; returns its full path.
    @discardableResult
    func write(_ name: String, _ content: [UInt8]) throws -> String {
        let file = "\(path)/\(name)"
        try FileManager.default.createDirectory(
            atPath: URL(filePath: file).deletingLastPathComponent().path, withIntermediateDirectories: true)
        try Data(content).write(to: URL(filePath: file))
        return file
    }

    @discardableResult
    func write(_ name: String, _ text: String) throws -> String {
        try write(name, Array(text.utf8))
    }
}

/// A picture of one grey pixel, told apart by its value.
func pixel(_ value: UInt8) -> [UInt8] {
    Image(width: 1, height: 1, channels: 1, pixels: [value]).netpbmData()
}

/// The message of the error that `body` throws; nil where it throws none.
func message(_ body: () throws -> some Any) -> String? {
    do {
        _ = try body()
        return nil
    } catch {
        return "\(error)"
    }
}
