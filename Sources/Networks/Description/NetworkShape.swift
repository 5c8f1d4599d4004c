/// What goes into a network and what comes out: all there is to choose where the name fixes the rest.
public struct NetworkShape: Sendable, Hashable {
    /// [channels, height, width] of a picture.
    public var input: [Int]
    /// d, the number of dimensions of an embedding.
    public var embedding: Int

    public init(input: [Int], embedding: Int) {
        self.input = input
        self.embedding = embedding
    }

    /// - Throws: ``NetworkSettingError`` for the first setting that makes no network.
    public func validate() throws(NetworkSettingError) {
        try Self.checkInput(input)
        try Self.checkEmbedding(embedding)
    }

    static func checkInput(_ input: [Int]) throws(NetworkSettingError) {
        guard input.count == 3, input.allSatisfy({ (1...65_536).contains($0) }) else {
            throw NetworkSettingError(
                key: "input", value: "\(input)",
                reason: "is no picture's shape; write [channels, height, width], such as [3, 112, 112]")
        }
    }

    static func checkEmbedding(_ embedding: Int) throws(NetworkSettingError) {
        guard (2...1_000_000).contains(embedding) else {
            throw NetworkSettingError(
                key: "embedding", value: "\(embedding)",
                reason: "is no number of dimensions that leaves room for angles; write 2 to 1000000, such as 512")
        }
    }

    /// Height and width after `halvings` layers of stride 2, each of which rounds up.
    func mapSize(afterHalvings halvings: Int) -> (height: Int, width: Int) {
        func halved(_ size: Int) -> Int { (0..<halvings).reduce(size) { size, _ in (size + 1) / 2 } }
        return (halved(input[1]), halved(input[2]))
    }
}
