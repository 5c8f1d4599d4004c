extension CAMRINet {
    /// What fixes a CAMRINet.
    public struct Configuration: Sendable, Hashable {
        /// [channels, height, width] of a picture.
        public var input: [Int]
        /// d, the number of dimensions of an embedding.
        public var embedding: Int
        /// w, the channels of the first stage; the others have 2, 4 and 8 times as many.
        public var width: Int
        /// The probability that dropout puts a number to zero.
        public var dropout: Double

        public init(input: [Int] = [3, 32, 32], embedding: Int = 512, width: Int = 64, dropout: Double = 0.25) {
            self.input = input
            self.embedding = embedding
            self.width = width
            self.dropout = dropout
        }

        /// - Throws: ``NetworkSettingError`` for the first setting that makes no network.
        public func validate() throws(NetworkSettingError) {
            try NetworkShape.checkInput(input)
            guard input[1] >= 4, input[2] >= 4 else {
                throw NetworkSettingError(
                    key: "input", value: "\(input)",
                    reason: "is halved twice, and nothing would be left; write a height and a width from 4 on")
            }
            try NetworkShape.checkEmbedding(embedding)
            guard (1...4096).contains(width) else {
                throw NetworkSettingError(
                    key: "width", value: "\(width)",
                    reason: "is no number of channels for the first stage; write 1 to 4096, such as 64")
            }
            guard (0..<1).contains(dropout) else {
                throw NetworkSettingError(
                    key: "dropout", value: "\(dropout)",
                    reason: "is no probability below 1; write 0 for none, or such as 0.25")
            }
        }
    }
}
