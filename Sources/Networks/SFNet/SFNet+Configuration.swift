extension SFNet {
    /// What fixes an SFNet.
    public struct Configuration: Sendable, Hashable {
        /// Residual blocks per stage, after the block that halves the picture.
        public var blocks: [Int]
        /// Channels per stage.
        public var channels: [Int]
        /// [channels, height, width] of a picture.
        public var input: [Int]
        /// d, the number of dimensions of an embedding.
        public var embedding: Int
        public var activation: Activation.Kind
        /// Whether batch normalisation follows each convolution, which then has no bias.
        public var batchNormalization: Bool
        /// Whether batch normalisation follows the last layer too: each dimension of the embedding
        /// is then centred and scaled over the batch.
        public var embeddingNormalization: Bool
        public var residual: ResidualOrder

        public init(
            blocks: [Int], channels: [Int] = [64, 128, 256, 512], input: [Int] = [3, 112, 112],
            embedding: Int = 512, activation: Activation.Kind = .prelu, batchNormalization: Bool = false,
            embeddingNormalization: Bool = false, residual: ResidualOrder = .activateThenAdd
        ) {
            self.blocks = blocks
            self.channels = channels
            self.input = input
            self.embedding = embedding
            self.activation = activation
            self.batchNormalization = batchNormalization
            self.embeddingNormalization = embeddingNormalization
            self.residual = residual
        }
    }

    /// Where a residual block's second activation stands, with f its two convolutions without it.
    public enum ResidualOrder: String, Codable, Sendable, Hashable, CaseIterable {
        /// x + activation(f(x)), as in the network of 2017.
        case activateThenAdd = "activate-add"
        /// activation(x + f(x)), as in residual networks elsewhere.
        case addThenActivate = "add-activate"
    }
}
