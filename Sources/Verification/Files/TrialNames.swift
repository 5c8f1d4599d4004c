import Foundation

/// The names of a file's items, left in the file's bytes until they are asked for: most measures never do.
public struct TrialNames: RandomAccessCollection, Sendable {
    private let contents: Data
    private let places: [(start: Int, count: Int)]

    init(contents: Data = Data(), places: [(start: Int, count: Int)] = []) {
        self.contents = contents
        self.places = places
    }

    public var startIndex: Int { 0 }
    public var endIndex: Int { places.count }

    public subscript(number: Int) -> String {
        let start = contents.startIndex + places[number].start
        return String(decoding: contents[start..<(start + places[number].count)], as: UTF8.self)
    }
}
