import Torch

/// A network whose embeddings say nothing any more.
public enum CollapseError: Error, Equatable, CustomStringConvertible {
    /// So many of a set's embeddings are not finite.
    case notFinite(count: Int, of: Int, set: String)
    /// All embeddings of a set are the same.
    case allEqual(count: Int, set: String)

    /// Unit vectors that differ less than this in each number are one direction, up to rounding.
    private static let tolerance = 1e-6

    /// - Parameter embeddings: [N, d]
    static func check(_ embeddings: Tensor, of set: String) throws {
        let count = embeddings.size(0)
        guard count > 1 else { return }
        let finite = try embeddings.isFinite().to(.float32).sum([1]).reals()
        let strange = finite.count { $0 < Double(embeddings.size(1)) }
        guard strange == 0 else { throw CollapseError.notFinite(count: strange, of: count, set: set) }
        let spread = try (embeddings - embeddings[0]).absolute().maximum().item()
        guard spread > tolerance else { throw CollapseError.allEqual(count: count, set: set) }
    }

    /// What was found, in a few words.
    var finding: String {
        switch self {
        case .notFinite(let count, let all, let set):
            "\(count) of the \(all) embeddings of the set \(set) are not finite"
        case .allEqual(let count, let set): "all \(count) embeddings of the set \(set) are the same"
        }
    }

    public var description: String {
        "the network has collapsed: \(finding), so that nothing can be measured, and it "
            + "does not recover from there. A lower training.learning_rate, a warm-up (training.warm_up), or a margin "
            + "that grows (training.margin_ramp) usually helps"
    }
}
