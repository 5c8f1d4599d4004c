import Foundation

/// Features [B][D], weights [C][D] and labels of a fixture.
struct FixtureProblem: Decodable {
    let features: [[Double]]
    let weights: [[Double]]
    let labels: [Int]
}

/// What a file of the folder Fixtures holds.
func fixture<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) throws -> Value {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/\(name).json")
    return try JSONDecoder().decode(type, from: Data(contentsOf: file))
}
