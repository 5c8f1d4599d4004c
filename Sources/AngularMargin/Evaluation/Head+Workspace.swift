/// What an evaluation needs beyond its arguments and their gradients, for those who plan ahead.
extension Head {
    /// Bytes that a forward and a backward pass hold at the peak, in float32 on the CPU.
    ///
    /// - Parameters:
    ///   - batch: samples.
    ///   - classes: those that are compared.
    ///   - embeddingSize: D.
    public func workspace(batch: Int, classes: Int, embeddingSize: Int) -> Int {
        let scores = 4 * batch * classes
        guard streamedSummand != nil else { return Self.plainCopies * scores * (subcenters ?? 1) }
        let tile = 4 * min(classes, ClassStream.tileSize) * (batch + embeddingSize)
        let compared = sampling == nil ? 0 : 4 * classes * embeddingSize
        let store = objective is OneVersusAll ? 0 : min(scores, ClassStream.usualStoreLimit)
        return tile + store + compared
    }

    /// The plain evaluation's matrices [B, C] at its peak: similarities, logits, what autograd keeps, and their
    /// gradients.
    private static let plainCopies = 8

    /// Beyond so many classes, a softmax's exponentials are not kept for the second product but computed again.
    public static func recomputedFrom(batch: Int) -> Int { ClassStream.usualStoreLimit / (4 * batch) }
}
